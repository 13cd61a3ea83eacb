import {el} from './dom.js';
import {MARKS, markOf} from './marks.js';

const COLOURS = [
  'running', 'bulkhead', 'throttle', 'exclusive', 'debounce', 'other', 'retry', 'late', 'grid', 'edge', ...Object.keys(MARKS),
];

/** What waits for what is told by its hatching, too. */
const HATCHES = {
  bulkhead: draw => draw([[0, 6, 6, 0], [-3, 3, 3, -3], [3, 9, 9, 3]], 1.6),
  throttle: draw => draw([[1.5, 0, 1.5, 6], [4.5, 0, 4.5, 6]], 1),
  exclusive: draw => draw([[0, 6, 6, 0], [0, 0, 6, 6]], 1),
  debounce: draw => draw([[1, 1.5, 2.4, 1.5], [4, 4.5, 5.4, 4.5]], 1.5),
  other: draw => draw([[0, 1.5, 6, 1.5], [0, 4.5, 6, 4.5]], 1),
  late: draw => draw([[0, 0, 6, 6], [-3, 3, 3, 9], [3, -3, 9, 3]], 2),
  failure: draw => draw([[0, 0, 6, 6], [0, 6, 6, 0]], 1.4),
  timeout: draw => draw([[0, 1.5, 6, 1.5], [0, 4.5, 6, 4.5]], 1.6),
  cancelled: draw => draw([[1.5, 0, 1.5, 6], [4.5, 0, 4.5, 6]], 1.2),
  superseded: draw => draw([[0, 6, 6, 0], [-3, 3, 3, -3], [3, 9, 9, 3]], 1.4),
};

/** Colours and hatchings of the theme, ready for canvases. */
export class Ink {
  constructor() {
    this.paths = Object.fromEntries(Object.keys(MARKS).map(name => [name, new Path2D(MARKS[name].d)]));
    this.refresh();
  }

  refresh() {
    const probe = document.body.appendChild(el('span', {hidden: true}));
    this.colours = {};
    for (const name of COLOURS) {
      probe.style.color = `var(--${name})`;
      this.colours[name] = getComputedStyle(probe).color;
    }
    probe.remove();
    this.scale = Math.min(devicePixelRatio || 1, 3);
    this.hatches = Object.fromEntries(Object.keys(HATCHES).map(name => [name, this.#hatch(name)]));
  }

  colour(name) {
    return this.colours[name] ?? this.colours.other;
  }

  /** The hatching of a name, or its plain colour. */
  fill(name) {
    return this.hatches[name] ?? this.colours[name] ?? this.hatches.other;
  }

  mark(context, name, x, y, size) {
    const scale = size / 10;
    context.translate(x, y);
    context.scale(scale, scale);
    const path = this.paths[name] ?? new Path2D(markOf(name).d);
    if (markOf(name).line) {
      context.lineWidth = Math.max(2, 1.3 / scale);
      context.strokeStyle = this.colour(name);
      context.stroke(path);
    } else {
      context.fillStyle = this.colour(name);
      context.fill(path);
    }
    context.scale(1 / scale, 1 / scale);
    context.translate(-x, -y);
  }

  #hatch(name) {
    const tile = el('canvas', {width: Math.round(6 * this.scale), height: Math.round(6 * this.scale)});
    const context = tile.getContext('2d');
    context.scale(tile.width / 6, tile.height / 6);
    context.strokeStyle = this.colours[name];
    HATCHES[name]((lines, width) => {
      context.lineWidth = width;
      context.beginPath();
      lines.forEach(([x, y, toX, toY]) => { context.moveTo(x, y); context.lineTo(toX, toY); });
      context.stroke();
    });
    const pattern = context.createPattern(tile, 'repeat');
    pattern.setTransform(new DOMMatrix().scale(6 / tile.width, 6 / tile.height));
    return pattern;
  }
}
