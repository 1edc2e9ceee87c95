/** "Simulateur": one rule, its facts asked in the engine's order, the decision, and what another fact would change. */
import { chips } from './chips.js';
import { drawDecision, decisionText } from './decision.js';
import { button, byId, el, keyed, reveal, show } from './dom.js';
import { askFact } from './fact.js';
import { newest } from './http.js';
import { digits } from './keys.js';
import { listbox } from './listbox.js';
import { decide, found, ruleNamed, titles } from './rules.js';
import { copy } from './say.js';
import { sourceList } from './sources.js';
import { empty, failed, waiting } from './states.js';

const MOST_FOUND = 30;
const field = byId('rule');
const form = byId('facts');
const outcome = byId('decision');
const requests = newest();
let rule = null; // the one chosen, with its facts
let given = new Map(); // fact id → value, in the order told
let skipped = new Set(); // facts that the caller does not know
let editing = null; // a fact told, or one that the engine does not ask for, that is being told
let reply = null; // the server's, on the facts given
let before = null; // the decision on other facts, for comparison

const factNamed = (id) => rule.facts.find((fact) => fact.id === id) ?? { id, label: id, type: 'text', choices: [] };
const decided = () => reply && reply.outcome !== 'need_facts';

const list = listbox(field, byId('rules-found'), {
  draw: ({ title, references }) => [
    el('span', { class: 'found-title' }, title),
    el('span', { class: 'found-short' }, references.map(({ reference }) => reference).join(' ; ')),
  ],
  opened: ({ name }) => {
    list.set([]);
    field.value = '';
    if (rule?.name === name) restart();
    else window.location.hash = `simulateur/${name}`;
  },
});

async function choose() {
  try {
    list.set(found(field.value, await titles(), MOST_FOUND).map((each) => ({ id: each.name, ...each })));
  } catch (error) {
    failed(form, error, choose);
  }
}

/** Takes facts, or shows the server's reason to refuse them. */
async function tell(facts, refused) {
  const tried = new Map(given);
  for (const [id, value] of Object.entries(facts)) value === null ? tried.delete(id) : tried.set(id, value);
  try {
    const told = await requests.run((signal) => decide(rule.name, Object.fromEntries(tried), signal));
    if (!told) return;
    if (decided()) before = reply;
    [given, reply, editing] = [tried, told, null];
    Object.keys(facts).forEach((id) => skipped.delete(id));
    draw(true);
  } catch (error) {
    if (refused && error.code === 'invalid_fact') refused(error.message);
    else failed(outcome, error, () => tell(facts, refused));
  }
}

function asked() {
  if (editing) return editing;
  return decided() ? null : (reply?.missing.find((id) => !skipped.has(id)) ?? null);
}

const edit = (id) => {
  editing = id;
  draw(true);
};

function drawQuestion(id) {
  const open = reply?.question?.fact === id && !editing ? reply.question.choices : null;
  return askFact(factNamed(id), {
    open,
    value: given.get(id),
    tell: (facts, refused) => tell(facts, refused),
    skip: editing ? null : () => { skipped.add(id); draw(true); },
    cancel: editing ? () => edit(null) : null,
  });
}

/** The facts that the rule can still read: next in the engine's order, then those that it can do without. */
function others() {
  const current = asked();
  const next = (reply?.missing ?? []).filter((id) => id !== current);
  const rest = rule.facts.map(({ id }) => id).filter((id) => !given.has(id) && id !== current && !next.includes(id));
  const line = (id) => el('li', {}, button(factNamed(id).label, () => edit(id), { class: 'link' }));
  return [
    next.length > 0 && el('section', {}, el('h3', {}, 'Ensuite, dans cet ordre'), el('ol', { class: 'next' }, next.map(line))),
    rest.length > 0 && el('details', {},
      el('summary', {}, `Autres précisions possibles (${rest.length})`), el('ul', { class: 'next' }, rest.map(line))),
  ];
}

function draw(focus = false) {
  const current = asked();
  const question = current && drawQuestion(current);
  show(
    form,
    el('h2', { tabindex: '-1' }, rule.title),
    chips(given, factNamed, { edit, drop: (id) => tell({ [id]: null }) }),
    question,
    !current && !decided() && el('p', { class: 'state' }, 'Sans ces précisions, rien ne peut être décidé.'),
    el('div', { class: 'actions' },
      given.size > 0 && keyed('Retirer la dernière', 'u', undo),
      (given.size > 0 || skipped.size > 0) && keyed('Recommencer', 'x', restart)),
    others(),
    !decided() && sourceList(rule.references),
  );
  drawDecision(outcome, reply, before);
  if (!focus) return;
  const first = question?.querySelector('[data-first]');
  reveal(first ?? outcome);
}

function undo() {
  const last = [...given.keys()].at(-1);
  if (last) tell({ [last]: null });
}

function restart() {
  [given, skipped, editing, reply, before] = [new Map(), new Set(), null, null, null];
  return tell({});
}

async function open(name) {
  if (rule?.name === name) return;
  waiting(form);
  show(outcome);
  try {
    rule = await ruleNamed(name);
    await restart();
  } catch (error) {
    rule = null;
    failed(form, error, () => open(name));
  }
}

const pick = (place) => form.querySelector(`[data-choice="${place}"]`)?.click();

export function start() {
  field.addEventListener('input', choose);
  field.addEventListener('focus', choose);
  field.addEventListener('blur', () => setTimeout(() => list.set([]), 200)); // after a click in the list
  empty(form, 'Choisissez une règle par les mots de sa question, ou par son article.');
}

export const view = {
  title: 'Simulateur',
  shown(name) {
    if (name) open(name);
    else if (!rule) field.focus();
  },
  keys: [
    { key: '/', label: 'Choisir une règle', run: () => field.focus() },
    ...digits(pick, 'prendre ce choix'),
    { key: 'c', label: 'Copier la décision et l’article', run: () => decided() && copy(decisionText(reply)) },
    { key: 'u', label: 'Retirer la dernière précision', run: undo },
    { key: 'x', label: 'Recommencer', run: () => rule && restart() },
  ],
};
