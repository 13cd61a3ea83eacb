import assert from 'node:assert/strict';
import {test} from 'node:test';
import {load} from './page.mjs';

const {Rows} = await load('rows.js');
const {Rates} = await load('rates.js');
const {Clock} = await load('clock.js');

test('calls that follow each other share a row, calls side by side do not', () => {
  const rows = new Rows(10);
  assert.equal(rows.place({begin: 0, until: 50}), 0);
  assert.equal(rows.place({begin: 20, until: 70}), 1);
  assert.equal(rows.place({begin: 60, until: 90}), 0);
  assert.equal(rows.used, 2);
});

test('a shape at an end takes room', () => {
  const rows = new Rows(10);
  rows.place({begin: 0, until: 50});
  assert.equal(rows.place({begin: 55, until: 90}), 1);
});

test('a call that goes on longer than was thought makes room for the one that came after', () => {
  const rows = new Rows(0);
  const first = {begin: 0, until: 50};
  const second = {begin: 60, until: 90};
  rows.place(first);
  rows.place(second);
  first.until = Infinity;
  assert.equal(rows.place(first), 1);
  assert.equal(rows.place(second), 0);
});

test('removing a call that is in no row removes none', () => {
  const rows = new Rows(0);
  rows.place({begin: 0, until: 50});
  rows.remove({begin: 0, until: 50});
  assert.equal(rows.used, 1);
});

test('rows that nobody is in are given back', () => {
  const rows = new Rows(0);
  const calls = [0, 1, 2].map(() => ({begin: 0, until: 50}));
  calls.forEach(call => rows.place(call));
  rows.remove(calls[1]);
  assert.equal(rows.used, 3);
  rows.remove(calls[2]);
  assert.equal(rows.used, 1);
});

test('a rate is of two frames, whatever lies between them', () => {
  const rates = new Rates(0);
  rates.add({begun: 0}, {begun: 30}, 0, 3000);
  assert.equal(Math.round(rates.rate('begun', 3000)), 10);
});

test('a rate of a lane that was idle for long does not come from back then', () => {
  const rates = new Rates(0);
  rates.add({begun: 0}, {begun: 500}, 0, 250);
  rates.add({begun: 500}, {begun: 501}, 599_750, 600_000);
  assert.ok(rates.rate('begun', 600_000) < 1);
});

test('nothing is known of a rate at the first frame', () => {
  assert.equal(new Rates(5000).rate('begun', 5000), 0);
});

test('time is never later than what is known, and does not jump back', () => {
  const clock = new Clock();
  clock.hear(1000, 0);
  assert.equal(clock.now(50, 400), 650);
  assert.equal(clock.now(9000, 400), 1000);
  clock.hear(1250, 300);
  assert.ok(clock.now(9001, 0) >= 1000);
});
