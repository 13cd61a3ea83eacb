import {el, morphInside, put} from './dom.js';
import {Endpoint} from './endpoint.js';
import {nowOf, planOf, rejectionsOf} from './plan.js';
import {Tuning} from './tuning.js';

const NARROW = matchMedia('(max-width: 640px)');
const part = name => document.getElementById(`details-${name}`);

/** The panel beside the lanes: plan, settings and refusals of one lane, asked for each second while it is open. */
export class Details {
  constructor(panel, book) {
    Object.assign(this, {panel, book});
    this.turn = 0;
    this.tuning = new Tuning(part('tune'), part('abort'), part('said'), (does, words) => this.#act(does, words));
    part('close').addEventListener('click', () => this.close());
    panel.addEventListener('cancel', event => { event.preventDefault(); this.close(); });
    panel.addEventListener('keydown', event => { if (event.key === 'Escape') this.close(); });
    part('plan').addEventListener('click', ({target}) => {
      if (target.dataset.back) this.tuning.takeBack(target.dataset.of, target.dataset.back);
    });
    NARROW.addEventListener('change', () => { if (this.name) this.#present(); });
  }

  open(name, opener) {
    if (this.name === name) return;
    this.name = name;
    this.opener = opener;
    put(part('name'), name);
    ['plan', 'rejections', 'problem'].forEach(each => part(each).replaceChildren());
    this.tuning.reset();
    this.refresh();
    this.#present();
    part('name').focus();
    this.#ask();
  }

  /** Beside the lanes where there is room, else before them. */
  #present() {
    this.panel.close();
    if (NARROW.matches) this.panel.showModal();
    else this.panel.show();
    document.body.classList.toggle('with-details', !NARROW.matches);
  }

  close() {
    if (!this.name) return;
    const opener = this.#opener();
    this.name = undefined;
    this.#next();
    this.panel.close();
    document.body.classList.remove('with-details');
    opener?.focus();
  }

  /** What the panel was opened from; after a restart of the application it is another button of the same name. */
  #opener() {
    return this.opener.isConnected ? this.opener : document.querySelector(`[data-open="${CSS.escape(this.name)}"]`);
  }

  /** What is on its way is for another panel from now on. */
  #next() {
    clearTimeout(this.timer);
    this.asking?.abort();
    this.asking = new AbortController();
    return ++this.turn;
  }

  get #endpoint() {
    const {concurrency} = this.book.about;
    return concurrency ? new Endpoint(new URL(concurrency, document.baseURI).href) : undefined;
  }

  async #ask() {
    const turn = this.#next();
    const endpoint = this.#endpoint;
    this.#access(endpoint);
    if (endpoint && !document.hidden) {
      try {
        const named = await endpoint.read(this.name, this.asking.signal);
        if (turn === this.turn) this.#show(named);
      } catch (failure) {
        if (turn === this.turn) put(part('problem'), failure.message);
      }
    }
    if (turn === this.turn && this.name) this.timer = setTimeout(() => this.#ask(), 1000);
  }

  /** What can be done here, and if not, what would have to be set. */
  #access(endpoint) {
    const writes = Boolean(endpoint && this.book.about.writes && Endpoint.takes(this.name));
    part('writes').hidden = !writes;
    part('unexposed').hidden = Boolean(endpoint);
    part('exposed').hidden = !endpoint;
    part('read-only').hidden = !endpoint || writes;
  }

  #show(named) {
    put(part('problem'), '');
    const focused = part('plan').contains(document.activeElement);
    morphInside(part('plan'), planOf(named, !part('writes').hidden));
    // What was taken back has no button any more.
    if (focused && !part('plan').contains(document.activeElement)) part('name').focus();
    morphInside(part('rejections'), el('div', {}, rejectionsOf(named)));
    if (named.methods.length) this.tuning.offer(named);
  }

  async #act(does, words) {
    const [name, endpoint] = [this.name, this.#endpoint];
    if (!endpoint) return;
    const tell = (...said) => { if (this.name === name) this.tuning.say(...said); };
    try {
      tell(words(await does(endpoint, name)));
      if (this.name === name) this.#ask();
    } catch (failure) {
      tell(failure.message, true);
    }
  }

  /** The numbers of now, which come with the frames. */
  refresh() {
    const lane = this.name && [...this.book.lanes.values()].find(({name}) => name === this.name);
    if (lane) morphInside(part('now'), el('div', {}, nowOf(lane)));
  }
}
