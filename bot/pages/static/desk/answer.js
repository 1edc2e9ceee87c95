/** One answer: what to say, in large letters; then the whole of it, the article, and the way to the simulator. */
import { el, keyed, show } from './dom.js';
import { copy } from './say.js';
import { asText, sourceList } from './sources.js';
import { beyond, prose } from './text.js';

export function openAnswer(place, item) {
  const rest = beyond(item.answer, item.spoken);
  const whole = rest && el('section', { class: 'prose' }, el('h3', {}, 'Réponse complète'), prose(rest));
  show(
    place,
    el('h2', {}, item.mark && el('span', { class: `mark mark-${item.kind ?? 'rule'}` }, item.mark), item.title),
    el('p', { class: 'spoken' }, item.spoken),
    el('div', { class: 'actions' },
      keyed('Copier', 'c', () => copy(asText(item.answer || item.spoken, item.sources)), { class: 'main' }),
      item.rule && el('a', { class: 'button', href: `#simulateur/${item.rule}`, 'aria-keyshortcuts': 's' }, 'Simuler ', el('kbd', { 'aria-hidden': 'true' }, 's'))),
    whole,
    sourceList(item.sources),
  );
}
