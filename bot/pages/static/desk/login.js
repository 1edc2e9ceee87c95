/** Who is logged in, how to leave, and the form that asks for the desk's key when the server answers 401. */
import { byId } from './dom.js';
import { get, post, remove } from './http.js';

const SESSION = '/api/desk/session';
const MAINTAINER = 'mainteneur';

async function known() {
  try {
    const { role, session } = await get(SESSION);
    byId('log-out').hidden = !session;
    document.querySelector('nav a[href="#retours"]').hidden = session && role !== MAINTAINER;
  } catch {
    byId('log-out').hidden = true; // without the server, nobody leaves
  }
}

async function leave() {
  const left = await remove(SESSION).catch(() => null);
  window.location.assign(left?.next ?? '/conseiller');
}

export function start(again) {
  const dialog = byId('login');
  const form = dialog.querySelector('form');
  const error = byId('login-error');
  byId('log-out').addEventListener('click', leave);
  known();
  document.addEventListener('desk:login', () => {
    if (!dialog.open) dialog.showModal();
  });
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    try {
      await post(SESSION, { token: form.elements.token.value });
      form.reset();
      error.textContent = '';
      dialog.close();
      known();
      again();
    } catch (refused) {
      error.textContent = refused.status === 401 ? 'Cette clé n’est pas la bonne.' : refused.message;
    }
  });
}
