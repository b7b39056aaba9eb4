import { call, get, Refusal } from '../api.06ac550977.js';
import { page } from '../addresses.6e921b8427.js';
import { copyButton } from '../copying.5720e91940.js';
import { deletePatient, deleteStudy, findDeletion, undoNotice } from '../deletion.b5d20ca161.js';
import { fill, make, notice } from '../dom.71da60e761.js';
import { exportDialog } from '../exporting.6fdbffafaa.js';
import { age, date, instant, patientName, sex } from '../format.4b266e2688.js';
import { Previewing } from '../previewing.82732b02a0.js';
import { session } from '../session.7dda462f97.js';
import { statusHistory } from '../status-history.5e004c816e.js';
import { StatusMenu } from '../status-menu.75f5f3c84c.js';
import { statusChip, statuses } from '../statuses.e015b6dde7.js';
import { studyActions } from '../study-actions.e59184983d.js';
import { studyCard } from '../study-card.8d50e83e10.js';
import { Timeline } from '../timeline.bb7206032e.js';
import { plural, word } from '../words.ef487a8397.js';


class PatientPage extends HTMLElement {
  #listening = new AbortController();
  #id = '';

  #patient = null;

  #etag = null;

  #status = null;

  #timeline = null;

  #held = [];

  connectedCallback() {
    this.#listening = new AbortController();
    this.#id = new URLSearchParams(location.search).get('id') ?? '';
    const { signal } = this.#listening;
    this.querySelector('[data-action="edit"]')?.addEventListener('click', () => this.#edit(), { signal });
    this.querySelector('[data-action="export"]')?.addEventListener('click', () => exportDialog({ patients: [this.#id] }), { signal });
    this.querySelector('[data-action="merge"]')?.addEventListener('click', () => this.#merge(), { signal });
    this.querySelector('[data-action="delete"]')?.addEventListener('click', () => this.#delete(), { signal });
    this.querySelector('[data-access]')?.setAttribute('href', page('patient/access/', { id: this.#id }));
    const back = page('patient/', { id: this.#id });
    const preview = new Previewing(this, back, signal);
    this.#timeline = new Timeline({
      place: this.#place('studies'), path: `${this.#path}/studies`, signal, ready: this.#learnWhoReads(), empty: () => this.#noStudy(),
      card: (study, open) => studyCard(study, { open, back, actions: this.#actions(study) }), known: studies => preview.know(studies, this.#held.includes('export')),
      gone: () => {
        preview.know([], false);
        this.#absent();
      },
    });
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
    await Promise.all([this.#loadPatient(), this.#timeline?.load()]);

    await Promise.all([this.#loadMerges(), this.#loadSteps()]);
  }

  async #loadPatient() {
    try {
      await this.#read();
    } catch (error) {
      if (this.#listening.signal.aborted) return;
      if (!(error instanceof Refusal)) throw error;
      if (error.status === 404) return this.#absent();
      fill(this.#place('facts'));
      fill(this.#place('notice'), notice('bad', error.message));
    }
  }

  async #read() {
    const { data, etag } = await call('GET', this.#path, { signal: this.#listening.signal });
    await this.#take(data, etag);
  }


  async #take(patient, etag) {
    this.#patient = patient;
    this.#etag = etag;
    await this.#show();
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
    const [known, { held }] = await Promise.all([statuses(), session()]);
    this.#place('name').textContent = patientName(patient);
    document.title = `${patientName(patient)} · Preview DICOM`;
    const born = patient.birthDate && `${date(patient.birthDate)} (${age(patient.birthDate)})`;
    fill(this.#place('facts'), born && make('span', {}, born), sex(patient.sex) && make('span', {}, sex(patient.sex)),
      make('span', { class: 'copyable' }, patient.patientId, copyButton(patient.patientId, word('patientForm.patientId'))),
      held.includes('editPatients') ? this.#statusMenu(known) : statusChip(patient.status, known));
    const details = /** @type {[string, string][]} */ ([
      [word('patientForm.birthName'), patient.birthName], [word('patientForm.condition'), patient.condition],
      [word('patientForm.lastVisit'), date(patient.lastVisit)], [word('patientForm.notes'), patient.notes],
    ]).filter(([, value]) => value);
    const list = this.#place('details');
    list.hidden = details.length === 0;
    fill(list, details.map(([label, value]) => [make('dt', {}, label), make('dd', {}, value)]).flat());
  }


  #statusMenu(known) {
    this.#status ??= new StatusMenu({
      known, current: () => ({ patient: this.#patient, etag: this.#etag }), reread: () => this.#read(), changed: (patient, etag) => {
        this.#take(patient, etag);
        this.#loadSteps();
      },
    });
    this.#status.show(this.#patient.status);
    return this.#status.element;
  }

  async #loadSteps() {
    await statusHistory({
      section: this.#place('steps-section'), place: this.#place('steps'), path: `${this.#path}/statuses`, known: await statuses(), signal: this.#listening.signal,
    });
  }


  async #learnWhoReads() {
    try {
      this.#held = (await session()).held;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    }
  }

  #noStudy() {
    return make('div', { class: 'empty' }, make('h3', {}, word('patient.noStudyTitle')), make('p', {}, word('patient.noStudyText')),
      this.#held.includes('import') && make('p', {}, make('a', { class: 'button', href: page('import/') }, word('patients.firstImport'))));
  }


  #actions(study) {
    return studyActions(study, this.#id, { held: this.#held, detached: () => this.#timeline?.load(), remove: () => this.#removeStudy(study.studyInstanceUID) });
  }


  #removeStudy(uid) {
    return this.#attempt(async () => {
      if (!this.#patient || !await deleteStudy(uid, patientName(this.#patient))) return;
      const deletion = await findDeletion({ study: uid });
      await this.#timeline?.load();
      if (deletion) fill(this.#place('notice'), undoNotice(deletion, () => {
        fill(this.#place('notice'));
        this.#timeline?.load();
      }));
      this.#place('notice').scrollIntoView({ block: 'nearest' });
    });
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
      const { unmergePatient } = await import('../merging.9490a2e40f.js');
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
    const { mergePatient } = await import('../merging.9490a2e40f.js');
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
    const { editPatient } = await import('../patient-form.14e80f89c4.js');
    if (await editPatient(this.#patient, this.#etag)) await this.#loadPatient();
  }
}

customElements.define('patient-page', PatientPage);
