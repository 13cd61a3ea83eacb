import {el} from './dom.js';
import {number, stateWords, sum} from './words.js';

const TUNED = 'the actuator';

/** What the details say of the lane's calls: from the frames, so without an endpoint, too. */
export function nowOf(lane) {
  const rows = {
    'in flight': number(lane.inFlight),
    'running': number(lane.running),
    'waiting': number(sum(lane.waiting)) + by(lane.waiting),
    'ended': number(sum(lane.outcomes)) + by(lane.outcomes),
    'coalesced': number(lane.coalesced),
    'late work': number(lane.late),
  };
  return el('dl', {'class': 'now'}, Object.entries(rows).map(([name, text]) =>
    el('div', {}, el('dt', {}, name), el('dd', {}, text))));
}

function by(counts) {
  const parts = Object.entries(counts).filter(([, count]) => count > 0).map(([name, count]) => `${name} ${number(count)}`);
  return parts.length ? ` (${parts.join(', ')})` : '';
}

/** The methods of a name with their policies and settings. */
export function planOf({methods}, writes) {
  return el('div', {}, methods.map(method => el('section', {'class': 'method'},
      el('p', {'class': 'signature'},
          el('code', {}, `${simple(method.type)}.${method.method}`), ` returns a ${method.returns}`),
      el('ol', {'class': 'plan', 'aria-label': 'policies, outermost first'},
          method.policies.map(policy => policyOf(policy, writes))))));
}

const simple = type => type.slice(type.lastIndexOf('.') + 1);

function policyOf({policy, enabled, settings, state}, writes) {
  return el('li', {'data-key': policy, 'data-plan': policy},
      el('h4', {}, policy, !enabled && el('span', {'class': 'off'}, ' switched off')),
      Object.keys(state).length > 0 && el('p', {'class': 'state', 'data-state': policy}, stateWords(state)),
      el('table', {},
          el('thead', {}, el('tr', {}, ['setting', 'value', 'from'].map(name => el('th', {scope: 'col'}, name)))),
          el('tbody', {}, Object.entries(settings).map(([name, setting]) => settingOf(policy, name, setting, writes)))));
}

function settingOf(policy, name, {value, origin}, writes) {
  const tuned = origin === TUNED;
  return el('tr', {'data-key': name, 'data-setting': `${policy}.${name}`, 'class': origin === 'default' && 'plain'},
      el('th', {scope: 'row'}, name),
      el('td', {}, String(value)),
      el('td', {'class': 'origin'}, tuned ? el('strong', {}, origin) : breakable(origin),
          tuned && writes && el('button', {
            'type': 'button', 'data-back': name, 'data-of': policy, 'aria-label': `take back ${policy} ${name}`,
          }, 'take back')));
}

/** Names of properties are long: they may be broken after a dot. */
const breakable = text => text.split(/(?<=\.)/).flatMap((part, index) => index ? [el('wbr'), part] : [part]);

/** The last refusals. */
export function rejectionsOf({live: {rejections}}) {
  if (!rejections.length) return el('p', {'class': 'soft'}, 'None was refused.');
  return el('ol', {'class': 'rejections'}, rejections.map(({policy, reason, ago}) =>
      el('li', {}, el('strong', {}, policy), ` ${reason.replaceAll('_', ' ')}`, el('span', {'class': 'soft'}, ` ${ago} ago`))));
}
