/** The rules, asked once of the server and found by the words of their question. */
import { get, post } from './http.js';
import { fold, matches } from './text.js';

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

const cites = ({ references }) => references.map(({ reference }) => reference).join(' ; ');

/** Rules whose articles hold what is typed as it is ("article 45-4"), then those whose title, or article, holds its words. */
export function found(typed, rules, most) {
  const whole = typed.trim() ? rules.filter((rule) => `${fold(cites(rule))} `.includes(fold(typed.trim()))) : [];
  const by = (words) => rules.filter((rule) => matches(typed, words(rule)));
  return [...new Set([...by(({ title }) => title), ...whole, ...by(cites)])].slice(0, most);
}
