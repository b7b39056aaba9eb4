import { all, call, Refusal } from '../api.4aac85d452.js';
import { page } from '../addresses.65131a5bd7.js';
import { copyButton } from '../copying.aa33a12f0a.js';
import { formDialog } from '../dialogs.ec6fd7f597.js';
import { announce, fill, make, notice, skeletons } from '../dom.cb1cc6f6ea.js';
import { age, date, patientName, sex } from '../format.ea300744ea.js';
import { editPatient } from '../patient-form.9441361867.js';
import { session } from '../session.a281efc63f.js';
import { statusChip, statuses } from '../statuses.7857531821.js';
import { studyCard } from '../study-card.92c5a3576d.js';
import { word } from '../words.4bd9aa8b7e.js';

/** How many studies of the timeline stand open. */
const openStudies = 3;

/** A patient: who, and the timeline of studies. */
class PatientPage extends HTMLElement {
  #listening = new AbortController();
  #id = '';
  /** @type {any} */
  #patient = null;
  /** @type {string|null} */
  #etag = null;

  connectedCallback() {
    this.#listening = new AbortController();
    this.#id = new URLSearchParams(location.search).get('id') ?? '';
    this.querySelector('[data-action="edit"]')?.addEventListener('click', () => this.#edit(), { signal: this.#listening.signal });
    fill(this.#place('studies'), skeletons(2, 'card'));
    this.#load();
  }

  disconnectedCallback() {
    this.#listening.abort();
  }

  /** @param {string} name @returns {HTMLElement} */
  #place(name) {
    return /** @type {HTMLElement} */ (this.querySelector(`[data-${name}]`));
  }

  get #path() {
    return `/api/patients/${encodeURIComponent(this.#id)}`;
  }

  async #load() {
    if (!this.#id) return this.#absent();
    await Promise.all([this.#loadPatient(), this.#loadStudies()]);
  }

  async #loadPatient() {
    try {
      const { data, etag } = await call('GET', this.#path, { signal: this.#listening.signal });
      this.#patient = data;
      this.#etag = etag;
      await this.#show();
    } catch (error) {
      if (this.#listening.signal.aborted) return;
      if (!(error instanceof Refusal)) throw error;
      if (error.status === 404) return this.#absent();
      fill(this.#place('facts'));
      fill(this.#place('notice'), notice('bad', error.message));
    }
  }

  #absent() {
    fill(this, make('div', { class: 'empty' }, make('h1', {}, word('patient.absentTitle')), make('p', {}, word('patient.absentText')),
      make('p', {}, make('a', { class: 'button', href: page('patients/') }, word('patient.back')))));
  }

  async #show() {
    const patient = this.#patient;
    const known = await statuses();
    this.#place('name').textContent = patientName(patient);
    document.title = `${patientName(patient)} · Preview DICOM`;
    const born = patient.birthDate && `${date(patient.birthDate)} (${age(patient.birthDate)})`;
    fill(this.#place('facts'), born && make('span', {}, born), sex(patient.sex) && make('span', {}, sex(patient.sex)),
      make('span', { class: 'copyable' }, patient.patientId, copyButton(patient.patientId, word('patientForm.patientId'))),
      statusChip(patient.status, known));
    const details = /** @type {[string, string][]} */ ([
      [word('patientForm.birthName'), patient.birthName], [word('patientForm.condition'), patient.condition],
      [word('patientForm.lastVisit'), date(patient.lastVisit)], [word('patientForm.notes'), patient.notes],
    ]).filter(([, value]) => value);
    const list = this.#place('details');
    list.hidden = details.length === 0;
    fill(list, details.map(([label, value]) => [make('dt', {}, label), make('dd', {}, value)]).flat());
  }

  async #loadStudies() {
    const place = this.#place('studies');
    try {
      const [studies, { held }] = await Promise.all([all(`${this.#path}/studies`, this.#listening.signal), session()]);
      fill(place, studies.length === 0
        ? make('div', { class: 'empty' }, make('h3', {}, word('patient.noStudyTitle')), make('p', {}, word('patient.noStudyText')),
          held.includes('import') && make('p', {}, make('a', { class: 'button', href: page('import/') }, word('patients.firstImport'))))
        : studies.map((study, index) => studyCard(study, {
          open: index < openStudies, actions: held.includes('editPatientsOnAll') ? [this.#detachButton(study)] : [],
        })));
    } catch (error) {
      if (this.#listening.signal.aborted || !this.isConnected) return;
      if (!(error instanceof Refusal)) throw error;
      if (error.status !== 404) fill(place, notice('bad', error.message));
    }
    place.setAttribute('aria-busy', 'false');
  }

  /** @param {any} study */
  #detachButton(study) {
    const button = make('button', { type: 'button', class: 'quiet' }, word('study.detach'));
    button.addEventListener('click', async () => {
      const done = await formDialog({
        title: word('study.detachTitle'), submit: word('study.detach'), body: [make('p', {}, word('study.detachText'))],
        save: async () => {
          await call('POST', `/api/inbox/${encodeURIComponent(study.studyInstanceUID)}/detach`, { body: {} });
          return true;
        },
      });
      if (!done) return;
      announce(word('study.detached'));
      document.dispatchEvent(new CustomEvent('inbox-changed'));
      await this.#loadStudies();
    });
    return button;
  }

  async #edit() {
    if (!this.#patient) return;
    if (await editPatient(this.#patient, this.#etag)) await this.#loadPatient();
  }
}

customElements.define('patient-page', PatientPage);
