/*
 * The live page. What tests (and other tools) may rely on:
 *   [data-connection]            on <body>: connecting, live, polling, stopping, away, refused; its words are in #connection
 *   [data-lane="name"]           a lane; inside it, while it is near the window:
 *     data[data-count="…"]       rate, inFlight, running, waiting, begun, attempts, unseen, late, coalesced, success, failure,
 *                                timeout, rejected, superseded, cancelled, aborted: `value` is the number, the text is for people
 *     [data-policy], [data-permits="policy"], [data-open="name"] (the button that opens the details), [data-note]
 *   #search #active #tall #pause #legend #sampling #summary
 *   #details (a dialog) with #details-name -close -plan -rejections -problem -said -tune -abort -unexposed -read-only;
 *     [data-plan="policy"], [data-setting="policy.property"], [data-state="policy"], [data-back="property"][data-of="policy"]
 *     #details-tune has the fields policy, property, value, and the buttons apply and back
 *   #shutdown: #shutdown-summary #shutdown-none, [data-phase="name"], [data-entry="name"][data-outcome="…"]
 */
import {Book} from './book.js';
import {Brush} from './brush.js';
import {Clock} from './clock.js';
import {Details} from './details.js';
import {Feed} from './feed.js';
import {Ink} from './ink.js';
import {Lanes} from './lanes.js';
import {Legend} from './legend.js';
import {Motion} from './motion.js';
import {Shutdown} from './shutdown.js';
import {Status} from './status.js';
import {Tabs} from './tabs.js';

const by = id => document.getElementById(id);
const below = path => new URL(path, import.meta.url).href;

const book = new Book();
const clock = new Clock();
const ink = new Ink();
const brush = new Brush(ink);
const lanes = new Lanes(by('list'), book, ink);
const legend = new Legend(by('legend-list'));
const details = new Details(by('details'), book);
const status = new Status(book, lanes);
const motion = new Motion(clock, now => lanes.paint(brush, now));
const shutdown = new Shutdown(below('shutdown'), {
  picture: by('gantt'), summary: by('shutdown-summary'), none: by('shutdown-none'), hint: by('shutdown-hint'),
});
const tabs = new Tabs(tab => {
  motion.wanted(tab === 'lanes');
  if (tab === 'shutdown') shutdown.look();
});

let due = false;

/** Numbers are written at most once for all frames that come together, and not while nobody sees them. */
function refresh() {
  due = false;
  if (document.hidden) return;
  lanes.sync();
  lanes.refresh();
  status.refresh();
  details.refresh();
}

function absorb(frame) {
  const taken = book.absorb(frame);
  if (taken.what === 'gap' || taken.what === 'old') return taken;
  if (taken.what === 'run') {
    clock.reset();
    motion.resume();
    shutdown.load();
  }
  clock.hear(frame.at, performance.now());
  lanes.took(taken);
  if (!due) queueMicrotask(refresh);
  due = true;
  return taken;
}

const feed = new Feed({stream: below('stream'), frames: below('frames')}, absorb, state => {
  status.connection(state);
  motion.delay = state === 'live' ? 400 : 1400;
}, {
  EventSource,
  fetch: (...all) => fetch(...all),
  setTimeout: (...all) => setTimeout(...all),
  clearTimeout: timer => clearTimeout(timer),
  now: () => performance.now(),
  random: Math.random,
});

function forget() {
  lanes.took({calls: [], gone: book.forget(book.at, motion.held)});
  if (!document.hidden && lanes.activeOnly) status.left(lanes.filter());
}

function recolour() {
  ink.refresh();
  legend.paint(brush);
  motion.paint();
}

by('list').addEventListener('click', ({target}) => {
  const name = target.closest('[data-open]');
  if (name) details.open(name.dataset.open, name);
});
by('search').addEventListener('input', ({target}) => {
  lanes.text = target.value.trim().toLowerCase();
  status.left(lanes.filter());
});
by('active').addEventListener('change', ({target}) => {
  lanes.activeOnly = target.checked;
  status.left(lanes.filter());
});
by('tall').addEventListener('change', ({target}) => document.body.classList.toggle('tall', target.checked));
by('pause').addEventListener('click', () => motion.toggle());
let rest;
document.addEventListener('visibilitychange', () => {
  motion.settle();
  clearTimeout(rest);
  if (document.hidden) {
    rest = setTimeout(() => { if (!motion.held) feed.rest(); }, 60_000);
    return;
  }
  refresh();
  feed.wake();
});
addEventListener('themechange', recolour);
addEventListener('pagehide', () => feed.stop());
addEventListener('pageshow', ({persisted}) => { if (persisted) feed.start(); });
lanes.onshow = () => { if (!motion.moving) motion.paint(); };

setInterval(forget, 1000);
recolour();
tabs.start();
feed.start();
