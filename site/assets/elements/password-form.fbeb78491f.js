import { call, Refusal } from '../api.06ac550977.js';
import { markField, reportFields } from '../dialogs.ef6d9ad20f.js';
import { announce } from '../dom.71da60e761.js';
import { session } from '../session.7dda462f97.js';
import { word } from '../words.ef487a8397.js';


class PasswordForm extends HTMLElement {
  #listening = new AbortController();

  connectedCallback() {
    this.#listening = new AbortController();
    const form = /** @type {HTMLFormElement} */ (this.querySelector('form'));
    form.addEventListener('submit', event => this.#save(event, form), { signal: this.#listening.signal });

    session().then(({ user }) => {
      /** @type {HTMLInputElement} */ (form.elements.namedItem('email')).value = user.email;
    }, () => {});
  }

  disconnectedCallback() {
    this.#listening.abort();
  }


  async #save(event, form) {
    event.preventDefault();
    if (!reportFields(form)) return;
    const values = new FormData(form);
    const newPassword = String(values.get('newPassword'));
    if (newPassword !== values.get('repeat')) {
      markField(form, 'repeat', word('signIn.different'));
      return;
    }
    try {
      await call('PATCH', '/api/account', { body: { currentPassword: values.get('currentPassword'), newPassword } });
      for (const name of ['currentPassword', 'newPassword', 'repeat']) /** @type {HTMLInputElement} */ (form.elements.namedItem(name)).value = '';
      this.#say(word('account.passwordChanged'), 'good');
      announce(word('account.passwordChanged'));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      if (!markField(form, error.field, error.message)) this.#say(error.message, 'bad');
    }
  }


  #say(text, kind) {
    const notice = /** @type {HTMLElement} */ (this.querySelector('.notice'));
    notice.hidden = !text;
    notice.dataset.kind = kind;
    notice.textContent = text;
  }
}

customElements.define('password-form', PasswordForm);
