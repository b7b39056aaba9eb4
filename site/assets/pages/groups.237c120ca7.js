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
modules['group-panels.js'] = (() => {
const { all, call, get, Refusal } = modules['api.js'];
const { field } = modules['dialogs.js'];
const { fill, make, notice } = modules['dom.js'];
const { date, patientName } = modules['format.js'];
const { word } = modules['words.js'];





function panel({ label, detail, path, load, empty }) {
  const messages = make('div');
  const list = make('ul', { class: 'candidates' });
  const attempt = async (/** @type {() => Promise<unknown>} */ act) => {
    fill(messages);
    try {
      await act();
      await show();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      fill(messages, notice('bad', error.message));
    }
  };
  const show = async () => {
    const present = await load();
    fill(list, present.length === 0 ? make('li', { class: 'muted' }, empty) : present.map(one => {
      const remove = make('button', { type: 'button', 'aria-label': `${word('groups.takeOut')}, ${label(one)}` }, word('groups.takeOut'));
      remove.addEventListener('click', () => attempt(() => call('DELETE', path(one))));
      return make('li', {}, make('div', {}, label(one), ' ', make('span', { class: 'muted' }, detail(one))), remove);
    }));
  };
  const add = (/** @type {any} */ one) => attempt(() => call('PUT', path(one)));
  return { messages, list, show, add, attempt };
}


async function memberPanel(group) {
  const choice = /** @type {HTMLSelectElement} */ (make('select', { id: 'member-choice' }));
  const load = async () => {
    const users = await all('/api/users');
    const isMember = (/** @type {any} */ user) => (user.groups ?? []).includes(group.id);
    fill(choice, make('option', { value: '' }, word('groups.choose')),
      users.filter(user => !isMember(user)).map(user => make('option', { value: user.id }, user.name ? `${user.name} (${user.email})` : user.email)));
    return users.filter(isMember);
  };
  const { messages, list, show, add } = panel({
    label: user => user.name || user.email, detail: user => (user.name ? user.email : ''),
    path: user => `/api/groups/${encodeURIComponent(group.id)}/members/${encodeURIComponent(user.id)}`,
    load, empty: word('groups.noMember'),
  });
  choice.addEventListener('change', () => choice.value && add({ id: choice.value }));
  await show();
  return make('div', { class: 'stack' }, messages, field(word('groups.addMember'), choice), list);
}


async function grantPanel(group) {
  const search = /** @type {HTMLInputElement} */ (make('input', { id: 'grant-search', type: 'search', autocomplete: 'off', maxlength: 200 }));
  const found = make('ul', { class: 'candidates' });
  const { messages, list, show, add, attempt } = panel({
    label: patientName, detail: patient => [patient.patientId, date(patient.birthDate)].filter(Boolean).join(' · '),
    path: patient => `/api/groups/${encodeURIComponent(group.id)}/grants/${encodeURIComponent(patient.id)}`,
    load: () => all(`/api/groups/${encodeURIComponent(group.id)}/grants`), empty: word('groups.noGrant'),
  });
  const find = () => attempt(async () => {
    if (!search.value.trim()) return fill(found);
    const { items } = await get(`/api/patients?${new URLSearchParams({ q: search.value.trim(), limit: '8' })}`);
    fill(found, items.length === 0 ? make('li', { class: 'muted' }, word('study.nobody')) : items.map((/** @type {any} */ patient) => {
      const button = make('button', { type: 'button', 'aria-label': `${word('groups.add')}, ${patientName(patient)}` }, word('groups.add'));
      button.addEventListener('click', () => add(patient));
      return make('li', {}, make('div', {}, patientName(patient), ' ', make('span', { class: 'muted' }, patient.patientId)), button);
    }));
  });
  search.addEventListener('change', find);
  search.addEventListener('keydown', event => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    find();
  });
  await show();
  return make('div', { class: 'stack' }, messages, field(word('groups.addGrant'), search, word('groups.addGrantHint')), found,
    make('h3', {}, word('groups.granted')), list);
}

return { memberPanel, grantPanel };
})();
modules['permission-grid.js'] = (() => {
const { call, Refusal } = modules['api.js'];
const { announce, fill, make, notice } = modules['dom.js'];
const { plural, word } = modules['words.js'];


const permissions = ['view', 'editPatients', 'import', 'export', 'share', 'delete', 'manageUsers', 'administer'];


class PermissionChanges {

  #changed = new Map();
  #bar;
  #saved;


  constructor(bar, saved) {
    this.#bar = bar;
    this.#saved = saved;
  }

  get isEmpty() {
    return this.#changed.size === 0;
  }


  cell(group, permission) {
    const held = (group.permissions ?? []).includes(permission);
    const wanted = this.#changed.get(group.id)?.wanted.has(permission) ?? held;
    const box = /** @type {HTMLInputElement} */ (make('input', { type: 'checkbox', checked: wanted, 'aria-label': `${group.name}, ${word(`permission.${permission}`)}` }));
    const cell = make('td', { class: 'tick', 'data-changed': wanted !== held }, make('label', {}, box));
    box.addEventListener('change', () => {
      this.#note(group, permission, box.checked);
      cell.toggleAttribute('data-changed', box.checked !== held);
      this.#show();
    });
    return cell;
  }


  #note(group, permission, isWanted) {
    const { wanted } = this.#changed.get(group.id) ?? { wanted: new Set(group.permissions ?? []) };
    if (isWanted) wanted.add(permission);
    else wanted.delete(permission);
    if (difference(group, wanted) > 0) this.#changed.set(group.id, { group, wanted });
    else this.#changed.delete(group.id);
  }


  #show(...more) {
    if (this.isEmpty) return fill(this.#bar, ...more);
    const count = [...this.#changed.values()].reduce((sum, { group, wanted }) => sum + difference(group, wanted), 0);
    const save = make('button', { type: 'button', class: 'primary', 'data-action': 'save-grid' }, word('admin.save'));
    const drop = make('button', { type: 'button', 'data-action': 'drop-grid' }, word('groups.dropChanges'));
    save.addEventListener('click', () => this.#save(save));
    drop.addEventListener('click', () => {
      this.#changed.clear();
      this.#show();
      this.#saved();
    });
    fill(this.#bar, make('strong', {}, plural('groups.changes', count)), save, drop, ...more);
  }


  async #save(button) {
    button.toggleAttribute('disabled', true);
    try {
      for (const [id, { group, wanted }] of this.#changed) {
        await savePermissions(group, wanted);
        this.#changed.delete(id);
      }
      this.#show();
      announce(word('admin.saved'));
      await this.#saved();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.#show(notice('bad', error.message));
    }
  }
}


function difference(group, wanted) {
  const held = new Set(group.permissions ?? []);
  return permissions.filter(permission => held.has(permission) !== wanted.has(permission)).length;
}


async function savePermissions(group, wanted) {
  const path = `/api/groups/${encodeURIComponent(group.id)}`;
  const { data, etag } = await call('GET', path);
  if (difference(data, new Set(group.permissions ?? [])) > 0) throw new Refusal(word('groups.changedMeanwhile', { name: group.name }));
  await call('PATCH', path, { body: { permissions: permissions.filter(one => wanted.has(one)) }, etag });
}

return { permissions, PermissionChanges };
})();
modules['elements/group-list.js'] = (() => {
const { AdminTable, rowButton } = modules['admin-table.js'];
const { all, call } = modules['api.js'];
const { confirmByName, field, formDialog } = modules['dialogs.js'];
const { announce, make } = modules['dom.js'];
const { grantPanel, memberPanel } = modules['group-panels.js'];
const { number } = modules['format.js'];
const { PermissionChanges, permissions } = modules['permission-grid.js'];
const { plural, word } = modules['words.js'];


class GroupList extends AdminTable {
  #changes = new PermissionChanges(make('div'), async () => {});

  connectedCallback() {
    super.connectedCallback();
    this.#changes = new PermissionChanges(this.place('pending'), () => this.reload());
    window.addEventListener('beforeunload', event => {
      if (!this.#changes.isEmpty) event.preventDefault();
    }, { signal: this.listening.signal });
  }

  load() {
    return all('/api/groups', this.listening.signal);
  }


  table(groups) {
    return make('table', { class: 'grid' }, make('caption', { class: 'visually-hidden' }, word('groups.title')),
      make('thead', {}, make('tr', {}, make('th', { scope: 'col' }, word('groups.name')), make('th', { scope: 'col' }, word('groups.scope')),
        make('th', { scope: 'col' }, word('groups.members')),
        permissions.map(permission => make('th', { scope: 'col', class: 'tick', title: word(`permissionHint.${permission}`) }, word(`permission.${permission}`))),
        make('th', { scope: 'col', class: 'actions' }, word('admin.actions')))),
      make('tbody', {}, groups.map(group => this.#row(group))));
  }


  #row(group) {
    return make('tr', {}, make('th', { scope: 'row' }, group.name), make('td', {}, word(`scope.${group.scope}`)),
      make('td', {}, number(group.members ?? 0)),
      permissions.map(permission => this.#changes.cell(group, permission)),
      make('td', { class: 'actions' }, rowButton(word('admin.edit'), group.name, () => this.#edit(group)),
        rowButton(word('groups.members'), group.name, () => this.#members(group)),
        group.scope === 'granted' && rowButton(word('groups.grants'), group.name, () => this.#grants(group)),
        rowButton(word('admin.delete'), group.name, () => this.#remove(group))));
  }

  async create() {
    const made = await formDialog({
      title: word('groups.new'), submit: word('groups.create'), body: this.#fields({ permissions: ['view'], scope: 'granted' }), wide: true,
      save: async form => (await call('POST', '/api/groups', { body: this.#read(form) })).data,
    });
    if (!made) return;
    announce(word('groups.created'));
    await this.reload();
  }


  async #edit(listed) {
    const path = `/api/groups/${encodeURIComponent(listed.id)}`;
    await this.attempt(async () => {
      const { data: group, etag } = await call('GET', path);
      await formDialog({
        title: word('groups.edit', { name: group.name }), submit: word('admin.save'), body: this.#fields(group), wide: true,
        save: async form => {
          await call('PATCH', path, { body: this.#read(form), etag });
          announce(word('admin.saved'));
          return true;
        },
      });
    });
  }


  async #members(group) {
    await this.attempt(async () => {
      const panel = await memberPanel(group);
      await formDialog({ title: word('groups.membersOf', { name: group.name }), submit: word('dialog.done'), body: [panel], wide: true, shows: true, save: async () => true });
    });
  }


  async #grants(group) {
    await this.attempt(async () => {
      const panel = await grantPanel(group);
      await formDialog({ title: word('groups.grantsOf', { name: group.name }), submit: word('dialog.done'), body: [panel], wide: true, shows: true, save: async () => true });
    });
  }


  async #remove(group) {
    await this.attempt(() => confirmByName({
      title: word('groups.deleteTitle'), text: plural('groups.deleteText', group.members ?? 0), name: group.name, submit: word('admin.delete'),
      act: () => call('DELETE', `/api/groups/${encodeURIComponent(group.id)}`),
    }));
  }


  #fields(group) {
    const name = /** @type {HTMLInputElement} */ (make('input', { id: 'group-name', name: 'name', required: true, maxlength: 100, autocomplete: 'off' }));
    name.value = group.name ?? '';
    return [field(word('groups.name'), name),
      make('fieldset', { class: 'choices permissions' }, make('legend', {}, word('groups.permissions')), permissions.map(permission =>
        make('label', {}, make('input', { type: 'checkbox', name: 'permissions', value: permission, checked: (group.permissions ?? []).includes(permission) }),
          make('span', {}, make('strong', {}, word(`permission.${permission}`)), make('small', {}, word(`permissionHint.${permission}`)))))),
      make('fieldset', { class: 'choices' }, make('legend', {}, word('groups.scope')), ['granted', 'all'].map(scope =>
        make('label', {}, make('input', { type: 'radio', name: 'scope', value: scope, checked: group.scope === scope }), ' ', word(`scope.${scope}`))))];
  }


  #read(form) {
    const values = new FormData(form);
    return { name: String(values.get('name')).trim(), permissions: values.getAll('permissions'), scope: values.get('scope') };
  }
}

customElements.define('group-list', GroupList);

})();
modules['pages/groups.js'] = (() => {



})();
