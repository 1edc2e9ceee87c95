/** What leaves the discussion by the member's own hand: a copied answer, a printed conversation. */

import { named } from './citations.js';
import { button, el } from './dom.js';
import { markdown, plain } from './markdown.js';
import { say, says } from './strings.js';

const COPIED_MS = 2000;
const PAPER = `
  :root { color-scheme: light; font: 11pt/1.5 system-ui, sans-serif; color: #000; background: #fff; }
  body { max-width: 42em; margin: 2em auto; padding: 0 1em; }
  h1 { font-size: 1.3em; }
  section { margin: 0 0 1em; padding-left: .8em; border-left: 3px solid #999; break-inside: avoid; }
  section.member { border-color: #0b5768; font-weight: 600; }
  p, ul, ol { margin: .3em 0; }
  table { border-collapse: collapse; margin: .4em 0; }
  th, td { padding: .25em .6em; border: 1px solid #999; text-align: start; }
  caption, .unseen { display: none; }
  .from { font-size: .9em; color: #444; }
  a { color: inherit; }
`;

/** An answer and its sources as text. */
function asText({ text, sources }) {
  return plain(text) + (sources.length ? `\n\n${says.copySources}${named(sources)}` : '');
}

async function toClipboard(text, root) {
  if (navigator.clipboard) {
    try {
      await navigator.clipboard.writeText(text);
      return;
    } catch { /* refused: the old way */ }
  }
  const area = el('textarea', { readonly: true, class: 'unseen' });
  const focused = root.activeElement;
  area.value = text;
  (root.querySelector('dialog[open]') ?? root).append(area); // a modal dialog leaves nothing else to select
  area.select();
  const done = document.execCommand('copy');
  area.remove();
  focused?.focus();
  if (!done) throw new Error('copy refused');
}

export function copyButton(message, tell) {
  const label = el('span', {}, says.copy);
  const copy = async () => {
    try {
      await toClipboard(asText(message), whole.getRootNode());
      label.textContent = says.copied;
      tell(says.copiedStatus);
      setTimeout(() => { label.textContent = says.copy; }, COPIED_MS);
    } catch {
      tell(says.uncopied);
    }
  };
  const whole = button(label, copy, { class: 'small', 'aria-label': says.copyAnswer }, 'copy');
  return whole;
}

/** Prints the conversation alone, from a document of its own; false where the browser opens none. */
export function print(messages) {
  const paper = window.open('', '_blank');
  if (!paper) return false;
  const sheet = new paper.CSSStyleSheet();
  sheet.replaceSync(PAPER);
  const page = paper.document;
  page.adoptedStyleSheets = [sheet];
  page.documentElement.lang = 'fr';
  page.title = say('printed', { date: new Date().toLocaleDateString('fr-FR', { dateStyle: 'long' }) });
  page.body.append(el('h1', {}, page.title), el('p', {}, says.subtitle), ...messages.map(printed));
  paper.print();
  return true;
}

function printed(message) {
  if (message.role === 'member') return el('section', { class: 'member' }, el('p', {}, says.you, message.text));
  return el('section', {}, ...markdown(message.text),
    message.sources.length > 0 && el('p', { class: 'from' }, says.copySources, named(message.sources)));
}
