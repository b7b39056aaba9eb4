import { AdminTable, rowButton } from '../admin-table.8ff24418e7.js';
import { all, call } from '../api.06ac550977.js';
import { confirmByName, field, formDialog } from '../dialogs.ef6d9ad20f.js';
import { announce, make } from '../dom.71da60e761.js';
import { grantPanel, memberPanel } from '../group-panels.ae767c0043.js';
import { number } from '../format.4b266e2688.js';
import { PermissionChanges, permissions } from '../permission-grid.cba985ca98.js';
import { plural, word } from '../words.ef487a8397.js';


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
