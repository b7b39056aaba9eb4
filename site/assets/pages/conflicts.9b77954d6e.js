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
modules['conflict-view.js'] = (() => {
const { Refusal } = modules['api.js'];
const { copyable } = modules['copying.js'];
const { formDialog } = modules['dialogs.js'];
const { announce, make } = modules['dom.js'];
const { moment, size } = modules['format.js'];
const { plural, word } = modules['words.js'];


const mostDifferences = 200;






async function showConflict(conflict, settle) {
  const isOpen = !conflict.resolvedAt;
  const body = [make('p', {}, copyable(conflict.sopInstanceUID, word('conflicts.image'))), sides(conflict), ...differences(conflict.differences ?? [])];
  if (!isOpen) return formDialog({ title: word('conflicts.dialog'), submit: word('dialog.close'), shows: true, wide: true, body, save: async () => false });
  const done = await formDialog({
    title: word('conflicts.dialog'), submit: word('conflicts.settle'), wide: true, body: [...body, choice()],
    save: async form => {
      const keep = new FormData(form).get('keep');
      if (keep !== 'first' && keep !== 'second') throw new Refusal(word('conflicts.choose'));
      await settle(keep);
      announce(word('conflicts.settled'));
      return true;
    },
  });
  return done === true;
}


function sides({ first, second }) {
  const row = (/** @type {string} */ label, /** @type {string} */ one, /** @type {string} */ other) =>
    make('tr', { 'data-differs': one !== other }, make('th', { scope: 'row' }, label), make('td', {}, one || '–'), make('td', {}, other || '–'));
  return make('table', { class: 'compare' }, make('caption', { class: 'visually-hidden' }, word('conflicts.dialog')),
    make('thead', {}, make('tr', {}, make('td'), make('th', { scope: 'col' }, word('conflicts.first')), make('th', { scope: 'col' }, word('conflicts.second')))),
    make('tbody', {}, row(word('conflicts.size'), size(first.size), size(second.size)), row(word('conflicts.storedAt'), moment(first.storedAt), moment(second.storedAt)),
      row(word('conflicts.sha256'), hash(first.sha256), hash(second.sha256))));
}


function hash(text) {
  return text ? `${text.slice(0, 16)}…` : '';
}


function differences(all) {
  if (all.length === 0) return [make('p', {}, word('conflicts.none'))];
  const value = (/** @type {any} */ one) => {
    if (one === null || one === undefined || one === '') return '–';
    return typeof one === 'object' ? JSON.stringify(one) : String(one);
  };
  const cell = (/** @type {any} */ one) => (one === 'same' || one === 'differs' ? word(`pixels.${one}`) : value(one));
  const rows = all.map(({ tag, keyword, first, second }) => {
    const isPixels = keyword === 'PixelData' || tag === '7FE00010';
    return make('tr', {}, make('th', { scope: 'row' }, isPixels ? word('conflicts.pixels') : keyword || tag, keyword && make('span', { class: 'muted id' }, tag)),
      make('td', {}, isPixels ? cell(first) : value(first)), make('td', {}, isPixels ? cell(second) : value(second)));
  });
  return [make('h3', {}, word('conflicts.differences')), make('table', { class: 'compare', 'data-differences': true },
    make('caption', { class: 'visually-hidden' }, word('conflicts.differences')),
    make('thead', {}, make('tr', {}, make('th', { scope: 'col' }, word('conflicts.tag')), make('th', { scope: 'col' }, word('conflicts.first')), make('th', { scope: 'col' }, word('conflicts.second')))),
    make('tbody', {}, rows)),
  ...(all.length >= mostDifferences ? [make('p', { class: 'muted' }, plural('conflicts.cut', all.length))] : [])];
}

function choice() {
  const option = (/** @type {string} */ value, /** @type {string} */ label) => make('label', {}, make('input', { type: 'radio', name: 'keep', value }), label);
  return make('fieldset', { class: 'choices' }, make('legend', {}, word('conflicts.keep')), option('first', word('conflicts.keepFirst')), option('second', word('conflicts.keepSecond')),
    make('small', {}, word('conflicts.keepHint')));
}

return { showConflict };
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
modules['paged-table.js'] = (() => {
const { get, Refusal } = modules['api.js'];
const { head, labelled } = modules['admin-table.js'];
const { fill, make, notice, scrolling, skeletons } = modules['dom.js'];
const { word } = modules['words.js'];

const pageLength = 50;













async function pagedTable({ place, path, caption, columns, row, empty, signal }) {
  const body = /** @type {HTMLTableSectionElement} */ (make('tbody'));
  const table = make('table', {}, ...head(caption, columns), body);
  const messages = make('div');
  const more = make('button', { type: 'button', hidden: true }, word('admin.more'));
  let after = '';

  const load = async () => {
    const search = new URLSearchParams({ limit: String(pageLength) });
    if (after) search.set('after', after);
    const answer = await get(`${path}${path.includes('?') ? '&' : '?'}${search}`, signal);
    const rows = answer.items.map(row);
    body.append(...rows);
    labelled(table);
    after = answer.next ?? '';
    more.hidden = !after;
    return rows;
  };
  more.addEventListener('click', async () => {
    more.toggleAttribute('disabled', true);
    fill(messages);
    try {
      const [first] = await load();
      first?.setAttribute('tabindex', '-1');
      first?.focus({ preventScroll: true });
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof Refusal)) throw error;
      fill(messages, notice('bad', error.message));
    }
    more.toggleAttribute('disabled', false);
  });

  place.setAttribute('aria-busy', 'true');
  if (place.childElementCount === 0) fill(place, skeletons(6));
  try {
    await load();
  } finally {
    if (!signal.aborted) place.setAttribute('aria-busy', 'false');
  }
  if (signal.aborted) return;
  fill(place, body.rows.length === 0 ? empty() : [scrolling(table), messages, make('p', { class: 'more' }, more)]);
}

return { pagedTable };
})();
modules['elements/conflict-list.js'] = (() => {
const { call, get, Refusal } = modules['api.js'];
const { page } = modules['addresses.js'];
const { showPermitted, session } = modules['session.js'];
const { showConflict } = modules['conflict-view.js'];
const { rowButton, showCurrentTab } = modules['admin-table.js'];
const { fill, make, notice } = modules['dom.js'];
const { instant, number, patientName, size } = modules['format.js'];
const { pagedTable } = modules['paged-table.js'];
const { word } = modules['words.js'];


class ConflictList extends HTMLElement {
  #listening = new AbortController();
  #loading = new AbortController();

  connectedCallback() {
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    this.#select.value = new URLSearchParams(location.search).get('state') === 'resolved' ? 'resolved' : 'open';
    this.#select.addEventListener('change', () => {
      history.replaceState(null, '', page('admin/conflicts/', { state: this.#state === 'open' ? '' : this.#state }));
      fill(this.#place('list'));
      this.#load();
    }, { signal });
    showCurrentTab();
    session().then(({ held }) => {
      showPermitted(document, held);
      showCurrentTab();
    }, () => {});
    this.#load();
  }

  disconnectedCallback() {
    this.#listening.abort();
    this.#loading.abort();
  }


  #place(name) {
    return /** @type {HTMLElement} */ (this.querySelector(`[data-${name}]`));
  }

  get #select() {
    return /** @type {HTMLSelectElement} */ (this.querySelector('[name="state"]'));
  }

  get #state() {
    return this.#select.value;
  }

  async #load() {
    this.#loading.abort();
    this.#loading = new AbortController();
    const { signal } = this.#loading;
    const place = this.#place('list');
    try {
      const { total } = await get(`/api/conflicts?state=${this.#state}&limit=1`, signal);
      this.#place('total').textContent = typeof total === 'number' ? number(total) : '';
      await pagedTable({
        place, signal, path: `/api/conflicts?state=${this.#state}`, caption: word('conflicts.title'),
        columns: [word('conflicts.image'), word('conflicts.patient'), word('conflicts.source'), word('conflicts.at'), word('admin.actions')],
        row: one => this.#row(one),
        empty: () => make('div', { class: 'empty' }, make('h2', {}, word('conflicts.emptyTitle')), make('p', {}, word('conflicts.emptyText'))),
      });
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof Refusal)) throw error;
      fill(place, notice('bad', error.status === 403 || error.status === 404 ? word('admin.forbidden') : error.message));
      place.setAttribute('aria-busy', 'false');
    }
  }


  #row(one) {
    const { patient } = one;
    const isOpen = !one.resolvedAt;
    const name = patient ? patientName(patient) : one.sopInstanceUID;
    return make('tr', { 'data-conflict': one.id },
      make('th', { scope: 'row', class: 'who' }, make('code', {}, one.sopInstanceUID), make('span', { class: 'muted id' }, size(one.size))),
      make('td', {}, patient ? make('a', { href: page('patient/', { id: patient.id }) }, patientName(patient)) : word('deleted.noPatient'),
        patient && make('span', { class: 'muted id' }, patient.patientId)),
      make('td', { class: 'what' }, one.source),
      make('td', {}, make('div', {}, instant(one.receivedAt), one.kept && make('span', { class: 'muted id' }, keptText(one.kept)))),
      make('td', { class: 'actions' }, rowButton(isOpen ? word('conflicts.compare') : word('conflicts.see'), name, () => this.#open(one))));
  }


  async #open(one) {
    fill(this.#place('notice'));
    try {
      const conflict = await get(`/api/conflicts/${encodeURIComponent(one.id)}`);
      const settled = await showConflict(conflict, keep => call('POST', `/api/conflicts/${encodeURIComponent(one.id)}/resolve`, { body: { keep } }));
      if (settled) await this.#load();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      fill(this.#place('notice'), notice('bad', error.message));
    }
  }
}


function keptText(kept) {
  return word('conflicts.kept', { which: kept === 'second' ? word('conflicts.keptSecond') : word('conflicts.keptFirst') });
}

customElements.define('conflict-list', ConflictList);

})();
modules['pages/conflicts.js'] = (() => {



})();
