/** The question for one fact: buttons for few choices, a list for many, a field for a number, an amount or a day. */
import { button, el, unseen } from './dom.js';
import { listbox } from './listbox.js';
import { capital, matches } from './text.js';

const FEW = 9; // each has a digit
const UNITS = { EUR: 'euros', percent: '%' };
const MODES = { integer: 'numeric', money: 'decimal' };

const ownChoices = (fact) =>
  fact.choices.map(({ label, value }) => ({ title: capital(label), facts: { [fact.id]: value } }));

/**
 * @param fact the fact of the vocabulary
 * @param open the replies that the engine leaves open, or null
 * @param value the one told before, if any
 * @param tell takes facts, and a function that shows why they are refused
 * @param skip, cancel what else can be done, or null
 */
export function askFact(fact, { open, value, tell, skip, cancel }) {
  const error = el('p', { class: 'refused', id: 'refused', role: 'alert' });
  const refused = (message) => { error.textContent = capital(message.replace(`${fact.id} : `, '')); };
  const take = (facts) => tell(facts, refused);
  const choices = open?.length ? open : ownChoices(fact);
  return el('fieldset', { class: 'asked' },
    el('legend', {}, fact.question || `${capital(fact.label)} ?`),
    control(fact, choices, value, take),
    error,
    el('div', { class: 'actions' }, skip && button('Ne sait pas', skip), cancel && button('Annuler', cancel)));
}

function control(fact, choices, value, take) {
  if (!choices.length) return oneValue(fact, value, take);
  return choices.length <= FEW ? fewChoices(fact, choices, value, take) : manyChoices(fact, choices, take);
}

function fewChoices(fact, choices, value, take) {
  const one = ({ title, facts }, place) => button([el('kbd', { 'aria-hidden': 'true' }, place + 1), ' ', title], () => take(facts), {
    'data-first': place === 0,
    'data-choice': place + 1,
    'aria-pressed': value === undefined ? null : String(facts[fact.id] === value),
  });
  return el('div', { class: 'choices' }, choices.map(one));
}

function manyChoices(fact, choices, take) {
  const items = choices.map(({ title, facts }, place) => ({ id: `choice-${place}`, title, facts }));
  const field = el('input', {
    type: 'text', role: 'combobox', 'aria-label': capital(fact.label), 'aria-controls': 'choices-found',
    'aria-expanded': 'false', 'aria-autocomplete': 'list', autocomplete: 'off', 'data-first': true,
  });
  const found = el('ul', { id: 'choices-found', role: 'listbox', class: 'found', 'aria-label': 'Choix' });
  const list = listbox(field, found, { draw: ({ title }) => [title], opened: ({ facts }) => take(facts) });
  const search = () => list.set(items.filter(({ title }) => matches(field.value, title)));
  field.addEventListener('input', search);
  search();
  return el('div', { class: 'many' }, field, found);
}

function oneValue(fact, value, take) {
  const unit = UNITS[fact.unit] ?? fact.unit;
  const isDate = fact.type === 'date';
  const field = el('input', {
    id: 'fact-value', type: isDate ? 'date' : 'text', inputmode: MODES[fact.type], value, required: true,
    autocomplete: 'off', 'data-first': true, 'aria-describedby': 'refused',
  });
  const told = () => (isDate ? field.value : field.value.replace(/[\s€%]/g, '').replace(',', '.'));
  const submit = (event) => {
    event.preventDefault();
    take({ [fact.id]: told() });
  };
  return el('form', { class: 'one', novalidate: true, onsubmit: submit },
    el('label', { for: 'fact-value' }, capital(fact.label), unit && ` (${unit})`), field,
    el('button', { class: 'main' }, 'Valider', unseen(` : ${fact.label}`)));
}
