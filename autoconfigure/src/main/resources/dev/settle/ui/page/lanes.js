import {isActive} from './book.js';
import {LaneView} from './lane.js';

/** The list of lanes: sorted by name, those that are searched for, drawn only where they are seen. */
export class Lanes {
  constructor(list, book, ink) {
    Object.assign(this, {list, book, ink});
    this.views = new Map();
    this.text = '';
    this.activeOnly = false;
    this.seen = new IntersectionObserver(
        entries => entries.forEach(entry => this.#moved(entry)), {rootMargin: '150px 0px'});
    this.sized = new ResizeObserver(entries => entries.forEach(({target}) => this.#byElement(target)?.size()));
    this.shown = new Set();
  }

  #byElement(inside) {
    const name = inside.closest('[data-lane]')?.dataset.lane;
    return [...this.shown].find(view => view.lane.name === name);
  }

  #moved({target, isIntersecting}) {
    const view = this.views.get(target.dataset.lane);
    if (!view) return;
    if (isIntersecting && !view.shown) {
      view.at = this.book.at;
      view.show();
      this.sized.observe(view.canvas);
      this.shown.add(view);
      this.onshow?.(view);
    } else if (!isIntersecting && view.shown) this.#hide(view);
  }

  #hide(view) {
    this.sized.unobserve(view.canvas);
    this.shown.delete(view);
    view.hide();
  }

  /** Makes the list anew where lanes have come or gone. */
  sync() {
    const lanes = [...this.book.lanes.values()];
    if (lanes.length === this.views.size && lanes.every(lane => this.views.get(lane.name)?.lane === lane)) return false;
    const focused = this.list.contains(document.activeElement) ? document.activeElement.dataset.open : undefined;
    for (const [name, view] of this.views) if (!lanes.includes(view.lane)) this.#drop(name, view);
    lanes.filter(({name}) => !this.views.has(name)).forEach(lane => this.#add(new LaneView(lane)));
    const sorted = [...this.views.values()].sort((a, b) => a.lane.name.localeCompare(b.lane.name, 'en'));
    // Those that are in their place stay there: what is moved loses the focus.
    sorted.forEach(({element}, index) => {
      const there = this.list.children[index];
      if (there !== element) this.list.insertBefore(element, there ?? null);
    });
    if (!this.list.contains(document.activeElement)) this.views.get(focused)?.name.focus({preventScroll: true});
    this.filter();
    return true;
  }

  #add(view) {
    this.views.set(view.lane.name, view);
    this.seen.observe(view.element);
  }

  #drop(name, view) {
    this.seen.unobserve(view.element);
    if (view.shown) this.#hide(view);
    view.element.remove();
    this.views.delete(name);
  }

  /** @return how many lanes are left */
  filter() {
    let left = 0;
    for (const {lane, element} of this.views.values()) {
      const fits = lane.name.toLowerCase().includes(this.text) && (!this.activeOnly || this.#stays(lane, element));
      if (element.hidden === fits) element.hidden = !fits;
      if (fits) left++;
    }
    return left;
  }

  /** A lane does not vanish from under the hands of who uses it. */
  #stays(lane, element) {
    return isActive(lane, this.book.at) || element.contains(document.activeElement);
  }

  /** Takes what a frame has changed. */
  took({calls, gone}) {
    for (const call of gone) this.views.get(call.lane.name)?.rows?.remove(call);
    for (const call of calls) this.views.get(call.lane.name)?.rows?.place(call);
  }

  refresh() {
    for (const view of this.shown) view.refresh(this.book.at);
  }

  paint(brush, now) {
    for (const view of this.shown) view.paint(brush, now);
  }
}
