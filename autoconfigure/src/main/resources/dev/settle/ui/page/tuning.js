import {el, put} from './dom.js';
import {valueOf} from './endpoint.js';

/** The form that changes a setting, and the button that aborts. It stays as it is while what is around it changes. */
export class Tuning {
  /** @param act does what it is given with the endpoint, and is told what to say then */
  constructor(form, abort, said, act) {
    Object.assign(this, {form, abort, said, act});
    this.fields = form.elements;
    form.addEventListener('submit', event => {
      event.preventDefault();
      this.#apply(valueOf(this.fields.value.value.trim()));
    });
    this.fields.policy.addEventListener('change', () => this.#properties());
    this.fields.property.addEventListener('change', () => this.#value());
    this.fields.back.addEventListener('click', () => this.takeBack(this.fields.policy.value, this.fields.property.value));
    abort.addEventListener('click', () => this.#abort());
  }

  /** Begins anew, for another lane. */
  reset() {
    this.settings = undefined;
    // What was chosen for one lane must not be sent to another.
    ['policy', 'property'].forEach(name => this.fields[name].replaceChildren());
    this.#value();
    this.say('');
    this.#calm();
  }

  /** Takes what there is to be set; what is chosen and typed stays. */
  offer({methods}) {
    const settings = {};
    for (const {policy, settings: its} of methods.flatMap(({policies}) => policies)) {
      settings[policy] = {...its, ...settings[policy]};
    }
    const first = this.settings === undefined;
    this.settings = settings;
    options(this.fields.policy, Object.keys(settings));
    if (first) this.#properties();
    else this.#hint();
  }

  #properties() {
    const settings = this.settings[this.fields.policy.value] ?? {};
    options(this.fields.property, Object.keys(settings));
    for (const likely of ['enabled', 'limit', 'value']) if (likely in settings) this.fields.property.value = likely;
    this.#value();
  }

  #value() {
    this.fields.value.value = String(this.#chosen()?.value ?? '');
    this.#hint();
  }

  #hint() {
    const chosen = this.#chosen();
    put(document.getElementById('tune-hint'), chosen ? `now ${chosen.value} (${chosen.origin})` : '');
    this.fields.apply.disabled = !chosen;
    const back = chosen?.origin === 'the actuator';
    if (!back && document.activeElement === this.fields.back) this.fields.value.focus();
    this.fields.back.disabled = !back;
  }

  #chosen() {
    return this.settings?.[this.fields.policy.value]?.[this.fields.property.value];
  }

  #apply(value) {
    const [policy, property] = [this.fields.policy.value, this.fields.property.value];
    this.act((endpoint, name) => endpoint.tune(name, policy, property, value),
        () => `${policy} ${property} is ${value} now, until it is taken back or the application ends.`);
  }

  takeBack(policy, property) {
    this.act((endpoint, name) => endpoint.tune(name, policy, property, null), () => `${policy} ${property} is taken back.`);
  }

  /** Asks once: the second press counts, if it comes soon. */
  #abort() {
    if (!this.abort.classList.contains('sure')) {
      this.abort.classList.add('sure');
      put(this.abort, 'Abort them: are you sure?');
      this.calming = setTimeout(() => this.#calm(), 6000);
      return;
    }
    this.#calm();
    this.act((endpoint, name) => endpoint.abort(name), ({aborted}) => `${aborted} calls were told to stop.`);
  }

  #calm() {
    clearTimeout(this.calming);
    this.abort.classList.remove('sure');
    put(this.abort, 'Abort the calls in flight');
  }

  say(words, bad = false) {
    this.said.classList.toggle('bad', bad);
    put(this.said, words);
  }
}

function options(select, names) {
  const before = select.value;
  if (names.join() === [...select.options].map(({value}) => value).join()) return;
  select.replaceChildren(...names.map(name => el('option', {value: name}, name)));
  if (names.includes(before)) select.value = before;
}
