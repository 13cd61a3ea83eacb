import {el} from './dom.js';
import {icon} from './marks.js';

const BARS = [
  ['bulkhead', 'waits for a permit (bulkhead)', {kind: 'wait', word: 'bulkhead'}],
  ['throttle', 'waits for its turn (throttle)', {kind: 'wait', word: 'throttle'}],
  ['exclusive', 'waits for the lock (exclusive)', {kind: 'wait', word: 'exclusive'}],
  ['debounce', 'waits for the pause (debounce)', {kind: 'wait', word: 'debounce'}],
  ['running', 'an attempt runs', {kind: 'run'}],
  ['retry', 'pause before the next attempt', {kind: 'retry', word: 'retry'}],
  ['late', 'late: work goes on after its call', {kind: 'late'}],
];

const MARKS = [
  ['success', 'success'], ['coalesced', 'coalesced: shares the run of another call'],
  ['failure', 'failure'], ['timeout', 'timeout'],
  ['rejected', 'rejected'], ['superseded', 'superseded'], ['cancelled', 'cancelled by its caller'], ['aborted', 'aborted'],
  ['attempt-failed', 'an attempt failed'], ['given-up', 'an attempt was given up'],
];

const STRIP = 'The strip below the bars: every call that ended, by the half second; success above the line, the rest below.';

/** Says what is drawn how; drawn by the same brush. */
export class Legend {
  constructor(list) {
    this.swatches = BARS.map(([, words, part]) => ({canvas: el('canvas', {'aria-hidden': 'true'}), words, part}));
    list.append(
        ...this.swatches.map(({canvas, words}) => el('li', {}, canvas, words)),
        ...MARKS.map(([name, words]) => el('li', {}, icon(name), words)),
        el('li', {'class': 'strip'}, STRIP));
  }

  paint(brush) {
    const [width, height] = [34, 13];
    for (const {canvas, part} of this.swatches) {
      canvas.width = width * brush.ink.scale;
      canvas.height = height * brush.ink.scale;
      const context = canvas.getContext('2d');
      context.scale(brush.ink.scale, brush.ink.scale);
      const late = part.kind === 'late' ? [{kind: 'run', from: 0, to: 14}] : [];
      const from = part.kind === 'late' ? 14 : 0;
      brush.call(context, {parts: [...late, {...part, from, to: width}], marks: []}, t => t, width, 0, height, width);
    }
  }
}
