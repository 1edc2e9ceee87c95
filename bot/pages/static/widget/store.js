/** The conversation and what is still to be done for it, kept in the tab, on the device or not at all. */

import { list, string } from './dom.js';

const KEY = 'assistant-chat/2'; // the number changes with the shape of what is kept
const ACTIVE = 'assistant-chat/active'; // read by widget.js: load the discussion with the page
const KEPT_MESSAGES = 200;
const KINDS = { tab: 'sessionStorage', device: 'localStorage' };

export function uuid() {
  if (crypto.randomUUID) return crypto.randomUUID(); // absent from pages served over plain http
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

export class Store {
  constructor(memory = 'tab') {
    try {
      this.storage = memory === 'none' ? null : window[KINDS[memory] ?? KINDS.tab];
    } catch {
      this.storage = null; // refused by the browser: memory only
    }
    this.read();
  }

  read() {
    let kept = {};
    try {
      kept = JSON.parse(this.storage?.getItem(KEY)) ?? {};
    } catch { /* not ours: begin anew */ }
    this.sender = string(kept.sender) || uuid();
    this.messages = list(kept.messages);
    this.erasing = list(kept.erasing); // conversations erased here, not yet on the server
    this.open = kept.open === true;
    this.size = Number.isInteger(kept.size) ? kept.size : 0;
  }

  save() {
    this.messages = this.messages.slice(-KEPT_MESSAGES);
    const { sender, messages, erasing, open, size } = this;
    try {
      this.storage?.setItem(KEY, JSON.stringify({ sender, messages, erasing, open, size }));
      if (open || this.pending.length || erasing.length) this.storage?.setItem(ACTIVE, '1');
      else this.storage?.removeItem(ACTIVE);
    } catch { /* full: memory only */ }
  }

  /** The member's messages that have no reply yet, in their order. */
  get pending() {
    return this.messages.filter((message) => message.state === 'pending');
  }

  /** What the last answers propose, until the member goes on. */
  get proposed() {
    const last = this.messages.map((message) => message.role).lastIndexOf('member');
    const replies = this.messages.slice(last + 1);
    return {
      buttons: replies.flatMap((message) => message.buttons),
      question: replies.map((message) => message.question).find(Boolean) ?? null,
    };
  }

  add(text, payload) {
    const message = { role: 'member', id: uuid(), text, payload, state: 'pending' };
    this.messages.push(message);
    this.save();
    return message;
  }

  /** Puts replies behind their message: others may have been written since. */
  answer(message, replies) {
    const added = replies.map((reply) => ({ ...reply, id: uuid(), to: message.id }));
    message.state = 'sent';
    this.messages.splice(this.messages.indexOf(message) + 1, 0, ...added);
    this.save();
    return added;
  }

  refuse(message, error) {
    Object.assign(message, { state: 'failed', error });
    this.save();
  }

  erase() {
    if (this.messages.length) this.erasing.push(this.sender);
    this.sender = uuid();
    this.messages = [];
    this.save();
  }
}
