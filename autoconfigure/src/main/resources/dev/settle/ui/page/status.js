import {put} from './dom.js';
import {CONNECTION, counted, number, perSecond, sampled, sum} from './words.js';

const by = id => document.getElementById(id);

/** The sentences above the lanes: how it is connected, how much there is in all, whether calls are sampled. */
export class Status {
  constructor(book, lanes) {
    Object.assign(this, {book, lanes});
  }

  /** Seen at once; told to those who listen only when it has lasted. */
  connection(state) {
    if (document.body.dataset.connection === state) return;
    document.body.dataset.connection = state;
    put(by('connection'), CONNECTION[state]);
    clearTimeout(this.telling);
    this.telling = setTimeout(() => put(by('announced'), `Connection: ${CONNECTION[state]}`), 1500);
  }

  refresh() {
    const {about, lanes, at} = this.book;
    const all = [...lanes.values()];
    const total = count => all.reduce((sofar, lane) => sofar + count(lane), 0);
    const begun = total(lane => lane.rates.rate('begun', at));
    put(by('application'), about.application || 'Application');
    const title = `${about.application || 'Settle'} · live`;
    if (document.title !== title) document.title = title;
    put(by('summary'), [
      counted(all.length, 'method'),
      `${perSecond(begun)} calls a second`,
      `${number(total(lane => lane.inFlight))} in flight`,
      `${number(total(lane => sum(lane.waiting)))} waiting`,
    ].join(' · '));
    put(by('sampling'), this.#sampling(begun, total(lane => lane.rates.rate('unseen', at))));
    if (this.among !== all.length) this.left(this.lanes.filter());
  }

  #sampling(begun, unseen) {
    const seen = sampled(begun, unseen);
    return seen && `Sampled: bars show ${seen} calls a second; the numbers count all.`;
  }

  /** Says how many lanes the search has left. */
  left(count) {
    const all = this.among = this.book.lanes.size;
    by('empty').hidden = count > 0;
    put(by('empty'), all ? 'No method fits.' : 'No method has a policy yet, or none is known yet.');
    put(by('found'), count === all ? '' : `${number(count)} of ${counted(all, 'method')} shown`);
  }
}
