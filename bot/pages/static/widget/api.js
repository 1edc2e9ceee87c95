/** The server: one message, one opinion, one erasure. What comes back has the shape that the rest expects. */

import { list, string } from './dom.js';
import { says } from './strings.js';

const TIMEOUT_MS = 30000;
const PASSING = [408, 425, 429]; // of the 4xx, those that another try may not get

/** No reply: what to tell the member, and whether the same message may be sent again by itself. */
export class Failure extends Error {
  constructor(message, again) {
    super(message);
    this.again = again;
  }
}

export class Api {
  constructor(endpoint) {
    this.base = endpoint.replace(/\/+$/, '');
  }

  /** The assistant's replies to a message; its id makes it one message however often it is sent. */
  async say(sender, { id, text, payload }, controller) {
    const body = { sender, message: payload || text, metadata: { message_id: id } };
    const content = await this.send('POST', '/webhooks/rest/webhook', body, controller);
    if (!Array.isArray(content)) throw new Failure(says.unavailable, true);
    const replies = content.map(read).filter((reply) => reply.text || reply.buttons.length || reply.sources.length);
    return replies.length ? replies : [read({ text: says.silent })];
  }

  rate(sender, opinion) {
    return this.send('POST', '/api/feedback', { sender, ...opinion });
  }

  erase(sender) {
    return this.send('DELETE', `/api/conversations/${encodeURIComponent(sender)}`);
  }

  async send(method, path, body, controller = new AbortController()) {
    const timer = setTimeout(() => controller.abort(), TIMEOUT_MS);
    try {
      const response = await fetch(this.base + path, {
        method,
        headers: body && { 'Content-Type': 'application/json' },
        body: body && JSON.stringify(body),
        signal: controller.signal,
        credentials: 'omit',
        cache: 'no-store',
      });
      const content = parsed(await response.text());
      if (response.ok) return content;
      const again = response.status >= 500 || PASSING.includes(response.status);
      throw new Failure(again ? says.unavailable : string(content?.error?.message) || says.refused, again);
    } catch (error) {
      throw error instanceof Failure ? error : new Failure(navigator.onLine ? says.unavailable : says.offline, true);
    } finally {
      clearTimeout(timer);
    }
  }
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null; // an error page of something in between
  }
}

function read(message) {
  const custom = message?.custom ?? {};
  return {
    role: 'assistant',
    text: string(message?.text),
    kind: string(custom.kind),
    sources: list(custom.sources).map(source).filter((found) => found.document || found.reference),
    buttons: list(message?.buttons).map(choice).filter((found) => found.title),
    question: custom.kind === 'question' ? question(custom.question) : null,
  };
}

const choice = (given) => ({ title: string(given?.title), payload: string(given?.payload) });

const source = (given) => ({
  document: string(given?.document), reference: string(given?.reference), excerpt: string(given?.excerpt),
});

const number = (given) => (given === null || given === undefined || given === '' ? null : Number(given));

const question = (given) => given && {
  label: string(given.label),
  type: string(given.type),
  unit: string(given.unit),
  minimum: number(given.minimum),
  maximum: number(given.maximum),
};
