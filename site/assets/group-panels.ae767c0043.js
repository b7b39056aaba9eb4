import { all, call, get, Refusal } from './api.06ac550977.js';
import { field } from './dialogs.ef6d9ad20f.js';
import { fill, make, notice } from './dom.71da60e761.js';
import { date, patientName } from './format.4b266e2688.js';
import { word } from './words.ef487a8397.js';





function panel({ label, detail, path, load, empty }) {
  const messages = make('div');
  const list = make('ul', { class: 'candidates' });
  const attempt = async (/** @type {() => Promise<unknown>} */ act) => {
    fill(messages);
    try {
      await act();
      await show();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      fill(messages, notice('bad', error.message));
    }
  };
  const show = async () => {
    const present = await load();
    fill(list, present.length === 0 ? make('li', { class: 'muted' }, empty) : present.map(one => {
      const remove = make('button', { type: 'button', 'aria-label': `${word('groups.takeOut')}, ${label(one)}` }, word('groups.takeOut'));
      remove.addEventListener('click', () => attempt(() => call('DELETE', path(one))));
      return make('li', {}, make('div', {}, label(one), ' ', make('span', { class: 'muted' }, detail(one))), remove);
    }));
  };
  const add = (/** @type {any} */ one) => attempt(() => call('PUT', path(one)));
  return { messages, list, show, add, attempt };
}


export async function memberPanel(group) {
  const choice = /** @type {HTMLSelectElement} */ (make('select', { id: 'member-choice' }));
  const load = async () => {
    const users = await all('/api/users');
    const isMember = (/** @type {any} */ user) => (user.groups ?? []).includes(group.id);
    fill(choice, make('option', { value: '' }, word('groups.choose')),
      users.filter(user => !isMember(user)).map(user => make('option', { value: user.id }, user.name ? `${user.name} (${user.email})` : user.email)));
    return users.filter(isMember);
  };
  const { messages, list, show, add } = panel({
    label: user => user.name || user.email, detail: user => (user.name ? user.email : ''),
    path: user => `/api/groups/${encodeURIComponent(group.id)}/members/${encodeURIComponent(user.id)}`,
    load, empty: word('groups.noMember'),
  });
  choice.addEventListener('change', () => choice.value && add({ id: choice.value }));
  await show();
  return make('div', { class: 'stack' }, messages, field(word('groups.addMember'), choice), list);
}


export async function grantPanel(group) {
  const search = /** @type {HTMLInputElement} */ (make('input', { id: 'grant-search', type: 'search', autocomplete: 'off', maxlength: 200 }));
  const found = make('ul', { class: 'candidates' });
  const { messages, list, show, add, attempt } = panel({
    label: patientName, detail: patient => [patient.patientId, date(patient.birthDate)].filter(Boolean).join(' · '),
    path: patient => `/api/groups/${encodeURIComponent(group.id)}/grants/${encodeURIComponent(patient.id)}`,
    load: () => all(`/api/groups/${encodeURIComponent(group.id)}/grants`), empty: word('groups.noGrant'),
  });
  const find = () => attempt(async () => {
    if (!search.value.trim()) return fill(found);
    const { items } = await get(`/api/patients?${new URLSearchParams({ q: search.value.trim(), limit: '8' })}`);
    fill(found, items.length === 0 ? make('li', { class: 'muted' }, word('study.nobody')) : items.map((/** @type {any} */ patient) => {
      const button = make('button', { type: 'button', 'aria-label': `${word('groups.add')}, ${patientName(patient)}` }, word('groups.add'));
      button.addEventListener('click', () => add(patient));
      return make('li', {}, make('div', {}, patientName(patient), ' ', make('span', { class: 'muted' }, patient.patientId)), button);
    }));
  });
  search.addEventListener('change', find);
  search.addEventListener('keydown', event => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    find();
  });
  await show();
  return make('div', { class: 'stack' }, messages, field(word('groups.addGrant'), search, word('groups.addGrantHint')), found,
    make('h3', {}, word('groups.granted')), list);
}
