import { call, get, Refusal } from '../api.06ac550977.js';
import { page } from '../addresses.6e921b8427.js';
import { deleteStudy, findDeletion, undoNotice } from '../deletion.b5d20ca161.js';
import { announce, fill, make, notice, skeletons } from '../dom.71da60e761.js';
import { age, date, dicomName, patientName, sex } from '../format.4b266e2688.js';
import { newPatient } from '../patient-form.14e80f89c4.js';
import { Previewing } from '../previewing.82732b02a0.js';
import { session } from '../session.7dda462f97.js';
import { studyCard } from '../study-card.8d50e83e10.js';
import { word } from '../words.ef487a8397.js';


class StudyPage extends HTMLElement {
  #listening = new AbortController();
  #uid = '';

  #entry = null;

  #preview = null;

  connectedCallback() {
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    this.#uid = new URLSearchParams(location.search).get('uid') ?? '';
    this.querySelector('[data-find]')?.addEventListener('submit', event => {
      event.preventDefault();
      this.#find();
    }, { signal });
    this.querySelector('[data-action="new-patient"]')?.addEventListener('click', () => this.#create(), { signal });
    this.#preview = new Previewing(this, this.#back, signal);
    fill(this.#place('study'), skeletons(1, 'card'));
    this.#load();
  }

  disconnectedCallback() {
    this.#listening.abort();
  }


  #place(name) {
    return /** @type {HTMLElement} */ (this.querySelector(`[data-${name}]`));
  }

  get #path() {
    return `/api/inbox/${encodeURIComponent(this.#uid)}`;
  }

  get #back() {
    return page('study/', { uid: this.#uid });
  }

  async #load() {
    try {
      if (!this.#uid) return this.#absent();
      const [entry, { held }] = await Promise.all([get(this.#path, this.#listening.signal), session()]);
      this.#entry = entry;
      this.#show(entry, held.includes('deleteOnAll'));
      this.#preview?.know([entry.study], held.includes('export'));
      this.#place('attach').hidden = !held.includes('editPatientsOnAll');
    } catch (error) {
      if (this.#listening.signal.aborted) return;
      if (!(error instanceof Refusal)) throw error;
      if (error.status === 404) return this.#lookElsewhere();
      fill(this.#place('facts'));
      fill(this.#place('study'));
      fill(this.#place('notice'), notice('bad', error.message));
    }
    this.#place('study').setAttribute('aria-busy', 'false');
  }


  async #lookElsewhere() {
    try {
      const studies = await get(`/dicomweb/studies?${new URLSearchParams({ StudyInstanceUID: this.#uid })}`);
      const id = studies?.[0]?.['00100020']?.Value?.[0];
      if (!id) return this.#absent();
      const { items } = await get(`/api/patients?${new URLSearchParams({ q: id })}`);
      const named = items.filter((/** @type {any} */ patient) => patient.patientId === id);
      if (named.length === 1) return location.replace(page('patient/', { id: named[0].id }));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    }
    this.#absent();
  }

  #absent() {
    fill(this, make('div', { class: 'empty' }, make('h1', {}, word('study.absentTitle')), make('p', {}, word('study.absentText')),
      make('p', {}, make('a', { class: 'button', href: page('inbox/') }, word('study.back')))));
  }


  #show({ study, identity, suggestions }, deletes) {
    this.#place('name').textContent = dicomName(identity.name);
    fill(this.#place('facts'), [identity.patientId, date(identity.birthDate), age(identity.birthDate), sex(identity.sex)].filter(Boolean)
      .map(fact => make('span', {}, fact)), make('span', { class: 'chip', 'data-status': 'unattached' }, word('inbox.chip')));
    fill(this.#place('study'), studyCard(study, { open: true, back: this.#back, actions: deletes ? [this.#deleteButton(study, identity)] : [] }));
    fill(this.#place('suggestions'), suggestions.length === 0 ? make('p', { class: 'muted' }, word('study.noSuggestion'))
      : this.#candidates(suggestions.map((/** @type {any} */ one) => ({
        patient: { ...one, id: one.patient }, reasons: one.reasons.map((/** @type {string} */ reason) => word(`reason.${reason}`)),
      }))));
    const search = /** @type {HTMLInputElement} */ (this.querySelector('#attach-search'));
    search.value = identity.name ? dicomName(identity.name) : '';
  }

  async #find() {
    const { value } = /** @type {HTMLInputElement} */ (this.querySelector('#attach-search'));
    try {
      const { items } = await get(`/api/patients?${new URLSearchParams({ q: value.trim(), limit: '10' })}`);
      fill(this.#place('found'), items.length === 0 ? make('p', { class: 'muted' }, word('study.nobody'))
        : this.#candidates(items.map((/** @type {any} */ patient) => ({ patient, reasons: [] }))));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      fill(this.#place('found'), notice('bad', error.message));
    }
  }


  #deleteButton(study, identity) {
    const button = make('button', { type: 'button', class: 'quiet' }, word('study.delete'));
    button.addEventListener('click', async () => {
      fill(this.#place('notice'));
      try {
        if (!await deleteStudy(this.#uid, dicomName(identity.name))) return;
        document.dispatchEvent(new CustomEvent('inbox-changed'));
        const deletion = await findDeletion({ study: this.#uid });
        if (!deletion) return location.assign(page('inbox/'));
        fill(this.#place('study'));
        this.#place('attach').hidden = true;
        fill(this.#place('notice'), undoNotice(deletion, () => location.reload()));
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        fill(this.#place('notice'), notice('bad', error.message));
      }
    });
    return button;
  }


  #candidates(candidates) {
    return make('ul', { class: 'candidates' }, candidates.map(({ patient, reasons }) => {
      const button = make('button', { type: 'button' }, word('study.attachTo'));
      button.setAttribute('aria-label', `${word('study.attachTo')}, ${patientName(patient)}`);
      button.addEventListener('click', () => this.#attach(patient));
      return make('li', {}, make('div', {}, make('a', { href: page('patient/', { id: patient.id }) }, patientName(patient)), ' ',
        make('span', { class: 'muted' }, [patient.patientId, date(patient.birthDate)].filter(Boolean).join(' · ')),
        reasons.length > 0 && make('p', { class: 'muted' }, reasons.join(' · '))), button);
    }));
  }

  async #create() {
    const identity = this.#entry?.identity;
    if (!identity) return;
    const [family = '', given = ''] = identity.name.split('=')[0].split('^');
    const birth = /^\d{8}$/.test(identity.birthDate) ? identity.birthDate : '';
    const made = await newPatient({
      lastName: family.trim(), firstName: given.trim(), patientId: identity.patientId,
      birthDate: birth && `${birth.slice(0, 4)}-${birth.slice(4, 6)}-${birth.slice(6)}`,
      sex: ['F', 'M', 'O'].includes(identity.sex) ? identity.sex : 'U',
    });
    if (made) await this.#attach(made);
  }


  async #attach(patient) {
    try {
      const { checked } = /** @type {HTMLInputElement} */ (this.querySelector('#attach-correct'));
      await call('POST', `${this.#path}/attach`, { body: { patient: patient.id, correct: checked } });
      announce(word('study.attached'));
      location.assign(page('patient/', { id: patient.id }));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      fill(this.#place('notice'), notice('bad', error.message));
      this.#place('notice').scrollIntoView({ block: 'nearest' });
    }
  }
}

customElements.define('study-page', StudyPage);
