/**
 * Keys: one table of what each does, for the page and for the view that is shown. A key of one character works outside
 * of fields only, and all of them can be switched off (WCAG 2.1.4), as dictation software types letters.
 */
import { byId, el, show } from './dom.js';

const OFF = 'conseiller/sans-touches';
const PREFIX_MS = 1200;
const SHOWN = { ArrowDown: '↓', ArrowUp: '↑', Enter: 'Entrée', Escape: 'Échap', ' ': 'Espace' };
const tables = { page: [], view: [] };
let prefix = '';
let prefixed = 0;

export const setPageKeys = (keys) => { tables.page = keys; };
export const setViewKeys = (keys) => { tables.view = keys; };

const inField = (target) => target.closest?.('input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]');
const off = () => localStorage.getItem(OFF) === '1';

function pressed(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || document.querySelector('dialog[open]')) return;
  if (inField(event.target) || (off() && event.key.length === 1)) return;
  const combined = event.timeStamp - prefixed < PREFIX_MS && prefix ? `${prefix} ${event.key}` : '';
  const all = [...tables.view, ...tables.page];
  const found = all.find(({ key }) => key === combined) ?? all.find(({ key }) => key === event.key);
  const begins = all.some(({ key }) => key.startsWith(`${event.key} `));
  [prefix, prefixed] = begins ? [event.key, event.timeStamp] : ['', 0];
  if (!found || (event.key === 'Enter' && event.target.closest('button, a, summary'))) return;
  event.preventDefault();
  found.run(event);
}

/** The keys 1 to 9, told in one line. */
export const digits = (run, label) =>
  [1, 2, 3, 4, 5, 6, 7, 8, 9].map((place) => ({ key: String(place), label: place === 1 && `à 9 : ${label}`, run: () => run(place) }));

const shown = (key) => key.split(' ').filter(Boolean).map((part) => el('kbd', {}, SHOWN[part] ?? part));
const rows = (keys) => keys.filter(({ label }) => label).flatMap(({ key, label }) => [el('dt', {}, shown(key)), el('dd', {}, label)]);

export function help() {
  const dialog = byId('keys');
  show(byId('keys-view'), ...rows(tables.view));
  show(byId('keys-page'), ...rows(tables.page));
  byId('keys-off').checked = off();
  dialog.showModal();
}

export function listen() {
  document.addEventListener('keydown', pressed);
  byId('keys-off').addEventListener('change', ({ target }) => localStorage.setItem(OFF, target.checked ? '1' : '0'));
}
