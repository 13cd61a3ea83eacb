export const OUTCOMES = ['success', 'failure', 'timeout', 'rejected', 'superseded', 'cancelled', 'aborted'];

const COLUMNS = ['begun', 'unseen', ...OUTCOMES];

/** How long a step of the strip is, in ms. */
export const STEP = 500;

/** How many of what there were in each half second of the last 22 s, of one lane. Made of numbers that only grow. */
export class Rates {
  static SIZE = 44;

  constructor(since) {
    this.since = since;
    this.at = since;
    this.first = Math.floor(since / STEP) - Rates.SIZE + 1;
    this.counts = new Float32Array(Rates.SIZE * COLUMNS.length);
  }

  /** Adds what the numbers have grown by since the frame before: evenly, because between the two nothing is known. */
  add(before, now, from, to) {
    this.#reach(to);
    COLUMNS.forEach((name, column) => {
      const grown = numberOf(now, name) - numberOf(before, name);
      // A call without a bar may have got one a moment later.
      if (grown > 0 || (grown && name === 'unseen')) this.#spread(column, grown, from, to);
    });
  }

  /** How many a second, from the one step to the time given; 0 when nothing is known. */
  rate(name, at, span = 2000) {
    this.#reach(at);
    const from = Math.max(Math.floor((at - span) / STEP) * STEP, this.since);
    let count = 0;
    for (let step = Math.floor(from / STEP); step <= Math.floor(at / STEP); step++) count += this.in(step, name);
    return at - from < 100 ? 0 : count * 1000 / (at - from);
  }

  /** How many there were in a step. */
  in(step, name) {
    return this.#known(step) ? this.counts[this.#index(step) + COLUMNS.indexOf(name)] : 0;
  }

  #known(step) {
    return step >= this.first && step < this.first + Rates.SIZE;
  }

  #index(step) {
    return ((step % Rates.SIZE + Rates.SIZE) % Rates.SIZE) * COLUMNS.length;
  }

  #reach(at) {
    const last = Math.floor(at / STEP);
    const fresh = Math.min(last - this.first - Rates.SIZE + 1, Rates.SIZE);
    for (let step = last - fresh + 1; step <= last; step++) {
      this.counts.fill(0, this.#index(step), this.#index(step) + COLUMNS.length);
    }
    this.first = Math.max(this.first, last - Rates.SIZE + 1);
    this.at = Math.max(this.at, at);
  }

  #spread(column, grown, from, to) {
    const start = Math.max(from, this.first * STEP);
    if (to <= from) {
      this.counts[this.#index(Math.floor(to / STEP)) + column] += grown;
      return;
    }
    for (let step = Math.floor(start / STEP); step * STEP < to; step++) {
      const inside = Math.min(to, (step + 1) * STEP) - Math.max(start, step * STEP);
      if (this.#known(step)) this.counts[this.#index(step) + column] += grown * inside / (to - from);
    }
  }
}

function numberOf(numbers, name) {
  return (name === 'begun' || name === 'unseen' ? numbers[name] : numbers.outcomes?.[name]) ?? 0;
}
