import { get, Refusal } from '../api.06ac550977.js';
import { page } from '../addresses.6e921b8427.js';
import { fill, make, notice, skeletons } from '../dom.71da60e761.js';
import { age, date, dicomName, instant, number, patientName } from '../format.4b266e2688.js';
import { thumbnail } from '../thumbnails.46c107c626.js';
import { plural, word } from '../words.ef487a8397.js';

const briefLength = 5;
const pageLength = 50;


class UnattachedList extends HTMLElement {
  static observedAttributes = ['data-brief'];

  #listening = new AbortController();

  #reading;
  #next = '';

  connectedCallback() {
    this.#listening = new AbortController();
    this.querySelector('[data-action="more"]')?.addEventListener('click', () => this.#load(), { signal: this.#listening.signal });
    this.#begin();
  }

  attributeChangedCallback() {
    if (this.#reading) this.#begin();
  }

  disconnectedCallback() {
    this.#listening.abort();
    this.#reading?.abort();
    this.#reading = undefined;
  }

  #begin() {
    this.#reading?.abort();
    this.#reading = new AbortController();
    this.#next = '';
    this.hidden = this.#brief;
    /** @type {HTMLElement} */ (this.querySelector('[data-action="more"]')).hidden = true;
    /** @type {HTMLElement} */ (this.querySelector('[data-list]')).replaceChildren();
    this.#load();
  }

  get #brief() {
    return this.hasAttribute('data-brief');
  }

  async #load() {
    const list = /** @type {HTMLElement} */ (this.querySelector('[data-list]'));
    const { signal } = /** @type {AbortController} */ (this.#reading);
    if (!this.#brief && list.childElementCount === 0) fill(list, skeletons(4));
    try {
      const search = new URLSearchParams({ limit: String(this.#brief ? briefLength : pageLength) });
      if (this.#next) search.set('after', this.#next);
      const answer = await get(`/api/inbox?${search}`, signal);
      this.#show(list, answer);
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof Refusal)) throw error;
      if (!this.#brief) fill(list, notice('bad', error.message));
    }
    list.setAttribute('aria-busy', 'false');
  }


  #show(list, answer) {
    const entries = answer.items;
    const total = this.querySelector('[data-total]');
    if (total && typeof answer.total === 'number') total.textContent = number(answer.total);
    if (this.#brief) {
      this.hidden = entries.length === 0;
      const more = answer.next && make('p', {}, make('a', { href: page('inbox/') }, word('inbox.all')));
      return fill(list, this.#rows(entries), more);
    }
    const rows = list.querySelector('ul');
    if (rows && this.#next) rows.append(...this.#rows(entries).children);
    else fill(list, entries.length > 0 ? this.#rows(entries) : this.#empty());
    this.#next = answer.next ?? '';
    /** @type {HTMLElement} */ (this.querySelector('[data-action="more"]')).hidden = !this.#next;
  }


  #rows(entries) {
    return make('ul', { class: 'unattached' }, entries.map(entry => this.#row(entry)));
  }


  #row({ study, identity, receivedAt, suggestions }) {
    const [suggestion] = suggestions;
    const facts = [identity.patientId, date(identity.birthDate), age(identity.birthDate)].filter(Boolean).join(' · ');
    const what = [date(study.started), study.description, plural('study.images', study.instances)].filter(Boolean).join(' · ');
    const pictured = study.series.find((/** @type {any} */ series) => series.thumbnail);
    return make('li', {}, thumbnail(pictured?.thumbnail, study.modalities[0] ?? ''),
      make('div', { class: 'unattached-what' },
        make('a', { class: 'row-link', href: page('study/', { uid: study.studyInstanceUID }) }, dicomName(identity.name)),
        make('span', { class: 'muted' }, facts), make('span', {}, what),
        suggestion && make('span', { class: 'muted' }, word('inbox.suggested', { name: patientName(suggestion) }))),
      make('div', { class: 'unattached-side' }, make('span', { class: 'chip', 'data-status': 'unattached' }, word('inbox.chip')),
        study.modalities.map((/** @type {string} */ code) => make('span', { class: 'modality' }, code)),
        make('span', { class: 'muted' }, instant(receivedAt))));
  }

  #empty() {
    return make('div', { class: 'empty' }, make('h2', {}, word('inbox.emptyTitle')), make('p', {}, word('inbox.emptyText')));
  }
}

customElements.define('unattached-list', UnattachedList);
