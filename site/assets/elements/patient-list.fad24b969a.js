import { get, Refusal } from '../api.4aac85d452.js';
import { page } from '../addresses.f20333e5ad.js';
import { copyable } from '../copying.aa33a12f0a.js';
import { fill, make, murmur, notice, skeletons } from '../dom.cb1cc6f6ea.js';
import { exportDialog } from '../exporting.6b9ade3cae.js';
import { age, date, number, patientName } from '../format.f26fd9ffc1.js';
import { newPatient } from '../patient-form.6cb7c3a4f4.js';
import { session } from '../session.0f9c5643cd.js';
import { statusChip, statuses } from '../statuses.7857531821.js';
import { thumbnail } from '../thumbnails.86d3c25315.js';
import { plural, word } from '../words.4bd9aa8b7e.js';

const filters = ['q', 'status', 'modality', 'sort', 'after'];
const modalities = ['CR', 'CT', 'DX', 'MG', 'MR', 'NM', 'PT', 'RF', 'SR', 'US', 'XA'];
const rowsPerPage = 50;
/** The strip has room for this many. */
const stripLength = 4;
/** What the receiver is called and where it listens unless it was set up otherwise. */
const usualReceiver = { aeTitle: 'PREVIEWDICOM', port: '4242' };
/** Long enough not to ask at every key, short enough to feel at once. */
const typingPause = 150;

/** The dashboard: search, filter, sort and page; the address holds all of it. */
class PatientList extends HTMLElement {
  #listening = new AbortController();
  #asking = new AbortController();
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  #typing;
  #canExport = false;
  /** Ids of patients, over the pages of the list. @type {Set<string>} */
  #picked = new Set();

