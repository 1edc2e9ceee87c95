/** Elements. Text of the server only ever becomes text nodes. */

const SVG = 'http://www.w3.org/2000/svg';

function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (typeof value === 'function') node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? '' : value);
  }
  node.append(...present(children));
  return node;
}

const NOTHING = new Set([undefined, null, false, '']);
const present = (children) => children.flat(Infinity).filter((child) => !NOTHING.has(child));

/** An element; `on…` attributes are listeners, undefined, null and false ones are left out. */
export const el = (tag, attributes = {}, ...children) => fill(document.createElement(tag), attributes, children);

export const svg = (tag, attributes = {}, ...children) => fill(document.createElementNS(SVG, tag), attributes, children);

export const unseen = (text) => el('span', { class: 'unseen' }, text);

export const button = (label, run, attributes = {}) => el('button', { type: 'button', onclick: run, ...attributes }, label);

/** A button whose key is written on it. */
export const keyed = (label, key, run, attributes = {}) =>
  button([label, ' ', el('kbd', { 'aria-hidden': 'true' }, key)], run, { 'aria-keyshortcuts': key, ...attributes });

export function show(node, ...children) {
  node.replaceChildren(...present(children));
  return node;
}

const LOW = 0.6; // share of the window below which what is opened is brought up

/** Gives the focus to what was opened, and brings it into sight where it is not. */
export function reveal(node) {
  node.focus({ preventScroll: true });
  const { top } = node.getBoundingClientRect();
  if (top < 0 || top > LOW * window.innerHeight) node.scrollIntoView({ block: 'start' });
}

export const byId = (id) => document.getElementById(id);

export const option = (value, label = value, chosen = false) => el('option', { value, selected: chosen }, label);
