import { all, call, get, Refusal } from '../api.06ac550977.js';
import { page } from '../addresses.24129ea565.js';
import { copyButton } from '../copying.0dd95b73de.js';
import { deletePatient, deleteStudy, findDeletion, undoNotice } from '../deletion.44c4c23c12.js';
import { formDialog } from '../dialogs.c921cbd422.js';
import { announce, fill, make, notice, skeletons } from '../dom.4e0d1950f1.js';
import { exportDialog } from '../exporting.72ee650673.js';
import { age, date, instant, patientName, sex } from '../format.4b266e2688.js';
import { mergePatient, unmergePatient } from '../merging.eb2dab2d80.js';
import { editPatient } from '../patient-form.e7ace03404.js';
import { session } from '../session.a412877be4.js';
import { statusChip, statuses } from '../statuses.5b7e03eb65.js';
import { studyCard } from '../study-card.8a243f4687.js';
import { plural, word } from '../words.ef487a8397.js';


const openStudies = 3;


class PatientPage extends HTMLElement {
  #listening = new AbortController();
  #id = '';

  #patient = null;

  #etag = null;

  connectedCallback() {
    this.#listening = new AbortController();
    this.#id = new URLSearchParams(location.search).get('id') ?? '';
    const { signal } = this.#listening;
    this.querySelector('[data-action="edit"]')?.addEventListener('click', () => this.#edit(), { signal });
    this.querySelector('[data-action="export"]')?.addEventListener('click', () => exportDialog({ patients: [this.#id] }), { signal });
    this.querySelector('[data-action="merge"]')?.addEventListener('click', () => this.#merge(), { signal });
    this.querySelector('[data-action="delete"]')?.addEventListener('click', () => this.#delete(), { signal });
    this.querySelector('[data-access]')?.setAttribute('href', page('patient/access/', { id: this.#id }));
    fill(this.#place('studies'), skeletons(2, 'card'));
    this.#load();
  }

  disconnectedCallback() {
    this.#listening.abort();
  }


  #place(name) {
    return /** @type {HTMLElement} */ (this.querySelector(`[data-${name}]`));
  }

  get #path() {
    return `/api/patients/${encodeURIComponent(this.#id)}`;
  }

  async #load() {
    if (!this.#id) return this.#absent();
    await Promise.all([this.#loadPatient(), this.#loadStudies(), this.#loadMerges()]);
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


  async #absent() {
    const deletion = this.#id ? await this.#deletion() : null;
    if (deletion) return this.#deleted(deletion);
    fill(this, make('div', { class: 'empty' }, make('h1', {}, word('patient.absentTitle')), make('p', {}, word('patient.absentText')),
      make('p', {}, make('a', { class: 'button', href: page('patients/') }, word('patient.back')))));
  }

  async #deletion() {
    try {
      const { held } = await session();
      return held.includes('delete') ? await findDeletion({ patient: this.#id }) : null;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return null;
    }
  }


  #deleted(deletion) {
    fill(this, make('header', { class: 'page-head' }, make('h1', { tabindex: '-1' }, patientName(deletion.patient))),
      undoNotice(deletion, () => location.reload()),
      make('p', {}, make('a', { class: 'button', href: page('patients/') }, word('patient.back'))));
    this.querySelector('h1')?.focus();
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
          open: index < openStudies, actions: this.#actions(study, held),
        })));
    } catch (error) {
      if (this.#listening.signal.aborted || !this.isConnected) return;
      if (!(error instanceof Refusal)) throw error;
      if (error.status !== 404) fill(place, notice('bad', error.message));
    }
    place.setAttribute('aria-busy', 'false');
  }


  #actions(study, held) {
    return [...(held.includes('export') ? [this.#exportButton(study)] : []), ...(held.includes('editPatientsOnAll') ? [this.#detachButton(study)] : []),
      ...(held.includes('delete') ? [this.#deleteButton(study)] : [])];
  }


  #exportButton(study) {
    const label = `${word('export.open')} ${study.description || word('study.untitled')}`;
    return make('button', {
      type: 'button', class: 'quiet', 'aria-label': label, onclick: () => exportDialog({ studies: [study.studyInstanceUID] }),
    }, word('export.open'));
  }


  #deleteButton(study) {
    const uid = study.studyInstanceUID;
    const label = `${word('study.delete')}, ${study.description || word('study.untitled')}`;
    const button = make('button', { type: 'button', class: 'quiet', 'aria-label': label }, word('study.delete'));
    button.addEventListener('click', () => this.#attempt(async () => {
      if (!this.#patient || !await deleteStudy(uid, patientName(this.#patient))) return;
      const deletion = await findDeletion({ study: uid });
      await this.#loadStudies();
      if (deletion) fill(this.#place('notice'), undoNotice(deletion, () => {
        fill(this.#place('notice'));
        this.#loadStudies();
      }));
      this.#place('notice').scrollIntoView({ block: 'nearest' });
    }));
    return button;
  }


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

  async #loadMerges() {
    const section = this.#place('merges-section');
    try {
      const [{ items }, { held }] = await Promise.all([get(`${this.#path}/merges`, this.#listening.signal), session()]);
      section.hidden = items.length === 0;
      fill(this.#place('merges'), items.map((/** @type {any} */ merged) => this.#mergedRow(merged, held)));
    } catch (error) {
      if (!(error instanceof Refusal) && !this.#listening.signal.aborted) throw error;
    }
  }


  #mergedRow(merged, held) {
    const facts = [merged.patientId, date(merged.birthDate), plural('patients.studies', merged.studies),
      merged.mergedBy ? word('merge.by', { date: instant(merged.mergedAt), name: merged.mergedBy }) : word('merge.at', { date: instant(merged.mergedAt) })];
    const undo = make('button', { type: 'button', 'aria-label': `${word('merge.undo')}, ${patientName(merged)}` }, word('merge.undo'));
    undo.addEventListener('click', () => this.#attempt(async () => {
      if (await unmergePatient(this.#patient, merged)) await this.#load();
    }));
    return make('li', {}, make('div', {}, make('strong', {}, patientName(merged)), make('p', { class: 'muted' }, facts.filter(Boolean).join(' · '))),
      held.includes('editPatients') && undo);
  }


  async #attempt(act) {
    fill(this.#place('notice'));
    try {
      await act();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      fill(this.#place('notice'), notice('bad', error.message));
      this.#place('notice').scrollIntoView({ block: 'nearest' });
    }
  }

  async #merge() {
    if (!this.#patient) return;
    const kept = await mergePatient(this.#patient);
    if (kept === this.#id) await this.#load();
    else if (kept) location.assign(page('patient/', { id: kept }));
  }

  async #delete() {
    await this.#attempt(async () => {
      if (!this.#patient || !await deletePatient(this.#patient, patientName(this.#patient))) return;
      await this.#absent();
    });
  }

  async #edit() {
    if (!this.#patient) return;
    if (await editPatient(this.#patient, this.#etag)) await this.#loadPatient();
  }
}

customElements.define('patient-page', PatientPage);
