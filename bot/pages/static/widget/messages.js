/** Messages as nodes. */

import { citations } from './citations.js';
import { button, el, icon, unseen } from './dom.js';
import { thumbs } from './feedback.js';
import { markdown } from './markdown.js';
import { copyButton } from './share.js';
import { says } from './strings.js';

const LABELS = { emergency: 'alert', handover: 'person' }; // kinds that are named above their text, and by which icon
const RATED = ['answer', 'handover', 'out_of_scope'];
const PASSING = ['question', 'smalltalk']; // nothing that one would keep

export const welcome = () => el('div', { class: 'message assistant welcome' },
  el('div', { class: 'bubble' }, el('p', { id: 'machine' }, says.machine), el('p', {}, says.safety)));

export const typing = () => el('div', { class: 'typing', 'aria-hidden': 'true' }, el('i'), el('i'), el('i'));

export const memberMessage = (message) => el('div', { class: 'message member', 'data-id': message.id },
  el('div', { class: 'bubble' }, unseen(says.you), el('p', {}, message.text)), el('div', { class: 'state' }));

/** `live` when it arrives now, and not with a page that is read again. */
export function assistantMessage(message, { live, tell, rate }) {
  const { id, kind, text, sources } = message;
  const urgent = kind === 'emergency';
  return el('div', { class: 'message assistant', 'data-id': id, 'data-kind': kind || null },
    el('div', { class: 'bubble', role: urgent && live && 'alert' },
      unseen(says.assistant),
      LABELS[kind] && el('p', { class: 'label' }, icon(LABELS[kind]), says[kind]),
      ...markdown(text, urgent)),
    el('div', { class: 'after' },
      sources.length > 0 && citations(sources),
      el('div', { class: 'tools' },
        RATED.includes(kind) && thumbs(message, rate, tell),
        text && !PASSING.includes(kind) && copyButton(message, tell))));
}

/** Under a message of the member: that it waits, or why it was refused. */
export function showState(node, message, { waiting, edit }) {
  const told = message.state === 'failed' ? message.error : waiting ? says.queued : '';
  if (node.dataset.told === told) return;
  node.dataset.told = told;
  node.replaceChildren(...(message.state === 'failed' ? [
    el('p', { class: 'error' }, icon('alert'), told), button(says.edit, () => edit(message), { class: 'choice' }),
  ] : told ? [el('p', {}, told)] : []));
}

/** The answers that the assistant proposes. */
export const choices = (buttons, ask) => el('div', { class: 'choices', role: 'group', 'aria-label': says.choices },
  ...buttons.map(({ title, payload }) => button(title, () => ask(title, payload), { class: 'choice' })));
