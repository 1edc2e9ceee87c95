/** What a rule decides: the outcome in a word, what to say, the whole of it, why, and the article. */
import { el, keyed, show } from './dom.js';
import { copy } from './say.js';
import { asText, sourceList } from './sources.js';
import { beyond, prose } from './text.js';

const OUTCOMES = {
  granted: 'Accordé', partial: 'Accordé en partie', denied: 'Refusé', depends: 'Selon le cas',
  not_applicable: 'Pas de décision',
};

const WAITS = 'La décision s’affiche dès que les précisions suffisent.';

export const decisionText = (reply) => asText(reply.text, reply.sources);

export function drawDecision(place, reply, before) {
  if (!reply || reply.outcome === 'need_facts') return show(place, el('p', { class: 'state' }, WAITS), compared(before));
  return show(
    place,
    el('h2', {}, el('span', { class: `mark outcome-${reply.outcome}` }, OUTCOMES[reply.outcome]), 'Décision'),
    el('p', { class: 'spoken' }, reply.spoken),
    before && before.text !== reply.text && compared(before),
    el('div', { class: 'actions' }, keyed('Copier', 'c', () => copy(decisionText(reply)), { class: 'main' })),
    el('section', { class: 'prose' }, prose(beyond(reply.text, reply.spoken))),
    reply.why && el('details', {}, el('summary', {}, 'Pourquoi'), el('div', { class: 'prose' }, prose(reply.why))),
    sourceList(reply.sources),
  );
}

const compared = (before) => before && el('p', { class: 'before' }, el('strong', {}, 'Avant ce changement : '), before.spoken);
