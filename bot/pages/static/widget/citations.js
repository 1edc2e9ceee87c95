/** Where an answer is written: one fold for all its sources. */

import { el } from './dom.js';
import { say, says } from './strings.js';

export const title = (source) => says.documents[source.document] ?? source.document;

export function citations(sources) {
  return el('details', { class: 'sources' },
    el('summary', {}, say('sources', { count: sources.length })),
    el('ul', {}, ...sources.map((source) => el('li', {},
      el('cite', {}, source.reference || title(source)),
      source.reference && source.document && el('span', { class: 'document' }, title(source)),
      source.excerpt && el('blockquote', {}, source.excerpt)))));
}

/** The sources as one line of text. */
export const named = (sources) => sources.map((source) => source.reference || title(source)).join(' ; ');
