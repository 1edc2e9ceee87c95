/** Where the member writes. */

import { el, icon } from './dom.js';
import { say, says } from './strings.js';

const LIMIT = 2000; // characters of a message
const WARN_FROM = 1800; // the counter shows from here
const MOST_ROWS = 6;

const size = (text) => Array.from(text).length; // as the server counts: code points
const number = (value) => value.toLocaleString('fr-FR');

export class Composer {
  constructor(send, tell) {
    Object.assign(this, { send, tell });
    this.input = el('textarea', { id: 'input', rows: '1', placeholder: says.placeholder, enterkeyhint: 'send', autocomplete: 'off', 'aria-describedby': 'hint counter', oninput: () => this.count(), onkeydown: (event) => this.sendOnEnter(event) });
    this.counter = el('span', { id: 'counter', class: 'counter' });
    this.button = el('button', { type: 'submit', class: 'send', 'aria-label': says.send }, icon('send'));
    this.node = el('form', { class: 'composer', onsubmit: (event) => { event.preventDefault(); this.submit(); } },
      el('label', { class: 'unseen', for: 'input' }, says.field),
      el('div', { class: 'field' }, this.input, this.button),
      el('div', { class: 'notes' }, el('span', { id: 'hint', class: 'hint' }, says.hint), this.counter));
    this.count();
  }

  write(text) {
    this.input.value = text;
    this.count();
  }

  sendOnEnter(event) {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.submit();
  }

  submit() {
    const text = this.input.value.trim();
    if (text === '') return;
    if (size(this.input.value) > LIMIT) {
      this.tell(this.counter.textContent);
      return;
    }
    this.write('');
    this.send(text);
  }

  count() {
    const { value } = this.input;
    const count = size(value);
    const [over, near] = [count > LIMIT, count >= WARN_FROM];
    const before = this.counter.className;
    const key = over ? 'tooLong' : 'counter';
    this.counter.textContent = near ? say(key, { count: number(count), limit: number(LIMIT) }) : '';
    this.counter.className = `counter${near ? ' near' : ''}${over ? ' over' : ''}`;
    if (near && this.counter.className !== before) this.tell(this.counter.textContent);
    this.input.setAttribute('aria-invalid', String(over));
    this.input.rows = Math.min(MOST_ROWS, value.split('\n').length); // where field-sizing is unknown
    this.button.setAttribute('aria-disabled', String(value.trim() === '' || over));
  }
}
