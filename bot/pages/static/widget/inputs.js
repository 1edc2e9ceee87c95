/** An input that fits the fact asked for: a date, an amount, a number; what is sent is French text. */

import { el } from './dom.js';
import { say, says } from './strings.js';

const INPUTS = { date: dateInput, money: numberInput, integer: numberInput };
const SYMBOLS = { EUR: '€', percent: '%' };

const french = (number, digits = 0) => number.toLocaleString('fr-FR', {
  minimumFractionDigits: Number.isInteger(number) ? 0 : digits, maximumFractionDigits: digits,
}).replace(/\u202f/g, '\u00a0');

/** The form for a question, or null where words or buttons answer it. */
export function questionInput(question, send) {
  const build = INPUTS[question?.type];
  if (!build) return null;
  const { input, suffix, read } = build(question);
  const label = question.label.charAt(0).toUpperCase() + question.label.slice(1);
  const wrong = el('p', { class: 'error', id: 'fact-error', role: 'alert' });
  for (const [name, value] of Object.entries({ id: 'fact', 'aria-describedby': 'fact-error', 'aria-required': 'true' })) {
    input.setAttribute(name, value);
  }
  return el('form', {
    class: 'card fact',
    novalidate: true,
    'aria-label': label,
    onsubmit: (event) => {
      event.preventDefault();
      const { text, payload, error } = read(input);
      wrong.textContent = error ?? '';
      input.setAttribute('aria-invalid', String(Boolean(error)));
      if (error) input.focus();
      else send(text, payload);
    },
  },
  el('label', { for: 'fact' }, suffix ? `${label} (${suffix})` : label),
  el('div', { class: 'pair' },
    el('span', { class: 'value' }, input, suffix && el('span', { 'aria-hidden': 'true' }, suffix)),
    el('button', { type: 'submit', class: 'choice strong' }, says.send)),
  wrong);
}

function dateInput() {
  const read = ({ valueAsDate: day }) => {
    if (!day) return { error: says.dateNeeded };
    const text = day.toLocaleDateString('fr-FR', { dateStyle: 'long', timeZone: 'UTC' });
    return { text: text.replace(/^1 /, '1er ') };
  };
  return { input: el('input', { type: 'date', min: '1900-01-01', max: '2200-12-31' }), read };
}

/** Text and not type="number": that one drops a French comma in some browsers, which makes an amount tenfold. */
function numberInput(question) {
  const money = question.type === 'money';
  const symbol = SYMBOLS[question.unit] ?? question.unit;
  const input = el('input', { type: 'text', inputmode: money ? 'decimal' : 'numeric', autocomplete: 'off', size: '12' });
  const read = ({ value }) => {
    const written = value.replace(/[\s\u00a0\u202f€%]/g, '').replace(',', '.');
    const error = wrong(written, question, money);
    if (error) return { error };
    const number = Number(written);
    if (!symbol) return { text: String(number) }; // a year is not counted: "1 972" would be none
    const text = `${french(number, money ? 2 : 0)}\u00a0${symbol}`;
    return money ? { text } : { text, payload: String(number) }; // some units are not read ("2 vingtièmes")
  };
  return { input, suffix: symbol, read };
}

function wrong(written, { minimum, maximum }, money) {
  if (written === '') return says.valueNeeded;
  if (!/^\d+(\.\d+)?$/.test(written)) return say('numberNeeded', { example: money ? '1 250,50' : '12' });
  if (!money && written.includes('.')) return says.wholeNeeded;
  const number = Number(written);
  if ((minimum === null || number >= minimum) && (maximum === null || number <= maximum)) return '';
  const key = minimum === null ? 'atMost' : maximum === null ? 'atLeast' : 'between';
  return say(key, { minimum: french(minimum ?? 0), maximum: french(maximum ?? 0) });
}
