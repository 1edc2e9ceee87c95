/**
 * The assistant on any page, in one tag:
 *
 *   <script src="https://assistant.example/static/widget.js" defer></script>
 *
 * shows a button, bottom right; the discussion itself is loaded when it is wanted. On the tag, or on an
 * <assistant-chat> that the page places itself:
 *
 *   data-endpoint  server of the assistant (by default the one that the script comes from)
 *   data-title     name shown at the top
 *   data-label     words of the button
 *   data-memory    how long the conversation is kept: tab (until it is closed), device, none
 *   data-mode      embedded: the discussion stands in the page and fills the box that it is put in
 *
 * Any element with `data-assistant-question` asks that question (or its own text) when it is clicked.
 * Nothing here is inline script, inline style or markup made of text: a page may forbid all three.
 */
(() => {
  'use strict';
  if (customElements.get('assistant-chat')) return;

  const script = document.currentScript || document.querySelector('script[src*="/widget.js"]');
  const ACTIVE = 'assistant-chat/active'; // written by widget/store.js: open, or with a message still to send
  const LABEL = 'Une question ?'; // these two are needed before strings.json is there
  const NOT_LOADED = 'La discussion n’a pas pu être chargée. Réessayer';
  const BUBBLE = 'M4 5h16v11H10l-4 4v-4H4z M8 9h8 M8 12h5';

  const STYLE = `
:host { all: initial !important; display: block !important; }
:host([data-mode="embedded"]) { height: 100% !important; }
:host([hidden]), [hidden] { display: none !important; }
.launcher, .panel {
  all: initial; direction: ltr; color-scheme: light dark; color: var(--text);
  font: medium/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif;
  --bg: #fff; --soft: #f1f5f6; --text: #17262c; --muted: #4a5b63; --line: #d3dce0; --edge: #6c7d86;
  --accent: #0b5768; --on-accent: #fff; --mine: #0b5768; --focus: #0b5768; --danger: #a3231b; --danger-bg: #fdf0ee;
  --relay: #2b6b3f; --relay-bg: #eef6f0; --warn: #6b4a00; --warn-bg: #fff6e0;
}
@media (prefers-color-scheme: dark) {
  .launcher, .panel {
    --bg: #141a1d; --soft: #1f282c; --text: #e7eef0; --muted: #a9b8be; --line: #37444a; --edge: #84959c;
    --accent: #83cbd9; --on-accent: #06262d; --mine: #1c5362; --focus: #9fdcea; --danger: #ffb3ab; --danger-bg: #3a1d1b;
    --relay: #8fd3a5; --relay-bg: #1b2e22; --warn: #f2cf83; --warn-bg: #33290f;
  }
}
.launcher {
  position: fixed; z-index: 2147483000; right: max(1.25em, env(safe-area-inset-right));
  bottom: max(1.25em, env(safe-area-inset-bottom)); box-sizing: border-box; max-width: calc(100vw - 2.5em);
  display: flex; align-items: center; gap: .6em; min-height: 3.25em; padding: .4em 1.3em .4em 1.1em;
  cursor: pointer; font-weight: 600; color: var(--on-accent); background: var(--accent);
  border: 1px solid transparent; border-radius: 2em; box-shadow: 0 4px 16px rgb(0 20 30 / .3);
}
.launcher:focus-visible { outline: 3px solid var(--focus); outline-offset: 3px; }
.launcher[aria-busy="true"] { cursor: progress; }
.launcher svg { flex: none; width: 1.35em; height: 1.35em; fill: none; stroke: currentColor; stroke-width: 1.8; stroke-linejoin: round; stroke-linecap: round; }
.launcher.unread::after { content: ""; flex: none; width: .7em; height: .7em; border-radius: 50%; background: #ffb84d; border: 1px solid #0003; }
@media (forced-colors: active) { .launcher { border-color: ButtonText; } }
@media print { :host { display: none !important; } }
`;

  class AssistantChat extends HTMLElement {
    connectedCallback() {
      this.onPageClick ??= (event) => this.askedByPage(event);
      document.addEventListener('click', this.onPageClick);
      if (!this.shadowRoot) {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(STYLE);
        this.attachShadow({ mode: 'open' }).adoptedStyleSheets = [sheet];
      }
      if (this.dataset.mode !== 'embedded') this.shadowRoot.append(this.button());
      if (this.dataset.mode === 'embedded' || active()) this.load().catch(() => {});
    }

    disconnectedCallback() {
      document.removeEventListener('click', this.onPageClick);
      this.chat?.then((chat) => chat.stop(), () => {});
      this.chat = undefined;
      this.shadowRoot.replaceChildren();
    }

    button() {
      const button = document.createElement('button');
      const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
      const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
      path.setAttribute('d', BUBBLE);
      svg.setAttribute('viewBox', '0 0 24 24');
      svg.setAttribute('aria-hidden', 'true');
      svg.append(path);
      this.label = document.createElement('span');
      this.label.textContent = this.dataset.label || LABEL;
      button.append(svg, this.label);
      for (const [name, value] of Object.entries({
        type: 'button', class: 'launcher', lang: 'fr', 'aria-haspopup': 'dialog', 'aria-expanded': 'false',
      })) button.setAttribute(name, value);
      button.addEventListener('click', () => this.open());
      const ahead = () => this.load().catch(() => {}); // a finger or a pointer that comes near wants it
      button.addEventListener('pointerenter', ahead, { once: true });
      this.launcher = button;
      return button;
    }

    /** The discussion, loaded once; after a failure the next call tries again. */
    load() {
      if (this.chat) return this.chat;
      const endpoint = this.dataset.endpoint || new URL('..', script.src).href;
      // The two that fetch something themselves are asked for together with the one that needs them.
      const parts = ['chat', 'strings', 'styles'].map((name) => import(new URL(`widget/${name}.js`, script.src).href));
      this.chat = Promise.all(parts)
        .then(([{ Chat }]) => new Chat(this, endpoint))
        .catch((error) => {
          this.chat = undefined;
          throw error;
        });
      return this.chat;
    }

    async open(then = (chat) => chat.open()) {
      this.launcher?.setAttribute('aria-busy', 'true');
      try {
        then(await this.load());
        if (this.label) this.label.textContent = this.dataset.label || LABEL;
      } catch {
        if (this.label) this.label.textContent = NOT_LOADED;
      }
      this.launcher?.removeAttribute('aria-busy');
    }

    ask(question) {
      return this.open((chat) => chat.ask(question));
    }

    askedByPage(event) {
      const source = event.target instanceof Element && event.target.closest('[data-assistant-question]');
      if (!source) return;
      event.preventDefault();
      this.ask(source.dataset.assistantQuestion || source.textContent.trim().replace(/\s+/g, ' '));
    }
  }

  function active() {
    try {
      return [sessionStorage, localStorage].some((storage) => storage.getItem(ACTIVE));
    } catch {
      return false; // a page may be denied storage
    }
  }

  function placeOne() {
    if (document.querySelector('assistant-chat')) return;
    const element = document.createElement('assistant-chat');
    Object.assign(element.dataset, script.dataset);
    document.body.append(element);
  }

  customElements.define('assistant-chat', AssistantChat);
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', placeOne);
  else placeOne();
})();
