/** "Retours": what the knowledge base does not answer well, by theme, and how it goes over time. */
import { drawChart } from './chart.js';
import { byId, el, show } from './dom.js';
import { address, get, newest } from './http.js';
import { empty, failed, waiting } from './states.js';
import { capital, day, number } from './text.js';

const KINDS = {
  abstention: 'Sans réponse', down: 'Mal notée', handover: 'Vers un conseiller', withheld: 'Réponse retenue',
  correction: 'Tri corrigé', up: 'Bien notée',
};
const DAY_MS = 86_400_000;
const filters = byId('feedback-filters');
const table = byId('groups');
const requests = newest();

const isoDay = (time) => new Date(time).toISOString().slice(0, 10);

function query() {
  const { since, kind } = filters.elements;
  return { since: isoDay(Date.now() - Number(since.value) * DAY_MS), kind: kind.value };
}

const examples = (questions) => questions.length > 0 && el('details', {},
  el('summary', {}, `Exemples (${questions.length})`),
  el('ul', {}, questions.map((text) => el('li', {}, text))));

const row = (group) => el('tr', {},
  el('th', { scope: 'row' }, capital(group.theme)),
  el('td', {}, KINDS[group.kind] ?? group.kind),
  el('td', { class: 'right' }, number(group.count)),
  el('td', {}, day(group.last)),
  el('td', {}, examples(group.examples)));

function drawGroups(groups) {
  if (!groups.length) return empty(table, 'Rien à reprendre sur cette période.');
  const head = ['Thème', 'Retour', 'Nombre', 'Dernier', 'Questions (masquées)'];
  return show(table, el('table', {},
    el('caption', { class: 'unseen' }, 'Retours par thème, les plus fréquents d’abord'),
    el('thead', {}, el('tr', {}, head.map((title) => el('th', { scope: 'col', class: title === 'Nombre' && 'right' }, title)))),
    el('tbody', {}, groups.map(row))));
}

async function load() {
  const asked = query();
  byId('feedback-csv').href = address('/api/desk/feedback', { ...asked, format: 'csv' });
  waiting(table);
  try {
    const found = await requests.run((signal) => get(address('/api/desk/feedback', asked), { signal }));
    if (!found) return;
    drawGroups([...found.groups].sort((one, other) => other.count - one.count));
    drawChart(byId('chart'), found.series, asked.since, isoDay(Date.now()));
  } catch (error) {
    show(byId('chart'));
    failed(table, error, load);
  }
}

export function start() {
  filters.addEventListener('change', load);
  filters.addEventListener('submit', (event) => event.preventDefault());
}

export const view = { title: 'Retours', shown: load, keys: [] };
