import { call, Refusal } from '../api.4aac85d452.js';
import { page, sameOriginPath } from '../addresses.65131a5bd7.js';
import { reportFields } from '../dialogs.fd421aa959.js';
import { forgetSession } from '../session.0f9c5643cd.js';
import { language, plural, word } from '../words.4bd9aa8b7e.js';

/** What stands before the token in the address of a link. */
const linkMark = '#reset=';

/** Signs in, changes a password that must be changed first, and takes a new one from someone whose link names them. */
class SignInForm extends HTMLElement {
  #listening = new AbortController();
  /** The short token that changes a password. */
  #token = '';
  #waiting = 0;

  connectedCallback() {
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    localStorage.setItem('language', language);
    forgetSession();
    this.#form('sign-in').addEventListener('submit', event => this.#submit(event, form => this.#signIn(form)), { signal });
    this.#form('change').addEventListener('submit', event => this.#submit(event, form => this.#change(form)), { signal });
    this.#form('reset').addEventListener('submit', event => this.#submit(event, form => this.#reset(form)), { signal });
    this.querySelector('[data-action="sign-in"]')?.addEventListener('click', () => this.#show('sign-in', 'email'), { signal });
    window.addEventListener('hashchange', () => this.#openLink(), { signal });
    for (const link of document.querySelectorAll('.languages a')) {
      link.addEventListener('click', () => {
        const isReset = !this.#form('reset').hidden && this.#token;
        Object.assign(link, { search: location.search, hash: isReset ? `${linkMark}${this.#token}` : '' });
      }, { signal });
    }
    if (new URLSearchParams(location.search).has('ended')) this.#say(this.#form('sign-in'), word('signIn.ended'), 'info');
    this.#openLink();
  }

  disconnectedCallback() {
    this.#listening.abort();
    clearInterval(this.#waiting);
  }

  /** A link with a token asks for a new password; the token does not stay in the address. */
  #openLink() {
    if (!location.hash.startsWith(linkMark)) return;
    this.#token = location.hash.slice(linkMark.length);
    history.replaceState(null, '', location.pathname + location.search);
    this.#say(this.#form('reset'), '');
    this.#showFresh(true);
    this.#show('reset', 'newPassword');
  }

  /** What only a link that is still good needs. @param {boolean} isFresh */
  #showFresh(isFresh) {
    for (const part of this.#form('reset').querySelectorAll('[data-fresh]')) part.toggleAttribute('hidden', !isFresh);
  }

  /** Shows one of the forms. @param {string} step @param {string} first the field to begin with */
  #show(step, first) {
    for (const form of this.querySelectorAll('form')) form.hidden = form.dataset.step !== step;
    /** @type {HTMLInputElement} */ (this.#form(step).elements.namedItem(first)).focus();
  }

  /** @param {string} step @returns {HTMLFormElement} */
  #form(step) {
    return /** @type {HTMLFormElement} */ (this.querySelector(`[data-step="${step}"]`));
  }

  /** @param {SubmitEvent} event @param {(form: HTMLFormElement) => Promise<void>} act */
  async #submit(event, act) {
    event.preventDefault();
    const form = /** @type {HTMLFormElement} */ (event.currentTarget);
    const button = /** @type {HTMLButtonElement} */ (form.querySelector('button[type="submit"]'));
    if (button.disabled || !reportFields(form)) return;
    button.disabled = true;
    this.#say(form, '');
    try {
      await act(form);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.#refused(form, error);
    } finally {
      if (!this.#waiting) button.disabled = false;
    }
  }

  /** @param {HTMLFormElement} form */
  async #signIn(form) {
    const values = new FormData(form);
    await this.#open(String(values.get('email')).trim(), String(values.get('password')));
  }

  /** @param {string} email @param {string} password */
  async #open(email, password) {
    await call('POST', '/api/session', { body: { email, password }, stranger: true });
    const search = new URLSearchParams(location.search);
    const next = sameOriginPath(search.get('next') ?? search.get('return'));
    location.assign(next ?? page('patients/'));
  }

  /** @param {HTMLFormElement} form */
  async #change(form) {
    const values = new FormData(form);
    const newPassword = String(values.get('newPassword'));
    if (newPassword !== values.get('repeat')) return this.#say(form, word('signIn.different'), 'bad');
    const first = new FormData(this.#form('sign-in'));
    await call('PATCH', '/api/account', {
      body: { currentPassword: first.get('password'), newPassword }, token: this.#token, stranger: true,
    });
    await this.#open(String(first.get('email')).trim(), newPassword);
  }

  /** Takes the new password; then the person signs in with it. @param {HTMLFormElement} form */
  async #reset(form) {
    const values = new FormData(form);
    const newPassword = String(values.get('newPassword'));
    if (newPassword !== values.get('repeat')) return this.#say(form, word('signIn.different'), 'bad');
    try {
      await call('PATCH', '/api/account', { body: { newPassword }, token: this.#token, stranger: true });
    } catch (error) {
      if (!(error instanceof Refusal) || error.status !== 401) throw error;
      this.#showFresh(false);
      return this.#say(form, word('signIn.linkSpent'), 'warn');
    }
    this.#token = '';
    form.reset();
    this.#show('sign-in', 'email');
    this.#say(this.#form('sign-in'), word('signIn.resetDone'), 'good');
  }

  /** @param {HTMLFormElement} form @param {Refusal} error */
  #refused(form, error) {
    if (error.code === 'password.mustChange' && error.details.token) {
      this.#token = error.details.token;
      this.#show('change', 'newPassword');
    } else if (error.status === 429 || (error.status === 503 && error.retryAfter > 0)) {
      this.#wait(form, error);
    } else {
      this.#say(form, error.message, 'bad');
      const password = form.elements.namedItem('password');
      if (error.status === 401 && password instanceof HTMLInputElement) password.select();
    }
  }

  /** Says how long to wait, and counts down. @param {HTMLFormElement} form @param {Refusal} error */
  #wait(form, error) {
    const button = /** @type {HTMLButtonElement} */ (form.querySelector('button[type="submit"]'));
    const end = Date.now() + Math.max(1, error.retryAfter) * 1000;
    const tick = () => {
      const seconds = Math.ceil((end - Date.now()) / 1000);
      const wait = seconds > 90 ? plural('signIn.minutes', Math.ceil(seconds / 60)) : plural('signIn.seconds', seconds);
      this.#say(form, seconds > 0 ? `${error.message} ${word('signIn.again', { wait })}` : '', 'warn');
      if (seconds > 0) return;
      clearInterval(this.#waiting);
      this.#waiting = 0;
      button.disabled = false;
    };
    clearInterval(this.#waiting);
    this.#waiting = setInterval(tick, 1000);
    tick();
  }

  /** @param {HTMLFormElement} form @param {string} text @param {string} [kind] */
  #say(form, text, kind = 'bad') {
    const notice = /** @type {HTMLElement} */ (form.querySelector('.notice'));
    notice.hidden = !text;
    notice.dataset.kind = kind;
    if (notice.textContent !== text) notice.textContent = text;
  }
}

customElements.define('sign-in-form', SignInForm);
