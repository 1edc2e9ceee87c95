/** One message: what was written (redacted), what the assistant made of it and why, what a colleague corrects. */
import { byId, el, keyed, option, show, unseen } from './dom.js';
import { draftField } from './draft.js';
import { get } from './http.js';
import { editing } from './saving.js';
import { say } from './say.js';
import { sourceList } from './sources.js';
import { failed, waiting } from './states.js';
import { count, moment, number } from './text.js';

const STATUSES = { open: 'À traiter', approved: 'Approuvé', discarded: 'Écarté' };
let shown = null; // { item, saving, draft }

/** Draws the message; `changed` hears of each version that the server keeps. */
export async function openMessage(place, id, labels, changed) {
  waiting(place);
  const item = await get(`/api/desk/queue/${encodeURIComponent(id)}`);
  draw(place, item, labels, changed);
}

function draw(place, item, labels, changed) {
  const redraw = (newer) => draw(place, newer, labels, changed);
  const saving = editing(item, {
    kept(newer) {
      shown.item = newer;
      changed(newer);
      refresh(newer);
    },
    replaced: redraw,
    status: () => byId('saved'),
  });
  const draft = draftField(item, saving);
  shown = { item, saving, draft, redraw };
  show(place, header(item), decisionsOf(item), el('div', { class: 'message-parts' },
    el('section', {}, el('h3', {}, 'Message reçu'), el('p', { class: 'muted' }, 'Les données personnelles sont masquées.'), el('div', { class: 'mail' }, item.body)),
    el('section', {}, el('h3', { id: 'sorted' }, 'Tri proposé'), labelsForm(item, labels, saving), why(item)),
    el('section', { class: 'draft' }, el('h3', {}, el('label', { for: 'draft' }, 'Brouillon de réponse')), draft.nodes, sourceList(item.sources)),
    history(item)));
}

const header = (item) => el('header', {},
  el('h2', {}, item.subject || 'Sans objet'),
  el('p', { class: 'muted' }, `Reçu le ${moment(item.received_at)} · `, el('strong', { id: 'status' }, STATUSES[item.status])));

const decisionsOf = (item) => el('div', { class: 'actions', id: 'decide' }, item.status === 'open'
  ? [keyed('Approuver', 'a', approve, { class: 'main' }), keyed('Écarter', 'e', setAside)]
  : keyed('Rouvrir', 'o', () => decide('open')));

function labelsForm(item, labels, saving) {
  const field = (name, label, control) => el('div', { class: 'field' }, el('label', { for: `item-${name}` }, label), control, el('p', { class: 'corrected', id: `corrected-${name}` }, corrected(item, name)));
  const select = (name, values) => el('select', { id: `item-${name}`, onchange: ({ target }) => saving.change({ [name]: target.value }) },
    [...new Set([...values, item[name]])].map((value) => option(value, value, value === item[name])));
  const objet = el('input', { id: 'item-objet', value: item.objet ?? '', list: 'objets', maxlength: 200, onchange: ({ target }) => target.value.trim() && saving.change({ objet: target.value.trim() }) });
  return el('div', { class: 'labels' },
    field('categorie', 'Catégorie', select('categorie', labels.categories)),
    field('priorite', 'Priorité', select('priorite', labels.priorities)),
    field('objet', 'Objet', objet), el('datalist', { id: 'objets' }, labels.objets.map((value) => option(value))));
}

const corrected = (item, name) =>
  item.proposed?.[name] !== undefined && item.proposed[name] !== item[name] ? `Corrigé (proposé : ${item.proposed[name]}). Gardé comme exemple.` : '';

const why = (item) => el('div', { class: 'why' },
  el('h4', {}, 'Pourquoi'),
  el('ul', {}, item.why.map(({ text }) => el('li', {}, text))),
  el('p', { class: 'muted' }, `Confiance : ${number(Math.round(100 * item.confidence))} %.`),
  item.service && el('p', {}, el('strong', {}, 'Service en ligne : '), item.service),
  item.pieces?.length > 0 && [el('h4', {}, 'Pièces à demander'), el('ul', {}, item.pieces.map((piece) => el('li', {}, piece)))]);

const history = (item) => el('details', { id: 'history' },
  el('summary', {}, `Historique (${count(item.history.length, 'événement')})`),
  el('ol', { class: 'history' }, item.history.map(({ at, who, what }) => el('li', {}, `${moment(at)} · ${who} · ${what}`))));

/** What changes with a new version, the fields that somebody may be in left alone. */
function refresh(item) {
  byId('status').textContent = STATUSES[item.status];
  byId('decide').replaceWith(decisionsOf(item));
  byId('history').replaceWith(history(item));
  for (const name of ['categorie', 'priorite', 'objet']) byId(`corrected-${name}`).textContent = corrected(item, name);
}

async function decide(status) {
  if (!shown || shown.item.status === status) return;
  shown.draft.flush();
  const kept = await shown.saving.change({ status });
  if (kept) say({ approved: 'Approuvé. Rien n’est envoyé.', discarded: 'Écarté.', open: 'Rouvert.' }[status]);
}

export const approve = () => shown?.item.status === 'open' && decide('approved');
export const setAside = () => shown?.item.status === 'open' && decide('discarded');
export const reopen = () => shown && decide('open');
export const edit = () => byId('draft')?.focus();

/** Keeps what is being written, then lets the message go. */
export async function close() {
  const last = shown;
  shown = null;
  last?.draft.flush();
  await last?.saving.settled();
}
