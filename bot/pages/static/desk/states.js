/** What a place shows while it has nothing: waiting, empty, failed. */
import { button, el, show } from './dom.js';

export const waiting = (place, text = 'Chargement…') => show(place, el('p', { class: 'state', role: 'status' }, text));

export const empty = (place, ...told) => show(place, el('div', { class: 'state' }, ...told.map((text) => el('p', {}, text))));

/** An error of the server, or the work again. */
export function failed(place, error, retry) {
  const again = retry && button('Réessayer', retry);
  return show(place, el('div', { class: 'state failed', role: 'alert' }, el('p', {}, error.message), again));
}
