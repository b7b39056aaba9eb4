import { call, get, Refusal } from '../api.06ac550977.js';
import { device } from '../devices.c93909d736.js';
import { fill, make, notice } from '../dom.71da60e761.js';
import { instant } from '../format.4b266e2688.js';
import { word } from '../words.ef487a8397.js';


class SessionList extends HTMLElement {
  #listening = new AbortController();

  connectedCallback() {
    this.#listening = new AbortController();
    this.#load();
  }

  disconnectedCallback() {
    this.#listening.abort();
  }

  async #load() {
    const list = /** @type {HTMLElement} */ (this.querySelector('[data-list]'));
    try {
      const { items } = await get('/api/sessions', this.#listening.signal);
      fill(list, make('ul', { class: 'candidates' }, items.map((/** @type {any} */ one) => this.#row(one))));
    } catch (error) {
      if (this.#listening.signal.aborted) return;
      if (!(error instanceof Refusal)) throw error;
      fill(list, notice('bad', error.message));
    }
    list.setAttribute('aria-busy', 'false');
  }


  #row(one) {
    const end = make('button', { type: 'button', 'aria-label': `${word('account.endSession')}, ${device(one.userAgent)}` }, word('account.endSession'));
    end.addEventListener('click', async () => {
      try {
        await call('DELETE', `/api/sessions/${encodeURIComponent(one.id)}`);
        await this.#load();
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        /** @type {HTMLElement} */ (this.querySelector('[data-list]')).prepend(notice('bad', error.message));
      }
    });
    return make('li', {}, make('div', {}, make('strong', {}, device(one.userAgent)), ' ', one.current && make('span', { class: 'chip', 'data-kind': 'good' }, word('account.thisOne')),
      make('p', { class: 'muted' }, [one.address, word('account.since', { date: instant(one.createdAt) }),
        one.lastSeenAt && word('account.lastSeen', { date: instant(one.lastSeenAt) })].filter(Boolean).join(' · '))),
    !one.current && end);
  }
}

customElements.define('session-list', SessionList);
