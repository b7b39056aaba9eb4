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
modules['audit-entries.js'] = (() => {
const { all } = modules['api.js'];
const { page } = modules['addresses.js'];
const { copyable } = modules['copying.js'];
const { formDialog } = modules['dialogs.js'];
const { make } = modules['dom.js'];
const { moment, patientName } = modules['format.js'];
const { session } = modules['session.js'];
const { statuses } = modules['statuses.js'];
const { word } = modules['words.js'];


const actions = {
  session: ['opened', 'refused', 'closed', 'revoked'],
  password: ['changed', 'reset'],
  token: ['made', 'revoked'],
  patient: ['viewed', 'made', 'changed', 'removed', 'restored', 'purged', 'merged', 'unmerged'],
  study: ['viewed', 'previewed', 'exported', 'received', 'attached', 'detached', 'corrected', 'removed', 'restored', 'purged'],
  user: ['made', 'changed', 'removed'],
  group: ['made', 'changed', 'removed'],
  member: ['added', 'removed'],
  grant: ['added', 'removed'],
  sender: ['changed'],
  status: ['made', 'changed', 'removed'],
  store: ['refused'],
  instance: ['conflict'],
  import: ['ended', 'undone'],
  export: ['made'],
  association: ['ended', 'rejected'],
  audit: ['exported'],
  conflict: ['resolved'],
  selftest: ['run'],
};


const summaryParts = 3;


const isId = /^[0-9a-f]{8}-[0-9a-f-]{27}$/;




let asked;


function knownNames() {
  asked ??= session().then(async ({ held }) => {
    const lists = held.includes('manageUsers') ? [all('/api/users'), all('/api/groups')] : [];
    const [users = [], groups = []] = await Promise.all(lists);
    return new Map([...users.map(user => [user.id, user.name || user.email]), ...groups.map(group => [group.id, group.name]),
      ...(await statuses()).map(({ code, label }) => [code, label])]);
  }).catch(() => new Map());
  return asked;
}


function actionLabel(code) {
  return word(`auditAction.${code}`) || code;
}


function actorName({ actor, sender }) {
  if (actor) return actor.name || actor.email;
  return sender ? sender.aeTitle : '';
}


function actorAddress(actor) {
  return page('admin/audit/', { actor: actor.id });
}


function actorCell(entry, { linked }) {
  const name = actorName(entry);
  if (!name) return make('th', { scope: 'row', class: 'who muted' }, word('audit.nobody'));
  if (!entry.actor) return make('th', { scope: 'row', class: 'who' }, make('code', {}, name), make('span', { class: 'muted id' }, word('audit.sender')));
  return make('th', { scope: 'row', class: 'who' }, linked ? make('a', { href: actorAddress(entry.actor) }, name) : name,
    entry.actor.name && make('span', { class: 'muted id' }, entry.actor.email));
}


function actionCell(entry, names) {
  const shown = Object.entries(entry.details ?? {}).filter(([, value]) => value !== '' && (names.has(String(value)) || !isId.test(String(value))))
    .slice(0, summaryParts);
  return make('td', { class: 'what' }, make('div', {}, actionLabel(entry.action),
    shown.length > 0 && make('span', { class: 'muted id' }, shown.map(([key, value]) => word('audit.pair', { label: detailLabel(key), value: detailText(key, value, names) })).join(' · '))));
}






function showEntry(entry, names, { linked }) {
  const { actor, patient, study } = entry;
  const rows = /** @type {[string, unknown][]} */ ([
    [word('audit.at'), moment(entry.at)],
    [word('audit.actor'), actor ? [actor.name, actor.email].filter(Boolean).join(' · ') : actorName(entry) || word('audit.nobody')],
    [word('audit.patient'), patient && make('a', { href: page('patient/', { id: patient.id }) }, `${patientName(patient)} · ${patient.patientId}`)],
    [word('audit.study'), study && copyable(study, word('study.uid'))],
    [word('audit.address'), entry.address],
    ...Object.entries(entry.details ?? {}).map(([key, value]) => [detailLabel(key), detailText(key, value, names)]),
    [word('audit.code'), make('code', {}, entry.action)],
    [word('audit.seal'), entry.sealed ? word('audit.sealed') : word('audit.unsealed')],
  ]);
  const narrower = linked && [
    actor && make('a', { class: 'button', href: actorAddress(actor) }, word('audit.allOfActor')),
    patient && make('a', { class: 'button', href: page('admin/audit/', { patient: patient.id }) }, word('audit.allOfPatient')),
    study && make('a', { class: 'button', href: page('admin/audit/', { study }) }, word('audit.allOfStudy')),
  ].filter(Boolean);
  return formDialog({
    title: actionLabel(entry.action), submit: word('dialog.close'), shows: true, save: async () => true,
    body: [make('dl', { class: 'facts' }, ...rows.filter(([, value]) => value).map(([label, value]) =>
      [make('dt', {}, label), make('dd', {}, /** @type {any} */ (value))]).flat()),
    ...(narrower && narrower.length > 0 ? [make('p', { class: 'buttons' }, ...narrower)] : [])],
  });
}


function detailLabel(key) {
  return word(`auditDetail.${key}`) || key;
}


function detailText(key, value, names) {
  const text = String(value);
  if (key === 'route') return word(`auditRoute.${text}`) || text;
  return names.get(text) ?? text;
}

return { actions, knownNames, actionLabel, actorName, actorAddress, actorCell, actionCell, showEntry };
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
modules['elements/patient-access.js'] = (() => {
const { call, Refusal } = modules['api.js'];
const { page } = modules['addresses.js'];
const { actionCell, actorCell, knownNames, showEntry } = modules['audit-entries.js'];
const { rowButton } = modules['admin-table.js'];
const { fill, make, notice } = modules['dom.js'];
const { instant, patientName } = modules['format.js'];
const { pagedTable } = modules['paged-table.js'];
const { session } = modules['session.js'];
const { word } = modules['words.js'];


class PatientAccess extends HTMLElement {
  #listening = new AbortController();
  #id = '';

  #study = '';

  connectedCallback() {
    this.#listening = new AbortController();
    const search = new URLSearchParams(location.search);
    this.#id = search.get('id') ?? '';
    this.#study = search.get('study') ?? '';
    this.querySelector('[data-patient]')?.setAttribute('href', page('patient/', { id: this.#id }));
    this.#load();
  }

  disconnectedCallback() {
    this.#listening.abort();
  }


  #place(name) {
    return /** @type {HTMLElement} */ (this.querySelector(`[data-${name}]`));
  }

  get #path() {
    return `/api/patients/${encodeURIComponent(this.#id)}`;
  }

  async #load() {
    if (!this.#id) return this.#absent();
    try {
      const [{ data: patient }, { held }] = await Promise.all([call('GET', this.#path, { signal: this.#listening.signal }), session()]);
      this.#place('patient').textContent = patientName(patient);
      document.title = `${word('access.title')} · ${patientName(patient)} · Preview DICOM`;
      const only = this.#place('only-study');
      only.hidden = !this.#study;
      only.querySelector('a')?.setAttribute('href', page('patient/access/', { id: this.#id }));
      const whole = held.includes('administerOnAll');

      if (held.includes('manageUsers') && !this.#study) await this.#show('can', () => this.#who());
      if (whole || held.includes('editPatients')) await this.#show('saw', () => this.#seen(whole));
    } catch (error) {
      if (this.#listening.signal.aborted) return;
      if (!(error instanceof Refusal)) throw error;
      if (error.status === 404) return this.#absent();
      fill(this.#place('notice'), notice('bad', error.message));
    }
  }

  #absent() {
    fill(this, make('div', { class: 'empty' }, make('h1', {}, word('patient.absentTitle')), make('p', {}, word('patient.absentText')),
      make('p', {}, make('a', { class: 'button', href: page('patients/') }, word('patient.back')))));
  }


  async #show(name, load) {
    const section = this.#place(`${name}-section`);
    section.hidden = false;
    try {
      await load();
    } catch (error) {
      if (this.#listening.signal.aborted) return;
      if (!(error instanceof Refusal)) throw error;
      if (error.status === 403 || error.status === 404) section.hidden = true;
      else fill(this.#place(name), notice('bad', error.message));
    }
  }

  #who() {
    return pagedTable({
      place: this.#place('can'), path: `${this.#path}/access`, caption: word('access.can'), signal: this.#listening.signal,
      columns: [word('audit.actor'), word('access.may'), word('access.why')],
      empty: () => make('p', { class: 'muted' }, word('access.nobodyCan')),
      row: ({ user, permissions, reasons }) => make('tr', {},
        make('th', { scope: 'row', class: 'who' }, user.name || user.email, user.name && make('span', { class: 'muted id' }, user.email),
          user.status !== 'active' && make('span', { class: 'chip', 'data-kind': 'muted' }, word(`userStatus.${user.status}`))),
        make('td', {}, make('span', {}, permissions.map((/** @type {string} */ one) => word(`permission.${one}`)).join(', '))),
        make('td', {}, make('ul', {}, reasons.map((/** @type {any} */ reason) => make('li', {}, reasonText(reason)))))),
    });
  }


  async #seen(whole) {
    const names = await knownNames();
    const narrowed = this.#study && `?${new URLSearchParams({ study: this.#study })}`;
    return pagedTable({
      place: this.#place('saw'), path: `${this.#path}/audit${narrowed}`, caption: word('access.saw'), signal: this.#listening.signal,
      columns: [word('audit.actor'), word('audit.at'), word('audit.action'), word('admin.actions')],
      empty: () => make('p', { class: 'muted' }, word('access.nobodySaw')),
      row: entry => make('tr', {}, actorCell(entry, { linked: whole }), make('td', {}, instant(entry.at)), actionCell(entry, names),
        make('td', { class: 'actions' }, rowButton(word('audit.details'), instant(entry.at), () => showEntry(entry, names, { linked: whole })))),
    });
  }
}


function reasonText(reason) {
  if (reason.kind === 'own') return word('access.own');
  return reason.scope === 'all' ? word('access.groupAll', { name: reason.name }) : word('access.groupGranted', { name: reason.name });
}

customElements.define('patient-access', PatientAccess);

})();
modules['pages/access.js'] = (() => {



})();
