/**
 * A field with a list of suggestions (ARIA combobox): arrows move in the list while the field keeps the focus, Enter
 * opens. What is moved to stays chosen when the list changes, while it is still in it.
 */
import { el, show } from './dom.js';

export function listbox(field, list, { draw, moved = () => {}, opened }) {
  let items = [];
  let at = -1;
  let chosen = null; // what the person moved to; null while nothing but the first is

  const optionId = (place) => `${list.id}-${place}`;

  function mark(place, scroll = false) {
    at = place;
    [...list.children].forEach((node, order) => node.setAttribute('aria-selected', String(order === at)));
    if (at < 0) field.removeAttribute('aria-activedescendant');
    else field.setAttribute('aria-activedescendant', optionId(at));
    if (scroll) list.children[at]?.scrollIntoView({ block: 'nearest' });
    moved(items[at]);
  }

  function move(by) {
    if (!items.length) return;
    const place = (at + by + items.length) % items.length;
    chosen = items[place].id;
    mark(place, true);
  }

  function set(found) {
    items = found;
    show(list, ...items.map((item, place) => el('li', {
      role: 'option', id: optionId(place), 'aria-selected': 'false',
      onclick: () => { chosen = item.id; mark(place); opened(item, 'click'); },
    }, ...draw(item))));
    list.hidden = !items.length;
    field.setAttribute('aria-expanded', String(items.length > 0));
    const kept = items.findIndex(({ id }) => id === chosen);
    if (kept < 0) chosen = null;
    mark(Math.max(kept, items.length ? 0 : -1));
  }

  field.addEventListener('keydown', (event) => {
    if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === 'ArrowDown') move(1);
    else if (event.key === 'ArrowUp') move(-1);
    else if (event.key === 'Enter' && items[at]) opened(items[at], 'key');
    else return;
    event.preventDefault();
  });

  return { set, move, current: () => items[at], forget: () => { chosen = null; } };
}
