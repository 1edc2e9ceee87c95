/** One answer: what to say, in large letters; then the whole of it, the article, and the way to the simulator. */
import { button, el, keyed, show } from './dom.js';
import { copy } from './say.js';
import { asText, sourceList } from './sources.js';
import { beyond, prose } from './text.js';

export const itemText = (item) => asText(item.answer || item.spoken, item.sources);

/** `add` takes the reply to what the assistant asks for. */
export function openAnswer(place, item, add) {
  const rest = beyond(item.answer, item.spoken);
  show(
    place,
    el('h2', {}, item.mark && el('span', { class: `mark mark-${item.kind ?? 'rule'}` }, item.mark), item.title),
    el('p', { class: 'spoken' }, item.spoken),
    item.choices?.length > 0 && el('div', { class: 'choices' }, item.choices.map(({ title }, order) =>
      button([el('kbd', { 'aria-hidden': 'true' }, order + 1), ' ', title], () => add(title), { 'data-choice': order + 1 }))),
    el('div', { class: 'actions' },
      keyed('Copier', 'c', () => copy(itemText(item)), { class: 'main' }),
      item.rule && simulation(item.rule)),
    rest && el('section', { class: 'prose' }, el('h3', {}, rest === item.answer ? 'Réponse complète' : 'Précisions'), prose(rest)),
    sourceList(item.sources),
  );
}

const simulation = (rule) => el('a', { class: 'button', href: `#simulateur/${rule}`, 'aria-keyshortcuts': 's' },
  'Simuler ', el('kbd', { 'aria-hidden': 'true' }, 's'));
