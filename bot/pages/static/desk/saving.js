/**
 * Changes of one message, kept one after the other: each names the version that it was made on. When somebody else was
 * faster, nothing is lost and nothing is overwritten unseen: the colleague chooses.
 */
import { button, el, show } from './dom.js';
import { get, patch } from './http.js';

const HOUR = new Intl.DateTimeFormat('fr-FR', { hour: '2-digit', minute: '2-digit' });

export function editing(item, { kept, replaced, status }) {
  const path = `/api/desk/queue/${encodeURIComponent(item.id)}`;
  let version = item.version;
  let queue = Promise.resolve();

  const tell = (...told) => status() && show(status(), ...told);

  async function send(fields) {
    tell('Enregistrement…');
    try {
      const newer = await patch(path, { version, ...fields });
      version = newer.version;
      kept(newer);
      tell(`Enregistré à ${HOUR.format(new Date())}.`);
      return newer;
    } catch (error) {
      if (error.code === 'stale') conflict(fields);
      else tell(el('span', { class: 'refused' }, `Non enregistré. ${error.message} `), button('Réessayer', () => change(fields)));
      return null;
    }
  }

  function conflict(fields) {
    const theirs = async () => replaced(await get(path));
    const mine = async () => {
      version = (await get(path)).version;
      change(fields);
    };
    tell(el('span', { class: 'refused' }, 'Ce message a été modifié ailleurs entre-temps. '), button('Voir l’autre version', theirs), ' ', button('Garder la mienne', mine));
  }

  function change(fields) {
    queue = queue.then(() => send(fields));
    return queue;
  }

  return { change, settled: () => queue };
}