  connectedCallback() {
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    const search = document.querySelector('#search');
    search?.addEventListener('input', () => this.#typed(), { signal });
    search?.closest('form')?.addEventListener('submit', event => {
      event.preventDefault();
      this.#typed(0);
    }, { signal });
    this.querySelector('form.filters')?.addEventListener('change', event => {
      const select = /** @type {HTMLSelectElement} */ (event.target);
      this.#change({ [select.name]: select.value }, 'push');
    }, { signal });
    this.querySelector('form.filters')?.addEventListener('submit', event => event.preventDefault(), { signal });
    this.querySelector('[data-action="new-patient"]')?.addEventListener('click', () => this.#create(), { signal });
    this.querySelector('.pager')?.addEventListener('click', event => this.#turn(/** @type {MouseEvent} */ (event)), { signal });
    window.addEventListener('popstate', () => this.#load(), { signal });
    const select = /** @type {HTMLSelectElement} */ (this.querySelector('[name="modality"]'));
    select.append(...modalities.map(code => make('option', { value: code }, code)));
    this.#load();
  }

  disconnectedCallback() {
    this.#listening.abort();
    this.#asking.abort();
    clearTimeout(this.#typing);
  }

  #query() {
    const search = new URLSearchParams(location.search);
    return Object.fromEntries(filters.map(name => [name, search.get(name) ?? '']));
  }

  /** @param {number} [pause] */
  #typed(pause = typingPause) {
    clearTimeout(this.#typing);
    const { value } = /** @type {HTMLInputElement} */ (document.querySelector('#search'));
    this.#typing = setTimeout(() => this.#change({ q: value.trim() }, 'replace'), pause);
  }

  /** @param {Record<string, string>} changes @param {'push'|'replace'} how */
  #change(changes, how) {
    const address = page('patients/', { ...this.#query(), after: '', ...changes });
    if (how === 'push') history.pushState(null, '', address);
    else history.replaceState(null, '', address);
    this.#load();
  }

  /** @param {MouseEvent} event */
  #turn(event) {
    const link = /** @type {HTMLElement} */ (event.target).closest('a');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    history.pushState(null, '', link.getAttribute('href'));
    this.#load();
    scrollTo({ top: 0 });
    /** @type {HTMLElement|null} */ (document.querySelector('#content'))?.focus();
  }

  async #create() {
    const made = await newPatient();
    if (made) location.assign(page('patient/', { id: made.id }));
  }

  async #load() {
    this.#asking.abort();
    this.#asking = new AbortController();
    const { signal } = this.#asking;
    const query = this.#query();
    const list = /** @type {HTMLElement} */ (this.querySelector('[data-list]'));
    list.setAttribute('aria-busy', 'true');
    if (list.childElementCount === 0) fill(list, skeletons(8));
    try {
      const [answer, known, { held }] = await Promise.all([get(this.#address(query), signal), statuses(), session()]);
      if (signal.aborted) return;
      this.#canExport = held.includes('export');
      this.#showFilters(query, known);
      this.#showTotal(answer, query);
      const patients = answer.items;
      fill(list, patients.length > 0 ? this.#table(patients, query, known) : await this.#empty(query));
      this.#showPager(query, answer.next);
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof Refusal)) throw error;
      const again = make('button', { type: 'button' }, word('errors.again'));
      again.addEventListener('click', () => this.#load());
      fill(list, notice('bad', error.message, again));
    }
    list.setAttribute('aria-busy', 'false');
  }

  /** @param {Record<string, string>} query */
  #address(query) {
    const fields = { ...query, sort: query.sort || '-lastStudy', limit: String(rowsPerPage) };
    const search = new URLSearchParams(Object.entries(fields).filter(([, value]) => value));
    return `/api/patients?${search}`;
  }

  /** @param {Record<string, string>} query @param {{code: string, label: string}[]} known */
  #showFilters(query, known) {
    const status = /** @type {HTMLSelectElement} */ (this.querySelector('[name="status"]'));
    if (status.options.length === 1) {
      status.append(...known.map(({ code, label }) => make('option', { value: code }, label)));
    }
    status.value = query.status;
    /** @type {HTMLSelectElement} */ (this.querySelector('[name="modality"]')).value = query.modality;
    const search = /** @type {HTMLInputElement} */ (document.querySelector('#search'));
    if (document.activeElement !== search) search.value = query.q;
    const note = /** @type {HTMLElement} */ (this.querySelector('[data-search-note]'));
    note.hidden = !query.q;
    const clear = make('button', { type: 'button', class: 'quiet' }, word('patients.clear'));
    clear.addEventListener('click', () => {
      search.value = '';
      this.#change({ q: '' }, 'push');
    });
    fill(note, word('patients.searched', { text: query.q }), ' ', clear);
  }

  /** @param {any} answer @param {Record<string, string>} query */
  #showTotal(answer, query) {
    const count = answer.total ?? null;
    const total = /** @type {HTMLElement} */ (this.querySelector('[data-total]'));
    total.textContent = count === null ? '' : number(count);
    if (query.q && count !== null) murmur(plural('patients.found', count));
  }

  /** @param {Record<string, string>} query @param {string|null} next */
  #showPager(query, next) {
    const pager = /** @type {HTMLElement} */ (this.querySelector('.pager'));
    const first = /** @type {HTMLAnchorElement} */ (pager.querySelector('[data-page="first"]'));
    const following = /** @type {HTMLAnchorElement} */ (pager.querySelector('[data-page="next"]'));
    first.hidden = !query.after;
    first.href = page('patients/', { ...query, after: '' });
    following.hidden = !next;
    following.href = page('patients/', { ...query, after: next });
    pager.hidden = first.hidden && following.hidden;
  }

  /** @param {any[]} patients @param {Record<string, string>} query @param {{code: string, label: string}[]} known */
  #table(patients, query, known) {
    const plain = (/** @type {string} */ text) => make('th', { scope: 'col' }, text);
    return make('table', { class: 'patients' },
      make('caption', { class: 'visually-hidden' }, word('patients.title')),
      make('thead', {}, make('tr', {}, this.#canExport && make('th', { scope: 'col', class: 'pick' }, make('span', { class: 'visually-hidden' }, word('export.column'))),
        this.#sortable('name', word('patients.name'), query), plain(word('patients.born')),
        plain(word('patients.status')), plain(word('patients.modalities')), this.#sortable('lastStudy', word('patients.lastStudy'), query),
        make('th', { scope: 'col', class: 'strip-head' }, word('patients.images')))),
      make('tbody', {}, patients.map(patient => this.#row(patient, known))));
  }

  /** @param {string} key @param {string} label @param {Record<string, string>} query */
  #sortable(key, label, query) {
    const sort = query.sort || '-lastStudy';
    const order = sort === key ? 'ascending' : sort === `-${key}` ? 'descending' : 'none';
    const button = make('button', { type: 'button', class: 'sort' }, label);
    button.addEventListener('click', () => {
      const first = key === 'lastStudy' ? `-${key}` : key;
      const other = key === 'lastStudy' ? key : `-${key}`;
      this.#change({ sort: sort === first ? other : first }, 'push');
    });
    return make('th', { scope: 'col', 'aria-sort': order }, button);
  }

  /** @param {any} patient @param {{code: string, label: string}[]} known */
  #row(patient, known) {
    const shown = (patient.thumbnails ?? []).slice(0, stripLength);
    return make('tr', {}, this.#canExport && this.#pickCell(patient),
      make('th', { scope: 'row', class: 'who' },
        make('a', { href: page('patient/', { id: patient.id }), class: 'row-link' }, patientName(patient)),
        make('span', { class: 'muted id' }, patient.patientId)),
      make('td', { class: 'born' }, date(patient.birthDate), patient.birthDate && make('span', { class: 'muted age' }, age(patient.birthDate))),
      make('td', { class: 'state' }, statusChip(patient.status, known)),
      make('td', { class: 'modalities' }, (patient.modalities ?? []).map((/** @type {string} */ code) => make('span', { class: 'modality' }, code))),
      make('td', { class: 'last' }, date(patient.lastStudy) || make('span', { class: 'muted' }, word('patients.noStudy')),
        patient.studies > 0 && make('span', { class: 'muted' }, plural('patients.studies', patient.studies))),
      make('td', { class: 'strip' }, make('span', { class: 'strip-boxes' },
        shown.map((/** @type {string} */ address) => thumbnail(address, '')))));
  }

  /** @param {any} patient */
  #pickCell(patient) {
    const box = /** @type {HTMLInputElement} */ (make('input', { type: 'checkbox', 'aria-label': word('export.pick', { name: patientName(patient) }) }));
    box.checked = this.#picked.has(patient.id);
    box.addEventListener('change', () => {
      if (box.checked) this.#picked.add(patient.id);
      else this.#picked.delete(patient.id);
      this.#showPicked();
    });
    return make('td', { class: 'pick' }, make('label', {}, box));
  }

