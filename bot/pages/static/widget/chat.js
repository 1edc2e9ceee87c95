/** The discussion: what is kept (store), what leaves (outbox) and what is seen, put together. */

import { Api } from './api.js';
import { Composer } from './composer.js';
import { button, el, icon, unseen } from './dom.js';
import { questionInput } from './inputs.js';
import { Menu } from './menu.js';
import { assistantMessage, choices, memberMessage, showState, typing, welcome } from './messages.js';
import { Outbox } from './outbox.js';
import { print } from './share.js';
import { Store } from './store.js';
import { says } from './strings.js';
import { styles } from './styles.js';

const FULL_SCREEN = matchMedia('(max-width: 479.98px), (max-height: 399.98px)');
const FINE_POINTER = matchMedia('(pointer: fine)');
const ROOM_ABOVE = 72; // of a reply that arrives, so that the question above it is seen

export class Chat {
  /** The discussion in the shadow of `host`, an <assistant-chat> that has its launcher already, or is embedded. */
  constructor(host, endpoint) {
    this.host = host;
    this.root = host.shadowRoot;
    this.launcher = host.launcher;
    this.embedded = host.dataset.mode === 'embedded';
    this.store = new Store(host.dataset.memory);
    this.outbox = new Outbox(this.store, new Api(endpoint), {
      changed: () => this.refresh(),
      answered: (message, replies) => this.arrive(message, replies),
    });
    this.build();
    this.listen();
    this.redraw();
    if (this.store.open && !FULL_SCREEN.matches) this.open(false);
    this.outbox.hurry();
  }

  get opened() { return this.embedded || this.panel.open; }

  // ---------------------------------------------------------------- building

  build() {
    this.log = el('div', { class: 'log', role: 'log', 'aria-live': 'polite', 'aria-label': says.log, tabindex: '0' });
    this.status = el('div', { class: 'unseen', role: 'status' });
    this.notice = el('div', { class: 'notice', role: 'status' });
    this.typing = typing();
    this.composer = new Composer((text) => this.ask(text), (text) => this.tell(text));
    this.menu = new Menu({
      adviser: () => this.ask(says.adviser),
      print: () => { if (!print(this.store.messages)) this.tell(says.printBlocked); },
      erase: () => this.erase(),
      resize: () => this.resize((this.store.size + 1) % says.sizes.length),
    }, this.store.size);
    const parts = [this.header(), this.log, this.notice, this.composer.node, this.status, this.menu.dialog];
    this.panel = el(this.embedded ? 'section' : 'dialog', { class: 'panel', lang: 'fr', 'aria-labelledby': 'title', 'aria-describedby': 'machine' }, ...parts);
    this.panel.addEventListener('click', (event) => {
      if (!this.menu.node.contains(event.target)) this.menu.close();
    });
    this.resize(this.store.size);
    this.root.adoptedStyleSheets.push(styles);
    this.root.append(this.panel);
    if (!this.launcher) return;
    this.unread = unseen('');
    this.launcher.append(this.unread);
    this.panel.addEventListener('keydown', (event) => this.closeOnEscape(event));
    this.panel.addEventListener('cancel', (event) => {
      event.preventDefault();
      if (event.target === this.panel) this.close();
      else this.menu.dialog.close();
    });
  }

  header() {
    return el('header', {},
      el('span', { class: 'face' }, icon('chat')),
      el('div', { class: 'names' },
        el('h2', { id: 'title' }, this.host.dataset.title || says.name),
        el('p', {}, says.subtitle)),
      this.menu.node,
      !this.embedded && button(null, () => this.close(), { class: 'tool', 'aria-label': says.close }, 'close'));
  }

  listen() {
    this.stopped = new AbortController();
    const { signal } = this.stopped;
    window.addEventListener('online', () => this.outbox.hurry(), { signal });
    window.addEventListener('offline', () => this.refresh(), { signal });
    FULL_SCREEN.addEventListener('change', () => this.refit(), { signal });
    window.addEventListener('storage', ({ storageArea }) => { // another tab of the same conversation
      if (storageArea !== this.store.storage || this.outbox.turn) return;
      this.store.read();
      this.redraw();
    }, { signal });
  }

  stop() {
    this.stopped.abort();
    this.outbox.stop();
  }

  // ---------------------------------------------------------------- the panel

  open(focus = true) {
    if (!this.opened) {
      if (FULL_SCREEN.matches) this.panel.showModal();
      else this.panel.setAttribute('open', ''); // show() would move the focus
      this.launcher.hidden = true;
      this.launcher.setAttribute('aria-expanded', 'true');
      this.launcher.classList.remove('unread');
      this.unread.textContent = '';
      this.keepOpen(true);
      this.log.scrollTop = this.log.scrollHeight;
    }
    if (focus) this.settle();
  }

