/** Returns over time: stacked bars, a week each where days would be too thin, and the same as a table. */
import { el, show, svg } from './dom.js';
import { count, number, shortDay } from './text.js';

const KINDS = { abstention: 'Sans réponse', down: 'Mal notées', correction: 'Tris corrigés', up: 'Bien notées' };
const [HEIGHT, LEFT, RIGHT, BOTTOM, TOP] = [220, 36, 14, 24, 10];
const [NARROWEST, WIDEST, PADDING] = [260, 960, 60];
const MOST_BARS = 45;
const WEEK = 7;
const DAY_MS = 86_400_000;
const LABEL_WIDTH = 64;

const sum = (row) => Object.keys(KINDS).reduce((total, kind) => total + (row[kind] ?? 0), 0);

/** A row for each day from the first to the last, of those of the server, which leaves out days without any. */
function everyDay(series, since, until) {
  const known = new Map(series.map((row) => [row.day, row]));
  const rows = [];
  for (let time = Date.parse(since); time <= Date.parse(until); time += DAY_MS) {
    const day = new Date(time).toISOString().slice(0, 10);
    rows.push(known.get(day) ?? { day });
  }
  return rows;
}

/** The rows by week, each named after its first day, where there are too many days. */
function grouped(series) {
  if (series.length <= MOST_BARS) return series;
  const weeks = [];
  series.forEach((row, place) => {
    if (place % WEEK === 0) weeks.push({ day: row.day, turns: 0 });
    const week = weeks.at(-1);
    for (const name of [...Object.keys(KINDS), 'turns']) week[name] = (week[name] ?? 0) + (row[name] ?? 0);
  });
  return weeks;
}

/** A round number of which a few make the highest bar. */
function stepFor(highest) {
  const power = 10 ** Math.floor(Math.log10(Math.max(highest / 3, 1)));
  return [1, 2, 5, 10].map((each) => each * power).find((each) => highest / each <= 4) ?? power * 10;
}

function bars(rows, step, whole) {
  const top = Math.max(step, Math.ceil(Math.max(...rows.map(sum)) / step) * step);
  const width = (whole - LEFT - RIGHT) / rows.length;
  const y = (value) => TOP + (HEIGHT - TOP - BOTTOM) * (1 - value / top);
  const values = Array.from({ length: top / step + 1 }, (_, place) => place * step);
  const grid = values.map((value) => [
    svg('line', { class: 'grid', x1: LEFT, x2: whole, y1: y(value), y2: y(value) }),
    svg('text', { x: LEFT - 6, y: y(value) + 4, 'text-anchor': 'end' }, number(value)),
  ]);
  const every = Math.ceil(LABEL_WIDTH / width);
  const columns = rows.map((row, place) => {
    const x = LEFT + place * width;
    let below = 0;
    const parts = Object.keys(KINDS).filter((kind) => row[kind]).map((kind) => {
      const [from, to] = [y(below + row[kind]), y(below)];
      const part = svg('rect', { class: `kind-${kind}`, x: x + width * 0.12, width: width * 0.76, y: from, height: to - from });
      below += row[kind];
      return part;
    });
    const told = svg('title', {}, `${shortDay(row.day)} : ${count(sum(row), 'retour')}`);
    const named = place % every === 0;
    const label = named && svg('text', { x: x + width / 2, y: HEIGHT - 6, 'text-anchor': 'middle' }, shortDay(row.day));
    return svg('g', {}, told, parts, label);
  });
  return [grid, columns];
}

function asTable(rows) {
  const head = ['Jour', 'Échanges', ...Object.values(KINDS)];
  const figures = (row) => [row.turns, ...Object.keys(KINDS).map((kind) => row[kind])];
  const line = (row) => figures(row).map((value) => el('td', { class: 'right' }, number(value ?? 0)));
  return el('details', {}, el('summary', {}, 'Le graphique en tableau'),
    el('div', { class: 'table', role: 'region', 'aria-label': 'Retours dans le temps', tabindex: '0' }, el('table', {},
      el('thead', {}, el('tr', {}, head.map((title) => el('th', { scope: 'col' }, title)))),
      el('tbody', {}, rows.map((row) => el('tr', {}, el('th', { scope: 'row' }, shortDay(row.day)), line(row)))))));
}

export function drawChart(place, series, since, until) {
  const days = everyDay(series, since, until);
  const rows = grouped(days);
  const total = rows.reduce((all, row) => all + sum(row), 0);
  if (!total) return show(place);
  const colour = (kind) => svg('rect', { class: `kind-${kind}`, width: 10, height: 10 });
  const named = ([kind, label]) => el('li', {}, svg('svg', { viewBox: '0 0 10 10', 'aria-hidden': 'true' }, colour(kind)), label);
  const legend = el('ul', { class: 'legend' }, Object.entries(KINDS).map(named));
  const label = `${rows.length < days.length ? 'Par semaine' : 'Par jour'} : ${count(total, 'retour')}`;
  // A unit is a pixel: the letters keep their size.
  const whole = Math.min(WIDEST, Math.max(NARROWEST, place.parentElement.clientWidth - PADDING));
  const step = stepFor(Math.max(...rows.map(sum)));
  const view = { class: 'chart', viewBox: `0 0 ${whole} ${HEIGHT}`, role: 'img', 'aria-label': label };
  const image = svg('svg', view, bars(rows, step, whole));
  return show(place, el('h2', {}, label), legend, image, asTable(rows));
}
