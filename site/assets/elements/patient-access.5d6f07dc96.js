import { call, Refusal } from '../api.06ac550977.js';
import { page } from '../addresses.6e921b8427.js';
import { actionCell, actorCell, knownNames, showEntry } from '../audit-entries.cb20dd4033.js';
import { rowButton } from '../admin-table.8ff24418e7.js';
import { fill, make, notice } from '../dom.71da60e761.js';
import { instant, patientName } from '../format.4b266e2688.js';
import { pagedTable } from '../paged-table.4a06564652.js';
import { session } from '../session.7dda462f97.js';
import { word } from '../words.ef487a8397.js';


class PatientAccess extends HTMLElement {
  #listening = new AbortController();
  #id = '';

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

      if (held.includes('manageUsers') && !this.#study) await this.#show('can', () => this.#who());
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
