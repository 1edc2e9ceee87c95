/** Words: folding, dates, names of documents, and the few marks of layout that answers use. */
import { el } from './dom.js';

const DOCUMENTS = {
  'statuts-reglements-mgen': 'Statuts et règlements MGEN',
  'guide-fpe': 'Guide du contrat collectif de la fonction publique d’État',
  'guide-mgen-solutions': 'Guide MGEN Solutions',
  'espace-personnel-mgen': 'Aide de l’espace personnel MGEN',
  'espace-adherent-solutions': 'Aide de l’espace adhérent MGEN Solutions',
};
const INLINE = /\*\*(.+?)\*\*|(https:\/\/[^\s<>"»]*[^\s<>"».,;:!?)\]])/g;
const BULLET = /^\s*(?:[-*•]|\d{1,2}[.)])\s+/;
const MARKS = /\p{Diacritic}/gu;

export const fold = (text) => text.normalize('NFD').replace(MARKS, '').toLowerCase().replace(/[’']/g, ' ');

/** Whether every word typed begins a word of the text. */
export function matches(typed, text) {
  const words = fold(text).split(/[^\p{L}\p{N}]+/u);
  return fold(typed).split(/[^\p{L}\p{N}]+/u).filter(Boolean).every((start) => words.some((word) => word.startsWith(start)));
}

export const capital = (text) => text.slice(0, 1).toUpperCase() + text.slice(1);
export const documentName = (id) => DOCUMENTS[id] ?? id;

const format = (options) => new Intl.DateTimeFormat('fr-FR', options);
const DAY = format({ day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
const SHORT_DAY = format({ day: 'numeric', month: 'short', timeZone: 'UTC' });
const MOMENT = format({ day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });
const written = (shape, value) => (Number.isNaN(Date.parse(value)) ? String(value ?? '') : shape.format(new Date(value)));
export const day = (value) => written(DAY, value);
export const shortDay = (value) => written(SHORT_DAY, value);
export const moment = (value) => written(MOMENT, value);

export const number = (value) => new Intl.NumberFormat('fr-FR').format(value);
export const amount = (value) =>
  new Intl.NumberFormat('fr-FR', { minimumFractionDigits: Number.isInteger(Number(value)) ? 0 : 2 }).format(value);
export const count = (value, one, many = `${one}s`) => `${number(value)} ${value > 1 ? many : one}`;

function inline(text) {
  const nodes = [];
  let end = 0;
  for (const match of text.matchAll(INLINE)) {
    const [whole, bold, link] = match;
    nodes.push(text.slice(end, match.index));
    nodes.push(bold ? el('strong', {}, bold) : el('a', { href: link, target: '_blank', rel: 'noopener noreferrer' }, link));
    end = match.index + whole.length;
  }
  return [...nodes, text.slice(end)];
}

const cells = (row) => row.trim().replace(/^\||\|$/g, '').split('|').map((cell) => cell.trim());

function table(rows) {
  const [head, ...body] = rows.filter((row) => !/^[\s|:-]+$/.test(row)).map(cells);
  const line = (tag, row) => el('tr', {}, row.map((cell) => el(tag, { scope: tag === 'th' && 'col' }, ...inline(cell))));
  const whole = el('table', {}, el('thead', {}, line('th', head)), el('tbody', {}, body.map((row) => line('td', row))));
  return el('div', { class: 'table', role: 'region', 'aria-label': 'Tableau', tabindex: '0' }, whole);
}

const kindOf = (line) => (line.trim().startsWith('|') ? 'table' : BULLET.test(line) ? 'list' : line.trim() ? 'text' : 'gap');

/** What an answer says beyond the sentences that are read out of it. */
export const beyond = (text, spoken) => (text.startsWith(spoken) ? text.slice(spoken.length).trim() : text);

/** An answer as paragraphs, lists and tables. */
export function prose(text) {
  const blocks = [];
  for (const line of text.split('\n')) {
    const kind = kindOf(line);
    const last = blocks.at(-1);
    if (last?.kind === kind && kind !== 'text') last.lines.push(line);
    else blocks.push({ kind, lines: [line] });
  }
  return blocks.filter(({ kind }) => kind !== 'gap').map(({ kind, lines }) => {
    if (kind === 'table') return table(lines);
    if (kind === 'list') return el('ul', {}, lines.map((line) => el('li', {}, ...inline(line.replace(BULLET, '')))));
    return el('p', {}, ...inline(lines[0]));
  });
}
