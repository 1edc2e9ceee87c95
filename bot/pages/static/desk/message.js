/** One message: what was written (redacted), what the assistant made of it and why, what a colleague corrects. */
import { byId, el, keyed, show } from './dom.js';
import { draftField } from './draft.js';
import { get } from './http.js';
import { correctedText, labelsForm, LABELS } from './labels.js';
import { saver } from './saving.js';
import { say } from './say.js';
import { sourceList } from './sources.js';
import { waiting } from './states.js';
import { count, moment, number } from './text.js';

const STATUSES = { open: 'À traiter', approved: 'Approuvé', discarded: 'Écarté' };
const DONE = { open: 'Rouvert.', approved: 'Approuvé. Rien n’est envoyé.', discarded: 'Écarté.' };
let shown = null; // the message that is open: { item, saving, draft }

/** Draws the message; `changed` hears of each version that the server keeps. */
export async function openMessage(place, id, labels, changed) {
  waiting(place);
  const item = await get(`/api/desk/queue/${encodeURIComponent(id)}`);
  draw(place, item, labels, changed);
}

function draw(place, item, labels, changed) {
  const saving = saver(item, {
    place: () => byId('saved'),
    replaced: (newer) => draw(place, newer, labels, changed),
    kept(newer, fields) {
      const closes = newer.status !== shown.item.status;
      shown.item = newer;
      changed(newer);
      if (closes) draw(place, newer, labels, changed);
      else refresh(newer, fields);
    },
  });
  const open = item.status === 'open';
  const draft = draftField(item, open, saving);
  shown = { item, saving, draft };
  show(place, header(item), decisions(open), el('div', { class: 'message-parts' },
    received(item),
    el('section', { class: 'sorting' }, el('h3', {}, 'Tri'), labelsForm(item, labels, open, saving), why(item)),
    el('section', { class: 'draft' },
      el('h3', {}, el('label', { for: 'draft' }, 'Brouillon de réponse')), draft.nodes, sourceList(item.sources)),
    history(item)));
}

const header = (item) => el('header', {},
  el('h2', {}, item.subject || 'Sans objet'),
  el('p', { class: 'muted' }, `Reçu le ${moment(item.received_at)} · `, el('strong', {}, STATUSES[item.status])));

const decisions = (open) => el('div', { class: 'actions' }, open
  ? [keyed('Approuver', 'a', approve, { class: 'main' }), keyed('Écarter', 'e', setAside)]
  : keyed('Rouvrir', 'o', reopen));

const received = (item) => el('section', {},
  el('h3', {}, 'Message reçu'),
  el('p', { class: 'muted' }, 'Les données personnelles sont masquées.'),
  el('div', { class: 'mail', tabindex: '0', role: 'region', 'aria-label': 'Texte du message' }, item.body));

const why = (item) => el('div', { class: 'why' },
  el('h4', {}, 'Pourquoi'),
  el('ul', {}, item.why.map(({ text }) => el('li', {}, text))),
  el('p', { class: 'muted' }, `Confiance : ${number(Math.round(100 * item.confidence))} %.`),
  item.service && el('p', {}, el('strong', {}, 'Service en ligne : '), item.service),
  item.pieces.length > 0 && [el('h4', {}, 'Pièces à demander'), el('ul', {}, item.pieces.map((piece) => el('li', {}, piece)))]);

const history = (item) => el('details', { id: 'history' },
  el('summary', {}, `Historique (${count(item.history.length, 'événement')})`),
  el('ol', { class: 'history' }, item.history.map(({ at, who, what }) => el('li', {}, `${moment(at)} · ${who} · ${what}`))));

/** What changes with a new version; the fields that somebody may be in are left alone. */
function refresh(item, fields) {
  const { open } = byId('history');
  byId('history').replaceWith(history(item));
  byId('history').open = open;
  for (const name of LABELS) byId(`corrected-${name}`).textContent = correctedText(item, name);
  if (fields.draft !== undefined) shown.draft.accept(fields.draft, item.draft);
}

async function decide(status) {
  if (!shown || shown.item.status === status) return;
  await shown.draft.flush();
  if (await shown.saving.change({ status })) say(DONE[status]);
}

const ifOpen = (run) => () => shown?.item.status === 'open' && run();
export const approve = ifOpen(() => decide('approved'));
export const setAside = ifOpen(() => decide('discarded'));
export const reopen = () => decide('open');
export const edit = () => byId('draft')?.focus();

const LOSES = 'Le brouillon n’est pas enregistré. Quitter ce message quand même ?';
export const unsaved = () => Boolean(shown?.draft.unsaved());

/** Keeps what is being written, then lets the message go; whether it went. */
export async function close() {
  await shown?.draft.flush();
  await shown?.saving.settled();
  if (unsaved() && !window.confirm(LOSES)) return false;
  shown = null;
  return true;
}
