import {$, count} from './dom.js';
import {json, post} from './http.js';

const PATH = 'actuator/concurrency/rates';

const said = text => { $('bulkhead-said').textContent = text; };

function plan(report) {
  return report.methods[0].policies.find(({policy}) => policy === 'bulkhead');
}

function show(report) {
  const {value, origin} = plan(report).settings.value;
  count('permits', value);
  count('permits-running', report.live.running);
  count('permits-waiting', report.live.waiting.bulkhead ?? 0);
  $('permits-back').disabled = origin !== 'the actuator';
  return value;
}

async function set(value, words) {
  try {
    const permits = show(await post(PATH, {policy: 'bulkhead', settings: {value}}));
    $('permits').value = permits;
    said(words(permits));
  } catch (failure) {
    said(failure.status === 405 ? 'The actuator lets nobody change settings.' : failure.message);
  }
}

export async function refresh() {
  try {
    show(await json(PATH));
  } catch (failure) {
    if (failure.status) said(`The actuator does not show it: ${failure.message}`);
  }
}

export async function begin() {
  $('bulkhead').addEventListener('submit', event => {
    event.preventDefault();
    set(Number($('permits').value), permits => `${permits} permits to each provider from now on.`);
  });
  $('permits-back').addEventListener('click', () => set(null, permits => `${permits} permits again, as in the code.`));
  try {
    $('permits').value = show(await json(PATH));
  } catch {
    await refresh();
  }
}
