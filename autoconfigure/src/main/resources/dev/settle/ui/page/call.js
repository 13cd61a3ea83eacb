/** One call: what its events say about it, in whatever order they come. */
export class Call {
  constructor(id, lane, begin) {
    this.id = id;
    this.lane = lane;
    this.begin = begin;
    this.last = begin;
    this.end = undefined;
    this.outcome = undefined;
    this.how = undefined;
    this.phases = [];
    this.attempts = new Map();
    this.drawn = undefined;
  }

  add([t, what, first, second]) {
    this.last = Math.max(this.last, t);
    this.drawn = undefined;
    switch (what) {
      case 'phase': this.#phase(t, first); break;
      case 'attempt': this.#attempt(first).from = t; break;
      case 'abandoned': this.#attempt(first).abandoned = t; break;
      case 'attempted': Object.assign(this.#attempt(first), {to: t, result: second}); break;
      case 'end': Object.assign(this, {end: t, outcome: first, how: second}); break;
      default: // begin, which made it, and what later versions may tell
    }
  }

  #attempt(number) {
    let attempt = this.attempts.get(number);
    if (!attempt) this.attempts.set(number, attempt = {});
    return attempt;
  }

  /** Events come from several threads: a later one may be told of first. */
  #phase(t, word) {
    let at = this.phases.length;
    while (at > 0 && this.phases[at - 1].t > t) at--;
    this.phases.splice(at, 0, {t, word});
  }

  /** Whether nothing more can come: its caller has the outcome, and no attempt goes on. */
  get over() {
    if (this.end === undefined) return false;
    for (const {to} of this.attempts.values()) if (to === undefined) return false;
    return true;
  }

  /** When its picture ends: never, while something goes on. */
  get until() {
    return this.over ? this.last : Infinity;
  }

  get picture() {
    return this.drawn ??= {parts: partsOf(this), marks: marksOf(this)};
  }
}

/** Clocks of two threads differ by less than this: shorter late work is none. */
const NOISE = 2;

/** What is drawn as bars: `kind` (wait, retry, line, run, late) from when to when; without an end while it goes on. */
export function partsOf({phases, attempts, end = Infinity}) {
  const parts = [];
  phases.forEach(({t, word}, index) => {
    const to = Math.min(phases[index + 1]?.t ?? Infinity, end);
    if (to > t) parts.push({kind: kindOf(word), word, from: t, to});
  });
  for (const {from, abandoned = Infinity, to = Infinity} of attempts.values()) {
    if (from === undefined) continue;
    const given = Math.min(abandoned, end);
    parts.push({kind: 'run', from, to: Math.max(from, Math.min(given, to))});
    if (to > given + NOISE) parts.push({kind: 'late', from: Math.max(from, given), to});
  }
  return parts;
}

function kindOf(word) {
  if (word === 'running') return 'line';
  return word === 'retry' ? 'retry' : 'wait';
}

/** What is drawn as shapes: failed attempts, attempts given up, and the end. */
export function marksOf({attempts, end, outcome, how}) {
  const marks = [];
  for (const {abandoned, to, result} of attempts.values()) {
    if (abandoned !== undefined) marks.push({mark: 'given-up', at: abandoned});
    else if (result === 'failed' && !(to >= end)) marks.push({mark: 'attempt-failed', at: to});
  }
  if (end !== undefined) marks.push({mark: how === 'coalesced' ? 'coalesced' : outcome, at: end, ends: true});
  return marks;
}
