/** The draft of a reply: kept while it is written, printed as a letter, copied; never sent. */
import { button, el } from './dom.js';
import { copy } from './say.js';

const PAUSE_MS = 900;

export function draftField(item, open, saving) {
  let timer = 0;
  let kept = item.draft; // what the server has, or is being told
  const printed = el('div', { class: 'printed', 'aria-hidden': 'true' }, item.draft);
  const field = el('textarea', {
    id: 'draft', maxlength: 20000, spellcheck: 'true', lang: 'fr', readonly: !open, 'aria-describedby': 'saved', oninput: wait, onblur: flush,
  });
  field.value = item.draft;

  async function flush() {
    clearTimeout(timer);
    const mine = field.value;
    if (mine === kept) return;
    kept = mine;
    const newer = await saving.change({ draft: mine });
    if (!newer && kept === mine) kept = null; // not kept: what is written next sends it again
  }

  /** What the server kept of what was sent: personal data come back masked. */
  function accept(sent, stored) {
    if (stored === sent || field.value !== sent) return;
    const at = field.selectionStart;
    [field.value, kept, printed.textContent] = [stored, stored, stored];
    if (document.activeElement === field) field.setSelectionRange(at, at);
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
  return { nodes, flush, accept };
}
