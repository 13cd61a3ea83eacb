import assert from 'node:assert/strict';
import {test} from 'node:test';
import {call, delta, full, lane, load} from './page.mjs';

const {Book, isActive} = await load('book.js');

function opened(...frames) {
  const book = new Book();
  book.absorb(full(1, 1000));
  frames.forEach(frame => book.absorb(frame));
  return book;
}

const only = book => book.lanes.get(0);

test('numbers of a delta replace those before, also with none that wait any more', () => {
  const book = opened(
      delta(2, 1250, {lanes: [{...lane({begun: 3, waiting: {bulkhead: 2}}), name: undefined, policies: undefined}]}),
      delta(3, 1500, {lanes: [{i: 0, begun: 4, inFlight: 1, waiting: {}, outcomes: {success: 3}, state: {}}]}));
  assert.equal(only(book).name, 'rates');
  assert.deepEqual(only(book).policies, ['retry', 'bulkhead']);
  assert.equal(only(book).begun, 4);
  assert.deepEqual(only(book).waiting, {});
});

test('a frame that is known already changes nothing', () => {
  const book = opened(delta(2, 1250, {lanes: [lane({begun: 3})]}));
  assert.equal(book.absorb(delta(2, 1250, {lanes: [lane({begun: 9})]})).what, 'old');
  assert.equal(only(book).begun, 3);
});

test('a missing frame is a gap, and nothing is taken', () => {
  const book = opened();
  assert.equal(book.absorb(delta(3, 1500, {lanes: [lane({begun: 9})]})).what, 'gap');
  assert.equal(only(book).begun, 0);
});

test('a delta of another run is a gap', () => {
  assert.equal(opened().absorb({...delta(2, 1250), run: 'two'}).what, 'gap');
});

test('a lane that comes later counts from nothing', () => {
  const book = opened(delta(2, 2000, {lanes: [lane({i: 1, name: 'search', begun: 10})]}));
  assert.equal(book.lanes.get(1).begun, 10);
  assert.equal(Math.round(book.lanes.get(1).rates.rate('begun', 2000)), 10);
});

test('an event of a call that nobody knows is ignored', () => {
  const book = opened(delta(2, 1250, {calls: [call(7, [1200, 'end', 'success'])]}));
  assert.equal(book.calls.size, 0);
});

test('a call of a lane that nobody knows is ignored', () => {
  const book = opened(delta(2, 1250, {calls: [{id: 7, i: 5, events: [[1200, 'begin']]}]}));
  assert.equal(book.calls.size, 0);
});

test('a begin is found where it stands among the events', () => {
  const book = opened(delta(2, 1250, {calls: [call(7, [1201, 'phase', 'running'], [1200, 'begin'])]}));
  assert.equal(book.calls.get(7).begin, 1200);
  assert.equal(book.calls.get(7).phases.length, 1);
});

test('a call is forgotten when it has left the picture, and not before', () => {
  const book = opened(delta(2, 1500, {calls: [call(7, [1200, 'begin'], [1400, 'end', 'success'])]}));
  assert.equal(book.forget(21_300).length, 0);
  assert.deepEqual(book.forget(21_500).map(({id}) => id), [7]);
  assert.equal(book.calls.size, 0);
  assert.equal(only(book).calls.size, 0);
});

test('what is told of a forgotten call does not bring it back', () => {
  const book = opened(delta(2, 1500, {calls: [call(7, [1200, 'begin'], [1400, 'end', 'success'])]}));
  book.forget(30_000);
  book.absorb(delta(3, 30_000, {calls: [call(7, [1401, 'attempted', 1, 'ok'])]}));
  assert.equal(book.calls.size, 0);
});

test('a call that stays open is kept for good', () => {
  const book = opened(delta(2, 1500, {calls: [call(7, [1200, 'begin'])]}));
  assert.equal(book.forget(10_000_000).length, 0);
  assert.equal(book.calls.size, 1);
});

test('a call that has ended, but whose work goes on, is kept', () => {
  const late = call(7, [1200, 'begin'], [1200, 'attempt', 1], [1400, 'end', 'timeout']);
  const book = opened(delta(2, 1500, {calls: [late]}));
  assert.equal(book.forget(10_000_000).length, 0);
});

test('while the picture is held, what is in it stays, and what came after goes as always', () => {
  const book = opened(delta(2, 9000, {calls: [
    call(7, [1200, 'begin'], [1400, 'end', 'success']), call(8, [8000, 'begin'], [8100, 'end', 'success'])]}));
  assert.deepEqual(book.forget(100_000, 5000).map(({id}) => id), [8]);
});

test('a full frame after a loss begins its calls anew and drops those that are open and not told of', () => {
  const book = opened(delta(2, 1500, {calls: [
    call(7, [1200, 'begin'], [1210, 'phase', 'bulkhead']),
    call(8, [1300, 'begin']),
    call(9, [1300, 'begin'], [1400, 'end', 'success']),
  ]}));
  const told = call(7, [1200, 'begin'], [1210, 'phase', 'bulkhead']);
  const taken = book.absorb(full(40, 11_000, {lanes: [lane({begun: 40})], calls: [told]}));
  assert.equal(taken.what, 'full');
  assert.deepEqual(taken.gone.map(({id}) => id), [7, 8]);
  assert.deepEqual([...book.calls.keys()].sort(), [7, 9]);
  assert.equal(book.calls.get(7).phases.length, 1);
  assert.deepEqual([...only(book).calls].map(({id}) => id).sort(), [7, 9]);
});

test('what began while frames were lost is spread over that time', () => {
  const book = opened();
  book.absorb(full(40, 11_000, {lanes: [lane({begun: 100, outcomes: {success: 100}})]}));
  assert.equal(Math.round(only(book).rates.rate('begun', 11_000)), 10);
  assert.equal(Math.round(only(book).rates.in(4, 'success')), 5);
});

test('a full frame without a lane drops it and its calls', () => {
  const book = opened(delta(2, 1500, {calls: [call(7, [1200, 'begin'], [1400, 'end', 'success'])]}));
  book.absorb(full(3, 1750, {lanes: []}));
  assert.equal(book.lanes.size, 0);
  assert.equal(book.calls.size, 0);
});

test('another run begins anew', () => {
  const book = opened(delta(2, 90_000, {lanes: [lane({begun: 500})], calls: [call(7, [1200, 'begin'])]}));
  const taken = book.absorb({...full(1, 300, {lanes: [lane({begun: 4})]}), run: 'two'});
  assert.equal(taken.what, 'run');
  assert.deepEqual(taken.gone, []);
  assert.equal(book.calls.size, 0);
  assert.equal(book.at, 300);
  assert.equal(only(book).begun, 4);
  assert.equal(only(book).rates.rate('begun', 300), 0);
});

test('a lane is active while something is in it or in the picture', () => {
  const book = opened(delta(2, 2000, {lanes: [lane({begun: 1})]}), delta(3, 2250));
  assert.equal(isActive(only(book), 21_000), true);
  assert.equal(isActive(only(book), 23_000), false);
});

test('a call whose bar is known a frame later has a bar', () => {
  const book = new Book();
  book.absorb(full(1, 0));
  book.absorb(delta(2, 250, {lanes: [lane({begun: 1, unseen: 1})]}));
  book.absorb(delta(3, 500, {lanes: [lane({begun: 1, unseen: 0})]}));
  assert.equal(book.lanes.get(0).rates.rate('unseen', 500), 0);
});
