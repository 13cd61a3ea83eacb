import assert from 'node:assert/strict';
import {test} from 'node:test';
import {load} from './page.mjs';

const {Call} = await load('call.js');

function told(...events) {
  const call = new Call(1, {}, 0);
  events.forEach(event => call.add(event));
  return call;
}

const bars = call => call.picture.parts.map(({kind, word, from, to}) => [kind, word ?? '', from, to].join(' '));
const marks = call => call.picture.marks.map(({mark, at}) => `${mark} ${at}`);

test('a call is drawn by its phases and attempts', () => {
  const call = told(
      [0, 'begin'], [0, 'phase', 'bulkhead'], [10, 'phase', 'running'], [10, 'attempt', 1], [30, 'attempted', 1, 'failed'],
      [30, 'phase', 'retry'], [80, 'phase', 'running'], [80, 'attempt', 2], [95, 'attempted', 2, 'ok'], [95, 'end', 'success']);
  assert.deepEqual(bars(call), [
    'wait bulkhead 0 10', 'line running 10 30', 'retry retry 30 80', 'line running 80 95', 'run  10 30', 'run  80 95']);
  assert.deepEqual(marks(call), ['attempt-failed 30', 'success 95']);
});

test('events that come in another order make the same picture', () => {
  const events = [
    [0, 'begin'], [0, 'phase', 'throttle'], [10, 'phase', 'running'], [10, 'attempt', 1], [30, 'attempted', 1, 'failed'],
    [31, 'phase', 'retry'], [80, 'phase', 'running'], [80, 'attempt', 2], [95, 'attempted', 2, 'ok'], [96, 'end', 'success']];
  const inOrder = told(...events);
  const reversed = told(events[0], ...events.slice(1).reverse());
  assert.deepEqual(bars(reversed).sort(), bars(inOrder).sort());
  assert.deepEqual(marks(reversed).sort(), marks(inOrder).sort());
  assert.equal(reversed.until, inOrder.until);
});

test('an attempt that goes on after the end is late, and keeps the call open until it ends', () => {
  const call = told([0, 'begin'], [0, 'attempt', 1], [100, 'end', 'timeout']);
  assert.deepEqual(bars(call), ['run  0 100', 'late  100 Infinity']);
  assert.equal(call.until, Infinity);
  call.add([400, 'attempted', 1, 'ok']);
  assert.deepEqual(bars(call), ['run  0 100', 'late  100 400']);
  assert.equal(call.until, 400);
});

test('an attempt that was given up is late from then on', () => {
  const call = told(
      [0, 'begin'], [0, 'attempt', 1], [50, 'abandoned', 1],
      [60, 'attempt', 2], [90, 'attempted', 2, 'ok'], [90, 'end', 'success']);
  assert.deepEqual(bars(call), ['run  0 50', 'late  50 Infinity', 'run  60 90']);
  assert.deepEqual(marks(call), ['given-up 50', 'success 90']);
  assert.equal(call.over, false);
});

test('clocks of two threads that differ a little make no late work', () => {
  const call = told([0, 'begin'], [0, 'attempt', 1], [50, 'end', 'success'], [50.4, 'attempted', 1, 'ok']);
  assert.deepEqual(bars(call), ['run  0 50']);
});

test('an end that is told of before the attempt is begun leaves nothing open', () => {
  const call = told([0, 'begin'], [50, 'end', 'success'], [49, 'attempted', 1, 'ok'], [10, 'attempt', 1]);
  assert.deepEqual(bars(call), ['run  10 49']);
  assert.equal(call.over, true);
});

test('a call that got the outcome of another one says so', () => {
  const call = told([0, 'begin'], [0, 'phase', 'debounce'], [9, 'end', 'success', 'coalesced']);
  assert.deepEqual(marks(call), ['coalesced 9']);
});

test('a failed attempt with which the call fails has one mark', () => {
  const call = told([0, 'begin'], [0, 'attempt', 1], [9, 'attempted', 1, 'failed'], [9, 'end', 'failure']);
  assert.deepEqual(marks(call), ['failure 9']);
});
