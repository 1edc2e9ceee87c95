/** A message pasted into the queue: redacted and sorted by the server, which keeps nothing else of it. */
import { byId } from './dom.js';
import { post } from './http.js';

/** Opens the form; `added` gets the new message, or the one that was there already. */
export function addMessage(added) {
  const dialog = byId('adding');
  const form = dialog.querySelector('form');
  const error = byId('adding-error');
  error.textContent = '';
  form.onsubmit = async (event) => {
    event.preventDefault();
    const [subject, body] = ['subject', 'body'].map((name) => form.elements[name].value);
    form.elements.add.disabled = true;
    try {
      const item = await post('/api/desk/queue', { subject, body });
      form.reset();
      dialog.close();
      added(item);
    } catch (refused) {
      error.textContent = refused.message;
    } finally {
      form.elements.add.disabled = false;
    }
  };
  dialog.showModal();
}
