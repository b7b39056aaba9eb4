import { isJSON, isMultipart } from './api-request.2cdee305d5.js';
import { field } from './dialogs.ef6d9ad20f.js';
import { fill, make } from './dom.71da60e761.js';
import { word } from './words.ef487a8397.js';






export function bodyFields({ id, method, bodies }) {
  if (bodies.length === 0) return { element: false, content: () => null, complaint: () => ({ id: '', message: '' }) };
  const type = /** @type {HTMLSelectElement} */ (make('select', { id: `${id}-body-type` }, bodies.map(body => make('option', {}, body.type))));
  const text = /** @type {HTMLTextAreaElement} */ (make('textarea', { id: `${id}-body`, rows: 8, spellcheck: 'false' }));
  const files = /** @type {HTMLInputElement} */ (make('input', { id: `${id}-files`, type: 'file' }));
  const place = make('div', {});
  const choose = () => {
    const chosen = bodies.find(body => body.type === type.value);
    if (isJSON(type.value)) {

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


function parses(text) {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
