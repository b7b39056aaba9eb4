import { isJSON, isMultipart } from './api-request.8da7802d2e.js';
import { field } from './dialogs.fd421aa959.js';
import { fill, make } from './dom.cb1cc6f6ea.js';
import { word } from './words.4bd9aa8b7e.js';

/**
 * The part of an operation's form that makes the body: a text for JSON, a choice of files for all else.
 * @param {import('./openapi.js').Operation} operation
 * @returns {{element: Node|false, content: () => import('./api-request.js').Content|null, complaint: () => {id: string, message: string}}} `message` is empty where nothing is wrong
 */
export function bodyFields({ id, method, bodies }) {
  if (bodies.length === 0) return { element: false, content: () => null, complaint: () => ({ id: '', message: '' }) };
  const type = /** @type {HTMLSelectElement} */ (make('select', { id: `${id}-body-type` }, bodies.map(body => make('option', {}, body.type))));
  const text = /** @type {HTMLTextAreaElement} */ (make('textarea', { id: `${id}-body`, rows: 8, spellcheck: 'false' }));
  const files = /** @type {HTMLInputElement} */ (make('input', { id: `${id}-files`, type: 'file' }));
  const place = make('div', {});
  const choose = () => {
    const chosen = bodies.find(body => body.type === type.value);
    if (isJSON(type.value)) {
      // A merge patch changes only what it names (RFC 7396).
      text.value = JSON.stringify(method === 'PATCH' ? {} : chosen?.example ?? {}, null, 2);
      fill(place, field(word('apiPage.text'), text));
    } else {
      files.multiple = isMultipart(type.value);
      fill(place, field(files.multiple ? word('apiPage.files') : word('apiPage.file'), files));
    }
  };
  type.addEventListener('input', choose);
  choose();
  return {
    element: make('fieldset', { class: 'stack' }, make('legend', {}, word('apiPage.body')), field(word('apiPage.bodyType'), type), place),
    content: () => (isJSON(type.value) ? { type: type.value, text: text.value } : { type: type.value, files: [...files.files ?? []] }),
    complaint: () => (isJSON(type.value) ? { id: text.id, message: parses(text.value) ? '' : word('apiPage.notJSON') }
      : { id: files.id, message: files.files?.length ? '' : word('apiPage.noFile') }),
  };
}

/** @param {string} text */
function parses(text) {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
