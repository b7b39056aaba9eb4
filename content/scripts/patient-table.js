import { page } from './addresses.js';
import { usualSort } from './list-address.js';
import { fill, make } from './dom.js';
import { age, date, patientName } from './format.js';
import { statusChip } from './statuses.js';
import { thumbnail } from './thumbnails.js';
import { plural, word } from './words.js';

/** The strip has room for this many. */
const stripLength = 4;

/** While one types, the images of new rows wait until nothing was typed for so long: the next answer goes first (milliseconds). */
const imagesRest = 250;

/** The table of patients. Rows that stay the same stay in place while one types, with their images. */
export class PatientTable {
  /** `picture` asks for the row's images, where they wait. @type {Map<string, {shown: string, row: HTMLElement, picture?: () => void}>} */
  #rows = new Map();
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  #resting;

  /**
   * @param {object} options
   * @param {(key: string) => void} options.sort called with the new order
   * @param {(id: string, chosen: boolean) => void} options.pick
   */
  constructor({ sort, pick }) {
    this.sort = sort;
    this.pick = pick;
  }

  /**
   * @param {any[]} patients
   * @param {object} options
   * @param {string} options.order as the API writes it
   * @param {{code: string, label: string}[]} options.known statuses
   * @param {Set<string>|null} options.picked ids, or null where nothing can be picked
   * @param {boolean} options.isTyping
   */
  show(patients, { order, known, picked, isTyping }) {
    const rows = new Map();
    for (const patient of patients) {
      const shown = JSON.stringify([patient, known, picked !== null]);
      const former = this.#rows.get(patient.id);
      rows.set(patient.id, former?.shown === shown ? former : { shown, ...this.#row(patient, known, picked, isTyping) });
    }
    this.#rows = rows;
    clearTimeout(this.#resting);
    if (isTyping) this.#resting = setTimeout(() => this.#picture(), imagesRest);
    else this.#picture();
    const plain = (/** @type {string} */ text, kind = '') => make('th', { scope: 'col', class: kind || null }, text);
    return make('table', { class: 'patients' },
      make('caption', { class: 'visually-hidden' }, word('patients.title')),
      make('thead', {}, make('tr', {},
        picked && make('th', { scope: 'col', class: 'pick' }, make('span', { class: 'visually-hidden' }, word('export.column'))),
        this.#sortable('name', word('patients.name'), order), this.#sortable('birthDate', word('patients.born'), order),
        plain(word('patients.status')),
        plain(word('patients.modalities')), this.#sortable('lastStudy', word('patients.lastStudy'), order),
        plain(word('patients.images'), 'strip-head'))),
      make('tbody', {}, [...rows.values()].map(({ row }) => row)));
  }

  /** @param {string} key @param {string} label @param {string} order */
  #sortable(key, label, order) {
    const now = order || usualSort;
    const direction = now === key ? 'ascending' : now === `-${key}` ? 'descending' : 'none';
    const button = make('button', { type: 'button', class: 'sort', 'data-sort': key }, label);
    button.addEventListener('click', () => {
      const [first, other] = key === 'lastStudy' ? [`-${key}`, key] : [key, `-${key}`];
      this.sort(now === first ? other : first);
    });
    return make('th', { scope: 'col', 'aria-sort': direction }, button);
  }

  #picture() {
    for (const entry of this.#rows.values()) {
      entry.picture?.();
      delete entry.picture;
    }
  }

  /** @param {any} patient @param {{code: string, label: string}[]} known @param {Set<string>|null} picked @param {boolean} isTyping */
  #row(patient, known, picked, isTyping) {
    const shown = (patient.thumbnails ?? []).slice(0, stripLength);
    const strip = make('span', { class: 'strip-boxes' }, isTyping && shown.map(() => thumbnail(null, '')));
    const picture = () => fill(strip, shown.map((/** @type {string} */ address) => thumbnail(address, '')));
    const row = make('tr', {}, picked && this.#pickCell(patient, picked),
      make('th', { scope: 'row', class: 'who' },
        make('a', { href: page('patient/', { id: patient.id }), class: 'row-link' }, patientName(patient)),
        make('span', { class: 'muted id' }, patient.patientId)),
      make('td', { class: 'born' }, date(patient.birthDate), patient.birthDate && make('span', { class: 'muted age' }, age(patient.birthDate))),
      make('td', { class: 'state' }, statusChip(patient.status, known)),
      make('td', { class: 'modalities' }, (patient.modalities ?? []).map((/** @type {string} */ code) => make('span', { class: 'modality' }, code))),
      make('td', { class: 'last' }, date(patient.lastStudy) || make('span', { class: 'muted' }, word('patients.noStudy')),
        patient.studies > 0 && make('span', { class: 'muted' }, plural('patients.studies', patient.studies))),
      make('td', { class: 'strip' }, strip));
    return { row, picture };
  }

  /** @param {any} patient @param {Set<string>} picked */
  #pickCell(patient, picked) {
    const box = /** @type {HTMLInputElement} */ (make('input', { type: 'checkbox', 'aria-label': word('export.pick', { name: patientName(patient) }) }));
    box.checked = picked.has(patient.id);
    box.addEventListener('change', () => this.pick(patient.id, box.checked));
    return make('td', { class: 'pick' }, make('label', {}, box));
  }
}
