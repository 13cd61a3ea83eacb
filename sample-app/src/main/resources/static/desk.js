/**
 * The desk: each part of the page is a module. For tests: ids of forms and buttons; data-count, data-provider with data-seen,
 * data-account and data-code have what is shown; li[data-outcome] are quotes; body[data-desk] is open, closing or closed.
 */
import * as accounts from './accounts.js';
import * as bulkhead from './bulkhead.js';
import * as closing from './closing.js';
import {json} from './http.js';
import * as providers from './providers.js';
import * as quotes from './quotes.js';
import * as search from './search.js';

const EVERY = 1000;
const LIMIT = 5000;

let whole = true;

async function look() {
  let failure;
  try {
    providers.show(await json('upstream', {signal: AbortSignal.timeout(LIMIT)}));
    await bulkhead.refresh();
    await accounts.refresh();
  } catch (ex) {
    failure = ex;
  }
  // What could not be read at the beginning is read now.
  if (closing.heard(failure) && !whole) location.reload();
}

/** One look after another, however long it takes, and none while nobody looks and nothing is to come. */
async function keepLooking() {
  if (!document.hidden || closing.isUnderWay()) await look();
  setTimeout(keepLooking, EVERY);
}

async function begin() {
  search.begin();
  closing.begin();
  const parts = await Promise.allSettled([quotes.begin(), providers.begin(), bulkhead.begin(), accounts.begin()]);
  const failed = parts.find(({reason}) => reason);
  if (failed) {
    whole = false;
    closing.heard(failed.reason);
  }
  keepLooking();
}

begin();
