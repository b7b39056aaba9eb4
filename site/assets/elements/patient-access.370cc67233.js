<<<<<<<< HEAD:site/assets/elements/patient-access.7e9b43e2f3.js
import { call, Refusal } from '../api.4aac85d452.js';
<<<<<<<< HEAD:site/assets/elements/patient-access.57ec367713.js
import { page } from '../addresses.f20333e5ad.js';
import { actionCell, actorCell, knownNames, showEntry } from '../audit-entries.b4f33c9d47.js';
import { rowButton } from '../admin-table.28d3cf4796.js';
========
import { page } from '../addresses.65131a5bd7.js';
import { actionCell, actorCell, knownNames, showEntry } from '../audit-entries.f16127d259.js';
import { rowButton } from '../admin-table.69df7a7b2a.js';
>>>>>>>> admin:site/assets/elements/patient-access.370cc67233.js
import { fill, make, notice } from '../dom.cb1cc6f6ea.js';
import { instant, patientName } from '../format.f26fd9ffc1.js';
import { pagedTable } from '../paged-table.45341db4b0.js';
import { session } from '../session.0f9c5643cd.js';
import { word } from '../words.4bd9aa8b7e.js';
========
import { call, Refusal } from '../api.06ac550977.js';
import { page } from '../addresses.24129ea565.js';
import { actionCell, actorCell, knownNames, showEntry } from '../audit-entries.7099c3c3c9.js';
import { rowButton } from '../admin-table.a9432e998f.js';
import { fill, make, notice } from '../dom.4e0d1950f1.js';
import { instant, patientName } from '../format.4b266e2688.js';
import { pagedTable } from '../paged-table.68ac306114.js';
import { session } from '../session.a412877be4.js';
import { word } from '../words.ef487a8397.js';

>>>>>>>> dashboard:site/assets/elements/patient-access.57ec367713.js

class PatientAccess extends HTMLElement {
  #listening = new AbortController();
  #id = '';
  /** The study that alone is of interest, by its UID. */
  #study = '';

  connectedCallback() {
    this.#listening = new AbortController();
    const search = new URLSearchParams(location.search);
    this.#id = search.get('id') ?? '';
    this.#study = search.get('study') ?? '';
    this.querySelector('[data-patient]')?.setAttribute('href', page('patient/', { id: this.#id }));
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
    try {
      const [{ data: patient }, { held }] = await Promise.all([call('GET', this.#path, { signal: this.#listening.signal }), session()]);
      this.#place('patient').textContent = patientName(patient);
      document.title = `${word('access.title')} · ${patientName(patient)} · Preview DICOM`;
      const only = this.#place('only-study');
      only.hidden = !this.#study;
      only.querySelector('a')?.setAttribute('href', page('patient/access/', { id: this.#id }));
      const whole = held.includes('administerOnAll');
<<<<<<<< HEAD:site/assets/elements/patient-access.7e9b43e2f3.js
      // One below the other: the second does not jump when the first has its rows.
      if (held.includes('manageUsers') && !this.#study) await this.#show('can', () => this.#who());
========

      if (held.includes('manageUsers')) await this.#show('can', () => this.#who());
>>>>>>>> dashboard:site/assets/elements/patient-access.57ec367713.js
      if (whole || held.includes('editPatients')) await this.#show('saw', () => this.#seen(whole));
    } catch (error) {
      if (this.#listening.signal.aborted) return;
      if (!(error instanceof Refusal)) throw error;
      if (error.status === 404) return this.#absent();
      fill(this.#place('notice'), notice('bad', error.message));
    }
  }

  #absent() {
    fill(this, make('div', { class: 'empty' }, make('h1', {}, word('patient.absentTitle')), make('p', {}, word('patient.absentText')),
      make('p', {}, make('a', { class: 'button', href: page('patients/') }, word('patient.back')))));
  }


  async #show(name, load) {
    const section = this.#place(`${name}-section`);
    section.hidden = false;
    try {
      await load();
    } catch (error) {
      if (this.#listening.signal.aborted) return;
      if (!(error instanceof Refusal)) throw error;
      if (error.status === 403 || error.status === 404) section.hidden = true;
      else fill(this.#place(name), notice('bad', error.message));
    }
  }

  #who() {
    return pagedTable({
      place: this.#place('can'), path: `${this.#path}/access`, caption: word('access.can'), signal: this.#listening.signal,
      columns: [word('audit.actor'), word('access.may'), word('access.why')],
      empty: () => make('p', { class: 'muted' }, word('access.nobodyCan')),
      row: ({ user, permissions, reasons }) => make('tr', {},
        make('th', { scope: 'row', class: 'who' }, user.name || user.email, user.name && make('span', { class: 'muted id' }, user.email),
          user.status !== 'active' && make('span', { class: 'chip', 'data-kind': 'muted' }, word(`userStatus.${user.status}`))),
        make('td', {}, make('span', {}, permissions.map((/** @type {string} */ one) => word(`permission.${one}`)).join(', '))),
        make('td', {}, make('ul', {}, reasons.map((/** @type {any} */ reason) => make('li', {}, reasonText(reason)))))),
    });
  }


  async #seen(whole) {
    const names = await knownNames();
    const narrowed = this.#study && `?${new URLSearchParams({ study: this.#study })}`;
    return pagedTable({
      place: this.#place('saw'), path: `${this.#path}/audit${narrowed}`, caption: word('access.saw'), signal: this.#listening.signal,
      columns: [word('audit.actor'), word('audit.at'), word('audit.action'), word('admin.actions')],
      empty: () => make('p', { class: 'muted' }, word('access.nobodySaw')),
      row: entry => make('tr', {}, actorCell(entry, { linked: whole }), make('td', {}, instant(entry.at)), actionCell(entry, names),
        make('td', { class: 'actions' }, rowButton(word('audit.details'), instant(entry.at), () => showEntry(entry, names, { linked: whole })))),
    });
  }
}


function reasonText(reason) {
  if (reason.kind === 'own') return word('access.own');
  return reason.scope === 'all' ? word('access.groupAll', { name: reason.name }) : word('access.groupGranted', { name: reason.name });
}

customElements.define('patient-access', PatientAccess);
