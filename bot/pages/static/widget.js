/**
 * <assistant-chat>: the chat of the assistant as one web component, without dependency or build.
 *
 *   <script src="https://assistant.example/static/widget.js" defer></script>
 *
 * is enough: a page without an <assistant-chat> of its own gets one, bottom right, that talks to the
 * server of the script. To place it: <assistant-chat mode="embedded" endpoint="https://…">.
 * Any element with a `data-assistant-question` attribute asks that question (or its own text) when clicked.
 *
 * Server text only ever becomes text nodes, styles are one constructed sheet and no attribute holds
 * script or style: a page may forbid inline code and demand trusted types.
 */
(() => {
  'use strict';
  if (customElements.get('assistant-chat')) return;

  const LIMIT = 2000; // characters of a message
  const WARN_FROM = 1800; // the counter shows from here
  const TIMEOUT_MS = 60000;
  const KEPT_MESSAGES = 200;
  const STORAGE_KEY = 'assistant-chat/1'; // the number changes with the shape of what is kept
  const ADVISER = 'Parler à un conseiller';

  const SAYS = {
    name: 'Assistant automatique',
    welcome: [
      'Bonjour, je suis un assistant automatique : une machine, pas une personne. Je cherche la réponse dans les '
        + 'documents de la mutuelle et je cite l’article.',
      'Pour votre sécurité, n’écrivez ni numéro de sécurité sociale, ni IBAN, ni mot de passe.',
    ],
    typing: 'L’assistant prépare une réponse',
    lost: 'Connexion perdue. Vérifiez votre accès à Internet, puis réessayez.',
    slow: 'L’assistant met trop de temps à répondre. Réessayez dans un instant.',
    down: 'Le service est momentanément indisponible. Réessayez dans quelques instants.',
    refused: 'Votre message n’a pas pu être traité. Modifiez-le, puis renvoyez-le.',
    wait: 'Une réponse est en cours : attendez-la avant d’envoyer un autre message.',
    left: 'La page a été quittée avant l’arrivée de la réponse.',
    silent: 'Je n’ai pas de réponse à ce message. Reformulez votre question ou demandez un conseiller.',
    erased: 'Conversation effacée.',
    copied: 'Réponse copiée.',
    uncopied: 'La copie n’a pas fonctionné : sélectionnez le texte.',
  };

  const DOCUMENTS = {
    'statuts-reglements-mgen': 'Statuts et règlements MGEN',
    'guide-fpe': 'Guide du contrat collectif de la fonction publique d’État',
    'guide-mgen-solutions': 'Guide MGEN Solutions',
    'espace-personnel-mgen': 'Aide de l’espace personnel MGEN',
    'espace-adherent-solutions': 'Aide de l’espace adhérent MGEN Solutions',
  };

  const LABELS = { emergency: 'Urgence', handover: 'Relais par un conseiller' };

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
  };

  // ---------------------------------------------------------------- small tools

  /** An element; `on…` attributes are listeners, undefined, null and false ones are left out. */
  function el(tag, attributes = {}, ...children) {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (value === undefined || value === null || value === false) continue;
      if (typeof value === 'function') node.addEventListener(name.slice(2), value);
      else node.setAttribute(name, value === true ? '' : value);
    }
    node.append(...children.filter((child) => child !== undefined && child !== null && child !== false));
    return node;
  }

  function icon(name) {
    const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
    path.setAttribute('d', ICONS[name]);
    svg.setAttribute('viewBox', '0 0 24 24');
    svg.setAttribute('aria-hidden', 'true');
    svg.setAttribute('class', `icon icon-${name}`);
    svg.append(path);
    return svg;
  }

  const unseen = (text) => el('span', { class: 'unseen' }, text);
  const string = (value) => (typeof value === 'string' ? value : '');
  const list = (value) => (Array.isArray(value) ? value : []);
  const size = (text) => Array.from(text).length; // as the server counts: code points

  function uuid() {
    if (crypto.randomUUID) return crypto.randomUUID(); // absent from pages served over plain http
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
  }

  async function copyText(text) {
    if (navigator.clipboard) return navigator.clipboard.writeText(text);
    const area = document.body.appendChild(el('textarea', { readonly: true }));
    area.value = text;
    area.select();
    const done = document.execCommand('copy');
    area.remove();
    if (!done) throw new Error('copy refused');
    return undefined;
  }

  // ---------------------------------------------------------------- light markdown, as nodes

  const INLINE = /\*\*(.+?)\*\*|\[([^\]\n]{1,200})\]\(((?:https:\/\/|tel:)[^\s()]{1,500})\)|(https:\/\/[^\s<>"»]*[^\s<>"».,;:!?)\]])/g;

  function link(label, address) {
    if (address.startsWith('tel:')) return el('a', { href: address }, label);
    return el('a', { href: address, target: '_blank', rel: 'noopener noreferrer' }, label, unseen(' (nouvelle fenêtre)'));
  }

  /** Bold and links of one line, the rest as text. */
  function inline(text) {
    const nodes = [];
    let end = 0;
    for (const match of text.matchAll(INLINE)) {
      const [whole, bold, label, address, bare] = match;
      nodes.push(text.slice(end, match.index));
      if (bold) nodes.push(el('strong', {}, ...inline(bold)));
      else nodes.push(link(bare || label, bare || address));
      end = match.index + whole.length;
    }
    nodes.push(text.slice(end));
    return nodes.filter((node) => node !== '');
  }

  const lineByLine = (lines) => lines.flatMap((line, i) => (i ? [el('br'), ...inline(line)] : inline(line)));
  const cells = (row) => row.trim().replace(/^\||\|$/g, '').split('|').map((cell) => cell.trim());
  const isRule = (row) => string(row).includes('|') && cells(row).every((cell) => /^:?-+:?$/.test(cell));
  const BULLET = /^\s*(?:[-*•]|(\d{1,3})[.)])\s+/;

  function table(rows) {
    const body = rows.filter((row) => !isRule(row)).map(cells);
    const head = body.shift();
    const right = isRule(rows[1]) ? cells(rows[1]).map((cell) => /^-+:$/.test(cell)) : [];
    const cell = (tag, text, i, scope) => el(tag, { scope, class: right[i] && 'right' }, ...inline(text));
    return el('div', { class: 'table', role: 'region', 'aria-label': 'Tableau', tabindex: '0' }, el('table', {},
      el('thead', {}, el('tr', {}, ...head.map((text, i) => cell('th', text, i, 'col')))),
      el('tbody', {}, ...body.map((row) => el('tr', {},
        ...row.map((text, i) => (i ? cell('td', text, i) : cell('th', text, i, 'row'))))))));
  }

  function bullets(lines) {
    const [, first] = BULLET.exec(lines[0]);
    const items = [];
    for (const line of lines) {
      if (BULLET.test(line)) items.push([line.replace(BULLET, '')]);
      else items[items.length - 1].push(line.trim());
    }
    return el(first ? 'ol' : 'ul', { start: first > 1 && first }, ...items.map((item) => el('li', {}, ...lineByLine(item))));
  }

  const BLOCKS = [
    {
      starts: (line, next) => line.includes('|') && (isRule(next) || (/^\s*\|/.test(line) && /^\s*\|/.test(next))),
      goesOn: (line) => line.includes('|'),
      build: table,
    },
    { starts: (line) => BULLET.test(line), goesOn: (line) => BULLET.test(line) || /^\s{2,}\S/.test(line), build: bullets },
    {
      starts: (line) => /^#{1,6}\s/.test(line),
      goesOn: () => false,
      build: ([line]) => el('p', {}, el('strong', {}, ...inline(line.replace(/^#+\s+/, '')))),
    },
    {
      starts: () => true,
      goesOn: (line, next) => line.trim() !== '' && !BLOCKS.slice(0, 3).some((block) => block.starts(line, next)),
      build: (lines) => el('p', {}, ...lineByLine(lines)),
    },
  ];

  function markdown(text) {
    const lines = text.replace(/\r\n?/g, '\n').split('\n');
    const nodes = [];
    for (let i = 0; i < lines.length;) {
      if (lines[i].trim() === '') {
        i += 1;
        continue;
      }
      const block = BLOCKS.find((candidate) => candidate.starts(lines[i], string(lines[i + 1])));
      let end = i + 1;
      while (end < lines.length && block.goesOn(lines[end], string(lines[end + 1]))) end += 1;
      nodes.push(block.build(lines.slice(i, end)));
      i = end;
    }
    return nodes;
  }

  const plain = (text) => text.replace(/\*\*(.+?)\*\*/g, '$1').replace(/\[([^\]\n]{1,200})\]\((?:https:\/\/|tel:)[^\s()]+\)/g, '$1');

  // ---------------------------------------------------------------- the server

  /** A message without reply: what to tell the member, and whether sending it again can help. */
  class Failure extends Error {
    constructor(message, again) {
      super(message);
      this.again = again;
    }
  }

  /** The parts of a reply that are shown, each of the type it must have. */
  function readReply(message) {
    const custom = (message && message.custom) || {};
    const buttons = list(message && message.buttons)
      .map((button) => ({ title: string(button && button.title), payload: string(button && button.payload) }));
    const choices = list(custom.question && custom.question.choices)
      .map((choice) => ({ title: string(choice && choice.title), payload: '' }));
    return {
      role: 'assistant',
      text: string(message && message.text),
      kind: string(custom.kind),
      sources: list(custom.sources)
        .map((source) => source || {})
        .map(({ document: name, reference, excerpt }) => ({
          document: string(name), reference: string(reference), excerpt: string(excerpt),
        }))
        .filter((source) => source.document || source.reference),
      buttons: (buttons.length ? buttons : choices).filter((button) => button.title),
    };
  }

  async function refusal(response, content) {
    const { error } = content || {};
    const again = response.status >= 500 || [408, 425, 429].includes(response.status);
    const told = response.status < 500 && string(error && error.message);
    return new Failure(told || (again ? SAYS.down : SAYS.refused), again);
  }

  /** Posts one message; the replies to show, or a Failure. */
  async function post(url, body, controller) {
    let late = false;
    const timer = setTimeout(() => { late = true; controller.abort(); }, TIMEOUT_MS);
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
        body: JSON.stringify(body),
        signal: controller.signal,
      });
      const received = await response.text();
      let content = null;
      try { content = JSON.parse(received); } catch { /* not JSON: refused below */ }
      if (!response.ok) throw await refusal(response, content);
      if (!Array.isArray(content)) throw new Failure(SAYS.down, true);
      return content.map(readReply).filter((reply) => reply.text || reply.buttons.length || reply.sources.length);
    } catch (error) {
      throw error instanceof Failure ? error : new Failure(late ? SAYS.slow : SAYS.lost, true);
    } finally {
      clearTimeout(timer);
    }
  }

  // ---------------------------------------------------------------- what stays across reloads

  /** Sender and transcript, in the tab's session storage, or in memory where storage is refused. */
  class Conversation {
    constructor() {
      this.reset();
      try {
        const kept = JSON.parse(sessionStorage.getItem(STORAGE_KEY));
        if (kept && string(kept.sender)) {
          this.sender = kept.sender;
          this.messages = list(kept.messages);
          this.open = kept.open === true;
        }
      } catch { /* no storage or not ours: begin anew */ }
      for (const message of this.messages) {
        if (message.state === 'pending') Object.assign(message, { state: 'failed', error: SAYS.left, again: true });
      }
    }

    reset() {
      this.sender = uuid();
      this.messages = [];
      this.open = false;
    }

    save() {
      this.messages = this.messages.slice(-KEPT_MESSAGES);
      try {
        sessionStorage.setItem(STORAGE_KEY, JSON.stringify(this));
      } catch { /* memory only */ }
    }

    erase() {
      const { open } = this;
      this.reset();
      this.open = open;
      try { sessionStorage.removeItem(STORAGE_KEY); } catch { /* memory only */ }
    }

    add(message) {
      const added = { id: uuid(), ...message };
      this.messages.push(added);
      this.save();
      return added;
    }

    /** The replies that one may still choose: those that came after the member's last message. */
    get choices() {
      const last = this.messages.map((message) => message.role).lastIndexOf('member');
      return this.messages.slice(last + 1).flatMap((message) => message.buttons || []);
    }
  }

  // ---------------------------------------------------------------- the messages as nodes

  function sourcesOf(sources) {
    return el('details', { class: 'sources' },
      el('summary', {}, `Sources (${sources.length})`),
      el('ul', {}, ...sources.map(({ document: name, reference, excerpt }) => el('li', {},
        el('cite', {}, reference || DOCUMENTS[name] || name),
        reference && name && el('span', { class: 'document' }, DOCUMENTS[name] || name),
        excerpt && el('blockquote', {}, excerpt)))));
  }

  function copyable({ text, sources }) {
    const references = sources.map((source) => source.reference).filter(Boolean);
    return plain(text) + (references.length ? `\n\nSources : ${references.join(' ; ')}` : '');
  }

  function copyButton(message, tell) {
    const label = el('span', {}, 'Copier');
    const button = el('button', { type: 'button', class: 'copy', 'aria-label': 'Copier la réponse' }, icon('copy'), label);
    button.addEventListener('click', async () => {
      try {
        await copyText(copyable(message));
        label.textContent = 'Copié';
        tell(SAYS.copied);
        setTimeout(() => { label.textContent = 'Copier'; }, 2000);
      } catch {
        tell(SAYS.uncopied);
      }
    });
    return button;
  }

  /** An assistant's message; `live` when it arrives now, and not with a page that is read again. */
  function assistantNode(message, tell, live) {
    const { kind, text, sources } = message;
    const urgent = kind === 'emergency';
    const label = LABELS[kind];
    return el('div', { class: 'message assistant', 'data-kind': kind || null },
      el('div', { class: 'bubble', role: urgent && live && 'alert' },
        unseen('Assistant : '),
        label && el('p', { class: 'label' }, icon(urgent ? 'alert' : 'person'), label),
        ...markdown(text)),
      el('div', { class: 'after' }, sources.length > 0 && sourcesOf(sources), text && copyButton(message, tell)));
  }

  function memberNode(message) {
    return el('div', { class: 'message member' },
      el('div', { class: 'bubble' }, unseen('Vous : '), el('p', {}, message.text)),
      el('div', { class: 'state' }));
  }

  function welcomeNode() {
    return el('div', { class: 'message assistant welcome' },
      el('div', { class: 'bubble' }, ...SAYS.welcome.map((text) => el('p', {}, text))));
  }

  // ---------------------------------------------------------------- the component

  const FULL_SCREEN = matchMedia('(max-width: 479.98px), (max-height: 399.98px)');
  const FINE_POINTER = matchMedia('(pointer: fine)');

  class AssistantChat extends HTMLElement {
    connectedCallback() {
      this.onPageClick = (event) => this.askedByPage(event);
      this.onResize = () => this.refit();
      document.addEventListener('click', this.onPageClick);
      FULL_SCREEN.addEventListener('change', this.onResize);
      if (this.shadowRoot) return;
      this.conversation = new Conversation();
      this.turn = null; // the exchange under way
      this.states = new Map(); // the member's messages, and where each one's failure is shown
      this.build();
      this.conversation.messages.forEach((message) => this.show(message, false));
      this.refresh();
      if (this.conversation.open && !FULL_SCREEN.matches) this.open(false);
      this.log.scrollTop = this.log.scrollHeight;
    }

    disconnectedCallback() {
      document.removeEventListener('click', this.onPageClick);
      FULL_SCREEN.removeEventListener('change', this.onResize);
    }

    get embedded() { return this.getAttribute('mode') === 'embedded'; }

    get url() {
      const base = (this.getAttribute('endpoint') || '').replace(/\/+$/, '');
      return `${base}/webhooks/rest/webhook`;
    }

    // -------------------------------------------------------------- building

    build() {
      const root = this.attachShadow({ mode: 'open' });
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(CSS_TEXT);
      root.adoptedStyleSheets = [sheet];
      this.log = el('div', { class: 'log', role: 'log', 'aria-live': 'polite', 'aria-label': 'Conversation', tabindex: '0' },
        welcomeNode());
      this.status = el('div', { class: 'unseen', role: 'status' });
      this.typing = el('div', { class: 'typing', 'aria-hidden': 'true' }, el('i'), el('i'), el('i'));
      const parts = [this.buildHeader(), this.log, this.buildForm(), this.status];
      this.panel = this.embedded
        ? el('section', { class: 'panel', lang: 'fr', 'aria-labelledby': 'title' }, ...parts)
        : el('dialog', { class: 'panel', lang: 'fr', 'aria-labelledby': 'title', onkeydown: (event) => this.closeOnEscape(event), oncancel: (event) => { event.preventDefault(); this.close(); } }, ...parts);
      this.panel.addEventListener('click', (event) => { if (!this.around.contains(event.target)) this.closeMenu(); });
      root.append(this.panel);
      if (this.embedded) return;
      this.badge = unseen('');
      this.launcher = el('button', { type: 'button', class: 'launcher', lang: 'fr', 'aria-haspopup': 'dialog', 'aria-expanded': 'false', onclick: () => this.open() },
        icon('chat'), el('span', {}, 'Une question ?'), this.badge);
      root.append(this.launcher);
    }

    buildHeader() {
      const act = (name, label, action) => el('button', { type: 'button', class: 'act', onclick: action }, icon(name), label);
      this.actions = el('div', {},
        act('person', ADVISER, () => { this.closeMenu(); this.ask(ADVISER); }),
        act('erase', 'Effacer la conversation', () => this.confirmErasure(true)));
      this.confirmation = el('div', { role: 'group', 'aria-labelledby': 'sure', hidden: true },
        el('p', { id: 'sure' }, 'Effacer toute la conversation ?'),
        el('div', { class: 'pair' },
          el('button', { type: 'button', class: 'choice danger', onclick: () => this.erase() }, 'Effacer'),
          el('button', { type: 'button', class: 'choice', onclick: () => this.confirmErasure(false) }, 'Annuler')));
      this.menu = el('div', { class: 'menu', id: 'menu', hidden: true }, this.actions, this.confirmation);
      this.menuButton = el('button', { type: 'button', class: 'tool', 'aria-label': 'Menu de la conversation', 'aria-expanded': 'false', 'aria-controls': 'menu', onclick: () => this.toggleMenu() }, icon('menu'));
      this.around = el('div', {
        class: 'around',
        onkeydown: (event) => this.leaveMenuOnEscape(event),
        onfocusout: (event) => { if (event.relatedTarget && !this.around.contains(event.relatedTarget)) this.closeMenu(); },
      }, this.menuButton, this.menu);
      return el('header', {},
        el('span', { class: 'face' }, icon('chat')),
        el('div', { class: 'names' },
          el('h2', { id: 'title' }, SAYS.name),
          el('p', {}, 'Une machine vous répond, à titre indicatif')),
        this.around,
        !this.embedded && el('button', { type: 'button', class: 'tool', 'aria-label': 'Fermer la conversation', onclick: () => this.close() }, icon('close')));
    }

    buildForm() {
      this.input = el('textarea', { id: 'input', rows: '1', placeholder: 'Écrivez votre question…', enterkeyhint: 'send', autocomplete: 'off', 'aria-describedby': 'hint counter', oninput: () => this.count(), onkeydown: (event) => this.sendOnEnter(event) });
      this.counter = el('span', { id: 'counter', class: 'counter' });
      this.sendButton = el('button', { type: 'submit', class: 'send', 'aria-label': 'Envoyer' }, icon('send'));
      return el('form', { onsubmit: (event) => { event.preventDefault(); this.submit(); } },
        el('label', { class: 'unseen', for: 'input' }, 'Votre question'),
        el('div', { class: 'field' }, this.input, this.sendButton),
        el('div', { class: 'notes' },
          el('span', { id: 'hint', class: 'hint' }, 'Entrée pour envoyer, Maj + Entrée pour aller à la ligne'), this.counter));
    }

    // -------------------------------------------------------------- the panel

    open(focus = true) {
      if (this.embedded || this.panel.open) return;
      if (FULL_SCREEN.matches) this.panel.showModal();
      else this.panel.setAttribute('open', ''); // show() would move the focus
      this.launcher.hidden = true;
      this.launcher.setAttribute('aria-expanded', 'true');
      this.badge.textContent = '';
      this.launcher.classList.remove('unread');
      this.keepOpen(true);
      this.log.scrollTop = this.log.scrollHeight;
      if (focus) this.settle();
    }

    close() {
      if (this.embedded || !this.panel.open) return;
      this.closeMenu();
      this.panel.close();
      this.launcher.hidden = false;
      this.launcher.setAttribute('aria-expanded', 'false');
      this.keepOpen(false);
      this.launcher.focus();
    }

    keepOpen(open) {
      this.conversation.open = open;
      this.conversation.save();
    }

    /** A dialog is modal only while it fills the screen: change its nature with the size of the window. */
    refit() {
      if (this.embedded || !this.panel.open) return;
      const focused = this.shadowRoot.activeElement;
      this.panel.close();
      this.open(false);
      if (focused) focused.focus();
    }

    closeOnEscape(event) {
      if (event.key !== 'Escape' || event.defaultPrevented) return;
      event.preventDefault();
      this.close();
    }

    toggleMenu() {
      if (!this.menu.hidden) {
        this.closeMenu();
        return;
      }
      this.menu.hidden = false;
      this.menuButton.setAttribute('aria-expanded', 'true');
      this.actions.querySelector('button').focus();
    }

    closeMenu() {
      this.menu.hidden = true;
      this.menuButton.setAttribute('aria-expanded', 'false');
      this.actions.hidden = false;
      this.confirmation.hidden = true;
    }

    leaveMenuOnEscape(event) {
      if (event.key !== 'Escape' || this.menu.hidden) return;
      event.preventDefault();
      this.closeMenu();
      this.menuButton.focus();
    }

    confirmErasure(asked) {
      this.actions.hidden = asked;
      this.confirmation.hidden = !asked;
      const [first, last] = [this.confirmation.querySelector('button'), this.actions.lastElementChild];
      (asked ? first : last).focus();
    }

    erase() {
      if (this.turn) this.turn.abort();
      this.turn = null;
      this.conversation.erase();
      this.closeMenu();
      this.states.clear();
      this.log.replaceChildren(welcomeNode());
      this.input.value = '';
      this.count();
      this.refresh();
      this.tell(SAYS.erased);
      this.settle();
    }

    /** Focus where the member goes on: the field, or the messages where a field would raise a keyboard. */
    settle() {
      (FINE_POINTER.matches ? this.input : this.log).focus({ preventScroll: true });
    }

    /** Says something to screen readers, again even when it is the same. */
    tell(text) {
      cancelAnimationFrame(this.told);
      this.status.textContent = '';
      this.told = requestAnimationFrame(() => { this.status.textContent = text; });
    }

    // -------------------------------------------------------------- sending

    count() {
      const length = size(this.input.value);
      const over = length > LIMIT;
      const shown = length >= WARN_FROM;
      const wasOver = this.counter.classList.contains('over');
      const wasShown = this.counter.textContent !== '';
      const number = (value) => value.toLocaleString('fr-FR');
      this.counter.textContent = shown ? `${number(length)} / ${number(LIMIT)}${over ? ' : message trop long' : ''}` : '';
      this.counter.classList.toggle('over', over);
      this.input.setAttribute('aria-invalid', String(over));
      this.input.rows = Math.min(6, this.input.value.split('\n').length); // where field-sizing is unknown
      if (shown !== wasShown || over !== wasOver) this.tell(this.counter.textContent);
      this.enable();
    }

    enable() {
      const ready = !this.turn && this.input.value.trim() !== '' && size(this.input.value) <= LIMIT;
      this.sendButton.setAttribute('aria-disabled', String(!ready));
    }

    sendOnEnter(event) {
      if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.submit();
    }

    submit() {
      const text = this.input.value.trim();
      if (this.turn || text === '') return;
      if (size(this.input.value) > LIMIT) {
        this.tell(this.counter.textContent);
        return;
      }
      this.input.value = '';
      this.count();
      this.ask(text);
    }

    /** Sends a message; `payload` is what the server gets where it differs from what is shown. */
    ask(text, payload = text) {
      this.open(false);
      this.settle();
      if (this.turn) {
        this.tell(SAYS.wait);
        if (this.input.value) return; // a draft is worth more than a click
        this.input.value = text;
        this.count();
        return;
      }
      const message = this.conversation.add({ role: 'member', text, payload, state: 'pending' });
      this.show(message, true);
      this.deliver(message);
    }

    askedByPage(event) {
      if (!event.composedPath().includes(this)) this.closeMenu();
      const source = event.target instanceof Element && event.target.closest('[data-assistant-question]');
      if (!source) return;
      event.preventDefault();
      this.ask(source.getAttribute('data-assistant-question') || source.textContent.trim().replace(/\s+/g, ' '));
      if (this.embedded) this.scrollIntoView({ block: 'nearest' });
    }

    async deliver(message) {
      if (this.turn) return;
      const turn = new AbortController();
      this.turn = turn;
      Object.assign(message, { state: 'pending', error: undefined });
      this.conversation.save();
      this.refresh();
      this.tell(SAYS.typing);
      let replies = [];
      try {
        const body = { sender: this.conversation.sender, message: message.payload, metadata: { message_id: message.id } };
        replies = await post(this.url, body, turn);
        if (!replies.length) replies = [readReply({ text: SAYS.silent })];
        message.state = 'sent';
      } catch (failure) {
        Object.assign(message, { state: 'failed', error: failure.message, again: failure.again });
      }
      if (this.turn !== turn) return; // erased meanwhile
      this.turn = null;
      this.tell('');
      const shown = replies.map((reply) => this.show(this.conversation.add(reply), true));
      this.conversation.save();
      this.refresh();
      if (shown.length) this.arrive(shown[0]);
    }

    retry(message) {
      this.settle();
      this.deliver(message);
    }

    edit(message) {
      this.input.value = message.text;
      this.count();
      this.input.focus();
    }

    // -------------------------------------------------------------- showing

    show(message, live) {
      const node = message.role === 'member' ? memberNode(message) : assistantNode(message, (text) => this.tell(text), live);
      if (message.role === 'member') this.states.set(message, node.querySelector('.state'));
      this.log.append(node);
      return node;
    }

    /** What follows from the state of the conversation: failures, choices, the sign that a reply is coming. */
    refresh() {
      this.states.forEach((node, message) => this.showState(node, message));
      this.typing.remove();
      if (this.choices) this.choices.remove();
      const { choices } = this.conversation;
      if (choices.length && !this.turn) {
        this.choices = el('div', { class: 'choices', role: 'group', 'aria-label': 'Réponses proposées' },
          ...choices.map(({ title, payload }) => el('button', { type: 'button', class: 'choice', onclick: () => this.ask(title, payload || title) }, title)));
        this.log.append(this.choices);
      }
      if (this.turn) this.log.append(this.typing);
      this.enable();
      this.log.scrollTop = this.log.scrollHeight;
    }

    showState(node, message) {
      const failed = message.state === 'failed';
      if (failed === node.hasChildNodes()) return;
      const act = (label, name, action) => el('button', { type: 'button', class: 'choice', onclick: action }, name && icon(name), label);
      node.replaceChildren(...(failed ? [
        el('p', {}, icon('alert'), message.error),
        message.again
          ? act('Réessayer', 'retry', () => this.retry(message))
          : act('Modifier', null, () => this.edit(message)),
      ] : []));
    }

    /** Brings a reply in view from its beginning, with the question above it where there is room. */
    arrive(node) {
      const room = 72;
      this.log.scrollTop = Math.min(node.offsetTop - room, this.log.scrollHeight);
      if (this.embedded || this.panel.open) return;
      this.launcher.classList.add('unread');
      this.badge.textContent = ' (nouvelle réponse)';
    }
  }

  // ---------------------------------------------------------------- the styles

  const CSS_TEXT = `
:host { display: block; }
.panel, .launcher {
  all: initial; direction: ltr; color-scheme: light dark; color: var(--text);
  font: medium/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif;
  --bg: #fff; --soft: #f2f5f6; --text: #1a282e; --muted: #4d5e66; --line: #d3dce0; --edge: #6c7d86;
  --accent: #0b5768; --on-accent: #fff; --mine: #0b5768; --on-mine: #fff; --focus: #0b5768;
  --danger: #b3261e; --danger-bg: #fdf0ee; --relay-bg: #eef5f0; --relay: #2b6b3f;
}
@media (prefers-color-scheme: dark) {
  .panel, .launcher {
    --bg: #151b1e; --soft: #20292d; --text: #e7eef0; --muted: #a9b8be; --line: #37444a; --edge: #84959c;
    --accent: #83cbd9; --on-accent: #06262d; --mine: #1c5362; --on-mine: #fff; --focus: #83cbd9;
    --danger: #ff9a90; --danger-bg: #3a1d1b; --relay-bg: #1b2e22; --relay: #8fd3a5;
  }
}
:host([hidden]), [hidden] { display: none !important; }
:host([mode="embedded"]) { height: min(40em, 85vh); min-height: 24em; }
*, *::before, *::after { box-sizing: border-box; }
p, ul, ol, h2, blockquote { margin: 0; padding: 0; font: inherit; }
button, textarea { font: inherit; color: inherit; margin: 0; }
button { cursor: pointer; touch-action: manipulation; }
.unseen { position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.icon { width: 1.25em; height: 1.25em; flex: none; fill: none; stroke: currentColor; stroke-width: 1.8; stroke-linecap: round; stroke-linejoin: round; }
.icon-menu { stroke-width: 3; }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; }

.panel { display: flex; flex-direction: column; position: relative; width: 100%; height: 100%; margin: 0; padding: 0; overflow: hidden; background: var(--bg); border: 1px solid var(--line); border-radius: 14px; }
dialog.panel:not([open]) { display: none; }
dialog.panel { position: fixed; z-index: 2147483000; inset: auto 1.25em 1.25em auto; width: 25em; max-width: calc(100vw - 2.5em); height: min(42em, calc(100dvh - 2.5em)); max-height: none; box-shadow: 0 12px 40px rgb(0 20 30 / .28); }
dialog.panel::backdrop { background: none; }
.launcher { position: fixed; z-index: 2147483000; right: 1.25em; bottom: 1.25em; display: flex; align-items: center; gap: .6em; min-height: 3.25em; padding: 0 1.3em 0 1.1em; cursor: pointer; font-weight: 600; color: var(--on-accent); background: var(--accent); border: 1px solid transparent; border-radius: 2em; box-shadow: 0 4px 16px rgb(0 20 30 / .3); }
.launcher:focus-visible { outline-offset: 3px; }
.launcher.unread::after { content: ""; width: .7em; height: .7em; border-radius: 50%; background: #ffb84d; border: 1px solid #0003; }

header { display: flex; align-items: center; gap: .7em; padding: .7em .6em .7em .9em; background: var(--soft); border-bottom: 1px solid var(--line); }
.face { display: grid; place-items: center; flex: none; width: 2.4em; height: 2.4em; border-radius: 50%; color: var(--on-accent); background: var(--accent); }
.names { flex: 1; min-width: 0; overflow-wrap: anywhere; line-height: 1.3; }
h2 { font-weight: 650; font-size: 1.05em; }
.names p { color: var(--muted); font-size: .84em; }
.tool { display: grid; place-items: center; flex: none; width: 2.75em; height: 2.75em; padding: 0; background: none; border: 1px solid transparent; border-radius: 10px; }
.tool:hover, .tool[aria-expanded="true"] { background: var(--bg); border-color: var(--line); }
.around { position: relative; flex: none; }
.menu { position: absolute; z-index: 2; top: calc(100% + .3em); right: 0; width: max-content; max-width: min(18em, 80vw); padding: .4em; background: var(--bg); border: 1px solid var(--line); border-radius: 12px; box-shadow: 0 8px 28px rgb(0 20 30 / .22); }
.menu p { padding: .4em .5em .6em; }
.act { display: flex; align-items: center; gap: .7em; width: 100%; min-height: 2.75em; padding: .4em .7em; text-align: start; background: none; border: 0; border-radius: 8px; }
.act:hover { background: var(--soft); }
.act:focus-visible { outline-offset: -2px; }
.pair { display: flex; gap: .5em; padding: 0 .4em .3em; }

.log { flex: 1; min-height: 0; position: relative; overflow: auto; overscroll-behavior: contain; padding: 1em .9em; display: flex; flex-direction: column; gap: .9em; scrollbar-width: thin; }
.log:focus-visible { outline-offset: -3px; }
.message { display: flex; flex-direction: column; align-items: flex-start; max-width: 94%; min-width: 0; }
.bubble { max-width: 100%; padding: .65em .9em; overflow-wrap: anywhere; background: var(--soft); border: 1px solid var(--line); border-radius: 4px 14px 14px 14px; }
.bubble > * + *:not(.unseen) { margin-top: .6em; }
.bubble > .unseen + * { margin-top: 0; }
.member { align-self: flex-end; align-items: flex-end; max-width: 86%; }
.member .bubble { color: var(--on-mine); background: var(--mine); border-color: transparent; border-radius: 14px 14px 4px 14px; white-space: pre-wrap; }
.welcome .bubble { background: none; border-style: dashed; color: var(--muted); font-size: .94em; }
.bubble strong { font-weight: 650; }
.bubble ul, .bubble ol { padding-inline-start: 1.3em; }
.bubble li + li { margin-top: .25em; }
a { color: var(--accent); text-underline-offset: .15em; border-radius: 2px; }
.label { display: flex; align-items: center; gap: .4em; font-weight: 650; color: var(--relay); }
[data-kind="handover"] .bubble { background: var(--relay-bg); border-color: var(--relay); border-left-width: 4px; }
[data-kind="emergency"] { align-self: stretch; max-width: 100%; }
[data-kind="emergency"] .bubble { width: 100%; background: var(--danger-bg); border: 2px solid var(--danger); border-left-width: 6px; }
[data-kind="emergency"] .label { color: var(--danger); }
[data-kind="emergency"] a { color: inherit; font-weight: 650; }

.table { max-width: 100%; overflow-x: auto; border: 1px solid var(--line); border-radius: 8px; background: var(--bg); }
table { border-collapse: collapse; width: 100%; font-size: .92em; line-height: 1.35; overflow-wrap: normal; }
th, td { padding: .45em .65em; text-align: start; vertical-align: top; border-bottom: 1px solid var(--line); font-weight: normal; }
tbody tr:last-child > * { border-bottom: 0; }
thead th { font-weight: 650; white-space: nowrap; }
td { font-variant-numeric: tabular-nums; }
.right { text-align: end; white-space: nowrap; }

.after { display: flex; flex-wrap: wrap; align-items: flex-start; justify-content: space-between; gap: .1em .6em; width: 100%; padding: .15em .2em 0; font-size: .875em; color: var(--muted); }
.sources { flex: 0 1 auto; min-width: 0; overflow-wrap: anywhere; }
.sources[open] { flex: 1 1 100%; }
summary, .copy { display: inline-flex; align-items: center; gap: .4em; min-height: 2.3em; padding: 0 .5em; background: none; border: 0; border-radius: 8px; cursor: pointer; }
summary { list-style: none; }
summary::-webkit-details-marker { display: none; }
summary::before { content: ""; width: .45em; height: .45em; margin: 0 .15em; border: solid currentColor; border-width: 0 2px 2px 0; transform: rotate(-45deg); }
.sources[open] > summary::before { transform: translateY(-15%) rotate(45deg); }
summary:hover, .copy:hover { color: var(--text); background: var(--soft); }
.copy { margin-inline-start: auto; }
.sources ul { list-style: none; display: grid; gap: .6em; padding: .3em 0 .5em .6em; margin-inline-start: .6em; border-inline-start: 2px solid var(--line); }
.sources li { display: grid; gap: .15em; }
cite { font-style: normal; font-weight: 600; color: var(--text); }
blockquote { padding-inline-start: .6em; border-inline-start: 2px solid var(--edge); color: var(--text); white-space: pre-line; }

.state { display: flex; flex-wrap: wrap; align-items: center; justify-content: flex-end; gap: .5em; font-size: .9em; }
.state:not(:empty) { padding-top: .45em; }
.state p { display: flex; align-items: flex-start; gap: .4em; color: var(--danger); }
.choices { display: flex; flex-wrap: wrap; gap: .5em; }
.choice { display: inline-flex; align-items: center; gap: .45em; min-height: 2.6em; padding: .35em 1em; text-align: start; overflow-wrap: anywhere; color: var(--accent); background: var(--bg); border: 1.5px solid var(--accent); border-radius: 1.4em; font-weight: 550; }
.choice:hover { color: var(--on-accent); background: var(--accent); }
.choice.danger { color: var(--danger); border-color: var(--danger); }
.choice.danger:hover { color: var(--bg); background: var(--danger); }

.typing { display: flex; gap: .35em; width: max-content; padding: .9em 1em; background: var(--soft); border: 1px solid var(--line); border-radius: 4px 14px 14px 14px; }
.typing i { width: .5em; height: .5em; border-radius: 50%; background: var(--edge); }

form { padding: .7em .8em .5em; border-top: 1px solid var(--line); background: var(--bg); }
.field { display: flex; align-items: flex-end; gap: .4em; padding: .3em; border: 1.5px solid var(--edge); border-radius: 14px; background: var(--bg); }
.field:focus-within { border-color: var(--focus); box-shadow: 0 0 0 2px var(--focus); }
textarea { flex: 1; min-width: 0; max-height: 9.5em; min-height: 2.5em; padding: .45em .55em; resize: none; field-sizing: content; line-height: 1.45; background: none; border: 0; outline: 2px solid transparent; }
textarea::placeholder { color: var(--muted); opacity: 1; }
.send { display: grid; place-items: center; flex: none; width: 2.75em; height: 2.75em; padding: 0; color: var(--on-accent); background: var(--accent); border: 1px solid transparent; border-radius: 11px; }
.send[aria-disabled="true"] { color: var(--muted); background: var(--soft); border-color: var(--line); cursor: default; }
.notes { display: flex; justify-content: space-between; flex-wrap: wrap; gap: 0 1em; min-height: 1.6em; padding: .25em .4em 0; font-size: .8em; color: var(--muted); }
.counter { margin-inline-start: auto; font-variant-numeric: tabular-nums; }
.counter.over { color: var(--danger); font-weight: 600; }

@media (max-width: 479.98px), (max-height: 399.98px) {
  dialog.panel { inset: 0; width: 100%; max-width: none; height: 100dvh; border: 0; border-radius: 0; }
  .launcher { right: .8em; bottom: .8em; }
}
@media (max-width: 479.98px) { .hint { display: none; } }
@media (max-height: 399.98px) {
  header { padding-block: .2em; }
  .names p, .hint { display: none; }
  form { padding-block: .3em; }
  .notes { min-height: 0; }
  textarea { max-height: 5em; }
}
@media (prefers-reduced-motion: no-preference) {
  .log { scroll-behavior: smooth; }
  .message, .choices { animation: rise .18s ease-out; }
  .typing i { animation: beat 1.2s infinite ease-in-out; }
  .typing i:nth-child(2) { animation-delay: .15s; }
  .typing i:nth-child(3) { animation-delay: .3s; }
  @keyframes rise { from { opacity: 0; transform: translateY(6px); } }
  @keyframes beat { 0%, 60%, 100% { opacity: .35; } 30% { opacity: 1; } }
}
@media (forced-colors: active) {
  .member .bubble, .launcher, .send, .face { border: 1px solid; }
  .typing i { background: CanvasText; }
}
`;

  // ---------------------------------------------------------------- start

  const script = document.currentScript; // null for a module: the page then places the element itself
  customElements.define('assistant-chat', AssistantChat);

  function placeOne() {
    if (document.querySelector('assistant-chat')) return;
    const endpoint = script.dataset.endpoint || new URL(script.src).origin;
    document.body.append(el('assistant-chat', { endpoint }));
  }

  if (script && script.src) {
    if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', placeOne);
    else placeOne();
  }
})();
