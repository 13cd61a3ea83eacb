import {$, count, element, money} from './dom.js';
import {json, post} from './http.js';

const MOST_SHOWN = 60;
const counts = {waiting: 0, answered: 0, failed: 0};

function tell(change) {
  for (const [what, by] of Object.entries(change)) {
    counts[what] += by;
    count(`quotes-${what}`, counts[what]);
  }
}

function chip({provider, outcome, rate}) {
  const word = outcome.toLowerCase();
  return element('span', `${provider} ${rate ?? word}`, {class: 'chip', 'data-outcome': word});
}

function answered(quote) {
  const line = element('li', '', {'data-outcome': 'answered'});
  line.append(element('b', `${money(quote.amount, quote.from)} = ${money(quote.result, quote.to)}`));
  const chips = element('div');
  chips.append(...quote.providers.map(chip));
  line.append(chips);
  return line;
}

function failed({message}) {
  return element('li', message, {'data-outcome': 'failed'});
}

function add(line, millis) {
  line.prepend(element('span', `${Math.round(millis)} ms`, {class: 'took'}));
  $('answers').prepend(line);
  tell({waiting: -1, [line.dataset.outcome]: 1});
  while ($('answers').children.length > MOST_SHOWN) $('answers').lastChild.remove();
  return line.dataset.outcome;
}

async function one(order) {
  const start = performance.now();
  const line = await post('quotes', order).then(answered, failed);
  return [add(line, performance.now() - start)];
}

/** In one request: a browser opens six connections to a server, and keeps all others waiting itself. */
async function burst(order, times) {
  const start = performance.now();
  try {
    const offers = await post(`quotes/burst?times=${times}`, order);
    offers.sort((one, other) => one.millis - other.millis);
    return offers.map(({quote, problem, millis}) => add(quote ? answered(quote) : failed({message: problem}), millis));
  } catch (failure) {
    return Array.from({length: times}, () => add(failed(failure), performance.now() - start));
  }
}

async function submit(event) {
  event.preventDefault();
  const order = Object.fromEntries(new FormData($('order')));
  const times = Number(event.submitter?.value || 1);
  tell({waiting: times});
  const outcomes = await (times === 1 ? one(order) : burst(order, times));
  const good = outcomes.filter(outcome => outcome === 'answered').length;
  $('quoted').textContent = `${good} of ${times} ${times === 1 ? 'quote' : 'quotes'} answered`;
}

export async function begin() {
  $('order').addEventListener('submit', submit);
  const currencies = await json('currencies');
  for (const [field, chosen] of [['from', 'EUR'], ['to', 'USD']]) {
    $('order').elements[field].replaceChildren(...currencies.map(({code, name}) => {
      const option = new Option(code, code, false, code === chosen);
      option.title = name;
      return option;
    }));
  }
}
