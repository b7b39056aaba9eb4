import { Refusal } from './api.06ac550977.js';
import { copyable } from './copying.5720e91940.js';
import { formDialog } from './dialogs.ef6d9ad20f.js';
import { announce, make } from './dom.71da60e761.js';
import { moment, size } from './format.4b266e2688.js';
import { plural, word } from './words.ef487a8397.js';


const mostDifferences = 200;






export async function showConflict(conflict, settle) {
  const isOpen = !conflict.resolvedAt;
  const body = [make('p', {}, copyable(conflict.sopInstanceUID, word('conflicts.image'))), sides(conflict), ...differences(conflict.differences ?? [])];
  if (!isOpen) return formDialog({ title: word('conflicts.dialog'), submit: word('dialog.close'), shows: true, wide: true, body, save: async () => false });
  const done = await formDialog({
    title: word('conflicts.dialog'), submit: word('conflicts.settle'), wide: true, body: [...body, choice()],
    save: async form => {
      const keep = new FormData(form).get('keep');
      if (keep !== 'first' && keep !== 'second') throw new Refusal(word('conflicts.choose'));
      await settle(keep);
      announce(word('conflicts.settled'));
      return true;
    },
  });
  return done === true;
}


function sides({ first, second }) {
  const row = (/** @type {string} */ label, /** @type {string} */ one, /** @type {string} */ other) =>
    make('tr', { 'data-differs': one !== other }, make('th', { scope: 'row' }, label), make('td', {}, one || '–'), make('td', {}, other || '–'));
  return make('table', { class: 'compare' }, make('caption', { class: 'visually-hidden' }, word('conflicts.dialog')),
    make('thead', {}, make('tr', {}, make('td'), make('th', { scope: 'col' }, word('conflicts.first')), make('th', { scope: 'col' }, word('conflicts.second')))),
    make('tbody', {}, row(word('conflicts.size'), size(first.size), size(second.size)), row(word('conflicts.storedAt'), moment(first.storedAt), moment(second.storedAt)),
      row(word('conflicts.sha256'), hash(first.sha256), hash(second.sha256))));
}


function hash(text) {
  return text ? `${text.slice(0, 16)}…` : '';
}


function differences(all) {
  if (all.length === 0) return [make('p', {}, word('conflicts.none'))];
  const value = (/** @type {any} */ one) => {
    if (one === null || one === undefined || one === '') return '–';
    return typeof one === 'object' ? JSON.stringify(one) : String(one);
  };
  const cell = (/** @type {any} */ one) => (one === 'same' || one === 'differs' ? word(`pixels.${one}`) : value(one));
  const rows = all.map(({ tag, keyword, first, second }) => {
    const isPixels = keyword === 'PixelData' || tag === '7FE00010';
    return make('tr', {}, make('th', { scope: 'row' }, isPixels ? word('conflicts.pixels') : keyword || tag, keyword && make('span', { class: 'muted id' }, tag)),
      make('td', {}, isPixels ? cell(first) : value(first)), make('td', {}, isPixels ? cell(second) : value(second)));
  });
  return [make('h3', {}, word('conflicts.differences')), make('table', { class: 'compare', 'data-differences': true },
    make('caption', { class: 'visually-hidden' }, word('conflicts.differences')),
    make('thead', {}, make('tr', {}, make('th', { scope: 'col' }, word('conflicts.tag')), make('th', { scope: 'col' }, word('conflicts.first')), make('th', { scope: 'col' }, word('conflicts.second')))),
    make('tbody', {}, rows)),
  ...(all.length >= mostDifferences ? [make('p', { class: 'muted' }, plural('conflicts.cut', all.length))] : [])];
}

function choice() {
  const option = (/** @type {string} */ value, /** @type {string} */ label) => make('label', {}, make('input', { type: 'radio', name: 'keep', value }), label);
  return make('fieldset', { class: 'choices' }, make('legend', {}, word('conflicts.keep')), option('first', word('conflicts.keepFirst')), option('second', word('conflicts.keepSecond')),
    make('small', {}, word('conflicts.keepHint')));
}
