import { date, parseDate, size } from './format.4b266e2688.js';
import { word } from './words.ef487a8397.js';



const height = 220;
const left = 64;
const below = 26;
const day = 86_400_000;


export function growthPlot(growth, width, today = new Date()) {
  const points = growth.map(one => ({ at: parseDate(one.day)?.getTime() ?? 0, bytes: one.bytes }));
  const end = Math.max(today.getTime(), points.at(-1)?.at ?? 0);
  const begin = Math.min(points[0]?.at ?? end, end - 7 * day);
  const top = scaleTop(Math.max(...points.map(point => point.bytes), 1));
  const x = (/** @type {number} */ at) => left + (at - begin) / (end - begin) * (width - left - 8);
  const y = (/** @type {number} */ bytes) => 8 + (1 - bytes / top) * (height - below - 8);
  let line = `M${round(x(begin))} ${round(y(points[0]?.at > begin ? 0 : points[0]?.bytes ?? 0))}`;
  for (const point of points) line += `H${round(x(point.at))}V${round(y(point.bytes))}`;
  line += `H${round(x(end))}`;
  const floor = round(y(0));
  const picture = draw('svg', { viewBox: `0 0 ${width} ${height}`, class: 'growth', role: 'img', 'aria-label': summary(growth) },
    ...[0, 0.5, 1].flatMap(part => [
      draw('line', { class: 'growth-rule', x1: left, x2: width - 8, y1: round(y(top * part)), y2: round(y(top * part)) }),
      text(size(top * part), { x: left - 8, y: round(y(top * part)) + 4, 'text-anchor': 'end' })]),
    draw('path', { class: 'growth-area', d: `${line}V${floor}H${round(x(begin))}Z` }), draw('path', { class: 'growth-line', d: line }),
    ...[0, 0.5, 1].map(part => text(date(new Date(begin + (end - begin) * part).toISOString()), {
      x: round(x(begin + (end - begin) * part)), y: height - 6, 'text-anchor': ['start', 'middle', 'end'][part * 2] })));
  return picture;
}


function summary(growth) {
  const [first, last] = [growth[0], growth.at(-1)];
  if (!first || !last) return word('storage.noGrowth');
  return word('storage.growthText', { from: date(first.day), first: size(first.bytes), last: size(last.bytes) });
}


function scaleTop(most) {
  const power = 10 ** Math.floor(Math.log10(most));
  return (/** @type {number} */ ([1, 2, 5, 10].find(step => step * power >= most))) * power;
}


function round(value) {
  return Math.round(value * 10) / 10;
}


function draw(tag, attributes, ...children) {
  const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  element.append(...children);
  return element;
}


function text(content, attributes) {
  const element = draw('text', attributes);
  element.textContent = content;
  return element;
}
