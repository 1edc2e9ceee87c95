/** The form that asks for the desk's key, shown when the server answers 401. */
import { byId } from './dom.js';
import { post } from './http.js';

export function start(again) {
  const dialog = byId('login');
  const form = dialog.querySelector('form');
  const error = byId('login-error');
  document.addEventListener('desk:login', () => {
    if (!dialog.open) dialog.showModal();
  });
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    try {
      await post('/api/desk/session', { token: form.elements.token.value });
      form.reset();
      error.textContent = '';
      dialog.close();
      again();
    } catch (refused) {
      error.textContent = refused.status === 401 ? 'Cette clé n’est pas la bonne.' : refused.message;
    }
  });
}
