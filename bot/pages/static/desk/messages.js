/** "Messages": the inbox as sorted by the assistant, and the message that a colleague reads, corrects and approves. */
import { addMessage } from './add.js';
import { button, byId, el, option, reveal, show } from './dom.js';
import { address, get, newest } from './http.js';
import { approve, close, edit, openMessage, reopen, setAside, unsaved } from './message.js';
import { empty, failed, waiting } from './states.js';
import { count, moment } from './text.js';

const PAGE = 50;
const STATUSES = { open: 'À traiter', approved: 'Approuvés', discarded: 'Écartés' };
const NEVER_SENT = 'Rien n’est jamais envoyé d’ici : une réponse approuvée attend qu’une personne l’envoie.';
const list = byId('queue');
const detail = byId('message');
const filters = byId('queue-filters');
const requests = newest();
let items = [];
let total = 0;
let chosen = null; // id of the message that is open
let labels = null; // what a message can be sorted as

const filter = (name) => filters.elements[name].value;

function row(item) {
  return el('li', {}, el('a', { href: `#messages/${item.id}`, 'aria-current': String(item.id) === chosen && 'true' },
    el('span', { class: 'row-top' },
      el('span', { class: `mark priority-${item.priorite}` }, item.priorite),
      el('span', { class: 'muted' }, moment(item.received_at))),
    el('span', { class: 'found-title' }, item.subject || item.objet || 'Sans objet'),
    el('span', { class: 'found-short' }, [item.categorie, item.online_service && 'service en ligne'].filter(Boolean).join(' · '))));
}

function draw() {
  const rest = total - items.length;
  show(list, items.map(row), rest > 0 && el('li', {}, button(`Afficher la suite (${rest})`, () => load(items.length))));
  byId('queue-count').textContent = total ? count(total, 'message') : '';
  if (!items.length) empty(list, 'Aucun message ici.', 'Ajoutez-en un, ou importez une boîte : assistant queue import DOSSIER.');
}

function drawCounts(counts) {
  for (const [status, label] of Object.entries(STATUSES)) {
    filters.querySelector(`[data-count="${status}"]`).textContent = `${label} (${counts[status] ?? 0})`;
  }
}

async function load(offset = 0) {
  if (!items.length) waiting(list);
  try {
    const query = { status: filter('status'), categorie: filter('categorie'), priorite: filter('priorite'), limit: PAGE, offset };
    const found = await requests.run((signal) => get(address('/api/desk/queue', query), { signal }));
    if (!found) return;
    items = offset ? [...items, ...found.items] : found.items;
    total = found.total;
    drawCounts(found.counts);
    draw();
  } catch (error) {
    items = [];
    failed(list, error, () => load(offset));
  }
}

async function loadLabels() {
  if (labels) return labels;
  labels = await get('/api/desk/taxonomy');
  const choices = (every, values) => [option('', every), ...values.map((value) => option(value))];
  show(filters.elements.categorie, choices('Toutes les catégories', labels.categories.map(({ categorie }) => categorie)));
  show(filters.elements.priorite, choices('Toutes les priorités', labels.priorites));
  return labels;
}

async function open(id) {
  if (id === chosen) return;
  if (!(await close())) {
    window.history.replaceState(null, '', `#messages/${chosen}`);
    return;
  }
  chosen = id;
  for (const link of list.querySelectorAll('a')) {
    link.setAttribute('aria-current', String(link.hash === `#messages/${id}`));
  }
  if (!id) {
    empty(detail, 'Choisissez un message.', NEVER_SENT);
    return;
  }
  try {
    const known = await loadLabels();
    await openMessage(detail, id, known, changed);
    reveal(detail);
  } catch (error) {
    failed(detail, error, () => { chosen = null; open(id); });
  }
}

/** The list after a change of the open message: its line anew, or the whole list where the message leaves it. */
function changed(item) {
  const place = items.findIndex(({ id }) => id === item.id);
  if (place < 0 || item.status !== filter('status')) {
    load();
    return;
  }
  items[place] = { ...items[place], ...item };
  draw();
}

function move(by) {
  const at = items.findIndex(({ id }) => String(id) === chosen);
  const next = items[at < 0 ? 0 : at + by];
  if (next) window.location.hash = `messages/${next.id}`;
}

export function start() {
  window.addEventListener('beforeunload', (event) => unsaved() && event.preventDefault());
  filters.addEventListener('change', () => load());
  filters.addEventListener('submit', (event) => event.preventDefault());
  byId('add-message').addEventListener('click', () => addMessage(({ id }) => {
    load();
    window.location.hash = `messages/${id}`;
  }));
}

export const view = {
  title: 'Messages',
  async shown(id) {
    loadLabels().catch(() => {}); // the list says what is wrong
    load();
    await open(id);
  },
  async left() {
    const went = await close();
    if (went) chosen = null;
    return went;
  },
  keys: [
    { key: 'j', label: 'Message suivant', run: () => move(1) },
    { key: 'k', label: 'Message précédent', run: () => move(-1) },
    { key: 'Enter', label: 'Écrire dans le brouillon', run: edit },
    { key: 'a', label: 'Approuver', run: approve },
    { key: 'e', label: 'Écarter', run: setAside },
    { key: 'o', label: 'Rouvrir', run: reopen },
    { key: 'n', label: 'Ajouter un message', run: () => byId('add-message').click() },
  ],
};
