const TABS = ['lanes', 'shutdown'];

/** The two parts of the page, one of which is seen; which one is in the address. */
export class Tabs {
  constructor(seen) {
    this.seen = seen;
    addEventListener('hashchange', () => this.#show(true));
  }

  start() {
    this.#show(false);
  }

  #show(moved) {
    const wanted = location.hash.slice(1);
    if (moved && wanted && !TABS.includes(wanted)) return;
    const tab = TABS.includes(wanted) ? wanted : TABS[0];
    for (const each of TABS) {
      document.getElementById(each).hidden = each !== tab;
      const link = document.querySelector(`nav [href="#${each}"]`);
      if (each === tab) link.setAttribute('aria-current', 'page');
      else link.removeAttribute('aria-current');
    }
    if (moved) scrollTo(0, 0);
    this.seen(tab);
  }
}
