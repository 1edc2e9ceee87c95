/** Elements out of names and text; text from the server only ever becomes a text node. */

const ICONS = {
  chat: 'M4 5h16v11H10l-4 4v-4H4z M8 9h8 M8 12h5',
  menu: 'M12 5v.01 M12 12v.01 M12 19v.01',
  close: 'M6 6l12 12 M18 6L6 18',
  send: 'M12 19V5 M6 11l6-6 6 6',
  copy: 'M9 9h10v11H9z M5 15V4h10',
  person: 'M12 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7z M5 20c.6-4 3.4-6 7-6s6.4 2 7 6',
  erase: 'M5 7h14 M10 7V4h4v3 M7 7l1 13h8l1-13',
  retry: 'M19 12a7 7 0 1 1-2-4.9 M19 4v4h-4',
  alert: 'M12 4l9 16H3z M12 10v4 M12 17v.01',
  print: 'M7 9V4h10v5 M7 17H4v-8h16v8h-3 M7 14h10v6H7z',
  size: 'M4 19l5-13 5 13 M5.7 15h6.6 M15 19l3-8 3 8 M16 16h4',
  up: 'M7 11v9H4v-9z M7 11l4-8c2 0 2.5 1.5 2 3.5L12.5 9H19l-1.5 11H7',
  down: 'M7 13V4H4v9z M7 13l4 8c2 0 2.5-1.5 2-3.5L12.5 15H19L17.5 4H7',
};

/** An element; `on…` attributes are listeners, undefined, null and false ones are left out. */
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (typeof value === 'function') node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? '' : value);
  }
  node.append(...children.filter((child) => child !== undefined && child !== null && child !== false));
  return node;
}

export function icon(name) {
  const [svg, path] = ['svg', 'path'].map((tag) => document.createElementNS('http://www.w3.org/2000/svg', tag));
  path.setAttribute('d', ICONS[name]);
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  svg.setAttribute('class', `icon icon-${name}`);
  svg.append(path);
  return svg;
}

/** A button; with an icon and no label of its own, it needs an `aria-label`. */
export function button(name, onclick, attributes = {}, symbol = null) {
  return el('button', { type: 'button', onclick, ...attributes }, symbol && icon(symbol), name);
}

/** Text for screen readers alone. */
export const unseen = (text, attributes = {}) => el('span', { class: 'unseen', ...attributes }, text);

// What comes over the wire has the type that it must have, or none.
export const string = (value) => (typeof value === 'string' ? value : '');
export const list = (value) => (Array.isArray(value) ? value : []);
