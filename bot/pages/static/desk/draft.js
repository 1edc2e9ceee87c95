/** The draft of a reply: kept while it is written, printed as a letter, copied; never sent. */
import { button, el } from './dom.js';
import { copy } from './say.js';

const PAUSE_MS = 900;

export function draftField(item, open, saving) {
  let timer = 0;
  let stored = item.draft; // what the server has
  let tried = item.draft; // what it was last told
  const printed = el('div', { class: 'printed', 'aria-hidden': 'true' }, item.draft);
  const field = el('textarea', {
    id: 'draft', maxlength: 20000, spellcheck: 'true', lang: 'fr', readonly: !open, 'aria-describedby': 'saved',
    oninput: wait, onblur: () => field.value !== tried && flush(), // what was refused is not sent again by a mere click
  });
  field.value = item.draft;

  const unsaved = () => field.value !== stored;

  async function flush() {
    clearTimeout(timer);
    if (!unsaved()) return;
    tried = field.value;
    await saving.change({ draft: tried });
  }

  /** What the server kept of what was sent: personal data come back masked. */
  function accept(sent, kept) {
    const asSent = field.value === sent;
    stored = asSent ? kept : sent;
    if (!asSent || kept === sent) return;
    const at = field.selectionStart;
    [field.value, tried, printed.textContent] = [kept, kept, kept];
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
    el('div', { class: 'actions' },
      button('Copier le brouillon', () => copy(field.value, 'Brouillon copié.')),
      button('Imprimer', () => window.print())),
  ];
  return { nodes, flush, accept, unsaved };
}
