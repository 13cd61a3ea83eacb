import {$, element} from './dom.js';
import {Away, json, post} from './http.js';

const body = document.body.dataset;

function tell(desk, ...words) {
  body.desk = desk;
  $('state').replaceChildren(...words);
  $('close').disabled = desk === 'closing' || desk === 'closed';
}

function closed() {
  tell('closed', 'The desk is closed. When its process has ended, start it again with ', element('code', 'mvn -pl sample-app -am spring-boot:run'),
    '; this page waits for it.');
}

function words({elapsed, settled, entries}) {
  const wrong = entries.filter(({outcome}) => outcome !== 'completed' && outcome !== 'removed');
  const took = `Its last shutdown took ${Math.round(elapsed)} ms`;
  if (!settled) return `${took}, and did not come to its end. `;
  return wrong.length
    ? `${took}; not settled in order: ${wrong.map(({name}) => name).join(', ')}. `
    : `${took}, and all ${entries.length} cleanups ended well. `;
}

async function back() {
  tell('open', 'The desk is open again.');
  reviveLanes();
  try {
    const report = await json('actuator/settleui/shutdown');
    const link = element('a', 'See it phase by phase', {href: 'actuator/settleui#shutdown', target: 'lanes'});
    link.addEventListener('click', () => $('lanes').scrollIntoView({block: 'nearest'}));
    $('state').replaceChildren('The desk is open again. ', words(report), link);
  } catch {
    // No report: it was killed, or keeps none.
  }
}

/** The lanes come back by themselves, unless they were loaded while nobody answered: that page is the browser's. */
function reviveLanes() {
  const frame = $('lanes');
  try {
    if (frame.contentWindow.location.pathname.includes('settleui')) return;
  } catch {
    // not ours
  }
  frame.src = frame.getAttribute('src');
}

/** The desk closes or is closed: whoever starts it again has another window before this one, and it must be noticed. */
export const isUnderWay = () => body.desk !== 'open';

/** The desk has been asked something, and has answered or not. Says whether it is back. */
export function heard(failure) {
  if (failure instanceof Away) {
    if (body.desk !== 'closed') closed();
    return false;
  }
  const isBack = body.desk === 'closed' && (!failure || failure.status !== undefined);
  if (isBack) back();
  return isBack;
}

async function shutDown() {
  $('sure').close();
  tell('closing', 'The desk is closing: it answers the orders it has, flushes the outbox and closes the database.');
  try {
    await post('shutdown', {});
  } catch (failure) {
    if (failure instanceof Away) closed();
    else tell('open', `The desk does not close: ${failure.message}`);
  }
}

export function begin() {
  $('close').addEventListener('click', () => $('sure').showModal());
  $('sure-yes').addEventListener('click', shutDown);
  $('sure-no').addEventListener('click', () => $('sure').close());
}
