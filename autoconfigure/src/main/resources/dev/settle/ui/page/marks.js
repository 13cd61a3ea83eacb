import {svg} from './dom.js';

/** The shapes that say how something ended, ten units wide, the middle at 0,0; told apart by shape first, then by colour. */
export const MARKS = {
  'success': {d: 'M-3 0A3 3 0 1 0 3 0A3 3 0 1 0 -3 0Z'},
  'coalesced': {d: 'M-3 0A3 3 0 1 0 3 0A3 3 0 1 0 -3 0Z', line: true},
  'failure': {d: 'M-3.4-3.4L3.4 3.4M3.4-3.4L-3.4 3.4', line: true},
  'timeout': {d: 'M-4-4.2H4L-4 4.2H4Z'},
  'rejected': {d: 'M0-4.2L4.6 3.8H-4.6Z'},
  'superseded': {d: 'M-4-3.6L-.4 0L-4 3.6M.6-3.6L4.2 0L.6 3.6', line: true},
  'cancelled': {d: 'M-3.2-3.2H3.2V3.2H-3.2Z', line: true},
  'aborted': {d: 'M-3.6-3.6H3.6V3.6H-3.6Z'},
  'attempt-failed': {d: 'M0-5V5M-2.6-5H2.6', line: true},
  'given-up': {d: 'M-3-4.4H1V4.4H-3', line: true},
  'late': {d: 'M0-4.8L4.8 0L0 4.8L-4.8 0Z'},
  'pending': {d: 'M0-4.4L4.4 0L0 4.4L-4.4 0Z', line: true},
  'removed': {d: 'M-4 0H4', line: true},
};

const UNKNOWN = {d: 'M-4-4L4 4M-4 0H4', line: true};

export const markOf = name => MARKS[name] ?? UNKNOWN;

/** A shape in the text, for eyes only: the word stands beside it. */
export function icon(name) {
  const {d, line} = markOf(name);
  return svg('svg', {'class': line ? 'mark line' : 'mark', 'viewBox': '-6 -6 12 12', 'aria-hidden': 'true', 'data-mark': name},
      svg('path', {d}));
}
