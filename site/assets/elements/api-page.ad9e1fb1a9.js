import { get, Refusal } from '../api.4aac85d452.js';
import { operationDetails } from '../api-operation.f2d80843a9.js';
import { fill, make, notice, skeletons } from '../dom.cb1cc6f6ea.js';
import { matches, operations, tags } from '../openapi.29a8a635e9.js';
import { plural, word } from '../words.4bd9aa8b7e.js';

/** Lists what the portal's OpenAPI document describes, and lets the reader try it. */
class ApiPage extends HTMLElement {
  #listening = new AbortController();
  /** @type {{operation: import('../openapi.js').Operation, details: HTMLDetailsElement}[]} */
  #entries = [];

  connectedCallback() {
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    const form = /** @type {HTMLFormElement} */ (this.querySelector('form'));
    form.addEventListener('submit', event => event.preventDefault(), { signal });
    form.addEventListener('input', () => this.#filter(), { signal });
    window.addEventListener('hashchange', () => this.#openNamed(), { signal });
    this.#load();
  }

  disconnectedCallback() {
    this.#listening.abort();
  }

  async #load() {
    const list = /** @type {HTMLElement} */ (this.querySelector('[data-list]'));
    fill(list, skeletons(6));
    try {
      const document = await get('/api/openapi.json', this.#listening.signal);
      if (document?.paths) this.#show(document, list);
      else fill(list, notice('bad', word('apiPage.strange')));
    } catch (error) {
      if (this.#listening.signal.aborted) return;
      if (!(error instanceof Refusal)) throw error;
      fill(list, notice('bad', error.message));
    }
    list.setAttribute('aria-busy', 'false');
  }

  /** @param {any} document @param {HTMLElement} list */
  #show(document, list) {
    const all = operations(document);
    this.#entries = all.map(operation => ({ operation, details: operationDetails(operation) }));
    fill(list, tags(document, all).map(tag => make('section', { class: 'api-group' }, make('h2', {}, tag || word('apiPage.other')),
      make('div', { class: 'operations' }, this.#entries.filter(({ operation }) => operation.tag === tag).map(({ details }) => details)))));
    this.#filter();
    this.#openNamed();
  }

  #filter() {
    const text = /** @type {HTMLInputElement} */ (this.querySelector('#find')).value.trim();
    let shown = 0;
    for (const { operation, details } of this.#entries) {
      details.hidden = !matches(operation, text);
      if (!details.hidden) shown += 1;
    }
    for (const group of this.querySelectorAll('.api-group')) group.toggleAttribute('hidden', !group.querySelector('.operation:not([hidden])'));
    /** @type {HTMLElement} */ (this.querySelector('[data-count]')).textContent = shown > 0 ? plural('apiPage.count', shown) : word('apiPage.none');
  }

  /** The operation that the address names is open. */
  #openNamed() {
    const id = decodeURIComponent(location.hash.slice(1));
    const named = this.#entries.find(({ operation }) => operation.id === id);
    if (!named) return;
    named.details.open = true;
    named.details.scrollIntoView({ block: 'start' });
  }
}

customElements.define('api-page', ApiPage);
