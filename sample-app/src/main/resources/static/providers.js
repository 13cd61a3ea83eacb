import {$, element} from './dom.js';
import {json} from './http.js';

const PRESETS = {
  break: {failures: 0.35, resets: 0.15, hangs: 0.3, latency: 300},
  hang: {failures: 0, resets: 0, hangs: 1, latency: 60},
  mend: {failures: 0, resets: 0, hangs: 0, latency: 60},
};
const COLUMNS = ['requests', 'answered', 'refused', 'faulted', 'abandoned', 'waiting'];

const form = $('faults');
const sliders = [...form.querySelectorAll('[type=range]')];
const unit = ({name, value}) => name === 'latency' ? `${value} ms` : `${Math.round(value * 100)} %`;
const HOLD = 2000;
let touchedAt = -HOLD;

function row(provider) {
  const made = element('tr', '', {'data-provider': provider.name});
  made.append(element('th', provider.name, {scope: 'row'}));
  made.append(...COLUMNS.map(column => element('td', provider[column], {'data-seen': column})));
  return made;
}

const millis = latency => 1000 * Number(/PT([\d.]+)S/.exec(latency)?.[1] ?? 0);

/** How the chosen provider behaves; of all, the first. */
function behaviour(status) {
  const {faults} = status.find(({name}) => name === form.elements.provider.value) ?? status[0];
  return {...faults, latency: millis(faults.latency)};
}

export function show(status) {
  $('providers').replaceChildren(...status.map(row));
  const now = behaviour(status);
  for (const button of form.querySelectorAll('[data-preset]')) {
    const preset = PRESETS[button.dataset.preset];
    button.setAttribute('aria-pressed', Object.keys(preset).every(fault => preset[fault] === now[fault]));
  }
  // Not moved under somebody's finger.
  if (performance.now() - touchedAt < HOLD) return;
  for (const slider of sliders) {
    slider.value = now[slider.name];
    slider.nextElementSibling.value = unit(slider);
  }
}

async function change(faults) {
  const query = new URLSearchParams(faults);
  if ('latency' in faults) query.set('latency', `${faults.latency}ms`);
  if (form.elements.provider.value) query.set('provider', form.elements.provider.value);
  $('refused').textContent = '';
  touchedAt = -HOLD;
  try {
    show(await json('upstream', {method: 'POST', body: query}));
  } catch (failure) {
    $('refused').textContent = failure.message;
    json('upstream').then(show, () => {});
  }
}

export async function begin() {
  form.addEventListener('submit', event => event.preventDefault());
  form.addEventListener('input', ({target}) => {
    if (target.type !== 'range') return;
    touchedAt = performance.now();
    target.nextElementSibling.value = unit(target);
  });
  form.addEventListener('change', async ({target}) => {
    if (target.type === 'range') change({[target.name]: target.value});
    else show(await json('upstream'));
  });
  form.addEventListener('click', ({target}) => {
    if (target.dataset.preset) change(PRESETS[target.dataset.preset]);
  });
  const status = await json('upstream');
  const known = new Set([...form.elements.provider.options].map(({value}) => value));
  form.elements.provider.append(...status.filter(({name}) => !known.has(name)).map(({name}) => new Option(name)));
  show(status);
}
