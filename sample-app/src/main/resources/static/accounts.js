import {$, element, money} from './dom.js';
import {json, post} from './http.js';

const form = $('transfer');
let accounts = [];

const balance = ({balance, currency}) => money(balance, currency);

function show(all) {
  for (const account of all) {
    const shown = document.querySelector(`[data-account="${account.id}"]`);
    if (shown.textContent !== balance(account)) shown.textContent = balance(account);
  }
}

function build() {
  $('accounts').replaceChildren(...accounts.map(account => {
    const line = element('div');
    line.append(element('dt', account.id), element('dd', balance(account), {'data-account': account.id}));
    return line;
  }));
  form.elements.from.replaceChildren(...accounts.map(({id, currency}) => new Option(`${id} (${currency})`, id)));
  offer();
}

/** Only accounts in the same currency can get it. */
function offer() {
  const from = accounts.find(({id}) => id === form.elements.from.value);
  const others = accounts.filter(({id, currency}) => currency === from.currency && id !== from.id);
  form.elements.to.replaceChildren(...others.map(({id}) => new Option(id)));
}

export async function refresh() {
  show(await json('accounts'));
}

async function move(event) {
  event.preventDefault();
  const {from, to, amount} = Object.fromEntries(new FormData(form));
  const many = Number(event.submitter?.value || 1);
  const said = $('transferred');
  said.textContent = '';
  // One there, one back: they have both accounts in common.
  const moves = Array.from({length: many}, (nothing, i) =>
    post('transfers', i % 2 ? {from: to, to: from, amount} : {from, to, amount}));
  const failures = (await Promise.allSettled(moves)).filter(({reason}) => reason);
  said.textContent = failures.length
    ? `${many - failures.length} of ${many} transferred: ${failures[0].reason.message}`
    : many === 1 ? `${amount} from ${from} to ${to}.` : `${many} transferred, there and back.`;
  refresh().catch(() => {});
}

export async function begin() {
  form.addEventListener('submit', move);
  form.elements.from.addEventListener('change', offer);
  accounts = await json('accounts');
  build();
}
