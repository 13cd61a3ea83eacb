const DEAD = 5000;
const POLL = 1000;
const AGAIN = [30_000, 60_000, 120_000, 240_000, 300_000];
const STEADY = 30_000;
const SLOWEST_POLL = 10_000;

/**
 * Brings frames: from the stream, and while there is none by asking each second. `tell` is told how it goes: `connecting`,
 * `live`, `polling`, `stopping`, `away` or `refused`.
 */
export class Feed {
  /**
   * @param urls of the `stream` and of the `frames`
   * @param absorb takes a frame, and answers what it was (as `Book` does)
   * @param tools `EventSource`, `fetch`, `setTimeout`, `clearTimeout`, `now`, `random`: the browser's, but for tests
   */
  constructor(urls, absorb, tell, tools) {
    Object.assign(this, {urls, absorb, tell, tools});
    this.lost = 0;
    this.failed = 0;
    this.known = undefined;
    this.leaving = undefined;
    this.resting = false;
  }

  start() {
    this.resting = false;
    this.tell('connecting');
    this.#open();
    this.#watch();
  }

  stop() {
    this.#close();
    this.#stopPolling();
    ['watchdog', 'again'].forEach(timer => this.tools.clearTimeout(this[timer]));
  }

  /** Nobody has looked for a while: a browser has few connections to a server, and other pages need them. */
  rest() {
    this.stop();
    this.resting = true;
  }

  /** Looks at once whether the connection is alive: after the tab was hidden, timers may have slept. */
  wake() {
    if (this.resting) this.start();
    else if (this.#silent()) this.#streamLost();
    else if (this.polling) this.#pollIn(0);
  }

  #watch() {
    this.watchdog = this.tools.setTimeout(() => {
      if (this.#silent()) this.#streamLost();
      this.#watch();
    }, 1000);
  }

  #silent() {
    return this.source && this.tools.now() - this.heard > DEAD;
  }

  #open() {
    const source = this.source = new this.tools.EventSource(this.urls.stream);
    this.opened = this.heard = this.tools.now();
    const mine = does => event => this.source === source && does(event);
    source.onmessage = mine(({data}) => this.#message(JSON.parse(data)));
    source.onerror = mine(() => this.#streamLost());
    source.addEventListener('bye', mine(() => {
      this.leaving = this.known?.run;
      this.tell('stopping');
      this.#streamLost(POLL);
    }));
  }

  #message(frame) {
    this.heard = this.tools.now();
    if (this.heard - this.opened > STEADY) this.lost = 0;
    if (!this.#taken(frame)) {
      this.#streamLost();
      return;
    }
    this.leaving = undefined;
    this.#stopPolling();
    this.tell('live');
  }

  #taken(frame) {
    const {what} = this.absorb(frame);
    this.known = what === 'gap' ? undefined : frame;
    return what !== 'gap';
  }

  #close() {
    this.source?.close();
    this.source = undefined;
  }

  #streamLost(pollIn = 0) {
    this.#close();
    const wait = AGAIN[Math.min(this.lost++, AGAIN.length - 1)];
    this.#openIn(wait * (0.8 + 0.4 * this.tools.random()));
    if (!this.polling) this.#pollIn(pollIn);
  }

  #openIn(wait) {
    this.tools.clearTimeout(this.again);
    this.again = this.tools.setTimeout(() => {
      this.#close();
      this.#open();
    }, wait);
  }

  /** There is an application again: it may well have a stream. One try in ten seconds is no storm. */
  #openSoon() {
    const rested = this.opened + 10_000 - this.tools.now();
    if (!this.source) this.#openIn(Math.max(rested, 500 + 1500 * this.tools.random()));
  }

  #pollIn(wait) {
    this.#stopPolling();
    this.polling = {control: new AbortController()};
    this.polling.timer = this.tools.setTimeout(() => this.#poll(this.polling), wait);
  }

  #stopPolling() {
    if (!this.polling) return;
    this.polling.control.abort();
    ['timer', 'limit'].forEach(timer => this.tools.clearTimeout(this.polling[timer]));
    this.polling = undefined;
  }

  async #poll(turn) {
    turn.limit = this.tools.setTimeout(() => turn.control.abort(), DEAD);
    try {
      const frames = await this.#ask(turn.control.signal);
      if (this.polling === turn) this.#answered(frames);
    } catch (failure) {
      if (this.polling === turn) this.#unanswered(failure);
    }
  }

  async #ask(signal) {
    const after = this.known ? '?' + new URLSearchParams({after: this.known.seq, run: this.known.run}) : '';
    const options = {signal, cache: 'no-store', headers: {Accept: 'application/json'}};
    const response = await this.tools.fetch(this.urls.frames + after, options);
    // a redirect leads to a page to log in at
    if (response.redirected) throw Object.assign(new Error(), {status: 401});
    if (!response.ok) throw Object.assign(new Error(), {status: response.status});
    return (await response.json()).frames;
  }

  #answered(frames) {
    const run = this.known?.run;
    frames.every(frame => this.#taken(frame));
    const another = run !== undefined && this.known !== undefined && this.known.run !== run;
    if (this.failed || another) this.#openSoon();
    this.failed = 0;
    if (this.known && this.known.run !== this.leaving) this.leaving = undefined;
    this.tell(this.leaving || this.known?.stopping ? 'stopping' : 'polling');
    this.#pollIn(POLL);
  }

  #unanswered({status}) {
    const denied = status === 401 || status === 403;
    this.tell(denied ? 'refused' : 'away');
    const wait = Math.min(POLL * 2 ** this.failed++, SLOWEST_POLL);
    this.#pollIn(wait * (0.8 + 0.4 * this.tools.random()));
  }
}
