/** What became of a cleanup, and whether that is as it should be. */
export const ENDS = {
  completed: {mark: 'success', words: 'completed'},
  failed: {mark: 'failure', words: 'failed', bad: true},
  timed_out: {mark: 'timeout', words: 'timed out', bad: true},
  late: {mark: 'late', words: 'ended late', bad: true},
  pending: {mark: 'pending', words: 'still pending', bad: true},
  removed: {mark: 'removed', words: 'not needed any more'},
};

export const endOf = outcome => ENDS[outcome] ?? {mark: 'pending', words: outcome.replaceAll('_', ' ')};

/** The report as it is drawn: phases in their order with their entries, and where each lies, in hundredths of the whole. */
export function timelineOf({elapsed, phases, entries}) {
  const whole = Math.max(1, elapsed, ...entries.map(({ended, to, from}) => ended ?? to ?? from));
  const place = (from, to) => ({left: 100 * from / whole, width: 100 * Math.max(0, to - from) / whole});
  const rowOf = entry => ({
    ...entry,
    ...endOf(entry.outcome),
    took: (entry.to ?? elapsed) - entry.from,
    bar: place(entry.from, entry.to ?? elapsed),
    tail: entry.ended > entry.to ? place(entry.to, entry.ended) : undefined,
  });
  const known = new Set(phases.map(({phase}) => phase));
  const groups = phases.map(phase => ({
    ...phase,
    took: phase.to === undefined ? undefined : phase.to - phase.from,
    band: place(phase.from, phase.to ?? elapsed),
    rows: entries.filter(entry => entry.phase === phase.phase).map(rowOf),
  }));
  for (const name of new Set(entries.filter(({phase}) => !known.has(phase)).map(({group}) => group))) {
    groups.push({name, rows: entries.filter(entry => entry.group === name && !known.has(entry.phase)).map(rowOf)});
  }
  return {whole, groups, ticks: ticksOf(whole)};
}

/** Round times to be written above: four to nine. */
export function ticksOf(whole) {
  const rough = whole / 8;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map(factor => factor * power).find(size => size >= rough);
  return Array.from({length: Math.floor(whole / step) + 1}, (_, index) => index * step);
}

/** One sentence about it all. */
export function summaryOf({entries, settled, 'left-out': more = 0}) {
  const bad = Object.entries(ENDS).filter(([, {bad: wrong}]) => wrong)
      .map(([outcome, {words}]) => ({words, count: entries.filter(entry => entry.outcome === outcome).length}))
      .filter(({count}) => count > 0);
  const all = entries.length + more;
  if (!bad.length && !settled) return 'it did not come to its end';
  if (!all) return 'there was nothing to clean up';
  if (!bad.length) return `${all === 1 ? 'the one cleanup' : `all ${all} cleanups`} ended well`;
  return `of ${all} cleanups ${bad.map(({count, words}) => `${count} ${words}`).join(', ')}`;
}

export const problems = ({entries}) => entries.filter(({outcome}) => endOf(outcome).bad).length;
