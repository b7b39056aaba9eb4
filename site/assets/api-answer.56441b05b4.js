import { make } from './dom.cb1cc6f6ea.js';
import { number, size } from './format.f26fd9ffc1.js';
import { isJSON } from './api-request.8da7802d2e.js';
import { plural, word } from './words.4bd9aa8b7e.js';

/** More would make the page slow; the file has it. */
const longestShown = 100_000;

/**
 * An answer as it is shown: status, time, headers and what the body is good for.
 * @param {Response} response @param {Blob} body @param {number} milliseconds @param {string} name what a downloaded file is called
 * @returns {Promise<{nodes: Node[], forget: () => void}>} `forget` lets go of the body
 */
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

/** @param {Headers} headers */
function headerList(headers) {
  const rows = [...headers];
  return make('details', {}, make('summary', {}, plural('apiPage.headers', rows.length)),
    make('dl', { class: 'facts' }, rows.flatMap(([name, value]) => [make('dt', {}, name), make('dd', {}, value)])));
}

/** @param {Blob} body @param {string} type @param {string} source @returns {Promise<Node[]>} */
async function content(body, type, source) {
  if (type.startsWith('image/')) return [make('img', { src: source, alt: word('apiPage.image') })];
  if (!isJSON(type) && !/^text\/|^application\/([\w.-]+\+)?xml\b/.test(type)) return [];
  const text = await body.text();
  const shown = isJSON(type) ? indented(text) : text;
  return [make('pre', { role: 'group', tabindex: 0, 'aria-label': word('apiPage.answer') }, make('code', {}, shown.slice(0, longestShown))),
    ...shown.length > longestShown ? [make('p', { class: 'muted' }, word('apiPage.cut'))] : []];
}

/** @param {string} text */
function indented(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

/** What the answer calls itself, else a name with the ending of its type. @param {Response} response @param {string} name @param {string} type */
function fileName(response, name, type) {
  const given = /filename="?([^";]+)/.exec(response.headers.get('Content-Disposition') ?? '')?.[1];
  const endings = /** @type {[RegExp, string][]} */ ([[/^multipart\//, 'multipart'], [/json\b/, 'json'], [/xml\b/, 'xml'], [/^text\/csv/, 'csv'], [/^text\//, 'txt'],
    [/^application\/dicom\b/, 'dcm'], [/zip\b/, 'zip'], [/^image\/jpeg/, 'jpg'], [/^image\/png/, 'png'], [/^image\/gif/, 'gif'], [/^video\/mp4/, 'mp4']]);
  return given ?? `${name}.${endings.find(([pattern]) => pattern.test(type))?.[1] ?? 'bin'}`;
}
