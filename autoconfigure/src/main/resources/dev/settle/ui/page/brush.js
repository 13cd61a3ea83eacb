import {WINDOW} from './book.js';
import {OUTCOMES, STEP} from './rates.js';

/** How high the strip of calls per second is, and where its middle line lies above its lower edge. */
export const STRIP = 32;
const BELOW = 12;

/** How much room a row may take, the roomiest first. */
const PITCHES = [13, 10, 8, 6, 4, 3];

const EDGE = 7;
const WRONG = OUTCOMES.filter(outcome => outcome !== 'success');

/** Draws lanes: time flows to the left, now is at the right. */
export class Brush {
  constructor(ink) {
    this.ink = ink;
  }

  static msPerPixel(width) {
    return WINDOW / Math.max(1, width - EDGE);
  }

  /** @return how many calls there was no room for */
  lane(context, {width, height}, lane, rows, now) {
    const x = t => width - EDGE - (now - t) / Brush.msPerPixel(width);
    const room = height - STRIP;
    const pitch = PITCHES.find(size => rows.used * size <= room - 2) ?? PITCHES.at(-1);
    const last = Math.floor((room - 2) / pitch);
    context.clearRect(0, 0, width, height);
    this.#grid(context, x, now, width, height);
    let left = 0;
    for (const [call, row] of rows.rowOf) {
      if (call.begin > now || call.until < now - WINDOW) continue;
      if (row >= last) left++;
      else this.call(context, call.picture, x, now, 2 + row * pitch, pitch, width);
    }
    this.#strip(context, lane.rates, x, now, height);
    return left;
  }

  /** One call, in a row from `y` on. */
  call(context, {parts, marks}, x, now, y, pitch, width) {
    const thick = pitch >= 10 ? pitch - 5 : Math.max(2, pitch - 2);
    for (const part of parts) {
      if (part.from > now) continue;
      const from = Math.max(-12, x(part.from));
      const to = Math.min(x(Math.min(part.to, now)), width);
      if (to >= 0 && from <= width) this.#part(context, part, from, Math.max(1.5, to - from), y, thick, pitch);
    }
    const size = Math.max(4, Math.min(10, pitch - 1));
    for (const {mark, at, ends} of marks) {
      if (at > now) continue;
      const aside = ends ? size / 2 - 1 : 0;
      this.ink.mark(context, mark, x(at) + aside, y + thick / 2, ends ? size : Math.max(5, size));
    }
  }

  #part(context, {kind, word}, from, long, y, thick, pitch) {
    const {ink} = this;
    context.translate(from, y);
    if (kind === 'run') {
      context.fillStyle = ink.colour('running');
      context.fillRect(0, 0, long, thick);
    } else if (kind === 'late') {
      context.fillStyle = pitch >= 10 ? ink.fill('late') : ink.colour('late');
      context.fillRect(0, thick + (pitch >= 10 ? 1 : 0), long, pitch >= 10 ? 3 : Math.ceil(pitch / 4));
    } else if (kind === 'retry') this.#line(context, long, thick, 'retry', [3, 3]);
    else if (kind === 'line') this.#line(context, long, thick, 'running', []);
    else this.#wait(context, word, long, thick);
    context.translate(-from, -y);
  }

  #line(context, long, thick, colour, dash) {
    context.strokeStyle = this.ink.colour(colour);
    context.lineWidth = thick > 3 ? 1.5 : 1;
    context.setLineDash(dash);
    context.beginPath();
    context.moveTo(0, thick / 2);
    context.lineTo(long, thick / 2);
    context.stroke();
    context.setLineDash([]);
  }

  #wait(context, word, long, thick) {
    const name = ['bulkhead', 'throttle', 'exclusive', 'debounce'].includes(word) ? word : 'other';
    context.fillStyle = this.ink.fill(name);
    context.fillRect(0, 0, long, thick);
    if (thick <= 3 || long < 4) return;
    context.strokeStyle = this.ink.colour(name);
    context.lineWidth = 1;
    context.strokeRect(0.5, 0.5, long - 1, thick - 1);
  }

  #grid(context, x, now, width, height) {
    context.fillStyle = this.ink.colour('grid');
    for (let back = 5000; back < WINDOW; back += 5000) context.fillRect(Math.round(x(now - back)), 0, 1, height);
    context.fillStyle = this.ink.colour('edge');
    context.fillRect(Math.round(x(now)), 0, 1, height);
    context.fillRect(0, height - BELOW, width, 1);
  }

  /** All calls that ended, by the half second: success above the line, everything else below. */
  #strip(context, rates, x, now, height) {
    const most = Brush.most(rates);
    const middle = height - BELOW;
    for (let step = Math.floor((now - WINDOW) / STEP) - 1; step * STEP < now; step++) {
      const long = Math.max(1, x(Math.min(now, (step + 1) * STEP)) - x(step * STEP) - 1);
      this.#column(context, rates, step, x(step * STEP), long, middle, most);
    }
  }

  #column(context, rates, step, left, long, middle, most) {
    const tall = (count, room) => count > 0.01 ? Math.max(2, room * count / most) : 0;
    const good = tall(rates.in(step, 'success'), STRIP - BELOW - 3);
    context.fillStyle = this.ink.colour('success');
    context.fillRect(left, middle - good, long, good);
    let low = middle + 1;
    for (const outcome of WRONG) {
      const bad = Math.min(tall(rates.in(step, outcome), BELOW - 1), middle + BELOW - low);
      if (bad <= 0) continue;
      context.translate(left, low);
      context.fillStyle = this.ink.fill(outcome);
      context.fillRect(0, 0, long, bad);
      context.translate(-left, -low);
      low += bad;
    }
  }

  /** The highest column, in calls a step. */
  static most(rates) {
    let most = 1;
    for (let step = rates.first; step < rates.first + rates.constructor.SIZE; step++) {
      const wrong = WRONG.reduce((all, outcome) => all + rates.in(step, outcome), 0);
      most = Math.max(most, rates.in(step, 'success'), wrong);
    }
    return most;
  }
}
