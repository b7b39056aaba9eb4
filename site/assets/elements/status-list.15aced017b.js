import { AdminTable, head, rowButton } from '../admin-table.8ff24418e7.js';
import { call, get } from '../api.06ac550977.js';
import { field, formDialog } from '../dialogs.ef6d9ad20f.js';
import { announce, make } from '../dom.71da60e761.js';
import { language, word } from '../words.ef487a8397.js';


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
