import { modules } from '/assets/common.c48fc35e30.js';
modules['session.js'] = (() => {
const { get } = modules['api.js'];

const remembered = 'permissions';









let asked;


function session() {
  asked ??= get('/api/session').then(({ user, receiver }) => {
    const held = [...user.permissions, ...user.permissionsOnAll.map((/** @type {string} */ permission) => `${permission}OnAll`)];
    sessionStorage.setItem(remembered, JSON.stringify(held));
    return { user, held, receiver };
  });
  return asked;
}


function rememberedPermissions() {
  try {
    return JSON.parse(sessionStorage.getItem(remembered) ?? '[]');
  } catch {
    return [];
  }
}


function forgetSession() {
  sessionStorage.removeItem(remembered);
}






function showPermitted(root, held) {
  for (const element of root.querySelectorAll('[data-permission]')) {
    const needed = (element.getAttribute('data-permission') ?? '').split(' ');
    element.toggleAttribute('hidden', !needed.some(permission => held.includes(permission)));
  }
}

return { session, rememberedPermissions, forgetSession, showPermitted };
})();
modules['elements/sign-in-form.js'] = (() => {
const { call, Refusal } = modules['api.js'];
const { page, sameOriginPath } = modules['addresses.js'];
const { reportFields } = modules['dialogs.js'];
const { forgetSession } = modules['session.js'];
const { language, plural, word } = modules['words.js'];


const linkMark = '#reset=';


class SignInForm extends HTMLElement {
  #listening = new AbortController();

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


  #openLink() {
    if (!location.hash.startsWith(linkMark)) return;
    this.#token = location.hash.slice(linkMark.length);
    history.replaceState(null, '', location.pathname + location.search);
    this.#say(this.#form('reset'), '');
    this.#showFresh(true);
    this.#show('reset', 'newPassword');
  }


  #showFresh(isFresh) {
    for (const part of this.#form('reset').querySelectorAll('[data-fresh]')) part.toggleAttribute('hidden', !isFresh);
  }


  #show(step, first) {
    for (const form of this.querySelectorAll('form')) form.hidden = form.dataset.step !== step;
    /** @type {HTMLInputElement} */ (this.#form(step).elements.namedItem(first)).focus();
  }


  #form(step) {
    return /** @type {HTMLFormElement} */ (this.querySelector(`[data-step="${step}"]`));
  }


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


  async #signIn(form) {
    const values = new FormData(form);
    await this.#open(String(values.get('email')).trim(), String(values.get('password')));
  }


  async #open(email, password) {
    await call('POST', '/api/session', { body: { email, password }, stranger: true });
    const search = new URLSearchParams(location.search);
    const next = sameOriginPath(search.get('next') ?? search.get('return'));
    location.assign(next ?? page('patients/'));
  }


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


  #say(form, text, kind = 'bad') {
    const notice = /** @type {HTMLElement} */ (form.querySelector('.notice'));
    notice.hidden = !text;
    notice.dataset.kind = kind;
    if (notice.textContent !== text) notice.textContent = text;
  }
}

customElements.define('sign-in-form', SignInForm);

})();
modules['pages/sign-in.js'] = (() => {


})();
