import {el, put} from './dom.js';
import {icon} from './marks.js';
import {problems, summaryOf, timelineOf} from './timeline.js';
import {counted, duration} from './words.js';

/** The picture of the last shutdown. */
export class Shutdown {
  constructor(url, {picture, summary, none, hint}) {
    Object.assign(this, {url, picture, summary, none, hint});
    this.turn = 0;
    this.known = false;
  }

  /** Asks for the report of the run before: once for each run. */
  async load() {
    const turn = ++this.turn;
    this.known = false;
    try {
      const response = await fetch(this.url, {headers: {Accept: 'application/json'}});
      if (!response.ok && response.status !== 404) return;
      const report = response.ok ? await response.json() : undefined;
      if (turn !== this.turn) return;
      this.known = true;
      this.#showOrSay(report);
    } catch {
      // the application is away: when it is back, its frames are of another run
    }
  }

  /** Somebody may have written into the file. */
  #showOrSay(report) {
    try {
      this.show(report);
    } catch {
      this.picture.hidden = true;
      this.summary.hidden = false;
      this.summary.replaceChildren(el('strong', {'class': 'bad'}, 'This is not a report of a shutdown. '),
          'The file that settle.shutdown.report-file names has something else in it; the next shutdown replaces it.');
    }
  }

  /** Somebody wants to see it. */
  look() {
    if (!this.known) this.load();
  }

  show(report) {
    this.none.hidden = Boolean(report);
    this.picture.hidden = this.summary.hidden = !report;
    put(this.hint, report && problems(report) ? counted(problems(report), 'problem') : '');
    this.hint.hidden = !this.hint.textContent;
    if (report) this.#draw(report);
  }

  #draw(report) {
    const {whole, groups, ticks} = timelineOf(report);
    const began = new Date(report.began);
    this.summary.replaceChildren(
        el('strong', {}, `${report.settled ? 'Settled' : 'Ended'} in ${duration(report.elapsed)}: `),
        `${summaryOf(report)}. `,
        el('span', {'class': 'soft'}, `${report.application ?? 'The application'} was stopped `,
            el('time', {datetime: report.began}, began.toLocaleString('en-GB', {dateStyle: 'medium', timeStyle: 'medium'})), '.'));
    this.picture.replaceChildren(
        el('div', {'class': 'ticks', 'aria-hidden': 'true'},
            el('div', {}, ticks.map(at => placed(el('span', {}, duration0(at)), at, whole)))),
        el('ol', {'class': 'phases'}, groups.map(phaseOf)),
        this.#leftOut(report));
    this.picture.style.setProperty('--step', `${100 * (ticks[1] ?? whole) / whole}%`);
  }

  #leftOut({'left-out': more = 0}) {
    const words = `${counted(more, 'more cleanup')} ${more === 1 ? 'was' : 'were'} left out of the report.`;
    return more ? el('p', {'class': 'soft'}, words) : '';
  }
}

const duration0 = at => at === 0 ? '0' : duration(at).replace('.0 ', ' ');

function placed(element, at, whole) {
  element.style.left = `${100 * at / whole}%`;
  return element;
}

function bar(className, {left, width}) {
  const made = el('i', {'class': className});
  made.style.left = `${left}%`;
  made.style.width = `${width}%`;
  return made;
}

function phaseOf({name, took, band, rows}) {
  return el('li', {'class': 'phase', 'data-phase': name},
      el('div', {'class': 'row head'},
          el('h3', {}, `Phase ${name}`),
          el('div', {'class': 'track'}, band && bar('band', band)),
          el('span', {'class': 'took'}, took === undefined ? '' : duration(took))),
      rows.length > 0 && el('ul', {}, rows.map(rowOf)));
}

function rowOf({name, outcome, mark, words, bad, took, bar: place, tail, detail, failure}) {
  const last = tail ?? place;
  const shape = placed(icon(mark), last.left + last.width, 100);
  return el('li', {'class': bad ? 'row entry wrong' : 'row entry', 'data-entry': name, 'data-outcome': outcome},
      el('span', {'class': 'what'}, el('span', {'class': 'name'}, name), ' ',
          el('span', {'class': 'outcome'}, icon(mark), ` ${words}`),
          (detail || failure) && el('span', {'class': 'detail'}, [detail, failure].filter(Boolean).join(' · '))),
      el('span', {'class': 'track'}, bar('bar', place), tail && bar('tail', tail), shape),
      el('span', {'class': 'took'}, duration(took)));
}
