/** How a message is sorted, and what a colleague corrects of it. */
import { el, option, show } from './dom.js';

export const LABELS = ['categorie', 'priorite', 'objet'];

export const correctedText = ({ proposed, ...item }, name) =>
  proposed[name] === item[name] ? '' : `Corrigé (proposé : ${proposed[name]}).`;

const field = (item, name, label, control) => el('div', { class: 'field' },
  el('label', { for: `item-${name}` }, label), control,
  el('p', { class: 'corrected', id: `corrected-${name}` }, correctedText(item, name)));

export function labelsForm(item, { categories, priorites }, open, saving) {
  const select = (name, values) => el('select', {
    id: `item-${name}`, disabled: !open, onchange: ({ target }) => saving.change({ [name]: target.value }),
  }, [...new Set([...values, item[name]])].map((value) => option(value, value, value === item[name])));

  const category = select('categorie', categories.map(({ categorie }) => categorie));
  const objet = el('input', {
    id: 'item-objet', value: item.objet, list: 'objets', maxlength: 300, disabled: !open, autocomplete: 'off',
    onchange: ({ target }) => target.value.trim() && saving.change({ objet: target.value.trim() }),
  });
  const known = el('datalist', { id: 'objets' });
  const drawKnown = () => {
    const found = categories.find(({ categorie }) => categorie === category.value)?.objets ?? [];
    show(known, found.map((value) => option(value)));
  };
  category.addEventListener('change', drawKnown);
  drawKnown();
  return el('div', { class: 'labels' },
    field(item, 'categorie', 'Catégorie', category),
    field(item, 'priorite', 'Priorité', select('priorite', priorites)),
    field(item, 'objet', 'Objet', objet), known,
    el('p', { class: 'muted' }, 'Une catégorie ou une priorité corrigée est gardée comme exemple.'));
}

