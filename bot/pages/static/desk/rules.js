/** The rules, asked once of the server and found by the words of their question. */
import { get, post } from './http.js';
import { matches } from './text.js';

let asked = null;

export function titles() {
  asked ??= get('/api/rules?view=titles').then(({ rules }) => rules).catch((error) => {
    asked = null;
    throw error;
  });
  return asked;
}

export const ruleNamed = (name) => get(`/api/rules/${encodeURIComponent(name)}`);

export const decide = (name, facts, signal) => post(`/api/rules/${encodeURIComponent(name)}`, { facts }, { signal });

/** Rules whose title holds every word typed, then those whose article does. */
export function found(typed, rules, most) {
  const by = (words) => rules.filter((rule) => matches(typed, words(rule)));
  const titled = by(({ title }) => title);
  const cited = by(({ references }) => references.map(({ reference }) => reference).join(' '));
  return [...new Set([...titled, ...cited])].slice(0, most);
}
