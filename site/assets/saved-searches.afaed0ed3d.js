import { call, get, Refusal } from './api.06ac550977.js';
import { page } from './addresses.6e921b8427.js';
import { field, formDialog } from './dialogs.ef6d9ad20f.js';
import { announce, fill, make, notice } from './dom.71da60e761.js';
import { narrows, readAddress, worthSaving } from './list-address.ed2fab708d.js';
import { word } from './words.ef487a8397.js';

const longestName = 60;







export function savedSearches(menu, go, signal) {
  const panel = /** @type {HTMLElement} */ (menu.querySelector('.menu-panel'));
  const show = async () => {
    try {
      const { items } = await get('/api/searches', signal);
      fill(panel, items.length > 0 ? make('ul', {}, items.map(row)) : make('p', { class: 'muted' }, word('searches.none')), save());
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof Refusal)) throw error;
      fill(panel, notice('bad', error.message));
    }
  };
  const row = (/** @type {any} */ search) => {
    const link = make('a', { href: page('patients/', search.filters) }, search.name);
    link.addEventListener('click', event => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      menu.removeAttribute('open');
      go(/** @type {string} */ (link.getAttribute('href')));
    });
    const remove = make('button', { type: 'button', 'aria-label': word('searches.remove', { name: search.name }), title: word('searches.remove', { name: search.name }) }, '×');
    remove.addEventListener('click', event => {
      event.stopPropagation();
      drop(search);
    });
    return make('li', {}, link, remove);
  };
  const drop = async (/** @type {any} */ search) => {
    try {
      await call('DELETE', `/api/searches/${encodeURIComponent(search.id)}`);
      announce(word('searches.removed', { name: search.name }));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      if (error.status !== 404) return announce(error.message);
    }
    await show();
    /** @type {HTMLElement|null} */ (panel.querySelector('a, button') ?? menu.querySelector('summary'))?.focus();
  };
  const save = () => {
    if (!narrows(readAddress())) return make('p', { class: 'muted' }, word('searches.hint'));
    return make('button', { type: 'button', 'data-action': 'save-search', onclick: saveSearch }, word('searches.save'));
  };
  menu.addEventListener('toggle', () => {
    if (menu.open) show();
  }, { signal });
}


async function saveSearch() {
  const filters = worthSaving(readAddress());
  const input = /** @type {HTMLInputElement} */ (make('input', { id: 'name', maxlength: longestName, required: true, autocomplete: 'off' }));
  input.value = (filters.q ?? '').slice(0, longestName);
  const saved = await formDialog({
    title: word('searches.save'), submit: word('searches.keep'), body: [field(word('searches.name'), input, word('searches.replaces'))],
    save: async () => (await call('POST', '/api/searches', { body: { name: input.value.trim(), filters } })).data,
  });
  if (saved) announce(word('searches.saved', { name: saved.name }));
}
