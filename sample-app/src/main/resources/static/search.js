import {$, count, element} from './dom.js';
import {json} from './http.js';

/** A browser opens six connections to a server; with all of them waiting, the latest text would not get there. */
const MOST_OPEN = 3;

const session = Math.random().toString(36).slice(2);
const searches = new Set();
const open = [];
let typed = 0;
let shown = 0;

function show({search, hits}) {
  searches.add(search);
  count('searches', searches.size);
  // Answers may overtake each other.
  if (search < shown) return;
  shown = search;
  $('hits').replaceChildren(...hits.map(({code, name}) => {
    const line = element('li', ` ${name}`, {'data-code': code});
    line.prepend(element('b', code));
    return line;
  }));
  if (!hits.length) $('hits').append(element('li', 'Nothing found.', {class: 'hint'}));
}

async function ask(text) {
  const request = new AbortController();
  open.push(request);
  if (open.length > MOST_OPEN) open.shift().abort();
  try {
    const found = await json('search?' + new URLSearchParams({session, text}), {signal: request.signal});
    show(found);
    // So may questions: then the server took an earlier text for the latest.
    const wanted = $('search-text').value;
    if (open.at(-1) === request && found.text !== wanted) ask(wanted);
  } catch {
    // a later one took its place, or the desk is closed, which the page says already
  } finally {
    const place = open.indexOf(request);
    if (place >= 0) open.splice(place, 1);
  }
}

export function begin() {
  $('search').addEventListener('submit', event => event.preventDefault());
  // Asks at every keystroke: that only a pause makes a search is the server's business.
  $('search-text').addEventListener('input', ({target}) => {
    count('keystrokes', ++typed);
    ask(target.value);
  });
}
