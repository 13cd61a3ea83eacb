/** The concurrency endpoint: what it answers, or an error whose message can be shown. */
export class Endpoint {
  constructor(url) {
    this.url = url;
  }

  /** Servers refuse a slash in a path, so such a name is found among all only. */
  static takes(name) {
    return !/[/\\]/.test(name);
  }

  async read(name, signal) {
    if (Endpoint.takes(name)) return this.#ask(name, {signal});
    const {names} = await this.#ask('', {signal});
    if (!names[name]) throw new Error(`There is no method of the name '${name}' any more.`);
    return names[name];
  }

  /** Sets a property; null takes back what was set. */
  tune(name, policy, property, value) {
    return this.#ask(name, {
      method: 'POST',
      headers: {'Content-Type': 'application/json'},
      body: JSON.stringify({policy, settings: {[property]: value}}),
    });
  }

  abort(name) {
    return this.#ask(name, {method: 'DELETE'});
  }

  async #ask(name, options) {
    const url = name ? `${this.url}/${encodeURIComponent(name)}` : this.url;
    const headers = {...options.headers, ...csrf(), Accept: 'application/json'};
    const response = await fetch(url, {...options, headers, cache: 'no-store'}).catch(unreachable);
    const body = await response.json().catch(() => undefined);
    if (response.ok && body) return body;
    throw new Error(wordsFor(response, body));
  }
}

function unreachable(failure) {
  if (failure.name === 'AbortError') throw failure;
  throw new Error('The application did not answer.');
}

function wordsFor({status, ok}, body) {
  if (body?.problem) return body.remedy ? `${body.problem}. ${body.remedy}` : body.problem;
  if (status === 401 || (ok && !body)) return 'Not logged in (401). Log in, and load this page again.';
  if (status === 403) return 'Not allowed (403): this takes a role that may write, or a login that has not run out.';
  if (status === 405) return 'The endpoint is read-only (405).';
  return `The application answered ${status}.`;
}

/** What Spring Security wants to see when browsers are logged in by cookies. */
function csrf() {
  const token = /(?:^|;\s*)XSRF-TOKEN=([^;]+)/.exec(document.cookie)?.[1];
  return token ? {'X-XSRF-TOKEN': decodeURIComponent(token)} : {};
}

/** A value as it was typed: numbers and truth values are such. */
export function valueOf(text) {
  if (/^-?\d+(\.\d+)?$/.test(text)) return Number(text);
  return text === 'true' || text === 'false' ? text === 'true' : text;
}
