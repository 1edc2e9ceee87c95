/** Where an answer is written: document, article and, where the documents are ingested, the passage. */
import { el } from './dom.js';
import { documentName } from './text.js';

const line = ({ document: id, reference }) => [el('strong', {}, reference), el('span', { class: 'muted' }, ` · ${documentName(id)}`)];

const each = (source) =>
  source.excerpt
    ? el('details', { class: 'source' }, el('summary', {}, ...line(source)), el('blockquote', {}, source.excerpt))
    : el('p', { class: 'source' }, ...line(source));

export function sourceList(sources) {
  if (!sources?.length) return null;
  return el('section', { class: 'sources' }, el('h3', {}, sources.length > 1 ? 'Articles' : 'Article'), sources.map(each));
}

/** An answer with its articles, as copied into a mail or a file. */
export function asText(text, sources = []) {
  const told = sources.map(({ reference }) => reference).filter((reference) => !text.includes(reference));
  return told.length ? `${text}\n\nSource : ${told.join(' ; ')}.` : text;
}
