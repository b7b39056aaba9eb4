import { AdminTable, head, rowButton } from '../admin-table.8ff24418e7.js';
import { all, call } from '../api.06ac550977.js';
import { accountSessions } from '../account-sessions.0e3b09c914.js';
import { copyable } from '../copying.5720e91940.js';
import { confirmByName, field, formDialog } from '../dialogs.ef6d9ad20f.js';
import { announce, make } from '../dom.71da60e761.js';
import { date, instant } from '../format.4b266e2688.js';
import { language, word } from '../words.ef487a8397.js';

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
