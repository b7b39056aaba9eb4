import { all, get, Refusal } from '../api.js';
import { page } from '../addresses.js';
import { copyable } from '../copying.js';
import { fill, make, murmur, notice, skeletons } from '../dom.js';
import { exportDialog } from '../exporting.js';
import { number } from '../format.js';
import { isTaken, offerKeys } from '../keys.js';
import { listPath, narrows, readAddress, toAttach } from '../list-address.js';
import { newPatient } from '../patient-form.js';
import { PatientTable } from '../patient-table.js';
import { walkRows } from '../row-keys.js';
import { savedSearches } from '../saved-searches.js';
import { session } from '../session.js';
import { statuses } from '../statuses.js';
import { plural, word } from '../words.js';

/** @typedef {import('../list-address.js').Query} Query */

const modalities = ['CR', 'CT', 'DX', 'MG', 'MR', 'NM', 'PT', 'RF', 'SR', 'US', 'XA'];
const rowsPerPage = 50;
/** Long enough not to ask at every key of a quick typist, too short to be felt (milliseconds). */
const typingPause = 40;
/** Who has not typed for so long is answered without a pause. */
const typingRest = 100;
/** Whose list comes so soon after a key may still be typing. */
const typingSpan = 1000;

/** The dashboard: search, filter, sort and page; the address holds all of it. */
class PatientList extends HTMLElement {
  #listening = new AbortController();
  #asking = new AbortController();
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  #typing;
  #lastKey = -Infinity;
  #canExport = false;
  /** Ids of patients, over the pages of the list. @type {Set<string>} */
  #picked = new Set();
  #table = new PatientTable({
    sort: order => this.#change({ sort: order }, 'push'),
    pick: (id, chosen) => this.#pick(id, chosen),
  });

  connectedCallback() {
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    const search = this.#search;
    search?.addEventListener('input', ({ timeStamp }) => {
      this.#typed(timeStamp - this.#lastKey < typingRest ? typingPause : 0);
      this.#lastKey = timeStamp;
    }, { signal });
    search?.closest('form')?.addEventListener('submit', event => {
      event.preventDefault();
      this.#enter();
    }, { signal });
    this.#form.addEventListener('change', event => this.#filter(/** @type {HTMLInputElement} */ (event.target)), { signal });
    this.#form.addEventListener('submit', event => event.preventDefault(), { signal });
    this.#create?.addEventListener('click', () => this.#make(), { signal });
    this.querySelector('.pager')?.addEventListener('click', event => this.#turn(/** @type {MouseEvent} */ (event)), { signal });
    window.addEventListener('popstate', () => this.#load(), { signal });
    document.addEventListener('keydown', event => this.#key(event), { signal });
    walkRows(/** @type {HTMLElement} */ (this.parentElement), signal);
    savedSearches(/** @type {HTMLDetailsElement} */ (this.querySelector('.saved')), address => this.#go(address), signal);
    this.#field('modality').append(...modalities.map(code => make('option', { value: code }, code)));
    offerKeys([['j', '↓'], word('patients.keyDown')], [['k', '↑'], word('patients.keyUp')], [['Enter'], word('patients.keyOpen')],
      [['n'], word('patients.keyNew'), () => !this.#create?.hidden]);
    this.#load();
  }

  disconnectedCallback() {
    this.#listening.abort();
    this.#asking.abort();
    clearTimeout(this.#typing);
  }

  get #search() {
    return /** @type {HTMLInputElement|null} */ (document.querySelector('#search'));
  }

  get #create() {
    return /** @type {HTMLElement|null} */ (this.querySelector('[data-action="new-patient"]'));
  }

  get #form() {
    return /** @type {HTMLFormElement} */ (this.querySelector('form.filters'));
  }

  get #list() {
    return /** @type {HTMLElement} */ (this.querySelector('[data-list]'));
  }

  /** @param {string} name @returns {HTMLSelectElement} */
  #field(name) {
    return /** @type {HTMLSelectElement} */ (this.#form.elements.namedItem(name));
  }

  /** @param {number} pause in milliseconds */
  #typed(pause) {
    clearTimeout(this.#typing);
    return new Promise(resolve => {
      this.#typing = setTimeout(() => resolve(this.#change({ q: this.#search?.value.trim() ?? '' }, 'replace')), pause);
    });
  }

  /** Opens the only patient that is found, as one does with a barcode, or goes to the first row. */
  async #enter() {
    await this.#typed(0);
    const links = /** @type {NodeListOf<HTMLElement>} */ (this.#list.querySelectorAll('.row-link'));
    if (links.length === 1 && !this.querySelector('[data-nearest]')) links[0].click();
    else links[0]?.focus();
  }

  /** @param {HTMLInputElement} input */
  #filter({ name, value, validity }) {
    if (!validity.valid) return;
    this.#change(name === 'when' && value !== 'range' ? { when: value, from: '', to: '' } : { [name]: value }, 'push');
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.key !== 'n' || isTaken(event) || this.#create?.hidden !== false) return;
    event.preventDefault();
    this.#create.click();
  }

  /** @param {Query} changes @param {'push'|'replace'} how */
  #change(changes, how) {
    return this.#go(page('patients/', { ...readAddress(), after: '', ...changes }), how);
  }

  /** @param {string} address @param {'push'|'replace'} [how] */
  #go(address, how = 'push') {
    if (how === 'push') history.pushState(null, '', address);
    else history.replaceState(null, '', address);
    return this.#load();
  }

  /** @param {MouseEvent} event */
  async #turn(event) {
    const link = /** @type {HTMLElement} */ (event.target).closest('a');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    scrollTo({ top: 0 });
    /** @type {HTMLElement|null} */ (document.querySelector('#content'))?.focus();
    await this.#go(/** @type {string} */ (link.getAttribute('href')));
  }

  async #make() {
    const made = await newPatient();
    if (made) location.assign(page('patient/', { id: made.id }));
  }

  async #load() {
    this.#asking.abort();
    this.#asking = new AbortController();
    const { signal } = this.#asking;
    const query = readAddress();
    this.#showQuery(query);
    this.#list.setAttribute('aria-busy', String(query.status !== toAttach));
    if (query.status === toAttach) return fill(this.#list);
    if (this.#list.childElementCount === 0) fill(this.#list, skeletons(8));
    try {
      const [answer, known, { held }] = await Promise.all([get(listPath(query, rowsPerPage), signal), statuses(), session()]);
      if (signal.aborted) return;
      this.#canExport = held.includes('export');
      await this.#showFilters(query, known, held);
      if (signal.aborted) return;
      await this.#showAnswer(answer, query, known);
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof Refusal)) throw error;
      fill(this.#list, notice('bad', error.message, make('button', { type: 'button', onclick: () => this.#load() }, word('errors.again'))));
    }
    this.#list.setAttribute('aria-busy', 'false');
  }

  /** What is known before any answer. @param {Query} query */
  #showQuery(query) {
    const search = this.#search;
    if (search && document.activeElement !== search) search.value = query.q;
    for (const name of ['modality', 'when', 'from', 'to']) this.#field(name).value = query[name];
    this.querySelector('[data-range]')?.toggleAttribute('hidden', query.when !== 'range');
    const waiting = query.status === toAttach;
    if (waiting) this.#field('status').value = toAttach;
    this.toggleAttribute('data-waiting', waiting);
    this.toggleAttribute('data-narrowed', narrows(query));
    this.parentElement?.querySelector('unattached-list')?.toggleAttribute('data-brief', !waiting);
    const note = /** @type {HTMLElement} */ (this.querySelector('[data-search-note]'));
    note.hidden = !query.q || waiting;
    const clear = make('button', { type: 'button', class: 'quiet' }, word('patients.clear'));
    clear.addEventListener('click', () => {
      if (search) search.value = '';
      this.#change({ q: '' }, 'push');
    });
    fill(note, word('patients.searched', { text: query.q }), ' ', clear);
  }

  /** Options that the portal knows. @param {Query} query @param {{code: string, label: string}[]} known @param {string[]} held */
  async #showFilters(query, known, held) {
    const status = this.#field('status');
    const missing = known.filter(({ code }) => ![...status.options].some(({ value }) => value === code));
    status.append(...missing.map(({ code, label }) => make('option', { value: code }, label)));
    status.value = query.status;
    const group = this.#field('group');
    if (!held.includes('manageUsers')) return;
    if (group.options.length === 1) {
      const named = all('/api/groups').then(groups => group.append(...groups.map(({ id, name }) => make('option', { value: id }, name))));
      if (query.group) await named;
      else named.catch(error => { if (!(error instanceof Refusal)) throw error; });
    }
    group.value = query.group;
  }

  /** @param {any} answer @param {Query} query @param {{code: string, label: string}[]} known */
  async #showAnswer({ items, next, total, nearest }, query, known) {
    const count = /** @type {HTMLElement} */ (this.querySelector('[data-total]'));
    count.textContent = total === null ? word('patients.many') : number(total);
    const picked = this.#canExport ? this.#picked : null;
    const focused = /** @type {HTMLElement|null} */ (this.#list.querySelector(':focus'));
    if (items.length === 0) fill(this.#list, await this.#empty(query));
    else fill(this.#list, nearest.length > 0 && this.#nearly(query.q, nearest), this.#table.show(items, {
      order: query.sort, known, picked, isTyping: performance.now() - this.#lastKey < typingSpan,
    }));
    const sorting = focused?.dataset.sort && this.#list.querySelector(`[data-sort="${focused.dataset.sort}"]`);
    /** @type {HTMLElement|null|undefined} */ (sorting || focused)?.focus({ preventScroll: true });
    if (nearest.length > 0) murmur(this.#nearlyText(query.q, nearest));
    else if (query.q && total !== null) murmur(plural('patients.found', total));
    this.#showPager(query, next);
  }

  /** @param {string} text @param {string[]} names */
  #nearlyText(text, names) {
    return word('patients.nearest', { text, names: names.join(', ') });
  }

  /** @param {string} text @param {string[]} names */
  #nearly(text, names) {
    return make('p', { class: 'notice', 'data-kind': 'info', 'data-nearest': true }, this.#nearlyText(text, names));
  }

  /** @param {Query} query @param {string|null} next */
  #showPager(query, next) {
    const pager = /** @type {HTMLElement} */ (this.querySelector('.pager'));
    const first = /** @type {HTMLAnchorElement} */ (pager.querySelector('[data-page="first"]'));
    const following = /** @type {HTMLAnchorElement} */ (pager.querySelector('[data-page="next"]'));
    first.hidden = !query.after;
    first.href = page('patients/', { ...query, after: '' });
    following.hidden = !next;
    following.href = page('patients/', { ...query, after: next ?? '' });
    pager.hidden = first.hidden && following.hidden;
  }

  /** @param {string} id @param {boolean} chosen */
  #pick(id, chosen) {
    if (chosen) this.#picked.add(id);
    else this.#picked.delete(id);
    const place = /** @type {HTMLElement} */ (this.querySelector('[data-picked]'));
    place.hidden = this.#picked.size === 0;
    fill(place, make('span', {}, plural('export.picked', this.#picked.size)),
      make('button', { type: 'button', class: 'primary', 'data-action': 'export', onclick: () => exportDialog({ patients: [...this.#picked] }) }, word('export.open')),
      make('button', { type: 'button', class: 'quiet', onclick: () => this.#unpick() }, word('export.unpick')));
  }

  #unpick() {
    this.#picked.clear();
    for (const box of this.querySelectorAll('.pick input')) /** @type {HTMLInputElement} */ (box).checked = false;
    /** @type {HTMLElement} */ (this.querySelector('[data-picked]')).hidden = true;
  }

  /** @param {Query} query */
  async #empty(query) {
    if (narrows(query) || query.after) {
      const everyone = make('a', { class: 'button', href: page('patients/') }, word('patients.showAll'));
      return make('div', { class: 'empty' }, make('h2', {}, query.q ? word('patients.noneFor', { text: query.q }) : word('patients.none')),
        make('p', {}, word('patients.noneHint')), make('p', {}, everyone));
    }
    const { held, receiver } = await session();
    const brings = held.includes('import');
    return make('div', { class: 'empty first-run' }, make('h2', {}, word('patients.firstTitle')),
      make('p', {}, brings ? word('patients.firstText') : word('patients.firstNothing')), brings && this.#receiver(receiver));
  }

  /** How images get here. @param {{aeTitle: string, port: number}} receiver */
  #receiver({ aeTitle, port }) {
    const facts = [[word('patients.aeTitle'), aeTitle], [word('patients.address'), location.hostname], [word('patients.port'), String(port)]];
    return [
      make('p', {}, make('a', { class: 'button primary', href: page('import/') }, word('patients.firstImport'))),
      make('dl', { class: 'facts' }, facts.flatMap(([name, value]) => [make('dt', {}, name), make('dd', {}, copyable(value, name))])),
      make('p', {}, make('a', { href: page('help/send-from-a-modality/') }, word('patients.firstHelp'))),
    ];
  }
}

customElements.define('patient-list', PatientList);
