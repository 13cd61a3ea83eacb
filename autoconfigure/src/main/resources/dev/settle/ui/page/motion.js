import {put} from './dom.js';

const CALM = matchMedia('(prefers-reduced-motion: reduce)');

/** How long a picture stands at least and at most, in ms; between them, so that drawing takes a quarter of the time. */
const [FASTEST, SLOWEST] = [30, 200];

/** Moves the picture: some thirty times a second, once a second for who wants it calm, not at all when paused or unseen. */
export class Motion {
  constructor(clock, paint) {
    Object.assign(this, {clock, draw: paint, delay: 400, held: undefined, seen: true, painted: 0, cost: 0, now: 0});
    this.button = document.getElementById('pause');
    CALM.addEventListener('change', () => this.settle());
    this.settle();
  }

  get moving() {
    return this.seen && !document.hidden && this.held === undefined;
  }

  /** Whether the picture is to be seen at all. */
  wanted(seen) {
    this.seen = seen;
    this.settle();
  }

  toggle() {
    this.held = this.held === undefined ? this.now : undefined;
    put(this.button, this.held === undefined ? 'Pause' : 'Go on');
    document.body.classList.toggle('paused', this.held !== undefined);
    this.settle();
  }

  resume() {
    if (this.held !== undefined) this.toggle();
  }

  /** Starts or stops what moves. */
  settle() {
    cancelAnimationFrame(this.frame);
    clearInterval(this.beat);
    if (!this.moving) return;
    if (CALM.matches) this.beat = setInterval(() => this.paint(), 1000);
    else this.frame = requestAnimationFrame(time => this.#glide(time));
  }

  #glide(time) {
    this.frame = requestAnimationFrame(next => this.#glide(next));
    if (time - this.painted < Math.min(SLOWEST, Math.max(FASTEST, 4 * this.cost))) return;
    this.painted = time;
    this.paint();
  }

  paint() {
    const began = performance.now();
    this.now = this.held ?? this.clock.now(began, this.delay);
    this.draw(this.now);
    this.cost += 0.1 * (performance.now() - began - this.cost);
  }
}
