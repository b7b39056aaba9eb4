import { call, get, Refusal } from '../api.06ac550977.js';
import { page } from '../addresses.6e921b8427.js';
import { showPermitted, session } from '../session.7dda462f97.js';
import { showConflict } from '../conflict-view.01606a2c90.js';
import { rowButton, showCurrentTab } from '../admin-table.8ff24418e7.js';
import { fill, make, notice } from '../dom.71da60e761.js';
import { instant, number, patientName, size } from '../format.4b266e2688.js';
import { pagedTable } from '../paged-table.4a06564652.js';
import { word } from '../words.ef487a8397.js';


class ConflictList extends HTMLElement {
  #listening = new AbortController();
  #loading = new AbortController();

  connectedCallback() {
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    this.#select.value = new URLSearchParams(location.search).get('state') === 'resolved' ? 'resolved' : 'open';
    this.#select.addEventListener('change', () => {
      history.replaceState(null, '', page('admin/conflicts/', { state: this.#state === 'open' ? '' : this.#state }));
      fill(this.#place('list'));
      this.#load();
    }, { signal });
    showCurrentTab();
    session().then(({ held }) => {
      showPermitted(document, held);
      showCurrentTab();
    }, () => {});
    this.#load();
  }

  disconnectedCallback() {
    this.#listening.abort();
    this.#loading.abort();
  }


  #place(name) {
    return /** @type {HTMLElement} */ (this.querySelector(`[data-${name}]`));
  }

  get #select() {
    return /** @type {HTMLSelectElement} */ (this.querySelector('[name="state"]'));
  }

  get #state() {
    return this.#select.value;
  }

  async #load() {
    this.#loading.abort();
    this.#loading = new AbortController();
    const { signal } = this.#loading;
    const place = this.#place('list');
    try {
      const { total } = await get(`/api/conflicts?state=${this.#state}&limit=1`, signal);
      this.#place('total').textContent = typeof total === 'number' ? number(total) : '';
      await pagedTable({
        place, signal, path: `/api/conflicts?state=${this.#state}`, caption: word('conflicts.title'),
        columns: [word('conflicts.image'), word('conflicts.patient'), word('conflicts.source'), word('conflicts.at'), word('admin.actions')],
        row: one => this.#row(one),
        empty: () => make('div', { class: 'empty' }, make('h2', {}, word('conflicts.emptyTitle')), make('p', {}, word('conflicts.emptyText'))),
      });
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof Refusal)) throw error;
      fill(place, notice('bad', error.status === 403 || error.status === 404 ? word('admin.forbidden') : error.message));
      place.setAttribute('aria-busy', 'false');
    }
  }


  #row(one) {
    const { patient } = one;
    const isOpen = !one.resolvedAt;
    const name = patient ? patientName(patient) : one.sopInstanceUID;
    return make('tr', { 'data-conflict': one.id },
      make('th', { scope: 'row', class: 'who' }, make('code', {}, one.sopInstanceUID), make('span', { class: 'muted id' }, size(one.size))),
      make('td', {}, patient ? make('a', { href: page('patient/', { id: patient.id }) }, patientName(patient)) : word('deleted.noPatient'),
        patient && make('span', { class: 'muted id' }, patient.patientId)),
      make('td', { class: 'what' }, one.source),
      make('td', {}, make('div', {}, instant(one.receivedAt), one.kept && make('span', { class: 'muted id' }, keptText(one.kept)))),
      make('td', { class: 'actions' }, rowButton(isOpen ? word('conflicts.compare') : word('conflicts.see'), name, () => this.#open(one))));
  }


  async #open(one) {
    fill(this.#place('notice'));
    try {
      const conflict = await get(`/api/conflicts/${encodeURIComponent(one.id)}`);
      const settled = await showConflict(conflict, keep => call('POST', `/api/conflicts/${encodeURIComponent(one.id)}/resolve`, { body: { keep } }));
      if (settled) await this.#load();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      fill(this.#place('notice'), notice('bad', error.message));
    }
  }
}


function keptText(kept) {
  return word('conflicts.kept', { which: kept === 'second' ? word('conflicts.keptSecond') : word('conflicts.keptFirst') });
}

customElements.define('conflict-list', ConflictList);
