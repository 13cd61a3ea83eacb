'use strict';

// Not a module: it runs before the page is seen, so that nobody who chose dark is shown light first.
(() => {
  const KEY = 'settle.theme';
  const root = document.documentElement;

  function choose(theme) {
    if (theme === 'light' || theme === 'dark') root.dataset.theme = theme;
    else delete root.dataset.theme;
    dispatchEvent(new Event('themechange'));
  }

  function remembered() {
    try {
      return localStorage.getItem(KEY) ?? 'auto';
    } catch {
      return 'auto'; // no storage: a private window, or a frame of another site
    }
  }

  function remember(theme) {
    try {
      localStorage.setItem(KEY, theme);
    } catch {
      // it counts until the page is left
    }
  }

  choose(remembered());
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => dispatchEvent(new Event('themechange')));
  addEventListener('DOMContentLoaded', () => {
    const select = document.getElementById('theme');
    select.value = root.dataset.theme ?? 'auto';
    select.addEventListener('change', () => {
      choose(select.value);
      remember(select.value);
    });
  });
})();
