'use strict';

const order = document.getElementById('order');
const faults = document.getElementById('faults');
const answers = document.getElementById('answers');
const search = document.getElementById('search');
const table = document.getElementById('providers');

function element(name, text, className = '') {
  const made = document.createElement(name);
  made.textContent = text;
  made.className = className;
  return made;
}

async function json(path, options) {
  const response = await fetch(path, options);
  const body = await response.json();
  if (!response.ok) throw new Error(`${response.status}: ${body.detail}`);
  return body;
}

const money = (amount, currency) =>
  new Intl.NumberFormat('en', {style: 'currency', currency, currencyDisplay: 'code'}).format(amount);

function shown(quote) {
  const line = element('li', `${money(quote.amount, quote.from)} = ${money(quote.result, quote.to)}`);
  const chips = element('div', '');
  for (const {provider, outcome, rate} of quote.providers) {
    chips.append(element('span', `${provider} ${rate ?? outcome.toLowerCase()}`, `chip ${outcome}`));
  }
  line.append(chips);
  return line;
}

async function quote() {
  const {amount, from, to} = Object.fromEntries(new FormData(order));
  const start = performance.now();
  const line = await json('quotes', {
    method: 'POST',
    headers: {'Content-Type': 'application/json'},
    body: JSON.stringify({from, to, amount}),
  }).then(shown, failure => element('li', failure.message, 'bad'));
  line.prepend(element('time', `${Math.round(performance.now() - start)} ms`));
  answers.querySelector('.hint')?.remove();
  answers.prepend(line);
  while (answers.children.length > 100) answers.lastChild.remove();
}

order.addEventListener('submit', event => {
  event.preventDefault();
  for (let left = Number(event.submitter?.value || 1); left > 0; left--) quote();
});

const session = Math.random().toString(36);
const searches = new Set();
let typed = 0;

search.addEventListener('submit', event => event.preventDefault());

function showHits({search: number, hits}) {
  searches.add(number);
  search.querySelector('output').value = `${typed} keystrokes, ${searches.size} searches`;
  const lines = hits.map(({code, name}) => element('li', `${code} ${name}`));
  document.getElementById('hits').replaceChildren(...lines);
}

/** Asks at every keystroke: that only a pause makes a search is the server's business. */
search.addEventListener('input', () => {
  typed++;
  const text = search.elements.text.value;
  json('search?' + new URLSearchParams({session, text})).then(showHits, () => {});
});

function row({name, requests, answered, refused, faulted, abandoned, waiting}) {
  const made = document.createElement('tr');
  made.append(...[name, requests, answered, refused, faulted, abandoned, waiting].map(value => element('td', value)));
  return made;
}

function show(status) {
  table.replaceChildren(...status.map(row));
}

const unit = input => input.name === 'latency' ? `${input.value} ms` : `${Math.round(input.value * 100)} %`;

/** Moves the sliders to where the chosen provider is, or the first. */
function adopt(status) {
  const chosen = status.find(({name}) => name === faults.elements.provider.value) ?? status[0];
  const latency = 1000 * Number(/PT([\d.]+)S/.exec(chosen.faults.latency)?.[1] ?? 0);
  for (const input of faults.querySelectorAll('[type=range]')) {
    input.value = input.name === 'latency' ? latency : chosen.faults[input.name];
    input.nextElementSibling.value = unit(input);
  }
}

faults.addEventListener('input', ({target}) => {
  if (target.type === 'range') target.nextElementSibling.value = unit(target);
});

faults.addEventListener('change', async ({target}) => {
  const refused = document.getElementById('refused');
  refused.textContent = '';
  try {
    if (target.type === 'range') {
      const change = new URLSearchParams();
      if (faults.elements.provider.value) change.set('provider', faults.elements.provider.value);
      change.set(target.name, target.name === 'latency' ? `${target.value}ms` : target.value);
      show(await json('upstream', {method: 'POST', body: change}));
    }
  } catch (failure) {
    refused.textContent = failure.message;
  }
  adopt(await json('upstream'));
});

async function begin() {
  const currencies = await json('currencies');
  for (const [field, chosen] of [['from', 'EUR'], ['to', 'USD']]) {
    for (const {code, name} of currencies) {
      const option = new Option(code, code, false, code === chosen);
      option.title = name;
      order.elements[field].append(option);
    }
  }
  const status = await json('upstream');
  for (const {name} of status) faults.elements.provider.append(new Option(name));
  show(status);
  adopt(status);
  setInterval(() => json('upstream').then(show, () => {}), 1000);
}

begin();
