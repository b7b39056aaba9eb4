import { call, Refusal } from './api.4aac85d452.js';
import { announce, fill, make, notice } from './dom.cb1cc6f6ea.js';
import { statusChip } from './statuses.7857531821.js';
import { word } from './words.4bd9aa8b7e.js';

/**
 * A patient's status, and for those who may change it a menu with room for a note. The new status shows at once; when the
 * portal refuses it, the old one comes back and the note stays.
 */
export class StatusMenu {
  #options;
  #note = /** @type {HTMLTextAreaElement} */ (make('textarea', { id: 'status-note', rows: 2, maxlength: 1000, 'data-own-keys': true }));
  #messages = make('div');
  #summary = make('summary', { class: 'status-now' });
  #choices = make('div', { class: 'status-choices' });
  element = make('details', { class: 'menu status-menu' }, this.#summary, make('div', { class: 'menu-panel' }, this.#messages,
    make('p', { class: 'field' }, make('label', { for: 'status-note' }, word('statusMenu.note')), this.#note), this.#choices));

  /**
   * @param {{known: {code: string, label: string}[], current: () => {patient: any, etag: string|null}, changed: (patient: any, etag: string|null) => void,
   *   reread: () => Promise<void>}} options `reread` reads the patient again
   */
  constructor(options) {
    this.#options = options;
    this.show(options.current().patient.status);
  }

  /** @param {string} status */
  show(status) {
    const { known } = this.#options;
    fill(this.#summary, make('span', { class: 'visually-hidden' }, `${word('statusMenu.change')} `), statusChip(status, known));
    fill(this.#choices, known.map(({ code, label }) => make('button', {
      type: 'button', 'data-status-choice': code, 'aria-current': code === status && 'true', onclick: () => this.#choose(code),
    }, label)));
  }

  /** @param {string} status */
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

  /** @param {Refusal} refusal */
  async #takeBack(refusal) {
    if (refusal.status === 412) await this.#options.reread();
    const { status } = this.#options.current().patient;
    this.show(status);
    fill(this.#messages, notice('warn', refusal.status === 412 ? word('statusMenu.conflict', { status: this.#label(status) }) : refusal.message));
    this.element.toggleAttribute('open', true);
    announce(word('statusMenu.refused'));
  }

  /** @param {string} code */
  #label(code) {
    return this.#options.known.find(one => one.code === code)?.label ?? code;
  }
}
