import assert from 'node:assert/strict';
import {test} from 'node:test';
import {delta, full, load} from './page.mjs';

const {Feed} = await load('feed.js');
const {Book} = await load('book.js');

/** A page without a browser: time goes on when a test says so. */
class Page {
  constructor() {
    this.now = 0;
    this.timers = [];
    this.streams = [];
    this.asked = [];
    this.states = [];
    this.answer = () => { throw new Error('not reachable'); };
    const page = this;
    const tools = {
      EventSource: class {
        constructor() { this.listeners = {}; page.streams.push(this); }
        addEventListener(name, listener) { this.listeners[name] = listener; }
        close() { this.closed = true; }
      },
      fetch: async url => {
        this.asked.push(url);
        const {status = 200, redirected = false, frames} = this.answer(url);
        return {ok: status === 200, status, redirected, json: async () => ({frames})};
      },
      setTimeout: (does, wait) => { const timer = {does, at: this.now + wait}; this.timers.push(timer); return timer; },
      clearTimeout: timer => { this.timers = this.timers.filter(other => other !== timer); },
      now: () => this.now,
      random: () => 0.5,
    };
    this.book = new Book();
    this.feed = new Feed({stream: 'stream', frames: 'frames'}, frame => this.book.absorb(frame),
        state => { if (state !== this.states.at(-1)) this.states.push(state); }, tools);
    this.feed.start();
  }

  get stream() { return this.streams.at(-1); }
  get open() { return this.streams.filter(({closed}) => !closed); }
  send(frame) { this.stream.onmessage({data: JSON.stringify(frame)}); }

  async pass(ms) {
    const end = this.now + ms;
    for (;;) {
      const next = this.timers.filter(({at}) => at <= end).sort((a, b) => a.at - b.at)[0];
      if (!next) break;
      this.timers = this.timers.filter(timer => timer !== next);
      this.now = Math.max(this.now, next.at);
      next.does();
      await new Promise(setImmediate);
    }
    this.now = end;
  }
}

test('frames of the stream make it live', () => {
  const page = new Page();
  page.send(full(1, 250));
  assert.deepEqual(page.states, ['connecting', 'live']);
  assert.deepEqual(page.asked, []);
});

test('a stream that fails is followed by polling at once, and tried again after half a minute', async () => {
  const page = new Page();
  page.answer = () => ({frames: [full(1, 250)]});
  page.stream.onerror();
  await page.pass(0);
  assert.deepEqual(page.states, ['connecting', 'polling']);
  await page.pass(29_000);
  assert.equal(page.streams.length, 1);
  await page.pass(2000);
  assert.equal(page.streams.length, 2);
  page.send(full(200, 31_000));
  const asked = page.asked.length;
  await page.pass(3000);
  assert.equal(page.asked.length, asked);
  assert.equal(page.states.at(-1), 'live');
});

test('a stream that is silent for five seconds is given up', async () => {
  const page = new Page();
  page.answer = () => ({frames: []});
  page.send(full(1, 250));
  await page.pass(6500);
  assert.equal(page.open.length, 0);
  assert.equal(page.states.at(-1), 'polling');
});

test('streams that go on failing are tried after longer and longer', async () => {
  const page = new Page();
  page.answer = () => ({frames: []});
  for (const wait of [30, 60, 120, 240, 300, 300]) {
    page.stream.onerror();
    const before = page.streams.length;
    await page.pass(wait * 1000 - 500);
    assert.equal(page.streams.length, before);
    await page.pass(1000);
    assert.equal(page.streams.length, before + 1);
  }
});

test('polling asks for what comes after the last frame', async () => {
  const page = new Page();
  page.answer = () => ({frames: [delta(2, 500), delta(3, 750)]});
  page.send(full(1, 250));
  page.stream.onerror();
  await page.pass(0);
  assert.deepEqual(page.asked, ['frames?after=1&run=one']);
  await page.pass(1000);
  assert.equal(page.asked.at(-1), 'frames?after=3&run=one');
});

