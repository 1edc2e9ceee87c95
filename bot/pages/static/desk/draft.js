/** The draft of a reply: kept while it is written, printed as a letter, copied; never sent. */
import { button, el } from './dom.js';
import { copy } from './say.js';

const PAUSE_MS = 900;

export function draftField(item, saving) {
  let timer = 0;
  let kept = item.draft;
  const printed = el('div', { class: 'printed', 'aria-hidden': 'true' }, item.draft);
  const field = el('textarea', { id: 'draft', rows: 14, maxlength: 20000, spellcheck: 'true', lang: 'fr', 'aria-describedby': 'saved', oninput: wait, onblur: flush });
  field.value = item.draft;

  async function flush() {
    clearTimeout(timer);
    if (field.value === kept) return;
    const mine = field.value;
    kept = mine;
    if (!(await saving.change({ draft: mine })) && kept === mine) kept = null; // not kept: the next change sends it again
  }

  function wait() {
    printed.textContent = field.value;
    clearTimeout(timer);
    timer = setTimeout(flush, PAUSE_MS);
  }

  const nodes = [
    field,
    printed,
    el('p', { id: 'saved', class: 'muted', role: 'status' }),
    el('div', { class: 'actions' }, button('Copier le brouillon', () => copy(field.value, 'Brouillon copié.')), button('Imprimer', () => window.print())),
  ];
  return { nodes, flush };
}
