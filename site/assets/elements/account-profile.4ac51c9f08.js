import { call, Refusal } from '../api.06ac550977.js';
import { page } from '../addresses.6e921b8427.js';
import { announce } from '../dom.71da60e761.js';
import { session } from '../session.7dda462f97.js';
import { language, word } from '../words.ef487a8397.js';


class AccountProfile extends HTMLElement {
  #listening = new AbortController();

  connectedCallback() {
    this.#listening = new AbortController();
    const form = /** @type {HTMLFormElement} */ (this.querySelector('form'));
    form.addEventListener('submit', event => this.#save(event), { signal: this.#listening.signal });
    session().then(({ user }) => {
      /** @type {HTMLInputElement} */ (form.elements.namedItem('name')).value = user.name;
      /** @type {HTMLInputElement} */ (form.elements.namedItem('email')).value = user.email;
      /** @type {RadioNodeList} */ (form.elements.namedItem('language')).value = user.language;
    }).catch(error => this.#say(error));
  }

  disconnectedCallback() {
    this.#listening.abort();
  }


  async #save(event) {
    event.preventDefault();
    const values = new FormData(/** @type {HTMLFormElement} */ (event.currentTarget));
    try {
      await call('PATCH', '/api/account', { body: { name: String(values.get('name')).trim(), language: values.get('language') } });
      this.#say(null);
      announce(word('account.saved'));
      if (values.get('language') !== language) location.assign(page('account/').replace(`/${language}/`, `/${values.get('language')}/`));
    } catch (error) {
      this.#say(error);
    }
  }


  #say(error) {
    if (error && !(error instanceof Refusal)) throw error;
    const notice = /** @type {HTMLElement} */ (this.querySelector('.notice'));
    notice.hidden = !error;
    notice.dataset.kind = 'bad';
    notice.textContent = error ? error.message : '';
  }
}

customElements.define('account-profile', AccountProfile);