  #showPicked() {
    const place = /** @type {HTMLElement} */ (this.querySelector('[data-picked]'));
    place.hidden = this.#picked.size === 0;
    fill(place, make('span', {}, plural('export.picked', this.#picked.size)),
      make('button', { type: 'button', class: 'primary', 'data-action': 'export', onclick: () => exportDialog({ patients: [...this.#picked] }) }, word('export.open')),
      make('button', { type: 'button', class: 'quiet', onclick: () => this.#unpick() }, word('export.unpick')));
  }

  #unpick() {
    this.#picked.clear();
    for (const box of this.querySelectorAll('.pick input')) /** @type {HTMLInputElement} */ (box).checked = false;
    this.#showPicked();
  }

  /** @param {Record<string, string>} query */
  async #empty(query) {
    if (query.q || query.status || query.modality || query.after) {
      const all = make('a', { class: 'button', href: page('patients/') }, word('patients.showAll'));
      return make('div', { class: 'empty' }, make('h2', {}, query.q ? word('patients.noneFor', { text: query.q }) : word('patients.none')),
        make('p', {}, word('patients.noneHint')), make('p', {}, all));
    }
    const { held } = await session();
    return make('div', { class: 'empty first-run' }, make('h2', {}, word('patients.firstTitle')), make('p', {}, word('patients.firstText')),
      held.includes('import') && make('p', {}, make('a', { class: 'button primary', href: page('import/') }, word('patients.firstImport'))),
      make('dl', { class: 'facts' }, make('dt', {}, word('patients.aeTitle')), make('dd', {}, copyable(usualReceiver.aeTitle, word('patients.aeTitle'))),
        make('dt', {}, word('patients.address')), make('dd', {}, copyable(location.hostname, word('patients.address'))),
        make('dt', {}, word('patients.port')), make('dd', {}, copyable(usualReceiver.port, word('patients.port')))),
      make('p', {}, make('a', { href: page('help/send-from-a-modality/') }, word('patients.firstHelp'))));
  }
}

customElements.define('patient-list', PatientList);
