/** The menu at the top: a fold of buttons, and the question before anything is erased. */

import { button, el } from './dom.js';
import { say, says } from './strings.js';

export class Menu {
  /** `does`: adviser, print, erase and resize (returns the size set). */
  constructor(does, size) {
    this.does = does;
    const act = (symbol, label, action) => button(label, () => { this.close(); action(); }, { class: 'act' }, symbol);
    const named = (chosen) => say('size', { size: says.sizes[chosen] });
    const text = el('span', {}, named(size));
    this.size = button(text, () => { text.textContent = named(does.resize()); }, { class: 'act' }, 'size');
    this.list = el('div', { class: 'menu', id: 'menu', hidden: true },
      act('person', says.adviser, does.adviser),
      act('print', says.print, does.print),
      this.size,
      act('erase', says.erase, () => this.confirm()));
    this.button = button(null, () => this.toggle(), {
      class: 'tool', 'aria-label': says.menu, 'aria-expanded': 'false', 'aria-controls': 'menu',
    }, 'menu');
    this.node = el('div', {
      class: 'around',
      onkeydown: (event) => this.leaveOnEscape(event),
      onfocusout: ({ relatedTarget }) => { if (relatedTarget && !this.node.contains(relatedTarget)) this.close(); },
    }, this.button, this.list);
    this.dialog = el('dialog', { class: 'confirm', role: 'alertdialog', lang: 'fr', 'aria-labelledby': 'sure', 'aria-describedby': 'means', onkeydown: (event) => event.stopPropagation(), onclose: () => this.button.focus() },
      el('h2', { id: 'sure' }, says.eraseSure),
      el('p', { id: 'means' }, says.eraseMeans),
      el('div', { class: 'pair' },
        button(says.cancel, () => this.dialog.close(), { class: 'choice' }),
        button(says.eraseNow, () => { this.dialog.close(); does.erase(); }, { class: 'choice danger' })));
  }

  toggle() {
    const opens = this.list.hidden;
    this.list.hidden = !opens;
    this.button.setAttribute('aria-expanded', String(opens));
    if (opens) this.list.querySelector('button').focus();
  }

  close() {
    this.list.hidden = true;
    this.button.setAttribute('aria-expanded', 'false');
  }

  leaveOnEscape(event) {
    if (event.key !== 'Escape' || this.list.hidden) return;
    event.preventDefault();
    this.close();
    this.button.focus();
  }

  confirm() {
    this.dialog.showModal();
  }
}
