/** The light markdown of the answers, as nodes: paragraphs, lists, tables, bold, links to https, tel and mailto. */

import { el, string, unseen } from './dom.js';
import { says } from './strings.js';

const ADDRESS = String.raw`(?:https:\/\/|tel:|mailto:)[^\s()]{1,500}`;
const BARE = String.raw`https:\/\/[^\s<>"»]*[^\s<>"».,;:!?)\]]`;
// A French number of ten digits, and the four digits of a mutual's line where one is told to call it.
const PHONE = String.raw`\b0[1-9](?:[ \u00a0]\d\d){4}\b|\b(?:au|le) 3\d{3}\b(?![\s\u00a0\u202f]*(?:€|euros|%))`;
const EMERGENCY = String.raw`\b(?:15|17|18|112|115|116[ \u00a0]?117|119|3114|3919)\b`;
const inlineOf = (...more) => new RegExp(
  String.raw`\*\*(.+?)\*\*|\[([^\]\n]{1,200})\]\((${ADDRESS})\)|(${BARE})|(${[PHONE, ...more].join('|')})`, 'g',
);
const INLINE = inlineOf();
const URGENT = inlineOf(EMERGENCY);
const BULLET = /^\s*(?:[-*•]|(\d{1,3})[.)])\s+/;

function link(label, address) {
  if (!address.startsWith('https:')) return el('a', { href: address }, label);
  return el('a', { href: address, target: '_blank', rel: 'noopener noreferrer' }, label, unseen(says.newWindow));
}

function phone(text) {
  const [, before, number] = /^(au |le )?(.*)$/.exec(text);
  return [before, el('a', { href: `tel:${number.replace(/\D/g, '')}`, class: 'phone' }, number)];
}

/** French spaces: what belongs together stays on one line. */
const bound = (text) => text.replace(/ (?=[:;!?»€%])/g, '\u00a0').replace(/« /g, '«\u00a0');

/** Bold and links of one line, the rest as text. */
function inline(text, pattern) {
  const nodes = [];
  let end = 0;
  for (const match of text.matchAll(pattern)) {
    const [whole, bold, label, address, bare, number] = match;
    nodes.push(bound(text.slice(end, match.index)));
    if (bold) nodes.push(el('strong', {}, ...inline(bold, pattern)));
    else if (number) nodes.push(...phone(number));
    else nodes.push(link(bare || label, bare || address));
    end = match.index + whole.length;
  }
  nodes.push(bound(text.slice(end)));
  return nodes.filter(Boolean);
}

const byLine = (lines, pattern) => lines.flatMap(
  (line, i) => (i ? [el('br'), ...inline(line, pattern)] : inline(line, pattern)),
);
const cells = (row) => row.trim().replace(/^\||\|$/g, '').split('|').map((cell) => cell.trim());
const isRule = (row) => string(row).includes('|') && cells(row).every((cell) => /^:?-+:?$/.test(cell));

/** A table called what the line above it says; it scrolls by itself, also by keyboard. */
function table(rows, pattern, before) {
  const [head, ...body] = rows.filter((row) => !isRule(row)).map(cells);
  const name = plain(before.at(-1)?.textContent ?? '').replace(/[\s\u00a0]*:$/, '') || says.table;
  const line = (row) => el('tr', {}, ...row.map((text, i) => (
    i ? el('td', {}, ...inline(text, pattern)) : el('th', { scope: 'row' }, ...inline(text, pattern)))));
  return el('div', { class: 'table', role: 'region', 'aria-label': name, tabindex: '0' }, el('table', {},
    el('caption', { class: 'unseen' }, name),
    el('thead', {}, el('tr', {}, ...head.map((text) => el('th', { scope: 'col' }, ...inline(text, pattern))))),
    el('tbody', {}, ...body.map(line))));
}

function bullets(lines, pattern) {
  const [, first] = BULLET.exec(lines[0]);
  const items = [];
  for (const line of lines) {
    if (BULLET.test(line)) items.push([line.replace(BULLET, '')]);
    else items.at(-1).push(line.trim());
  }
  return el(first ? 'ol' : 'ul', { start: first > 1 && first },
    ...items.map((item) => el('li', {}, ...byLine(item, pattern))));
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
    build: ([line], pattern) => el('p', {}, el('strong', {}, ...inline(line.replace(/^#+\s+/, ''), pattern))),
  },
  {
    starts: () => true,
    goesOn: (line, next) => line.trim() !== '' && !BLOCKS.slice(0, 3).some((block) => block.starts(line, next)),
    build: (lines, pattern) => el('p', {}, ...byLine(lines, pattern)),
  },
];

/** The nodes of an answer; in an `urgent` one the emergency numbers can be called. */
export function markdown(text, urgent = false) {
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
    nodes.push(block.build(lines.slice(i, end), urgent ? URGENT : INLINE, nodes));
    i = end;
  }
  return nodes;
}

/** An answer as it is pasted elsewhere: no marks, tables with tabs. */
export function plain(text) {
  const lines = text.split('\n').filter((line) => !isRule(line));
  return lines.map((line) => (/^\s*\|/.test(line) ? cells(line).join('\t') : line)).join('\n')
    .replace(/\*\*(.+?)\*\*/g, '$1')
    .replace(new RegExp(String.raw`\[([^\]\n]{1,200})\]\(${ADDRESS}\)`, 'g'), '$1');
}
