import { page } from '../addresses.6e921b8427.js';
import { get, Refusal } from '../api.06ac550977.js';
import { fill, make, notice } from '../dom.71da60e761.js';
import { instant, number, size } from '../format.4b266e2688.js';
import { plural, word } from '../words.ef487a8397.js';


const shown = 10;
const kinds = /** @type {Record<string, string>} */ ({ receiving: 'warn', waiting: 'info', running: 'info', done: 'good', interrupted: 'warn', failed: 'bad' });

const askEvery = 5000;


class ImportList extends HTMLElement {
  #listening = new AbortController();

  #asking;

  connectedCallback() {
    this.#listening = new AbortController();
    document.addEventListener('imports-changed', () => this.#load(), { signal: this.#listening.signal });
    this.#load();
  }

  disconnectedCallback() {
    this.#listening.abort();
    clearTimeout(this.#asking);
  }

  async #load() {
    clearTimeout(this.#asking);
    const list = /** @type {HTMLElement} */ (this.querySelector('[data-list]'));
    try {
      const { items } = await get(`/api/imports?limit=${shown}`, this.#listening.signal);
      this.toggleAttribute('hidden', items.length === 0);
      fill(list, make('ul', { class: 'report-list' }, items.map((/** @type {any} */ one) => this.#row(one))));
      if (items.some((/** @type {any} */ one) => one.state === 'running' || one.state === 'waiting')) {
        this.#asking = setTimeout(() => this.#load(), askEvery);
      }
    } catch (error) {
      if (this.#listening.signal.aborted) return;
      if (!(error instanceof Refusal)) throw error;
      this.toggleAttribute('hidden', error.status === 403);
      fill(list, notice('bad', error.message));
    }
  }


  #row(one) {
    const facts = [instant(one.startedAt), one.counts?.stored > 0 && plural('report.stored', one.counts.stored),
      one.state === 'receiving' && one.filesTotal && word('importList.received', { received: number(one.filesReceived ?? 0), files: number(one.filesTotal) }),
      one.bytesTotal > 0 && size(one.bytesTotal)];
    return make('li', { 'data-import': one.id },
      make('a', { href: page('import/', { id: one.id }) }, one.name || word('importList.nameless')),
      make('span', { class: 'chip', 'data-kind': kinds[one.state] ?? null, 'data-state': one.state }, word(`importState.${one.state}`)),
      make('span', { class: 'muted' }, facts.filter(Boolean).join(' · ')),
      one.state === 'receiving' && make('a', { class: 'report-links', href: page('import/', { id: one.id }) }, word('importList.resume')));
  }
}

customElements.define('import-list', ImportList);
