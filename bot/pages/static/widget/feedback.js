/** Thumbs for an answer; a thumb down asks why before it is sent. */

import { button, el } from './dom.js';
import { says } from './strings.js';

const LONGEST_COMMENT = 1000;
let count = 0; // ids of the forms

/** `rate(opinion)` sends it and may fail; `message.rated` keeps what was said. */
export function thumbs(message, rate, tell) {
  const send = async (opinion) => {
    try {
      await rate(opinion);
    } catch {
      tell(says.rateFailed);
      return false;
    }
    message.rated = opinion.rating;
    show();
    tell(says.thanks);
    return true;
  };
  const up = button(null, () => send({ rating: 'up' }), { class: 'small', 'aria-label': says.useful }, 'up');
  const down = button(null, () => toggle(), { class: 'small', 'aria-label': says.useless }, 'down');
  const whole = el('div', { class: 'thumbs' }, up, down);
  let form = null;
  const show = () => {
    up.setAttribute('aria-pressed', String(message.rated === 'up'));
    down.setAttribute('aria-pressed', String(message.rated === 'down'));
    down.setAttribute('aria-expanded', String(form !== null));
  };
  const close = () => {
    form?.remove();
    form = null;
    show();
    down.focus();
  };
  const toggle = () => {
    if (form) {
      close();
      return;
    }
    form = reasons(async (opinion) => { if (await send({ rating: 'down', ...opinion })) close(); }, close);
    whole.parentNode.after(form);
    show();
    form.querySelector('input').focus({ preventScroll: true });
    form.scrollIntoView({ block: 'nearest' });
  };
  show();
  return whole;
}

function reasons(submit, cancel) {
  count += 1;
  const [title, error, field] = ['reason-title', 'reason-error', 'reason-comment'].map((name) => `${name}-${count}`);
  const wrong = el('p', { class: 'error', id: error, role: 'alert' });
  const comment = el('textarea', { id: field, rows: '2', maxlength: LONGEST_COMMENT });
  const group = el('fieldset', { 'aria-describedby': error }, el('legend', { id: title }, says.reasonTitle),
    ...Object.entries(says.reasons).map(([value, label]) => el('label', { class: 'reason' },
      el('input', { type: 'radio', name: title, value }), label)));
  const form = el('form', {
    class: 'card',
    'aria-labelledby': title,
    onkeydown: (event) => {
      if (event.key !== 'Escape') return;
      event.preventDefault();
      cancel();
    },
    onsubmit: (event) => {
      event.preventDefault();
      const reason = form.querySelector('input:checked')?.value;
      wrong.textContent = reason ? '' : says.reasonNeeded;
      if (reason) submit({ reason, comment: comment.value.trim() || undefined });
      else form.querySelector('input').focus();
    },
  }, group, wrong, el('label', { for: field }, says.comment), comment,
  el('div', { class: 'pair' },
    el('button', { type: 'submit', class: 'choice strong' }, says.sendRating),
    button(says.cancel, cancel, { class: 'choice' })));
  return form;
}
