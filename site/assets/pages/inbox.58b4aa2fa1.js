import { modules } from '/assets/common.c48fc35e30.js';
modules['keys.js'] = (() => {





const pageKeys = [];


function offerKeys(...keys) {
  pageKeys.push(...keys);
}


function isTaken(event) {
  const target = /** @type {HTMLElement} */ (event.target);
  return event.ctrlKey || event.metaKey || event.altKey || target.matches('input:not([type="checkbox"]), textarea, select, [contenteditable]')
    || document.querySelector('dialog[open]') !== null;
}

return { pageKeys, offerKeys, isTaken };
})();
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
modules['elements/app-frame.js'] = (() => {
const { call, get, Refusal } = modules['api.js'];
const { page, signInAgain } = modules['addresses.js'];
const { announce, make } = modules['dom.js'];
const { formDialog } = modules['dialogs.js'];
const { isTaken, pageKeys } = modules['keys.js'];
const { forgetSession, rememberedPermissions, session, showPermitted } = modules['session.js'];
const { language, word } = modules['words.js'];


const administration = [['manageUsers', 'admin/users/'], ['administerOnAll', 'admin/senders/'], ['delete', 'admin/deleted/']];


const afterThePage = 300;


class AppFrame extends HTMLElement {
  #listening = new AbortController();
  #known = false;
  #ended = false;

  connectedCallback() {
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    localStorage.setItem('language', language);
    this.#permit(rememberedPermissions());
    document.addEventListener('keydown', event => this.#key(event), { signal });
    document.addEventListener('session-ended', () => this.#sessionEnded(), { signal });
    document.addEventListener('click', event => this.#closeMenu(event), { signal });
    document.addEventListener('inbox-changed', () => this.#countInbox(), { signal });
    this.querySelector('[data-action="keys"]')?.addEventListener('click', () => this.#showKeys(), { signal });
    this.querySelector('[data-action="sign-out"]')?.addEventListener('click', () => this.#signOut(), { signal });
    for (const link of this.querySelectorAll('.languages a')) {
      link.addEventListener('click', () => { /** @type {HTMLAnchorElement} */ (link).search = location.search; }, { signal });
    }
    const search = this.querySelector('#search');
    if (search instanceof HTMLInputElement) search.value = new URLSearchParams(location.search).get('q') ?? '';
    this.#greet();
  }

  disconnectedCallback() {
    this.#listening.abort();
  }

  async #greet() {
    try {
      const { user, held } = await session();
      this.#known = true;
      this.#permit(held);
      for (const place of this.querySelectorAll('[data-account-name]')) place.textContent = user.name || user.email;
      for (const place of this.querySelectorAll('[data-account-email]')) place.textContent = user.name ? user.email : '';
      if (held.includes('editPatientsOnAll')) setTimeout(() => this.#countInbox(), afterThePage);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    }
  }


  #permit(held) {
    showPermitted(this, held);
    const first = administration.find(([permission]) => held.includes(permission));
    if (first) this.querySelector('[data-administration]')?.setAttribute('href', page(first[1]));
  }


  #welcome() {
    this.toggleAttribute('data-stranger', true);
    const signIn = make('a', { class: 'button', href: page('', { next: location.pathname }) }, word('signIn.submit'));
    this.querySelector('.languages')?.after(signIn);
  }

  async #countInbox() {
    const badge = this.querySelector('[data-inbox-count]');
    if (!badge || !this.#known) return;
    try {
      const { total } = await get('/api/inbox?limit=1');
      badge.toggleAttribute('hidden', !total);
      badge.textContent = total > 99 ? '99+' : String(total ?? '');
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      badge.toggleAttribute('hidden', true);
    }
  }


  #key(event) {
    if (event.key === 'Escape') this.#leaveMenu();
    if (isTaken(event)) return;
    if (event.key === '/') {
      event.preventDefault();
      /** @type {HTMLInputElement|null} */ (this.querySelector('#search'))?.select();
    } else if (event.key === '?') {
      this.#showKeys();
    }
  }


  #closeMenu(event) {
    const menu = this.querySelector('details.menu[open]');
    const target = /** @type {Element} */ (event.target);
    if (!menu || (menu.contains(target) && !target.closest('.menu-panel button'))) return;
    menu.removeAttribute('open');
    if (menu.contains(target)) /** @type {HTMLElement|null} */ (menu.querySelector('summary'))?.focus();
  }

  #leaveMenu() {
    const menu = this.querySelector('details.menu[open]');
    const inside = menu?.contains(document.activeElement);
    menu?.removeAttribute('open');
    if (inside) /** @type {HTMLElement|null} */ (menu?.querySelector('summary'))?.focus();
  }

  #showKeys() {
    this.querySelector('details.menu[open]')?.removeAttribute('open');
    const row = (/** @type {string[]} */ keys, /** @type {string} */ text) => [
      make('dt', {}, keys.map(key => make('kbd', {}, key))), make('dd', {}, text)];
    const here = pageKeys.filter(([, , works]) => works?.() ?? true);
    formDialog({
      title: word('keys.title'), submit: word('dialog.close'), shows: true,
      body: [make('dl', { class: 'keys' }, here.flatMap(([keys, text]) => row(keys, text)),
        row(['/'], word('keys.search')), row(['?'], word('keys.keys')), row(['Tab'], word('keys.tab')), row(['Esc'], word('keys.escape')))],
      save: async () => true,
    });
  }

  async #signOut() {
    try {
      await call('DELETE', '/api/session');
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      if (error.status !== 401) return announce(error.message);
    }
    forgetSession();
    location.assign(page(''));
  }


  #sessionEnded() {
    if (this.#ended) return;
    this.#ended = true;
    forgetSession();
    if (!this.#known && this.hasAttribute('data-open')) return this.#welcome();
    if (!this.#known) return location.replace(signInAgain());
    formDialog({
      title: word('session.endedTitle'), submit: word('session.signInAgain'),
      body: [make('p', {}, word('session.endedText'))],
      save: async () => {
        location.assign(signInAgain());
        return true;
      },
    }).then(() => { this.#ended = false; });
  }
}

customElements.define('app-frame', AppFrame);

})();
modules['elements/unattached-list.js'] = (() => {
const { get, Refusal } = modules['api.js'];
const { page } = modules['addresses.js'];
const { fill, make, notice, skeletons } = modules['dom.js'];
const { age, date, dicomName, instant, number, patientName } = modules['format.js'];
const { thumbnail } = modules['thumbnails.js'];
const { plural, word } = modules['words.js'];

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

})();
modules['pages/inbox.js'] = (() => {



})();
