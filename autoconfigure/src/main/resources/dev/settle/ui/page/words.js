const whole = new Intl.NumberFormat('en', {maximumFractionDigits: 0});
const tenths = new Intl.NumberFormat('en', {minimumFractionDigits: 1, maximumFractionDigits: 1});

export const number = value => whole.format(value);

/** A rate: with a tenth where that says something. */
export const perSecond = value => value >= 0.05 && value < 9.95 ? tenths.format(value) : whole.format(value);

export function duration(ms) {
  if (ms < 1) return `${Math.round(ms * 1000)} µs`;
  if (ms < 10) return `${tenths.format(ms)} ms`;
  if (ms < 1000) return `${whole.format(ms)} ms`;
  if (ms < 60_000) return `${tenths.format(ms / 1000)} s`;
  return `${Math.floor(ms / 60_000)} min ${whole.format(Math.floor(ms % 60_000 / 1000))} s`;
}

export const counted = (count, one, many = `${one}s`) => `${number(count)} ${count === 1 ? one : many}`;

export const CONNECTION = {
  connecting: 'connecting',
  live: 'live',
  polling: 'polling',
  stopping: 'the application is stopping',
  away: 'not reachable, trying again',
  refused: 'not allowed: log in, then load this page again',
};

export const sum = numbers => Object.values(numbers).reduce((all, each) => all + each, 0);

/** How many calls of a second have a bar, when not all do: nothing else. */
export function sampled(begun, unseen) {
  return unseen < 0.05 ? '' : `${perSecond(Math.max(0, begun - unseen))} of ${perSecond(begun)}`;
}

/** What a policy's `state` has, in words. */
const STATE = {keys: 'keys in use', asking: 'asking the cluster'};

export const stateWords = state =>
  Object.entries(state).map(([key, value]) => `${number(value)} ${STATE[key] ?? key}`).join(', ');
