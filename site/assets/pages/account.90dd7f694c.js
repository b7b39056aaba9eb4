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
modules['elements/account-profile.js'] = (() => {
const { call, Refusal } = modules['api.js'];
const { page } = modules['addresses.js'];
const { announce } = modules['dom.js'];
const { session } = modules['session.js'];
const { language, word } = modules['words.js'];


class AccountProfile extends HTMLElement {
  #listening = new AbortController();

  connectedCallback() {
    this.#listening = new AbortController();
    const form = /** @type {HTMLFormElement} */ (this.querySelector('form'));
    form.addEventListener('submit', event => this.#save(event), { signal: this.#listening.signal });
    session().then(({ user }) => {
      /** @type {HTMLInputElement} */ (form.elements.namedItem('name')).value = user.name;
      /** @type {HTMLInputElement} */ (form.elements.namedItem('email')).value = user.email;
      /** @type {RadioNodeList} */ (form.elements.namedItem('language')).value = user.language;
    }).catch(error => this.#say(error));
  }

  disconnectedCallback() {
    this.#listening.abort();
  }


  async #save(event) {
    event.preventDefault();
    const values = new FormData(/** @type {HTMLFormElement} */ (event.currentTarget));
    try {
      await call('PATCH', '/api/account', { body: { name: String(values.get('name')).trim(), language: values.get('language') } });
      this.#say(null);
      announce(word('account.saved'));
      if (values.get('language') !== language) location.assign(page('account/').replace(`/${language}/`, `/${values.get('language')}/`));
    } catch (error) {
      this.#say(error);
    }
  }


  #say(error) {
    if (error && !(error instanceof Refusal)) throw error;
    const notice = /** @type {HTMLElement} */ (this.querySelector('.notice'));
    notice.hidden = !error;
    notice.dataset.kind = 'bad';
    notice.textContent = error ? error.message : '';
  }
}

customElements.define('account-profile', AccountProfile);

})();
modules['elements/password-form.js'] = (() => {
const { call, Refusal } = modules['api.js'];
const { markField, reportFields } = modules['dialogs.js'];
const { announce } = modules['dom.js'];
const { session } = modules['session.js'];
const { word } = modules['words.js'];


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
modules['recipes.js'] = (() => {
const { copyButton } = modules['copying.js'];
const { make } = modules['dom.js'];
const { word } = modules['words.js'];







const study = 'STUDY_INSTANCE_UID';


const recipes = [
  { name: 'curl', where: 'shell', text: ({ origin, secret }) => `curl -H "Authorization: Bearer ${secret}" "${origin}/dicomweb/studies?limit=10"` },
  { name: 'dicomweb-client', where: 'shell', text: ({ origin, secret }) => `dicomweb_client --url ${origin}/dicomweb --bearer-token=${secret} search studies` },
  { name: 'OHIF', where: 'ohif', text: ({ origin, secret }) => `# nginx.conf
location /dicomweb/ {
    proxy_pass ${origin};
    proxy_set_header Authorization "Bearer ${secret}";
}


{
  namespace: '@ohif/extension-default.dataSourcesModule.dicomweb',
  sourceName: 'preview',
  configuration: {
    friendlyName: 'Preview DICOM',
    qidoRoot: '/dicomweb', wadoRoot: '/dicomweb', wadoUriRoot: '/wado',
    qidoSupportsIncludeField: true, supportsFuzzyMatching: true, supportsWildcard: true,
    imageRendering: 'wadors', thumbnailRendering: 'wadors', enableStudyLazyLoad: true,
    bulkDataURI: { enabled: true }, singlepart: 'bulkdata,video,pdf',
  },
}` },
  { name: '3D Slicer', where: 'slicer', text: ({ origin, secret }) => `from DICOMLib import DICOMUtils
DICOMUtils.importFromDICOMWeb("${origin}/dicomweb", "${study}", accessToken="${secret}")` },
  { name: 'Weasis', where: 'weasis', text: ({ origin, secret }) => `weasis://${encodeURIComponent(
    `$dicom:rs --url "${origin}/dicomweb" -r "studyUID=${study}" -H "Authorization: Bearer ${secret}"`)}` },
  { name: 'storescu', where: 'storescu', text: storeCommands },
];


function storeCommands({ origin, aeTitle, port, tlsPort }) {
  const host = new URL(origin).hostname.replace(/^\[|\]$/g, '');
  const plain = `storescu -aec ${aeTitle} ${host} ${port} +sd +r folder/`;
  return tlsPort ? `${plain}\nstorescu -aec ${aeTitle} +tls device.key device.pem +cf ca.pem ${host} ${tlsPort} +sd +r folder/` : plain;
}


function recipeList(reach) {
  return make('div', { class: 'recipes' }, recipes.map(({ name, where, text }, index) => {
    const lines = text(reach);
    return make('details', { class: 'recipe', 'data-recipe': name, open: index === 0 }, make('summary', {}, name),
      make('p', { class: 'recipe-head' }, make('span', { class: 'muted' }, word(`recipe.${where}`)), copyButton(lines, name)),
      make('pre', { tabindex: 0, 'aria-label': name }, make('code', {}, lines)));
  }));
}

return { recipeList };
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
modules['elements/token-list.js'] = (() => {
const { call, get, Refusal } = modules['api.js'];
const { copyable } = modules['copying.js'];
const { field, formDialog } = modules['dialogs.js'];
const { fill, make, notice, scrolling } = modules['dom.js'];
const { date, instant } = modules['format.js'];
const { recipeList } = modules['recipes.js'];
const { session } = modules['session.js'];
const { head, labelled, rowButton } = modules['admin-table.js'];
const { word } = modules['words.js'];

const lifetimes = [30, 90, 365];


class TokenList extends HTMLElement {
  #listening = new AbortController();

  connectedCallback() {
    this.#listening = new AbortController();
    this.querySelector('[data-action="new"]')?.addEventListener('click', () => this.#create(), { signal: this.#listening.signal });
    this.#load();
  }

  disconnectedCallback() {
    this.#listening.abort();
  }

  async #load() {
    const list = /** @type {HTMLElement} */ (this.querySelector('[data-list]'));
    try {
      const { items } = await get('/api/tokens', this.#listening.signal);
      fill(list, items.length === 0 ? make('p', { class: 'muted' }, word('account.noToken')) : scrolling(labelled(this.#table(items))));
    } catch (error) {
      if (this.#listening.signal.aborted) return;
      if (!(error instanceof Refusal)) throw error;
      fill(list, notice('bad', error.message));
    }
    list.setAttribute('aria-busy', 'false');
  }


  #table(tokens) {
    return make('table', {}, ...head(word('account.tokens'), [word('account.tokenName'), word('account.may'), word('account.expires'),
      word('account.lastUsed'), word('admin.actions')]),
    make('tbody', {}, tokens.map(token => make('tr', {}, make('th', { scope: 'row' }, token.name),
      make('td', {}, token.may.map((/** @type {string} */ one) => word(`may.${one}`)).join(', ')),
      make('td', {}, date(token.expiresAt)), make('td', {}, instant(token.lastSeenAt) || make('span', { class: 'muted' }, word('account.neverUsed'))),
      make('td', { class: 'actions' }, rowButton(word('account.revoke'), token.name, () => this.#revoke(token)))))));
  }

  async #create() {
    const name = make('input', { id: 'token-name', name: 'name', required: true, maxlength: 100, autocomplete: 'off' });
    const days = make('select', { id: 'token-days', name: 'days' }, lifetimes.map(count => make('option', { value: count }, word('account.days', { count }))));
    const boxes = ['read', 'store'].map(one => make('label', {}, make('input', { type: 'checkbox', name: 'may', value: one, checked: one === 'read' }), ' ', word(`may.${one}`)));
    const made = await formDialog({
      title: word('account.newToken'), submit: word('account.makeToken'),
      body: [field(word('account.tokenName'), name, word('account.tokenNameHint')), field(word('account.lifetime'), days),
        make('fieldset', { class: 'choices' }, make('legend', {}, word('account.may')), boxes)],
      save: async form => {
        const values = new FormData(form);
        const body = { name: String(values.get('name')).trim(), may: values.getAll('may'), days: Number(values.get('days')) };
        return (await call('POST', '/api/tokens', { body })).data;
      },
    });
    if (!made) return;
    await this.#showSecret(made.token);
    await this.#load();
  }


  async #showSecret(secret) {
    const { receiver } = await session();
    const place = /** @type {HTMLElement} */ (this.querySelector('[data-secret]'));
    fill(place, make('div', { class: 'notice', 'data-kind': 'good', role: 'status' },
      make('p', {}, word('account.secretOnce')), make('p', {}, copyable(secret, word('account.secret'))),
      make('h3', {}, word('account.howTo')), recipeList({ origin: location.origin, secret, ...receiver })));
    place.scrollIntoView({ block: 'nearest' });
  }


  async #revoke(token) {
    const done = await formDialog({
      title: word('account.revokeTitle', { name: token.name }), submit: word('account.revoke'), danger: true, body: [make('p', {}, word('account.revokeText'))],
      save: async () => {
        await call('DELETE', `/api/tokens/${encodeURIComponent(token.id)}`);
        return true;
      },
    });
    if (done) await this.#load();
  }
}

customElements.define('token-list', TokenList);

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
modules['elements/session-list.js'] = (() => {
const { call, get, Refusal } = modules['api.js'];
const { device } = modules['devices.js'];
const { fill, make, notice } = modules['dom.js'];
const { instant } = modules['format.js'];
const { word } = modules['words.js'];


class SessionList extends HTMLElement {
  #listening = new AbortController();

  connectedCallback() {
    this.#listening = new AbortController();
    this.#load();
  }

  disconnectedCallback() {
    this.#listening.abort();
  }

  async #load() {
    const list = /** @type {HTMLElement} */ (this.querySelector('[data-list]'));
    try {
      const { items } = await get('/api/sessions', this.#listening.signal);
      fill(list, make('ul', { class: 'candidates' }, items.map((/** @type {any} */ one) => this.#row(one))));
    } catch (error) {
      if (this.#listening.signal.aborted) return;
      if (!(error instanceof Refusal)) throw error;
      fill(list, notice('bad', error.message));
    }
    list.setAttribute('aria-busy', 'false');
  }


  #row(one) {
    const end = make('button', { type: 'button', 'aria-label': `${word('account.endSession')}, ${device(one.userAgent)}` }, word('account.endSession'));
    end.addEventListener('click', async () => {
      try {
        await call('DELETE', `/api/sessions/${encodeURIComponent(one.id)}`);
        await this.#load();
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        /** @type {HTMLElement} */ (this.querySelector('[data-list]')).prepend(notice('bad', error.message));
      }
    });
    return make('li', {}, make('div', {}, make('strong', {}, device(one.userAgent)), ' ', one.current && make('span', { class: 'chip', 'data-kind': 'good' }, word('account.thisOne')),
      make('p', { class: 'muted' }, [one.address, word('account.since', { date: instant(one.createdAt) }),
        one.lastSeenAt && word('account.lastSeen', { date: instant(one.lastSeenAt) })].filter(Boolean).join(' · '))),
    !one.current && end);
  }
}

customElements.define('session-list', SessionList);

})();
modules['pages/account.js'] = (() => {






})();
