import { get } from './api.js';
import { make } from './dom.js';
import { language } from './words.js';

/** @type {Promise<{code: string, label: string}[]>|undefined} */
let asked;

/** The states of the workflow in their order, labelled in the page's language. */
export function statuses() {
  asked ??= get('/api/statuses').then(({ items }) => items.map((/** @type {any} */ status) => ({
    code: status.code, label: status.label[language],
  }))).catch(() => []);
  return asked;
}

/** A chip with a state's label. @param {string} code @param {{code: string, label: string}[]} known */
export function statusChip(code, known) {
  if (!code) return null;
  return make('span', { class: 'chip', 'data-status': code }, known.find(status => status.code === code)?.label ?? code);
}
