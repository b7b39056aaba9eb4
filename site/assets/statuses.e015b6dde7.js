import { get } from './api.06ac550977.js';
import { make } from './dom.71da60e761.js';
import { language } from './words.ef487a8397.js';


let asked;


export function statuses() {
  asked ??= get('/api/statuses').then(({ items }) => items.map((/** @type {any} */ status) => ({
    code: status.code, label: status.label[language],
  }))).catch(() => []);
  return asked;
}


export function statusChip(code, known) {
  if (!code) return null;
  return make('span', { class: 'chip', 'data-status': code }, known.find(status => status.code === code)?.label ?? code);
}
