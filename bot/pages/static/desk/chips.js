/** The facts told, each changed or taken back by its own buttons. */
import { button, el, unseen } from './dom.js';
import { amount, day } from './text.js';

const UNITS = { EUR: '€', percent: '%' };

export function said(fact, value) {
  const choice = fact.choices.find((each) => each.value === value);
  if (choice) return choice.label;
  if (fact.type === 'date') return day(value);
  return [fact.type === 'money' ? amount(value) : value, UNITS[fact.unit] ?? fact.unit].filter(Boolean).join(' ');
}

const chip = (fact, value, { edit, drop }) => el('li', { class: 'chip' },
  button(
    [el('span', { class: 'muted' }, fact.label), ' ', el('strong', {}, said(fact, value)), unseen(' : changer')],
    () => edit(fact.id),
  ),
  button([el('span', { 'aria-hidden': 'true' }, '×'), unseen(`Retirer : ${fact.label}`)], () => drop(fact.id)));

export function chips(given, factNamed, actions) {
  if (!given.size) return null;
  const each = [...given].map(([id, value]) => chip(factNamed(id), value, actions));
  return el('ul', { class: 'chips', 'aria-label': 'Précisions données' }, each);
}
