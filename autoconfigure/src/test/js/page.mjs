// What the tests of the page share. They need no browser and no library, only Node.js, 18 or later; the build runs them where it is.
const page = new URL('../../main/resources/dev/settle/ui/page/', import.meta.url);

export const load = name => import(new URL(name, page));

/** A lane as a frame tells it. */
export const lane = (numbers = {}) => ({
  i: 0, name: 'rates', policies: ['retry', 'bulkhead'], begun: 0, inFlight: 0, running: 0, attempts: 0, late: 0, coalesced: 0,
  unseen: 0, waiting: {}, outcomes: {}, state: {}, ...numbers,
});

export const full = (seq, at, more = {}) => ({seq, run: 'one', at, full: true, lanes: [lane()], calls: [], ...more});

export const delta = (seq, at, more = {}) => ({seq, run: 'one', at, ...more});

export const call = (id, ...events) => ({id, i: 0, events});
