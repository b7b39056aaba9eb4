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
modules['admin-table.js'] = (() => {
const { Refusal } = modules['api.js'];
const { fill, make, notice, scrolling, skeletons } = modules['dom.js'];
const { number } = modules['format.js'];
const { showPermitted, session } = modules['session.js'];
const { word } = modules['words.js'];


class AdminTable extends HTMLElement {
  listening = new AbortController();

  connectedCallback() {
    this.listening = new AbortController();
    const { signal } = this.listening;
    this.querySelector('[data-action="new"]')?.addEventListener('click', () => this.create(), { signal });
    showCurrentTab();
    fill(this.place('list'), skeletons(4));
    session().then(({ held }) => {
      showPermitted(document, held);
      showCurrentTab();
    }, () => {});
    this.reload();
  }

  disconnectedCallback() {
    this.listening.abort();
  }


  place(name) {
    return /** @type {HTMLElement} */ (this.querySelector(`[data-${name}]`));
  }


  async load() {
    return [];
  }


  table(_rows) {
    return make('table');
  }


  empty() {
    return make('div', { class: 'empty' }, make('p', {}, word('admin.empty')));
  }

  async create() {}

  async reload() {
    const list = this.place('list');
    try {
      const rows = await this.load();
      this.place('total').textContent = number(rows.length);
      fill(list, rows.length > 0 ? scrolling(labelled(this.table(rows))) : this.empty());
    } catch (error) {
      if (this.listening.signal.aborted) return;
      if (!(error instanceof Refusal)) throw error;
      const kind = error.status === 404 || error.status === 403 ? word('admin.forbidden') : error.message;
      fill(list, notice('bad', kind));
    }
    list.setAttribute('aria-busy', 'false');
  }





  async attempt(act) {
    fill(this.place('notice'));
    try {
      await act();
      await this.reload();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      fill(this.place('notice'), notice('bad', error.message));
    }
  }
}


function showCurrentTab() {
  for (const tab of document.querySelectorAll('.tabs a')) {
    if (tab.getAttribute('href') === location.pathname) tab.setAttribute('aria-current', 'page');
  }
  document.querySelector('.tabs [aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' });
}


function head(caption, columns) {
  return [make('caption', { class: 'visually-hidden' }, caption),
    make('thead', {}, make('tr', {}, columns.map(column => make('th', { scope: 'col', class: column === word('admin.actions') ? 'actions' : null }, column))))];
}


function labelled(table) {
  if (!(table instanceof HTMLTableElement)) return table;
  table.classList.add('records');
  const names = [...table.tHead?.rows[0]?.cells ?? []].map(cell => cell.textContent ?? '');
  for (const row of table.tBodies[0]?.rows ?? []) {
    [...row.cells].forEach((cell, index) => cell.setAttribute('data-label', names[index]));
  }
  return table;
}


function rowButton(label, whose, act) {
  const button = make('button', { type: 'button', class: 'quiet', 'aria-label': `${label}, ${whose}` }, label);
  button.addEventListener('click', act);
  return button;
}

return { AdminTable, showCurrentTab, head, labelled, rowButton };
})();
modules['devices.js'] = (() => {
const { word } = modules['words.js'];


function device(agent) {
  const text = agent ?? '';
  const browser = /Edg\//.test(text) ? 'Edge' : /Firefox\//.test(text) ? 'Firefox' : /Chrome\//.test(text) ? 'Chrome' : /Safari\//.test(text) ? 'Safari' : '';
  const system = /Android/.test(text) ? 'Android' : /iPhone|iPad/.test(text) ? 'iOS' : /Windows/.test(text) ? 'Windows' : /Mac OS X/.test(text) ? 'macOS' : /Linux/.test(text) ? 'Linux' : '';
  return [browser, system].filter(Boolean).join(', ') || text.slice(0, 60) || word('account.unknownDevice');
}

return { device };
})();
modules['account-sessions.js'] = (() => {
const { call, get, Refusal } = modules['api.js'];
const { device } = modules['devices.js'];
const { formDialog } = modules['dialogs.js'];
const { announce, fill, make, notice } = modules['dom.js'];
const { date, instant } = modules['format.js'];
const { word } = modules['words.js'];


async function accountSessions(user) {
  const path = `/api/users/${encodeURIComponent(user.id)}/sessions`;
  const messages = make('div');
  const list = make('div', { class: 'stack' });

  const end = async (/** @type {any} */ one) => {
    fill(messages);
    try {
      await call('DELETE', `${path}/${encodeURIComponent(one.id)}`);
      announce(word('users.sessionEnded'));
      await show();
      list.closest('form')?.querySelector('button')?.focus();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      fill(messages, notice('bad', error.message));
    }
  };
  const row = (/** @type {any} */ one) => {
    const isToken = one.kind === 'token';
    const name = isToken ? one.name : device(one.userAgent);
    const label = isToken ? word('account.revoke') : word('account.endSession');
    const facts = [one.address, word('users.since', { date: instant(one.createdAt) }), one.lastSeenAt && word('account.lastSeen', { date: instant(one.lastSeenAt) }),
      isToken && word('users.until', { date: date(one.expiresAt) })];
    return make('li', {}, make('div', {}, make('strong', {}, name), make('p', { class: 'muted' }, facts.filter(Boolean).join(' · '))),
      make('button', { type: 'button', 'aria-label': `${label}, ${name}`, onclick: () => end(one) }, label));
  };
  const part = (/** @type {string} */ title, /** @type {any[]} */ ones, /** @type {string} */ none) => make('section', {}, make('h3', {}, title),
    ones.length === 0 ? make('p', { class: 'muted' }, none) : make('ul', { class: 'candidates' }, ones.map(row)));
  const show = async () => {
    const { items } = await get(path);
    fill(list, part(word('account.sessions'), items.filter((/** @type {any} */ one) => one.kind !== 'token'), word('users.noSession')),
      part(word('account.tokens'), items.filter((/** @type {any} */ one) => one.kind === 'token'), word('account.noToken')));
  };

  await show();
  return formDialog({
    title: word('users.sessionsOf', { name: user.name || user.email }), submit: word('dialog.done'), shows: true, wide: true,
    body: [messages, list], save: async () => true,
  });
}

return { accountSessions };
})();
modules['copying.js'] = (() => {
const { announce, make } = modules['dom.js'];
const { word } = modules['words.js'];







function copyButton(text, label, caption = word('copy.copy')) {
  const button = make('button', { type: 'button', class: 'quiet copy', title: text, 'aria-label': `${word('copy.copy')} ${label}` }, caption);
  button.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      copyBySelection(text);
    }
    button.textContent = word('copy.done');
    announce(word('copy.done'));
    setTimeout(() => { button.textContent = caption; }, 2000);
  });
  return button;
}


