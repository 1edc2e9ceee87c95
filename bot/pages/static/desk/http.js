/** Requests to the server: JSON in, JSON out, one kind of error. A 401 asks for the login form. */

export class HttpError extends Error {
  constructor(status, code, message, body) {
    super(message);
    Object.assign(this, { status, code, body });
  }
}

const LOST = 'Le serveur ne répond pas. Vérifiez votre connexion, puis réessayez.';
const UNREADABLE = 'La réponse du serveur est illisible. Réessayez dans un instant.';

async function request(method, path, { body, signal } = {}) {
  const headers = { Accept: 'application/json' };
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  let reply;
  try {
    reply = await fetch(path, { method, headers, signal, body: body === undefined ? undefined : JSON.stringify(body) });
  } catch (error) {
    if (error.name === 'AbortError') throw error;
    throw new HttpError(0, 'lost', LOST);
  }
  const text = await reply.text();
  const read = parsed(text);
  if (reply.ok && read !== undefined) return read;
  if (reply.status === 401) document.dispatchEvent(new CustomEvent('desk:login'));
  throw new HttpError(reply.status, read?.error?.code ?? 'unreadable', read?.error?.message ?? UNREADABLE, read);
}

function parsed(text) {
  if (!text) return null;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export const get = (path, options) => request('GET', path, options);
export const post = (path, body, options) => request('POST', path, { ...options, body });
export const remove = (path) => request('DELETE', path);
export const patch = (path, body) => request('PATCH', path, { body });

/** A path with its query, empty values left out. */
export function address(path, query) {
  const given = Object.entries(query).filter(([, value]) => value !== '' && value !== undefined && value !== null);
  return given.length ? `${path}?${new URLSearchParams(given)}` : path;
}

/** Runs the newest of several requests: the one before is aborted, and its reply never shown. */
export function newest() {
  let running = null;
  const stop = () => running?.abort();
  return {
    stop,
    async run(work) {
      stop();
      const mine = new AbortController();
      running = mine;
      try {
        const found = await work(mine.signal);
        return mine.signal.aborted ? undefined : found;
      } catch (error) {
        if (mine.signal.aborted) return undefined;
        throw error;
      }
    },
  };
}
