import { get, Refusal } from '../api.06ac550977.js';
import { operationDetails } from '../api-operation.dd905eaf16.js';
import { fill, make, notice, skeletons } from '../dom.71da60e761.js';
import { matches, operations, tags } from '../openapi.fff84d91b1.js';
import { plural, word } from '../words.ef487a8397.js';


class ApiPage extends HTMLElement {
  #listening = new AbortController();

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


  #openNamed() {
    const id = decodeURIComponent(location.hash.slice(1));
    const named = this.#entries.find(({ operation }) => operation.id === id);
    if (!named) return;
    named.details.open = true;
    named.details.scrollIntoView({ block: 'start' });
  }
}

customElements.define('api-page', ApiPage);
