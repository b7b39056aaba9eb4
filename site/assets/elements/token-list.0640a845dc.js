import { call, get, Refusal } from '../api.06ac550977.js';
import { copyable } from '../copying.5720e91940.js';
import { field, formDialog } from '../dialogs.ef6d9ad20f.js';
import { fill, make, notice, scrolling } from '../dom.71da60e761.js';
import { date, instant } from '../format.4b266e2688.js';
import { recipeList } from '../recipes.a2447748d6.js';
import { session } from '../session.7dda462f97.js';
import { head, labelled, rowButton } from '../admin-table.8ff24418e7.js';
import { word } from '../words.ef487a8397.js';

const lifetimes = [30, 90, 365];


class TokenList extends HTMLElement {
  #listening = new AbortController();

  connectedCallback() {
    this.#listening = new AbortController();
    this.querySelector('[data-action="new"]')?.addEventListener('click', () => this.#create(), { signal: this.#listening.signal });
    this.#load();
  }

  disconnectedCallback() {
    this.#listening.abort();
  }

  async #load() {
    const list = /** @type {HTMLElement} */ (this.querySelector('[data-list]'));
    try {
      const { items } = await get('/api/tokens', this.#listening.signal);
      fill(list, items.length === 0 ? make('p', { class: 'muted' }, word('account.noToken')) : scrolling(labelled(this.#table(items))));
    } catch (error) {
      if (this.#listening.signal.aborted) return;
      if (!(error instanceof Refusal)) throw error;
      fill(list, notice('bad', error.message));
    }
    list.setAttribute('aria-busy', 'false');
  }


  #table(tokens) {
    return make('table', {}, ...head(word('account.tokens'), [word('account.tokenName'), word('account.may'), word('account.expires'),
      word('account.lastUsed'), word('admin.actions')]),
    make('tbody', {}, tokens.map(token => make('tr', {}, make('th', { scope: 'row' }, token.name),
      make('td', {}, token.may.map((/** @type {string} */ one) => word(`may.${one}`)).join(', ')),
      make('td', {}, date(token.expiresAt)), make('td', {}, instant(token.lastSeenAt) || make('span', { class: 'muted' }, word('account.neverUsed'))),
      make('td', { class: 'actions' }, rowButton(word('account.revoke'), token.name, () => this.#revoke(token)))))));
  }

  async #create() {
    const name = make('input', { id: 'token-name', name: 'name', required: true, maxlength: 100, autocomplete: 'off' });
    const days = make('select', { id: 'token-days', name: 'days' }, lifetimes.map(count => make('option', { value: count }, word('account.days', { count }))));
    const boxes = ['read', 'store'].map(one => make('label', {}, make('input', { type: 'checkbox', name: 'may', value: one, checked: one === 'read' }), ' ', word(`may.${one}`)));
    const made = await formDialog({
      title: word('account.newToken'), submit: word('account.makeToken'),
      body: [field(word('account.tokenName'), name, word('account.tokenNameHint')), field(word('account.lifetime'), days),
        make('fieldset', { class: 'choices' }, make('legend', {}, word('account.may')), boxes)],
      save: async form => {
        const values = new FormData(form);
        const body = { name: String(values.get('name')).trim(), may: values.getAll('may'), days: Number(values.get('days')) };
        return (await call('POST', '/api/tokens', { body })).data;
      },
    });
    if (!made) return;
    await this.#showSecret(made.token);
    await this.#load();
  }


  async #showSecret(secret) {
    const { receiver } = await session();
    const place = /** @type {HTMLElement} */ (this.querySelector('[data-secret]'));
    fill(place, make('div', { class: 'notice', 'data-kind': 'good', role: 'status' },
      make('p', {}, word('account.secretOnce')), make('p', {}, copyable(secret, word('account.secret'))),
      make('h3', {}, word('account.howTo')), recipeList({ origin: location.origin, secret, ...receiver })));
    place.scrollIntoView({ block: 'nearest' });
  }


  async #revoke(token) {
    const done = await formDialog({
      title: word('account.revokeTitle', { name: token.name }), submit: word('account.revoke'), danger: true, body: [make('p', {}, word('account.revokeText'))],
      save: async () => {
        await call('DELETE', `/api/tokens/${encodeURIComponent(token.id)}`);
        return true;
      },
    });
    if (done) await this.#load();
  }
}

customElements.define('token-list', TokenList);
