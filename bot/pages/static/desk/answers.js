/** "Réponses": the question typed, what answers it, ready to be read out. */
import { itemText, openAnswer } from './answer.js';
import { byId, el, option, reveal, show } from './dom.js';
import { address, get, newest, post } from './http.js';
import { digits } from './keys.js';
import { listbox } from './listbox.js';
import { found as rulesFound, ruleNamed, titles } from './rules.js';
import { copy } from './say.js';
import { empty, failed, waiting } from './states.js';
import { capital, count } from './text.js';

const PAUSE_MS = 80; // without a key, before the server is asked
const MOST_ENTRIES = 8;
const MOST_RULES = 4;
const FIRST = new Set(['answer', 'question', 'emergency']); // what the assistant says that comes before the entries

const field = byId('question');
const place = byId('answer');
const contract = byId('contract');
const requests = newest();
let timer = 0;
let pressedAt = 0;

const list = listbox(field, byId('found'), {
  draw: (item) => [
    el('span', { class: 'found-title' }, item.mark && el('span', { class: 'mark' }, item.mark), item.title),
    el('span', { class: 'found-short' }, item.spoken),
  ],
  moved: (item) => item && openAnswer(place, item, add),
  opened: () => reveal(place),
});

/** What the assistant says in one turn, as an item of the list; null where that helps nobody. */
function said(told, titleOf) {
  if (!told?.text || ['out_of_scope', 'smalltalk'].includes(told.kind)) return null;
  const mark = { question: 'À demander', emergency: 'Urgence', handover: 'À un conseiller' }[told.kind] ?? 'Réponse';
  const rule = told.decision?.rule;
  return {
    id: 'told', title: titleOf(told.topic) ?? 'L’assistant', kind: told.kind, mark, rule, topic: told.topic,
    spoken: told.spoken, answer: told.text, sources: told.sources, choices: told.question?.choices ?? [],
  };
}

const entry = (each) => ({
  id: each.id, title: each.title, spoken: each.spoken || (each.rule ? 'Se calcule selon la situation.' : each.short),
  answer: each.answer, sources: each.references, rule: each.rule,
});

const computed = ({ name, title, references }) => ({
  id: `rule:${name}`, mark: 'Calcul', title, spoken: 'Se calcule selon la situation.', answer: '', sources: references, rule: name,
});

/** The items of a search, each answer once. */
function items(told, results, rules, known) {
  const titled = [...results.map(({ id, title }) => [id, title]), ...known.map(({ name, title }) => [name, title])];
  const first = said(told, (topic) => new Map(titled).get(topic));
  const entries = results.map(entry).filter(({ id, rule }) => first?.kind !== 'answer' || (rule || id) !== first.topic);
  const shown = new Set([...entries, first].map((item) => item?.rule));
  const rest = rules.filter(({ name }) => !shown.has(name)).map(computed);
  return FIRST.has(first?.kind) ? [first, ...entries, ...rest] : [...entries, ...rest, first].filter(Boolean);
}

/** The entries answer without the assistant, but not at a closed desk. */
function unlessClosed(error) {
  if (error.status === 401) throw error;
  return null;
}

function ask(question, signal) {
  const facts = contract.value ? { contrat: contract.value } : {};
  return Promise.all([
    post('/api/desk/ask', { question, facts }, { signal }).catch(unlessClosed),
    get(address('/api/kb', { q: question, limit: MOST_ENTRIES, contract: contract.value }), { signal }),
    titles(),
  ]);
}

async function search() {
  const question = field.value.trim();
  if (!question) return nothing();
  if (!list.current()) waiting(place, 'Recherche…');
  try {
    const replies = await requests.run((signal) => ask(question, signal));
    if (!replies) return undefined;
    const [told, { results }, rules] = replies;
    const all = items(told, results, rulesFound(question, rules, MOST_RULES), rules);
    list.set(all);
    byId('found-count').textContent = all.length ? count(all.length, 'réponse') : 'Aucune réponse.';
    if (!all.length) empty(place, 'Rien ne répond à ces mots.', 'Essayez avec d’autres mots, ou un autre contrat.');
    performance.measure('desk-answer', { start: pressedAt, end: performance.now() });
  } catch (error) {
    list.set([]);
    failed(place, error, search);
  }
  return undefined;
}

function nothing() {
  requests.stop();
  list.forget();
  list.set([]);
  byId('found-count').textContent = '';
  empty(
    place,
    'Tapez la question de l’adhérent, comme il la dit.',
    'La réponse vient pendant que vous tapez ; ↓ et ↑ passent à une autre.',
  );
}

function typed() {
  pressedAt = performance.now();
  requests.stop();
  clearTimeout(timer);
  timer = setTimeout(search, PAUSE_MS);
}

/** The reply to what is missing, added to the question: the next answer is the figure. */
function add(title) {
  field.value = `${field.value.trim()}, ${title}`;
  field.focus();
  pressedAt = performance.now();
  search();
}

const pick = (number) => place.querySelector(`[data-choice="${number}"]`)?.click();
const copyCurrent = () => {
  const item = list.current();
  if (item) copy(itemText(item));
};
const simulate = () => {
  const item = list.current();
  if (item?.rule) window.location.hash = `simulateur/${item.rule}`;
};
const back = () => {
  field.focus();
  field.select();
};

async function loadContracts() {
  const { facts } = await ruleNamed('remboursement');
  const { choices } = facts.find(({ id }) => id === 'contrat');
  show(contract, option('', 'Tous les contrats'), choices.map(({ value, label }) => option(value, capital(label))));
}

export function start() {
  field.addEventListener('input', typed);
  contract.addEventListener('change', search);
  field.addEventListener('keydown', (event) => {
    const nothingSelected = field.selectionStart === field.selectionEnd;
    if (event.ctrlKey && event.key === 'c' && nothingSelected) copyCurrent();
    if (event.key === 'Escape' && !field.value) field.blur();
  });
  loadContracts().catch(() => {}); // without them every contract is searched
  titles().catch(() => {});
  nothing();
}

export const view = {
  title: 'Réponses',
  shown: () => field.focus(),
  keys: [
    { key: '/', label: 'Chercher', run: back },
    { key: 'ArrowDown', label: 'Réponse suivante', run: () => list.move(1) },
    { key: 'ArrowUp', label: 'Réponse précédente', run: () => list.move(-1) },
    { key: 'Enter', label: 'Ouvrir la réponse (depuis le champ)', run: () => reveal(place) },
    { key: 'c', label: 'Copier la réponse et l’article (dans le champ : Ctrl + C)', run: copyCurrent },
    { key: 's', label: 'Simuler la règle', run: simulate },
    ...digits(pick, 'répondre à ce qui est demandé'),
    { key: 'Escape', label: 'Revenir au champ', run: back },
  ],
};
