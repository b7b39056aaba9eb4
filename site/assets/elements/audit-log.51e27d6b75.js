import { AdminTable, rowButton } from '../admin-table.8ff24418e7.js';
import { all, get, Refusal } from '../api.06ac550977.js';
import { page } from '../addresses.6e921b8427.js';
import { actionCell, actionLabel, actions, actorCell, knownNames, showEntry } from '../audit-entries.cb20dd4033.js';
import { fill, make, notice } from '../dom.71da60e761.js';
import { instant, patientName } from '../format.4b266e2688.js';
import { pagedTable } from '../paged-table.4a06564652.js';
import { patientPicker, picker } from '../picker.0c495e3f60.js';
import { session } from '../session.7dda462f97.js';
import { word } from '../words.ef487a8397.js';

const filters = ['actor', 'patient', 'study', 'action', 'from', 'to'];


class AuditLog extends AdminTable {
  #asking = new AbortController();

  #names = new Map();

  #accounts;

  connectedCallback() {
    const action = /** @type {HTMLSelectElement} */ (this.querySelector('[name="action"]'));
    action.append(...Object.entries(actions).map(([about, codes]) => make('optgroup', { label: word(`auditGroup.${about}`) },
      codes.length > 1 && make('option', { value: `${about}.` }, word('audit.allOf', { group: word(`auditGroup.${about}`) })),
      codes.map(code => make('option', { value: `${about}.${code}` }, actionLabel(`${about}.${code}`))))));
    super.connectedCallback();
    const { signal } = this.listening;
    const form = /** @type {HTMLFormElement} */ (this.querySelector('form.filters'));
    form.addEventListener('change', event => {
      const field = /** @type {HTMLInputElement|HTMLSelectElement} */ (event.target);
      if (field.name) this.#change({ [field.name]: field.value });
    }, { signal });
    form.addEventListener('submit', event => event.preventDefault(), { signal });
    window.addEventListener('popstate', () => this.reload(), { signal });
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#asking.abort();
  }

  #query() {
    const search = new URLSearchParams(location.search);
    return Object.fromEntries(filters.map(name => [name, search.get(name) ?? '']));
  }


  #change(changes) {
    history.pushState(null, '', page('admin/audit/', { ...this.#query(), ...changes }));
    this.reload();
  }

  async reload() {
    this.#asking.abort();
    this.#asking = new AbortController();
    const { signal } = this.#asking;
    const query = this.#query();
    const search = new URLSearchParams(Object.entries(query).filter(([, value]) => value));
    this.#showFilters(query);
    for (const form of ['csv', 'xml']) this.querySelector(`[data-export="${form}"]`)?.setAttribute('href', `/api/audit.${form}?${search}`);
    const list = this.place('list');
    try {
      const names = await knownNames();
      if (signal.aborted) return;
      await pagedTable({
        place: list, path: search.size > 0 ? `/api/audit?${search}` : '/api/audit', caption: word('audit.title'), signal,
        columns: [word('audit.actor'), word('audit.at'), word('audit.action'), word('audit.patient'), word('admin.actions')],
        empty: () => this.empty(), row: entry => this.#row(entry, names),
      });
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof Refusal)) throw error;
      fill(list, notice('bad', error.status === 404 || error.status === 403 ? word('admin.forbidden') : error.message));
    }
  }

  empty() {
    const filtered = Object.values(this.#query()).some(Boolean);
    if (!filtered) return make('div', { class: 'empty' }, make('p', {}, word('audit.empty')));
    return make('div', { class: 'empty' }, make('h2', {}, word('audit.none')),
      make('p', {}, make('a', { class: 'button', href: page('admin/audit/') }, word('audit.clear'))));
  }


  #row(entry, names) {
    const { patient } = entry;
    return make('tr', {}, actorCell(entry, { linked: true }), make('td', { class: 'when' }, instant(entry.at)), actionCell(entry, names),
      make('td', {}, patient && make('a', { href: page('patient/', { id: patient.id }) }, patientName(patient))),
      make('td', { class: 'actions' }, rowButton(word('audit.details'), `${actionLabel(entry.action)}, ${instant(entry.at)}`, () => showEntry(entry, names, { linked: true }))));
  }


  #showFilters(query) {
    for (const name of ['action', 'from', 'to']) /** @type {HTMLInputElement} */ (this.querySelector(`[name="${name}"]`)).value = query[name];
    this.#showChoice('actor', query.actor, word('audit.actor'), async id => {
      const found = (await this.#people()).find(user => user.id === id);
      return found ? found.name || found.email : id;
    });
    this.#showChoice('patient', query.patient, word('audit.patient'), async id => patientName(await get(`/api/patients/${encodeURIComponent(id)}`)));
    this.#showChoice('study', query.study, word('audit.study'), async uid => uid);
    this.place('clear').toggleAttribute('data-shown', Object.values(query).some(Boolean));
  }





  async #showChoice(name, chosen, label, nameOf) {
    const place = this.place(`filter-${name}`);
    if (place.dataset.chosen === chosen) return;
    const hadFocus = place.contains(document.activeElement);
    place.dataset.chosen = chosen;
    if (!chosen) {
      const search = await this.#search(name, label);
      if (place.dataset.chosen !== chosen) return;
      place.hidden = !search;
      fill(place, search);
      if (hadFocus) place.querySelector('input')?.focus();
      return;
    }
    place.hidden = false;
    const shown = make('span', { class: 'chosen-name' }, '…');
    const clear = make('button', { type: 'button', class: 'quiet', 'aria-label': `${word('audit.letGo')}, ${label}`, title: word('audit.letGo'),
      onclick: () => this.#change({ [name]: '' }) }, '×');
    fill(place, make('div', { class: 'field' }, make('span', { class: 'field-label' }, label), make('span', { class: 'chosen' }, shown, clear)));
    if (hadFocus) clear.focus();
    if (!this.#names.has(chosen)) this.#names.set(chosen, nameOf(chosen).catch(() => chosen));
    shown.textContent = await this.#names.get(chosen) ?? chosen;
  }


  async #search(name, label) {
    const common = { id: `audit-${name}`, label, button: word('audit.choose'), floating: true };
    if (name === 'patient') {
      return patientPicker({ ...common, pick: patient => this.#choose('patient', patient.id, patientName(patient)) });
    }
    const { held } = await session();
    if (name !== 'actor' || !held.includes('manageUsers')) return null;
    return picker({
      ...common, nobody: word('study.nobody'),
      find: async text => (await this.#people()).filter(user => `${user.name} ${user.email}`.toLocaleLowerCase().includes(text.toLocaleLowerCase())),
      describe: user => ({ name: user.name || user.email, detail: user.name ? user.email : '' }),
      pick: user => this.#choose('actor', user.id, user.name || user.email),
    });
  }


  #choose(filter, id, name) {
    this.#names.set(id, Promise.resolve(name));
    this.#change({ [filter]: id });
  }

  #people() {
    this.#accounts ??= all('/api/users', this.listening.signal);
    return this.#accounts;
  }
}

customElements.define('audit-log', AuditLog);
