/** The advisers' desk: four views, each with an address of its own, and the keys of the one that is shown. */
import * as answers from './answers.js';
import { byId } from './dom.js';
import * as feedback from './feedback.js';
import { help, listen, setPageKeys, setViewKeys } from './keys.js';
import * as login from './login.js';
import * as messages from './messages.js';
import * as simulator from './simulator.js';

const VIEWS = { reponses: answers, simulateur: simulator, messages, retours: feedback };
const FIRST = 'reponses';
let current = null;
let before = ''; // the address of the view that is shown

function shown() {
  const [name, ...rest] = window.location.hash.slice(1).split('/');
  return Object.hasOwn(VIEWS, name) ? [name, decodeURIComponent(rest.join('/'))] : [FIRST, ''];
}

async function route() {
  const [name, rest] = shown();
  if (current && current !== name && (await VIEWS[current].view.left?.()) === false) {
    window.history.replaceState(null, '', before);
    return;
  }
  before = window.location.hash;
  current = name;
  for (const each of Object.keys(VIEWS)) {
    byId(`view-${each}`).hidden = each !== name; // another id than the hash: the browser would take the focus there
    document.querySelector(`nav a[href="#${each}"]`).setAttribute('aria-current', each === name ? 'page' : 'false');
  }
  const { view } = VIEWS[name];
  document.title = `${view.title} · Poste conseiller`;
  setViewKeys(view.keys);
  await view.shown(rest);
}

const goTo = (name) => () => { window.location.hash = name; };
const connection = () => { byId('offline').hidden = navigator.onLine; };

Object.values(VIEWS).forEach((each) => each.start());
setPageKeys([
  { key: 'g r', label: 'Réponses', run: goTo('reponses') },
  { key: 'g s', label: 'Simulateur', run: goTo('simulateur') },
  { key: 'g m', label: 'Messages', run: goTo('messages') },
  { key: 'g t', label: 'Retours', run: goTo('retours') },
  { key: '?', label: 'Ces touches', run: help },
]);
listen();
login.start(route);
byId('show-keys').addEventListener('click', help);
window.addEventListener('hashchange', route);
window.addEventListener('online', connection);
window.addEventListener('offline', connection);
connection();
route();
