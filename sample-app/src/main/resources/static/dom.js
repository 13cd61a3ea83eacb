/** What all parts of the page do with it. */

export const $ = id => document.getElementById(id);

export function element(name, text = '', attributes = {}) {
  const made = document.createElement(name);
  made.textContent = text;
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
  return made;
}

/** Writes a number that is on the page, when it has changed. */
export function count(name, value) {
  const shown = document.querySelector(`[data-count="${name}"]`);
  if (shown.textContent !== String(value)) shown.textContent = value;
}

export const money = (amount, currency) =>
  new Intl.NumberFormat('en', {style: 'currency', currency, currencyDisplay: 'code'}).format(amount);
