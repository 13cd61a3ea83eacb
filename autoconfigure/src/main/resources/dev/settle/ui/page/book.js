import {Call} from './call.js';
import {Rates} from './rates.js';

/** How much of the past is shown, in ms. */
export const WINDOW = 20_000;

const NUMBERS = ['begun', 'inFlight', 'running', 'attempts', 'late', 'coalesced', 'unseen'];
const MAPS = ['waiting', 'outcomes', 'state'];
const ABOUT = ['application', 'concurrency', 'writes', 'interval', 'calls-per-lane', 'calls-in-all'];

/** What the frames have said so far: the lanes with their numbers, and the calls that are in the picture. */
export class Book {
  constructor() {
    this.run = undefined;
    this.#clear();
  }

  #clear() {
    this.seq = 0;
    this.at = 0;
    this.about = {};
    this.lanes = new Map();
    this.calls = new Map();
  }

  /**
   * Takes a frame.
   *
   * @return `what` it was: `run` (the first of a run), `full`, `delta`, or, when nothing was taken, `old` (known already) or
   *     `gap` (frames before it are missing: ask for a full one); `calls` that have changed, and those that are `gone`
   */
  absorb(frame) {
    if (frame.full) return this.#full(frame);
    if (frame.run !== this.run || frame.seq > this.seq + 1) return {what: 'gap', calls: new Set(), gone: []};
    if (frame.seq <= this.seq) return {what: 'old', calls: new Set(), gone: []};
    return {what: 'delta', calls: this.#take(frame), gone: []};
  }

  #full(frame) {
    const another = frame.run !== this.run;
    if (another) this.#clear();
    this.run = frame.run;
    this.about = Object.fromEntries(ABOUT.map(key => [key, frame[key]]));
    const gone = this.#dropOpen(frame);
    gone.push(...this.#dropLanes(frame));
    return {what: another ? 'run' : 'full', calls: this.#take(frame, another), gone};
  }

  /** What was open, and is not told of any more, has ended meanwhile; nobody knows how. What is told of begins anew. */
  #dropOpen({calls = []}) {
    const told = new Set(calls.map(({id}) => id));
    return this.#drop(call => told.has(call.id) || !call.over);
  }

  #dropLanes({lanes = []}) {
    const names = new Map(lanes.map(({i, name}) => [i, name]));
    const lost = [...this.lanes.values()].filter(({i, name}) => names.get(i) !== name);
    lost.forEach(({i}) => this.lanes.delete(i));
    return this.#drop(call => lost.includes(call.lane));
  }

  #drop(doomed) {
    const gone = [...this.calls.values()].filter(doomed);
    for (const call of gone) {
      this.calls.delete(call.id);
      call.lane.calls.delete(call);
    }
    return gone;
  }

  #take(frame, first = false) {
    const before = first ? frame.at : this.at;
    for (const told of frame.lanes ?? []) this.#lane(told, before, frame.at, first);
    this.seq = frame.seq;
    this.at = frame.at;
    const changed = new Set();
    for (const told of frame.calls ?? []) this.#call(told, changed);
    return changed;
  }

  #lane(told, before, at, first) {
    let lane = this.lanes.get(told.i);
    if (!lane) {
      if (told.name === undefined) return;
      lane = newLane(told, before);
      if (first) adopt(lane, told);
      this.lanes.set(told.i, lane);
    }
    lane.policies = told.policies ?? lane.policies;
    lane.rates.add(lane, told, before, at);
    if (told.begun > lane.begun || told.inFlight || told.running) lane.activeAt = at;
    adopt(lane, told);
  }

  #call({id, i, events}, changed) {
    let call = this.calls.get(id);
    if (!call) {
      const begin = events.find(([, what]) => what === 'begin');
      const lane = this.lanes.get(i);
      if (!begin || !lane) return;
      call = new Call(id, lane, begin[0]);
      this.calls.set(id, call);
      lane.calls.add(call);
    }
    events.forEach(event => call.add(event));
    changed.add(call);
  }

  /** Forgets the calls that are over and out of the picture; `held` is when the picture was stopped, if it was. */
  forget(now = this.at, held = Infinity) {
    return this.#drop(call => call.over
        && call.last < now - WINDOW
        && !(call.begin <= held && call.last >= held - WINDOW));
  }
}

function newLane({i, name}, since) {
  return {
    i, name, policies: [], calls: new Set(), rates: new Rates(since), activeAt: -Infinity,
    begun: 0, inFlight: 0, running: 0, attempts: 0, late: 0, coalesced: 0, unseen: 0, waiting: {}, outcomes: {}, state: {},
  };
}

function adopt(lane, told) {
  for (const name of NUMBERS) lane[name] = told[name] ?? lane[name];
  for (const name of MAPS) lane[name] = told[name] ?? {};
}

/** Whether a lane has anything in the picture. */
export function isActive(lane, at) {
  return lane.inFlight > 0 || lane.running > 0 || lane.activeAt >= at - WINDOW;
}
