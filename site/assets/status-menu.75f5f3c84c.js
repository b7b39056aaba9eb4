import { call, Refusal } from './api.06ac550977.js';
import { announce, fill, make, notice } from './dom.71da60e761.js';
import { statusChip } from './statuses.e015b6dde7.js';
import { word } from './words.ef487a8397.js';





export class StatusMenu {
  #options;
  #note = /** @type {HTMLTextAreaElement} */ (make('textarea', { id: 'status-note', rows: 2, maxlength: 1000, 'data-own-keys': true }));
  #messages = make('div');
  #summary = make('summary', { class: 'status-now' });
  #choices = make('div', { class: 'status-choices' });
  element = make('details', { class: 'menu status-menu' }, this.#summary, make('div', { class: 'menu-panel' }, this.#messages,
    make('p', { class: 'field' }, make('label', { for: 'status-note' }, word('statusMenu.note')), this.#note), this.#choices));





  constructor(options) {
    this.#options = options;
    this.show(options.current().patient.status);
  }


  show(status) {
    const { known } = this.#options;
    fill(this.#summary, make('span', { class: 'visually-hidden' }, `${word('statusMenu.change')} `), statusChip(status, known));
    fill(this.#choices, known.map(({ code, label }) => make('button', {
      type: 'button', 'data-status-choice': code, 'aria-current': code === status && 'true', onclick: () => this.#choose(code),
    }, label)));
  }


  async #choose(status) {
    const { patient, etag } = this.#options.current();
    const note = this.#note.value.trim();
    if (this.element.hasAttribute('aria-busy') || (status === patient.status && !note)) return;
    this.show(status);
    fill(this.#messages);
    this.element.setAttribute('aria-busy', 'true');
    try {
      const { data, etag: now } = await call('PATCH', `/api/patients/${encodeURIComponent(patient.id)}`, { body: { status, ...note && { statusNote: note } }, etag });
      this.#note.value = '';
      announce(word('statusMenu.changed', { status: this.#label(status) }));
      this.#options.changed(data, now);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      await this.#takeBack(error);
    }
    this.element.removeAttribute('aria-busy');
  }


  async #takeBack(refusal) {
    if (refusal.status === 412) await this.#options.reread();
    const { status } = this.#options.current().patient;
    this.show(status);
    fill(this.#messages, notice('warn', refusal.status === 412 ? word('statusMenu.conflict', { status: this.#label(status) }) : refusal.message));
    this.element.toggleAttribute('open', true);
    announce(word('statusMenu.refused'));
  }


  #label(code) {
    return this.#options.known.find(one => one.code === code)?.label ?? code;
  }
}
