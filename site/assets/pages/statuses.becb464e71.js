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
modules['elements/status-list.js'] = (() => {
const { AdminTable, head, rowButton } = modules['admin-table.js'];
const { call, get } = modules['api.js'];
const { field, formDialog } = modules['dialogs.js'];
const { announce, make } = modules['dom.js'];
const { language, word } = modules['words.js'];


const initial = 'toRead';


class StatusList extends AdminTable {
  async load() {
    return (await get('/api/statuses', this.listening.signal)).items;
  }


  table(statuses) {
    return make('table', {}, ...head(word('statusList.title'), [word('statusList.shown'), word('statusList.french'), word('statusList.english'), word('statusList.code'), word('admin.actions')]),
      make('tbody', {}, statuses.map((status, index) => this.#row(status, index, statuses.length))));
  }


  #row(status, index, count) {
    const name = status.label[language];
    return make('tr', { 'data-code': status.code },
      make('th', { scope: 'row' }, make('span', { class: 'chip', 'data-status': status.code }, name)),
      make('td', { lang: 'fr' }, status.label.fr), make('td', { lang: 'en' }, status.label.en), make('td', {}, make('code', {}, status.code)),
      make('td', { class: 'actions' },
        this.#mover('up', '↑', word('statusList.up'), status, index > 0 && index),
        this.#mover('down', '↓', word('statusList.down'), status, index < count - 1 && index + 2),
        rowButton(word('statusList.rename'), name, () => this.#rename(status)),
        status.code !== initial && rowButton(word('admin.delete'), name, () => this.#remove(status))));
  }


  #mover(way, arrow, label, status, position) {
    const button = rowButton(label, status.label[language], () => position && this.attempt(async () => {
      await call('PUT', this.#path(status), { body: { label: status.label, position } });
    }).then(() => this.#focus(status.code, way)));
    button.textContent = arrow;
    button.setAttribute('title', label);
    button.setAttribute('data-move', way);
    button.toggleAttribute('disabled', position === false);
    return button;
  }


  #focus(code, way) {
    const buttons = [...this.querySelectorAll(`[data-code="${CSS.escape(code)}"] [data-move]`)];
    const same = buttons.find(button => button.getAttribute('data-move') === way && !button.hasAttribute('disabled'));
    const other = buttons.find(button => !button.hasAttribute('disabled'));
    /** @type {HTMLElement|undefined} */ (same ?? other)?.focus();
  }


  #path(status) {
    return `/api/statuses/${encodeURIComponent(status.code)}`;
  }

  async create() {
    const code = make('input', { id: 'code', name: 'code', required: true, maxlength: 64, autocomplete: 'off', spellcheck: 'false', pattern: '[A-Za-z][A-Za-z0-9]*' });
    const made = await formDialog({
      title: word('statusList.new'), submit: word('statusList.create'),
      body: [...this.#labels({ fr: '', en: '' }), field(word('statusList.code'), code, word('statusList.codeHint'))],
      save: async form => {
        const { value } = /** @type {HTMLInputElement} */ (code);
        await call('POST', '/api/statuses', { body: { code: value.trim(), label: this.#read(form) } });
        return true;
      },
    });
    if (!made) return;
    announce(word('statusList.created'));
    await this.reload();
  }


  async #rename(status) {
    await this.attempt(() => formDialog({
      title: word('statusList.renameTitle', { name: status.label[language] }), submit: word('admin.save'), body: this.#labels(status.label),
      save: async form => {
        await call('PUT', this.#path(status), { body: { label: this.#read(form) } });
        announce(word('admin.saved'));
        return true;
      },
    }));
  }


  async #remove(status) {
    await this.attempt(() => formDialog({
      title: word('statusList.removeTitle', { name: status.label[language] }), submit: word('admin.delete'), danger: true, body: [make('p', {}, word('statusList.removeText'))],
      save: async () => {
        await call('DELETE', this.#path(status));
        announce(word('statusList.removed'));
        return true;
      },
    }));
  }


  #labels(label) {
    const input = (/** @type {'fr'|'en'} */ tongue, /** @type {string} */ text) => {
      const element = /** @type {HTMLInputElement} */ (make('input', { id: `label-${tongue}`, name: `label.${tongue}`, lang: tongue, required: true, maxlength: 64, autocomplete: 'off' }));
      element.value = label[tongue];
      return field(text, element);
    };
    return [input('fr', word('statusList.french')), input('en', word('statusList.english'))];
  }


  #read(form) {
    const values = new FormData(form);
    return { fr: String(values.get('label.fr')).trim(), en: String(values.get('label.en')).trim() };
  }
}

customElements.define('status-list', StatusList);

})();
modules['pages/statuses.js'] = (() => {



})();
