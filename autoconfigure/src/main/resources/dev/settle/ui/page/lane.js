import {el, put, putNumber} from './dom.js';
import {icon} from './marks.js';
import {Brush} from './brush.js';
import {OUTCOMES, STEP} from './rates.js';
import {Rows} from './rows.js';
import {counted, number, perSecond, sampled, sum} from './words.js';

const ENDS = [...OUTCOMES.slice(0, 1), 'coalesced', ...OUTCOMES.slice(1), 'late'];

/** A lane on the page. Out of view it is its name alone; what is drawn and counted is made when it comes into view. */
export class LaneView {
  constructor(lane) {
    this.lane = lane;
    this.name = el('button', {
      'type': 'button', 'class': 'name', 'data-open': lane.name, 'aria-haspopup': 'dialog',
    }, lane.name);
    this.element = el('article', {'class': 'lane', 'data-lane': lane.name}, el('header', {}, el('h3', {}, this.name)));
    this.canvas = undefined;
  }

  get shown() {
    return this.canvas !== undefined;
  }

  show() {
    if (this.shown) return;
    this.numbers = {};
    this.policies = el('ol', {'class': 'policies', 'aria-label': 'policies, outermost first'});
    this.element.querySelector('header').append(this.policies);
    this.canvas = el('canvas', {
      'role': 'img', 'aria-label': `calls of ${this.lane.name} in the last 20 seconds; their numbers follow`,
    });
    this.context = this.canvas.getContext('2d');
    this.peak = el('li', {'class': 'peak'});
    this.note = el('li', {'class': 'note', 'data-note': true});
    this.element.append(el('div', {'class': 'picture'}, this.canvas), this.#gauges(), this.#ends());
    this.size();
    this.refresh();
  }

  hide() {
    if (!this.shown) return;
    this.canvas.width = 0; // gives the memory back at once
    this.canvas = this.context = this.rows = undefined;
    // The name is not moved: it may have the focus, and would lose it.
    this.policies.remove();
    while (this.element.children.length > 1) this.element.lastElementChild.remove();
  }

  #number(name, extra = {}) {
    return this.numbers[name] = el('data', {'data-count': name, 'value': 0, ...extra}, '0');
  }

  #gauges() {
    const gauge = (label, name) => el('div', {}, el('dt', {}, label), el('dd', {}, this.#number(name)));
    this.meters = el('div', {'class': 'meters'});
    return el('div', {'class': 'gauges'},
        el('dl', {},
            gauge('calls/s', 'rate'), gauge('in flight', 'inFlight'), gauge('running', 'running'), gauge('waiting', 'waiting')),
        this.meters);
  }

  #ends() {
    const end = (name, words) => el('li', {'data-end': name}, icon(name), this.#number(name), ` ${words}`);
    return el('ul', {'class': 'ends', 'aria-label': 'since the start'},
        el('li', {}, this.#number('begun'), ' begun'),
        ENDS.map(name => end(name, name === 'late' ? 'late work' : name)),
        el('li', {'class': 'extra'}, this.#number('attempts'), ' attempts'),
        el('li', {'class': 'extra'}, this.#number('unseen'), ' without a bar'),
        this.peak, this.note);
  }

  /** Takes the size that the page gives; where calls lie depends on it. */
  size() {
    const {clientWidth: width, clientHeight: height} = this.canvas;
    const scale = Math.min(devicePixelRatio || 1, 3);
    if (this.rows && this.box?.width === width && this.box?.height === height && this.scale === scale) return;
    this.box = {width, height};
    this.scale = scale;
    this.canvas.width = Math.round(width * scale);
    this.canvas.height = Math.round(height * scale);
    this.context.setTransform(scale, 0, 0, scale, 0, 0);
    this.rows = new Rows(10 * Brush.msPerPixel(width));
    for (const call of this.lane.calls) this.rows.place(call);
  }

  paint(brush, now) {
    const left = brush.lane(this.context, this.box, this.lane, this.rows, now);
    if (left !== this.left) this.#noted(left);
  }

  #noted(left = this.left) {
    this.left = left;
    const room = left ? `no room for ${counted(left, 'bar')}` : '';
    put(this.note, [this.sampled, room].filter(Boolean).join(' · '));
  }

  /** The numbers of now. */
  refresh(at = this.at) {
    this.at = at;
    const {lane, numbers} = this;
    const rate = lane.rates.rate('begun', at);
    putNumber(numbers.rate, Math.round(rate * 10) / 10, perSecond(rate));
    this.#count('waiting', sum(lane.waiting));
    for (const name of ['begun', 'inFlight', 'running', 'attempts', 'unseen']) this.#count(name, lane[name]);
    for (const name of ENDS) {
      const count = lane[name] ?? lane.outcomes[name] ?? 0;
      this.#count(name, count);
      numbers[name].parentNode.hidden = count === 0;
    }
    const most = 1000 / STEP * Brush.most(lane.rates);
    put(this.peak, most > 2 ? `strip up to ${perSecond(most)}/s` : '');
    const seen = sampled(rate, lane.rates.rate('unseen', at));
    this.sampled = seen && `bars: ${seen} calls/s`;
    this.#noted();
    this.#chain();
    this.#meter();
  }

  #count(name, value) {
    putNumber(this.numbers[name], value, number(value));
  }

  /** The policies in their order, and who waits for each. */
  #chain() {
    const {policies, waiting} = this.lane;
    if (this.chained !== policies || !this.policies.children.length) {
      this.chained = policies;
      this.policies.replaceChildren(...policies.map(policy => el('li', {'data-policy': policy}, policy, el('b'))));
    }
    policies.forEach((policy, index) => {
      const count = waiting[policy] ?? 0;
      put(this.policies.children[index].lastChild, count ? ` ${number(count)}` : '');
      this.policies.children[index].title = count ? `${number(count)} wait` : '';
    });
  }

  #meter() {
    const found = Object.entries(this.lane.state).filter(([, {permits}]) => permits !== undefined);
    while (this.meters.children.length > found.length) this.meters.lastChild.remove();
    found.forEach(([policy, {permits, free, keys}], index) => {
      const meter = this.meters.children[index] ?? this.meters.appendChild(el('div', {}, el('i', {}, el('b')), el('span')));
      meter.dataset.permits = policy;
      const used = free === undefined ? 0 : permits - free;
      meter.firstChild.hidden = free === undefined;
      meter.firstChild.firstChild.style.width = `${Math.min(100, 100 * Math.max(0, used) / Math.max(1, permits))}%`;
      put(meter.lastChild, free === undefined
        ? `${number(permits)} permits for each of ${number(keys ?? 0)} keys`
        : `${number(used)} of ${number(permits)} permits`);
    });
  }
}