test('after a gap polling asks for everything', async () => {
  const page = new Page();
  page.answer = () => ({frames: [delta(9, 500)]});
  page.send(full(1, 250));
  page.stream.onerror();
  await page.pass(1000);
  assert.deepEqual(page.asked, ['frames?after=1&run=one', 'frames']);
});

test('a gap in the stream is no storm of streams', async () => {
  const page = new Page();
  page.answer = () => ({frames: [full(20, 5000)]});
  page.send(full(1, 250));
  page.send(delta(9, 500));
  await page.pass(20_000);
  assert.equal(page.streams.length, 1);
  assert.equal(page.states.at(-1), 'polling');
});

test('an application that cannot be reached is asked less and less often', async () => {
  const page = new Page();
  page.stream.onerror();
  await page.pass(100_000);
  assert.equal(page.states.at(-1), 'away');
  assert.ok(page.asked.length < 18, `asked ${page.asked.length} times`);
});

test('a stopping application is said to stop, until another run answers, which is live soon', async () => {
  const page = new Page();
  page.send(full(7, 250));
  page.answer = () => ({frames: []});
  page.stream.listeners.bye();
  await page.pass(3000);
  assert.equal(page.states.at(-1), 'stopping');
  page.answer = () => { throw new Error(); };
  await page.pass(4000);
  assert.equal(page.states.at(-1), 'away');
  page.answer = () => ({frames: [{...full(1, 250), run: 'two'}]});
  await page.pass(10_000);
  assert.equal(page.states.at(-1), 'polling');
  assert.equal(page.book.run, 'two');
  await page.pass(5000);
  assert.equal(page.streams.length, 2);
});

test('who polls is told that the application stops, too', async () => {
  const page = new Page();
  page.answer = () => ({frames: [{...full(1, 250), stopping: true}]});
  page.stream.onerror();
  await page.pass(0);
  assert.equal(page.states.at(-1), 'stopping');
});

test('who is sent to a page to log in at is told so', async () => {
  const page = new Page();
  page.answer = () => ({redirected: true});
  page.stream.onerror();
  await page.pass(0);
  assert.equal(page.states.at(-1), 'refused');
});

test('who may not look is told so', async () => {
  const page = new Page();
  page.answer = () => ({status: 401});
  page.stream.onerror();
  await page.pass(0);
  assert.equal(page.states.at(-1), 'refused');
});

test('a tab that is seen again after a stream has died polls at once', async () => {
  const page = new Page();
  page.send(full(1, 250));
  page.answer = () => ({frames: [delta(2, 500)]});
  page.timers = [];
  page.now = 600_000;
  page.feed.wake();
  await page.pass(0);
  assert.equal(page.states.at(-1), 'polling');
});

test('answers that come after the stream is back are dropped', async () => {
  const page = new Page();
  page.answer = () => ({frames: []});
  page.stream.onerror();
  await page.pass(31_000);
  page.answer = () => {
    page.send(full(50, 9000));
    return {frames: [full(3, 700)]};
  };
  await page.pass(1000);
  assert.equal(page.book.seq, 50);
  assert.equal(page.states.at(-1), 'live');
});

test('a stream that was closed says nothing any more', async () => {
  const page = new Page();
  page.answer = () => ({frames: []});
  const first = page.stream;
  first.onerror();
  await page.pass(31_000);
  first.onerror();
  first.onmessage({data: JSON.stringify(full(5, 100))});
  assert.equal(page.book.seq, 0);
  assert.equal(page.open.length, 1);
});

test('a page that rests asks nothing, and begins anew when somebody looks again', async () => {
  const page = new Page();
  page.send(full(1, 250));
  page.feed.rest();
  await page.pass(120_000);
  assert.equal(page.open.length, 0);
  assert.deepEqual(page.asked, []);
  page.feed.wake();
  assert.equal(page.open.length, 1);
  page.send(full(1, 250, {run: 'another'}));
  assert.equal(page.states.at(-1), 'live');
});
