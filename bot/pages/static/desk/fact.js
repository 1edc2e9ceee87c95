/** The question for one fact: buttons for few choices, a list for many, a field for a number, an amount or a day. */
import { button, el, unseen } from './dom.js';
import { listbox } from './listbox.js';
import { capital, matches } from './text.js';

const FEW = 9; // each has a digit
const UNITS = { EUR: 'euros', percent: '%' };

/**
 * @param fact the fact of the vocabulary
 * @param open the replies that the engine leaves open, or null
 * @param tell takes facts and a function that shows why they are refused
 */
export function askFact(fact, { open, value, tell, skip, cancel }) {
  const error = el('p', { class: 'refused', id: 'refused', role: 'alert' });
  const refused = (message) => { error.textContent = capital(message.replace(`${fact.id} : `, '')); };
  const choices = open?.length ? open : fact.choices.map((choice) => ({ title: capital(choice.label), facts: { [fact.id]: choice.value } }));
  const take = (facts) => tell(facts, refused);
  const control = !choices.length ? oneValue(fact, value, take) : choices.length <= FEW ? fewChoices(fact, choices, value, take) : manyChoices(fact, choices, take);
  return el('fieldset', { class: 'asked' },
    el('legend', {}, fact.question || `${capital(fact.label)} ?`),
    control,
    error,
    el('div', { class: 'actions' }, skip && button('Ne sait pas', skip), cancel && button('Annuler', cancel)));
}

const fewChoices = (fact, choices, value, take) => el('div', { class: 'choices' }, choices.map(({ title, facts }, place) =>
  button([el('kbd', { 'aria-hidden': 'true' }, place + 1), ' ', title], () => take(facts), {
    'data-first': place === 0, 'data-choice': place + 1, 'aria-pressed': value === undefined ? undefined : String(facts[fact.id] === value),
  })));

function manyChoices(fact, choices, take) {
  const items = choices.map(({ title, facts }, place) => ({ id: `choice-${place}`, title, facts }));
  const field = el('input', { type: 'text', role: 'combobox', 'aria-expanded': 'false', 'aria-controls': 'choices-found', 'aria-autocomplete': 'list', autocomplete: 'off', 'aria-label': capital(fact.label), 'data-first': true });
  const found = el('ul', { id: 'choices-found', role: 'listbox', class: 'found', 'aria-label': 'Choix' });
  const list = listbox(field, found, { draw: ({ title }) => [title], opened: ({ facts }) => take(facts) });
  const search = () => list.set(items.filter(({ title }) => matches(field.value, title)));
  field.addEventListener('input', search);
  search();
  return el('div', { class: 'many' }, field, found);
}

const MODES = { integer: 'numeric', money: 'decimal' };

function oneValue(fact, value, take) {
  const unit = UNITS[fact.unit] ?? fact.unit;
  const field = el('input', {
    id: 'fact-value', name: 'value', type: fact.type === 'date' ? 'date' : 'text', inputmode: MODES[fact.type], value, required: true,
    autocomplete: 'off', 'data-first': true, 'aria-describedby': 'refused',
  });
  const told = () => (fact.type === 'date' ? field.value : field.value.replace(/[\s€%]/g, '').replace(',', '.'));
  return el('form', { class: 'one', novalidate: true, onsubmit: (event) => { event.preventDefault(); take({ [fact.id]: told() }); } },
    el('label', { for: 'fact-value' }, capital(fact.label), unit && ` (${unit})`), field,
    el('button', { class: 'main' }, 'Valider', unseen(` : ${fact.label}`)));
}
