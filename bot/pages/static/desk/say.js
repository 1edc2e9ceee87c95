/** What is told of an action: heard by a screen reader, seen for a few seconds; and copying, which says that it did. */
import { byId } from './dom.js';

const SHOWN_MS = 2500;
let timer = 0;

export function say(text) {
  const place = byId('said');
  place.textContent = text;
  place.classList.add('shown');
  clearTimeout(timer);
  timer = setTimeout(() => {
    place.classList.remove('shown');
    place.textContent = '';
  }, SHOWN_MS);
}

export async function copy(text, told = 'Copié : réponse et article.') {
  try {
    await navigator.clipboard.writeText(text);
    say(told);
  } catch {
    say('La copie n’a pas fonctionné : sélectionnez le texte.');
  }
}