function copyable(text, label) {
  return make('span', { class: 'copyable' }, make('code', {}, text), copyButton(text, label));
}


function copyBySelection(text) {
  const field = /** @type {HTMLTextAreaElement} */ (make('textarea', { class: 'visually-hidden', readonly: true }));
  field.value = text;
  (document.querySelector('dialog[open]') ?? document.body).append(field);
  field.select();
  document.execCommand('copy');
  field.remove();
}

return { copyButton, copyable };
})();
modules['elements/user-list.js'] = (() => {
const { AdminTable, head, rowButton } = modules['admin-table.js'];
const { all, call } = modules['api.js'];
const { accountSessions } = modules['account-sessions.js'];
const { copyable } = modules['copying.js'];
const { confirmByName, field, formDialog } = modules['dialogs.js'];
const { announce, make } = modules['dom.js'];
const { date, instant } = modules['format.js'];
const { language, word } = modules['words.js'];

const states = ['active', 'inactive', 'disabled'];


class UserList extends AdminTable {

  #groups = [];

  async load() {
    const { signal } = this.listening;
    const [users, groups] = await Promise.all([all('/api/users', signal), all('/api/groups', signal)]);
    this.#groups = groups;
    return users;
  }


  table(users) {
    return make('table', {}, ...head(word('users.title'), [word('users.name'), word('users.groups'), word('users.status'),
      word('users.lastSeen'), word('admin.actions')]),
    make('tbody', {}, users.map(user => this.#row(user))));
  }


  #row(user) {
    const whose = user.name || user.email;
    const names = (user.groups ?? []).map((/** @type {string} */ id) => this.#groups.find(group => group.id === id)?.name).filter(Boolean);
    return make('tr', {},
      make('th', { scope: 'row', class: 'who' }, make('span', {}, user.name || user.email), user.name && make('span', { class: 'muted id' }, user.email)),
      make('td', {}, names.length > 0 ? names.join(', ') : make('span', { class: 'muted' }, word('users.noGroup'))),
      make('td', {}, make('div', {}, make('span', { class: 'chip', 'data-kind': user.status === 'active' ? 'good' : 'muted' }, word(`userStatus.${user.status}`)),
        user.expiresAt && make('span', { class: 'muted id' }, word('users.until', { date: date(user.expiresAt) })))),
      make('td', {}, instant(user.lastSeenAt) || make('span', { class: 'muted' }, word('users.notYet'))),
      make('td', { class: 'actions' }, rowButton(word('admin.edit'), whose, () => this.#edit(user)),
        rowButton(word('users.sessions'), whose, () => this.attempt(() => accountSessions(user))),
        rowButton(word('users.reset'), whose, () => this.#reset(user)), rowButton(word('admin.delete'), whose, () => this.#remove(user))));
  }

  async create() {
    const made = await formDialog({
      title: word('users.new'), submit: word('users.create'), body: [...this.#fields({ language, status: 'active', groups: [] }),
        make('p', { class: 'muted' }, word('users.passwordMade'))], wide: true,
      save: async form => (await call('POST', '/api/users', { body: this.#read(form) })).data,
    });
    if (!made) return;
    await this.reload();
    await this.#showSecret(word('users.created'), made.temporaryPassword);
  }


  async #edit(listed) {
    const path = `/api/users/${encodeURIComponent(listed.id)}`;
    await this.attempt(async () => {
      const { data: user, etag } = await call('GET', path);
      await formDialog({
        title: word('users.edit', { name: user.name || user.email }), submit: word('admin.save'), body: this.#fields(user), wide: true,
        save: async form => {
          await call('PATCH', path, { body: this.#read(form), etag });
          announce(word('admin.saved'));
          return true;
        },
      });
    });
  }


  async #reset(user) {
    const path = `/api/users/${encodeURIComponent(user.id)}`;
    await this.attempt(async () => {
      const ways = [['link', word('users.resetLink'), word('users.resetLinkText')], ['password', word('users.resetPassword'), word('users.resetPasswordText')]];
      const done = await formDialog({
        title: word('users.resetTitle', { name: user.name || user.email }), submit: word('users.resetSubmit'),
        body: [make('fieldset', { class: 'choices' }, make('legend', { class: 'visually-hidden' }, word('users.resetHow')), ways.map(([value, label, text]) =>
          make('label', {}, make('input', { type: 'radio', name: 'way', value, checked: value === 'link' }), make('span', {}, make('strong', {}, label), make('small', {}, text)))))],
        save: async form => {
          if (new FormData(form).get('way') === 'link') return (await call('POST', `${path}/reset`, { body: {} })).data;
          const password = temporaryPassword();
          await call('PATCH', path, { body: { password, mustChangePassword: true } });
          return { password };
        },
      });
      if (done?.link) await this.#showLink(done);
      else if (done) await this.#showSecret(word('users.resetDone'), done.password);
    });
  }


  #showLink({ link, expiresAt }) {
    return formDialog({
      title: word('users.linkTitle'), submit: word('dialog.done'), shows: true, save: async () => true,
      body: [make('p', {}, word('users.linkText', { date: instant(expiresAt) })),
        make('p', { 'data-link': true }, copyable(new URL(link, location.origin).href, word('users.link')))],
    });
  }


  #showSecret(title, secret) {
    return formDialog({
      title, submit: word('dialog.done'), shows: true, save: async () => true,
      body: [make('p', {}, word('users.secretText')), make('p', {}, copyable(secret, word('users.password')))],
    });
  }


  async #remove(user) {
    await this.attempt(() => confirmByName({
      title: word('users.deleteTitle'), text: word('users.deleteText'), name: user.email, submit: word('admin.delete'),
      act: () => call('DELETE', `/api/users/${encodeURIComponent(user.id)}`),
    }));
  }


  #fields(user) {
    const input = (/** @type {string} */ name, /** @type {any} */ attributes) => {
      const element = /** @type {HTMLInputElement} */ (make('input', { id: `user-${name}`, name, autocomplete: 'off', ...attributes }));
      element.value = attributes.value ?? '';
      return element;
    };
    const select = (/** @type {string} */ name, /** @type {[string, string][]} */ options, /** @type {string} */ value) => {
      const element = /** @type {HTMLSelectElement} */ (make('select', { id: `user-${name}`, name }, options.map(([code, label]) => make('option', { value: code }, label))));
      element.value = value;
      return element;
    };
    return [make('div', { class: 'field-grid' },
      field(word('users.name'), input('name', { maxlength: 100, value: user.name })),
      field(word('users.email'), input('email', { type: 'email', required: true, maxlength: 254, value: user.email })),
      field(word('users.language'), select('language', [['fr', 'Français'], ['en', 'English']], user.language)),
      field(word('users.status'), select('status', states.map(state => [state, word(`userStatus.${state}`)]), user.status)),
      field(word('users.expires'), input('expiresAt', { type: 'date', value: (user.expiresAt ?? '').slice(0, 10) }), word('users.expiresHint'))),
    this.#groupBoxes(user.groups ?? [])];
  }


  #groupBoxes(chosen) {
    return make('fieldset', { class: 'choices' }, make('legend', {}, word('users.groups')),
      this.#groups.length === 0 ? make('p', { class: 'muted' }, word('users.noGroups'))
        : this.#groups.map(group => make('label', {}, make('input', { type: 'checkbox', name: 'groups', value: group.id, checked: chosen.includes(group.id) }), ' ', group.name)));
  }


  #read(form) {
    const values = new FormData(form);
    const day = String(values.get('expiresAt') ?? '');
    return {
      name: String(values.get('name')).trim(), email: String(values.get('email')).trim(), language: values.get('language'),
      status: values.get('status'), expiresAt: day ? `${day}T23:59:59Z` : null, groups: values.getAll('groups'),
    };
  }
}


function temporaryPassword() {
  const letters = 'abcdefghjkmnpqrstuvwxyz23456789';

  const fair = [...crypto.getRandomValues(new Uint8Array(64))].filter(byte => byte < 256 - (256 % letters.length));
  return fair.slice(0, 16).map(byte => letters[byte % letters.length]).join('').replace(/(.{4})(?=.)/g, '$1-');
}

customElements.define('user-list', UserList);

})();
modules['pages/users.js'] = (() => {



})();
