/**
 * Changes of one message, kept one after the other: each names the version that it was made on. When somebody else was
 * faster, nothing is lost and nothing is overwritten unseen: the colleague chooses.
 */
import { button, el, show } from './dom.js';
import { get, patch } from './http.js';

const HOUR = new Intl.DateTimeFormat('fr-FR', { hour: '2-digit', minute: '2-digit' });

/**
 * @param kept hears of each new version and of the fields that made it
 * @param replaced hears of the version of somebody else, when the colleague takes it
 * @param place gives the element where it is told whether a change is kept
 */
export function saver(item, { kept, replaced, place }) {
  const path = `/api/desk/queue/${encodeURIComponent(item.id)}`;
  let version = item.version;
  let queue = Promise.resolve();

  const tell = (...told) => place() && show(place(), ...told);

  async function send(fields) {
    tell('Enregistrement…');
    try {
      const newer = await patch(path, { version, ...fields });
      version = newer.version;
      kept(newer, fields);
      tell(`Enregistré à ${HOUR.format(new Date())}.`);
      return newer;
    } catch (error) {
      if (error.code === 'stale') conflict(fields);
      else refused(`Non enregistré. ${error.message}`, button('Réessayer', () => change(fields)));
      return null;
    }
  }

  const refused = (text, ...choices) => tell(el('span', { class: 'refused' }, text), ' ', choices);

  function conflict(fields) {
    const newest = (use) => () => get(path).then(use).catch((error) => refused(error.message));
    const theirs = newest(replaced);
    const mine = newest((newer) => {
      version = newer.version;
      change(fields);
    });
    const choices = [button('Voir l’autre version', theirs), ' ', button('Garder la mienne', mine)];
    refused('Ce message a été modifié ailleurs entre-temps.', ...choices);
  }

  function change(fields) {
    queue = queue.then(() => send(fields));
    return queue;
  }

  return { change, settled: () => queue };
}
