import { page } from './addresses.6e921b8427.js';
import { usualSort } from './list-address.ed2fab708d.js';
import { make } from './dom.71da60e761.js';
import { age, date, patientName } from './format.4b266e2688.js';
import { statusChip } from './statuses.e015b6dde7.js';
import { thumbnail } from './thumbnails.46c107c626.js';
import { plural, word } from './words.ef487a8397.js';


const stripLength = 4;


export class PatientTable {

  #rows = new Map();






  constructor({ sort, pick }) {
    this.sort = sort;
    this.pick = pick;
  }








  show(patients, { order, known, picked }) {
    const rows = new Map();
    for (const patient of patients) {
      const shown = JSON.stringify([patient, known, picked !== null]);
      const former = this.#rows.get(patient.id);
      rows.set(patient.id, former?.shown === shown ? former : { shown, row: this.#row(patient, known, picked) });
    }
    this.#rows = rows;
    const plain = (/** @type {string} */ text, kind = '') => make('th', { scope: 'col', class: kind || null }, text);
    return make('table', { class: 'patients' },
      make('caption', { class: 'visually-hidden' }, word('patients.title')),
      make('thead', {}, make('tr', {},
        picked && make('th', { scope: 'col', class: 'pick' }, make('span', { class: 'visually-hidden' }, word('export.column'))),
        this.#sortable('name', word('patients.name'), order), plain(word('patients.born')), plain(word('patients.status')),
        plain(word('patients.modalities')), this.#sortable('lastStudy', word('patients.lastStudy'), order),
        plain(word('patients.images'), 'strip-head'))),
      make('tbody', {}, [...rows.values()].map(({ row }) => row)));
  }


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


  #row(patient, known, picked) {
    const shown = (patient.thumbnails ?? []).slice(0, stripLength);
    return make('tr', {}, picked && this.#pickCell(patient, picked),
      make('th', { scope: 'row', class: 'who' },
        make('a', { href: page('patient/', { id: patient.id }), class: 'row-link' }, patientName(patient)),
        make('span', { class: 'muted id' }, patient.patientId)),
      make('td', { class: 'born' }, date(patient.birthDate), patient.birthDate && make('span', { class: 'muted age' }, age(patient.birthDate))),
      make('td', { class: 'state' }, statusChip(patient.status, known)),
      make('td', { class: 'modalities' }, (patient.modalities ?? []).map((/** @type {string} */ code) => make('span', { class: 'modality' }, code))),
      make('td', { class: 'last' }, date(patient.lastStudy) || make('span', { class: 'muted' }, word('patients.noStudy')),
        patient.studies > 0 && make('span', { class: 'muted' }, plural('patients.studies', patient.studies))),
      make('td', { class: 'strip' }, make('span', { class: 'strip-boxes' },
        shown.map((/** @type {string} */ address) => thumbnail(address, '')))));
  }


  #pickCell(patient, picked) {
    const box = /** @type {HTMLInputElement} */ (make('input', { type: 'checkbox', 'aria-label': word('export.pick', { name: patientName(patient) }) }));
    box.checked = picked.has(patient.id);
    box.addEventListener('change', () => this.pick(patient.id, box.checked));
    return make('td', { class: 'pick' }, make('label', {}, box));
  }
}
