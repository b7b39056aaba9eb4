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
modules['deletion.js'] = (() => {
const { call, get, Refusal } = modules['api.js'];
const { confirmByName } = modules['dialogs.js'];
const { announce, fill, make, notice } = modules['dom.js'];
const { date, size } = modules['format.js'];
const { plural, word } = modules['words.js'];

const millisecondsPerDay = 86_400_000;






function deletePatient({ id }, name) {
  return ask(`/api/patients/${encodeURIComponent(id)}`, {
    title: word('deletion.patientTitle', { name }), text: word('deletion.patientText'), submit: word('deletion.patient'), name,
  });
}






function deleteStudy(uid, name) {
  return ask(`/api/studies/${encodeURIComponent(uid)}`, {
    title: word('deletion.studyTitle'), text: word('deletion.studyText'), submit: word('deletion.study'), name,
  });
}


async function ask(path, options) {
  const what = await get(`${path}/deletion`);
  const done = await confirmByName({ ...options, more: [lines(what)], act: () => call('DELETE', path) });
  if (done) announce(word('deletion.done'));
  return Boolean(done);
}


function lines(what) {
  const until = new Date(Date.now() + what.days * millisecondsPerDay).toISOString();
  const images = [plural('study.series', what.series), plural('study.images', what.instances), size(what.bytes)].join(' · ');
  return make('ul', { class: 'bullets' },
    make('li', {}, make('strong', {}, plural('patients.studies', what.studies)), ` · ${images}`),
    what.groups > 0 && make('li', {}, plural('deletion.groups', what.groups)),
    what.accounts > 0 && make('li', {}, plural('deletion.accounts', what.accounts)),
    make('li', {}, plural('deletion.until', what.days, { date: date(until) })));
}






async function findDeletion({ patient, study }) {
  const { items } = await get('/api/deletions?limit=200');
  return items.find((/** @type {any} */ one) => (study ? one.studyInstanceUID === study : one.kind === 'patient' && one.patient?.id === patient)) ?? null;
}


function restore(deletion) {
  return call('POST', `/api/deletions/${encodeURIComponent(deletion.id)}/restore`, { body: {} });
}





function undoNotice(deletion, restored) {
  const messages = make('div');
  const undo = make('button', { type: 'button', 'data-action': 'restore' }, word('deletion.undo'));
  const until = { date: date(deletion.restorableUntil) };
  const box = notice('info', deletion.kind === 'study' ? word('deletion.studyGone', until) : word('deletion.patientGone', until), undo);
  undo.addEventListener('click', async () => {
    undo.toggleAttribute('disabled', true);
    try {
      await restore(deletion);
      announce(word('deletion.restored'));
      restored();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      fill(messages, notice('bad', error.message));
      undo.toggleAttribute('disabled', false);
    }
  });
  box.append(messages);
  return box;
}

return { deletePatient, deleteStudy, findDeletion, restore, undoNotice };
})();
modules['elements/deletion-list.js'] = (() => {
const { AdminTable, head, rowButton } = modules['admin-table.js'];
const { all, call } = modules['api.js'];
const { restore } = modules['deletion.js'];
const { confirmByName } = modules['dialogs.js'];
const { announce, make } = modules['dom.js'];
const { date, instant, patientName } = modules['format.js'];
const { plural, word } = modules['words.js'];


class DeletionList extends AdminTable {
  load() {
    return all('/api/deletions', this.listening.signal);
  }

  empty() {
    return make('div', { class: 'empty' }, make('h2', {}, word('deleted.emptyTitle')), make('p', {}, word('deleted.emptyText')));
  }


  table(deletions) {
    return make('table', {}, ...head(word('deleted.title'), [word('deleted.what'), word('deleted.holds'), word('deleted.at'), word('deleted.until'), word('admin.actions')]),
      make('tbody', {}, deletions.map(one => this.#row(one))));
  }


  #row(one) {
    const { patient } = one;
    const isStudy = one.kind === 'study';
    const whose = patient ? [patientName(patient), patient.patientId].join(' · ') : word('deleted.noPatient');
    const title = isStudy ? one.description || word('study.untitled') : patientName(patient ?? {});
    const below = isStudy ? whose : [patient?.patientId, date(patient?.birthDate)].filter(Boolean).join(' · ');
    return make('tr', {},
      make('th', { scope: 'row', class: 'who' }, title, make('span', { class: 'muted id' }, `${word(`deletedKind.${one.kind}`)} · ${below}`)),
      make('td', {}, [plural('patients.studies', one.studies), plural('study.images', one.instances)].join(', ')),
      make('td', {}, make('div', {}, instant(one.deletedAt), one.deletedBy && make('span', { class: 'muted id' }, one.deletedBy))),
      make('td', {}, date(one.restorableUntil)),
      make('td', { class: 'actions' }, rowButton(word('deleted.restore'), title, () => this.attempt(async () => {
        await restore(one);
        announce(word('deletion.restored'));
      })), rowButton(word('deleted.purge'), title, () => this.#purge(one, title))));
  }


  async #purge(one, title) {
    const count = plural('study.images', one.instances);
    await this.attempt(() => confirmByName({
      title: word('deleted.purgeTitle', { name: title }), text: word('deleted.purgeText', { images: count }), submit: word('deleted.purge'),
      name: one.patient ? patientName(one.patient) : title,
      act: async () => {
        await call('DELETE', `/api/deletions/${encodeURIComponent(one.id)}`);
        announce(word('deleted.purged'));
      },
    }));
  }
}

customElements.define('deletion-list', DeletionList);

})();
modules['pages/deleted.js'] = (() => {



})();
