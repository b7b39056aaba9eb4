import { make } from './dom.71da60e761.js';
import { number, size } from './format.4b266e2688.js';
import { isJSON } from './api-request.2cdee305d5.js';
import { plural, word } from './words.ef487a8397.js';


const longestShown = 100_000;






export async function shownAnswer(response, body, milliseconds, name) {
  const type = response.headers.get('Content-Type') ?? '';
  const source = URL.createObjectURL(body);
  const kind = response.ok ? 'good' : response.status < 400 ? 'warn' : 'bad';
  const facts = [word('apiPage.time', { count: number(Math.round(milliseconds)) }), size(body.size), type].filter(Boolean);
  const nodes = [
    make('h3', {}, word('apiPage.answer'), make('span', { class: 'chip', 'data-kind': kind, 'data-answer-status': response.status },
      `${response.status} ${response.statusText}`.trim()), make('span', { class: 'muted' }, facts.join(' · '))),
    headerList(response.headers),
    ...body.size > 0 ? [...await content(body, type, source),
      make('p', {}, make('a', { class: 'button', href: source, download: fileName(response, name, type) }, word('apiPage.download', { size: size(body.size) })))]
      : [make('p', { class: 'muted' }, word('apiPage.empty'))],
  ];
  return { nodes, forget: () => URL.revokeObjectURL(source) };
}


function headerList(headers) {
  const rows = [...headers];
  return make('details', {}, make('summary', {}, plural('apiPage.headers', rows.length)),
    make('dl', { class: 'facts' }, rows.flatMap(([name, value]) => [make('dt', {}, name), make('dd', {}, value)])));
}


async function content(body, type, source) {
  if (type.startsWith('image/')) return [make('img', { src: source, alt: word('apiPage.image') })];
  if (!isJSON(type) && !/^text\/|^application\/([\w.-]+\+)?xml\b/.test(type)) return [];
  const text = await body.text();
  const shown = isJSON(type) ? indented(text) : text;
  return [make('pre', { role: 'group', tabindex: 0, 'aria-label': word('apiPage.answer') }, make('code', {}, shown.slice(0, longestShown))),
    ...shown.length > longestShown ? [make('p', { class: 'muted' }, word('apiPage.cut'))] : []];
}


function indented(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}


function fileName(response, name, type) {
  const given = /filename="?([^";]+)/.exec(response.headers.get('Content-Disposition') ?? '')?.[1];
  const endings = /** @type {[RegExp, string][]} */ ([[/^multipart\//, 'multipart'], [/json\b/, 'json'], [/xml\b/, 'xml'], [/^text\/csv/, 'csv'], [/^text\//, 'txt'],
    [/^application\/dicom\b/, 'dcm'], [/zip\b/, 'zip'], [/^image\/jpeg/, 'jpg'], [/^image\/png/, 'png'], [/^image\/gif/, 'gif'], [/^video\/mp4/, 'mp4']]);
  return given ?? `${name}.${endings.find(([pattern]) => pattern.test(type))?.[1] ?? 'bin'}`;
}
