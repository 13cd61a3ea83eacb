import assert from 'node:assert/strict';
import {test} from 'node:test';
import {load} from './page.mjs';

const {summaryOf, ticksOf, timelineOf} = await load('timeline.js');
const {duration, perSecond, sampled} = await load('words.js');

const entry = (name, outcome, from, to, more = {}) => ({name, outcome, group: 'phase 1', phase: 1, from, to, ...more});

const report = (...entries) => ({elapsed: 100, settled: true, phases: [{phase: 1, name: 'ONE', from: 0, to: 50}], entries});

test('an entry lies where it was in the whole', () => {
  const [group] = timelineOf(report(entry('a', 'completed', 25, 50))).groups;
  assert.deepEqual(group.rows[0].bar, {left: 25, width: 25});
  assert.deepEqual(group.band, {left: 0, width: 50});
  assert.equal(group.rows[0].took, 25);
});

test('what is pending goes on to the end', () => {
  const [group] = timelineOf(report(entry('a', 'pending', 40))).groups;
  assert.deepEqual(group.rows[0].bar, {left: 40, width: 60});
});

test('a phase that has not settled goes on to the end, and has no duration', () => {
  const [group] = timelineOf({elapsed: 100, settled: false, phases: [{phase: 1, name: 'ONE', from: 20}], entries: []}).groups;
  assert.deepEqual(group.band, {left: 20, width: 80});
  assert.equal(group.took, undefined);
});

test('what ended after its limit has a tail', () => {
  const {whole, groups} = timelineOf(report(entry('a', 'timed_out', 0, 50, {ended: 200})));
  assert.equal(whole, 200);
  assert.deepEqual(groups[0].rows[0].tail, {left: 25, width: 75});
});

test('an entry of a phase that is not told of stands below its group', () => {
  const {groups} = timelineOf(report({...entry('a', 'failed', 0, 1), phase: 7, group: 'phase 7'}));
  assert.deepEqual(groups.map(({name, rows}) => [name, rows.length]), [['ONE', 0], ['phase 7', 1]]);
});

test('an outcome that nobody knows is shown by its word', () => {
  assert.equal(timelineOf(report(entry('a', 'given_up', 0, 1))).groups[0].rows[0].words, 'given up');
});

test('times above the picture are round', () => {
  assert.deepEqual(ticksOf(316), [0, 50, 100, 150, 200, 250, 300]);
  assert.deepEqual(ticksOf(1), [0, 0.2, 0.4, 0.6, 0.8, 1].map((_, index) => index * ticksOf(1)[1]));
});

test('the summary names what went wrong', () => {
  assert.equal(summaryOf(report(entry('a', 'completed', 0, 1), entry('b', 'completed', 0, 1))), 'all 2 cleanups ended well');
  assert.equal(summaryOf(report(entry('a', 'failed', 0, 1), entry('b', 'timed_out', 0, 1), entry('c', 'completed', 0, 1))),
      'of 3 cleanups 1 failed, 1 timed out');
  assert.equal(summaryOf({...report(entry('a', 'failed', 0, 1)), 'left-out': 9}), 'of 10 cleanups 1 failed');
});

test('durations are written as the log does', () => {
  assert.deepEqual([0.25, 7.5, 316.2, 5316, 125_000].map(duration), ['250 µs', '7.5 ms', '316 ms', '5.3 s', '2 min 5 s']);
});

test('a rate has a tenth where that says something', () => {
  assert.deepEqual([0, 0.01, 0.5, 9.4, 12.4, 9996].map(perSecond), ['0', '0', '0.5', '9.4', '12', '9,996']);
});

test('sampling is said only when there is some', () => {
  assert.equal(sampled(840, 0), '');
  assert.equal(sampled(840, 820), '20 of 840');
});