  close() {
    if (this.embedded || !this.panel.open) return;
    this.menu.close();
    this.panel.close();
    this.launcher.hidden = false;
    this.launcher.setAttribute('aria-expanded', 'false');
    this.keepOpen(false);
    this.launcher.focus();
  }

  keepOpen(open) {
    this.store.open = open;
    this.store.save();
  }

  /** A dialog is modal only while it fills the screen: change its nature with the size of the window. */
  refit() {
    if (this.embedded || !this.panel.open) return;
    const focused = this.root.activeElement;
    this.panel.close();
    this.open(false);
    focused?.focus();
  }

  closeOnEscape(event) {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    event.preventDefault();
    this.close();
  }

  resize(size) {
    this.panel.dataset.size = size;
    this.store.size = size;
    this.store.save();
    return size;
  }

  /** Focus where the member goes on: the field, or the messages where a field would raise a keyboard. */
  settle() {
    (FINE_POINTER.matches ? this.composer.input : this.log).focus({ preventScroll: true });
  }

  /** Says something to screen readers, again even when it is the same. */
  tell(text) {
    cancelAnimationFrame(this.told);
    this.status.textContent = '';
    this.told = requestAnimationFrame(() => { this.status.textContent = text; });
  }

  // ---------------------------------------------------------------- talking

  /** Sends a message; `payload` is what the server gets where it differs from what is shown. */
  ask(text, payload = text) {
    this.open();
    const message = this.store.add(text, payload);
    this.log.append(memberMessage(message));
    if (this.outbox.turn || this.outbox.trouble) this.refresh();
    else this.outbox.run();
    this.log.scrollTop = this.log.scrollHeight;
    if (this.embedded) this.host.scrollIntoView({ block: 'nearest' });
  }

  edit(message) {
    this.composer.write(message.text);
    this.composer.input.focus();
  }

  arrive(message, replies) {
    const nodes = replies.map((reply) => this.node(reply, true));
    this.find(message)?.after(...nodes);
    this.tell('');
    this.refresh();
    if (nodes.length) this.log.scrollTop = Math.min(nodes[0].offsetTop - ROOM_ABOVE, this.log.scrollHeight);
    if (this.opened) return;
    this.launcher.classList.add('unread');
    this.unread.textContent = says.unread;
  }

  async erase() {
    this.outbox.stop();
    this.store.erase();
    this.composer.write('');
    this.redraw();
    this.settle();
    this.tell((await this.outbox.forget()) ? says.erased : says.erasedLater);
  }

  // ---------------------------------------------------------------- showing

  find({ id }) {
    return this.log.querySelector(`[data-id="${CSS.escape(id)}"]`);
  }

  node(message, live) {
    if (message.role === 'member') return memberMessage(message);
    return assistantMessage(message, {
      live,
      tell: (text) => this.tell(text),
      rate: async (opinion) => {
        await this.outbox.api.rate(this.store.sender, { ...opinion, message_id: message.to });
        message.rated = opinion.rating;
        this.store.save();
      },
    });
  }

  redraw() {
    this.log.replaceChildren(welcome(), ...this.store.messages.map((message) => this.node(message, false)));
    this.refresh();
    this.log.scrollTop = this.log.scrollHeight;
  }

  /** What follows from the state of the conversation: what waits, what is proposed, that a reply is coming. */
  refresh() {
    const { turn, trouble } = this.outbox;
    const [underWay] = this.store.pending;
    for (const message of this.store.messages.filter(({ role }) => role === 'member')) {
      const waiting = message.state === 'pending' && (message !== underWay || Boolean(trouble));
      const state = this.find(message)?.querySelector('.state');
      if (state) showState(state, message, { waiting, edit: (wrong) => this.edit(wrong) });
    }
    this.showNotice(navigator.onLine ? trouble : says.offline);
    this.propose(underWay ? {} : this.store.proposed);
    const writing = turn && !trouble;
    if (writing && !this.typing.isConnected) this.tell(says.typing);
    if (writing) this.find(underWay).after(this.typing);
    else this.typing.remove();
  }

  showNotice(text) {
    if (this.notice.dataset.told === text) return;
    if (this.notice.dataset.told && !text) this.tell(says.back);
    this.notice.dataset.told = text;
    this.notice.replaceChildren(...(text ? [
      el('p', {}, icon('alert'), text),
      button(says.retryNow, () => this.outbox.hurry(), { class: 'choice' }, 'retry'),
    ] : []));
  }

  propose({ buttons = [], question = null }) {
    const focused = this.proposed?.contains(this.root.activeElement);
    this.proposed?.remove();
    this.proposed = buttons.length
      ? choices(buttons, (title, payload) => this.ask(title, payload || title))
      : questionInput(question, (text, payload) => this.ask(text, payload));
    if (this.proposed) this.log.append(this.proposed);
    if (focused) this.settle();
  }
}
