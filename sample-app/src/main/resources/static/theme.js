'use strict';

// Not a module: it runs before the page is seen. The live lanes have a switch for the colours; the desk follows it.
(() => {
  function follow() {
    let theme = null;
    try {
      theme = localStorage.getItem('settle.theme');
    } catch {
      // no storage: as the system has it
    }
    if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
    else delete document.documentElement.dataset.theme;
  }

  follow();
  addEventListener('storage', follow);
})();
