import { AdminTable, head, rowButton } from '../admin-table.8ff24418e7.js';
import { all, call, get } from '../api.06ac550977.js';
import { field, formDialog } from '../dialogs.ef6d9ad20f.js';
import { announce, make } from '../dom.71da60e761.js';
import { instant, number } from '../format.4b266e2688.js';
import { session } from '../session.7dda462f97.js';
import { plural, word } from '../words.ef487a8397.js';


const characterSets = [['ISO_IR 100', 'Latin-1'], ['ISO_IR 101', 'Latin-2'], ['ISO_IR 109', 'Latin-3'], ['ISO_IR 110', 'Latin-4'],
  ['ISO_IR 148', 'Latin-5'], ['ISO_IR 203', 'Latin-9'], ['ISO_IR 144', 'ISO 8859-5'], ['ISO_IR 127', 'ISO 8859-6'],
  ['ISO_IR 126', 'ISO 8859-7'], ['ISO_IR 138', 'ISO 8859-8'], ['ISO_IR 166', 'TIS 620'], ['ISO_IR 13', 'JIS X 0201'],
  ['GB18030', 'GB 18030'], ['GBK', 'GBK']];


class SenderList extends AdminTable {

  #groups = [];

  async load() {
    const { signal } = this.listening;
    const [senders, groups] = await Promise.all([get('/api/senders', signal), this.#mayListGroups(signal)]);
    this.#groups = groups;
    return senders.items;
  }

  empty() {
    return make('div', { class: 'empty' }, make('h2', {}, word('senders.emptyTitle')), make('p', {}, word('senders.emptyText')));
  }


  table(senders) {
    return make('table', {}, ...head(word('senders.title'), [word('senders.aeTitle'), word('senders.address'), word('senders.tlsName'), word('senders.allowed'),
      word('senders.group'), word('senders.instances'), word('senders.lastSeen'), word('admin.actions')]),
    make('tbody', {}, senders.map(sender => make('tr', {}, make('th', { scope: 'row' }, make('code', {}, sender.aeTitle)), make('td', {}, sender.address),
      make('td', {}, sender.tlsName === '*' ? word('senders.noCertificate') : sender.tlsName),
      make('td', {}, make('span', { class: 'chip', 'data-kind': sender.allowed ? 'good' : 'bad' }, sender.allowed ? word('senders.yes') : word('senders.no'))),
      make('td', {}, this.#groups.find(group => group.id === sender.group)?.name ?? ''),
      make('td', {}, make('div', {}, number(sender.instances ?? 0), sender.rejected > 0 && make('span', { class: 'muted id' }, plural('senders.rejected', sender.rejected)))), make('td', {}, instant(sender.lastSeen)),
      make('td', { class: 'actions' }, rowButton(word('admin.edit'), sender.aeTitle, () => this.#edit(sender)))))));
  }


  async #mayListGroups(signal) {
    const { held } = await session();
    return held.includes('manageUsers') ? all('/api/groups', signal) : [];
  }


  async #edit(sender) {
    await this.attempt(async () => {
      const group = /** @type {HTMLSelectElement} */ (make('select', { id: 'sender-group', name: 'group' }, make('option', { value: '' }, word('senders.noGroup')),
        this.#groups.map(one => make('option', { value: one.id }, one.name))));
      group.value = sender.group ?? '';
      const charset = /** @type {HTMLSelectElement} */ (make('select', { id: 'sender-charset', name: 'charset' },
        make('option', { value: '' }, word('senders.noCharset')),
        characterSets.map(([term, name]) => make('option', { value: term }, `${term} (${name})`))));
      charset.value = sender.charset ?? '';
      const allowed = make('label', {}, make('input', { type: 'checkbox', name: 'allowed', checked: sender.allowed }), ' ', word('senders.mayStore'));
      await formDialog({
        title: word('senders.edit', { name: sender.aeTitle }), submit: word('admin.save'),
        body: [make('div', { class: 'choices' }, allowed), this.#groups.length > 0 && field(word('senders.group'), group, word('senders.groupHint')),
          field(word('senders.charset'), charset, word('senders.charsetHint'))],
        save: async form => {
          const values = new FormData(form);
          const body = { allowed: values.has('allowed'), charset: values.get('charset'), ...(this.#groups.length > 0 && { group: values.get('group') || null }) };
          await call('PATCH', `/api/senders/${encodeURIComponent(sender.id)}`, { body });
          announce(word('admin.saved'));
          return true;
        },
      });
    });
  }
}

customElements.define('sender-list', SenderList);
