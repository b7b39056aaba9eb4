import { modules } from '/assets/common.c48fc35e30.js';
modules['keys.js'] = (() => {





const pageKeys = [];


function offerKeys(...keys) {
  pageKeys.push(...keys);
}


function isTaken(event) {
  const target = /** @type {HTMLElement} */ (event.target);
  return event.ctrlKey || event.metaKey || event.altKey || target.matches('input:not([type="checkbox"]), textarea, select, [contenteditable]')
    || document.querySelector('dialog[open]') !== null;
}

return { pageKeys, offerKeys, isTaken };
})();
modules['session.js'] = (() => {
const { get } = modules['api.js'];

const remembered = 'permissions';









let asked;


function session() {
  asked ??= get('/api/session').then(({ user, receiver }) => {
    const held = [...user.permissions, ...user.permissionsOnAll.map((/** @type {string} */ permission) => `${permission}OnAll`)];
    sessionStorage.setItem(remembered, JSON.stringify(held));
    return { user, held, receiver };
  });
  return asked;
}


function rememberedPermissions() {
  try {
    return JSON.parse(sessionStorage.getItem(remembered) ?? '[]');
  } catch {
    return [];
  }
}


function forgetSession() {
  sessionStorage.removeItem(remembered);
}






function showPermitted(root, held) {
  for (const element of root.querySelectorAll('[data-permission]')) {
    const needed = (element.getAttribute('data-permission') ?? '').split(' ');
    element.toggleAttribute('hidden', !needed.some(permission => held.includes(permission)));
  }
}

return { session, rememberedPermissions, forgetSession, showPermitted };
})();
modules['elements/app-frame.js'] = (() => {
const { call, get, Refusal } = modules['api.js'];
const { page, signInAgain } = modules['addresses.js'];
const { announce, make } = modules['dom.js'];
const { formDialog } = modules['dialogs.js'];
const { isTaken, pageKeys } = modules['keys.js'];
const { forgetSession, rememberedPermissions, session, showPermitted } = modules['session.js'];
const { language, word } = modules['words.js'];


const administration = [['manageUsers', 'admin/users/'], ['administerOnAll', 'admin/senders/'], ['delete', 'admin/deleted/']];


const afterThePage = 300;


class AppFrame extends HTMLElement {
  #listening = new AbortController();
  #known = false;
  #ended = false;

  connectedCallback() {
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    localStorage.setItem('language', language);
    this.#permit(rememberedPermissions());
    document.addEventListener('keydown', event => this.#key(event), { signal });
    document.addEventListener('session-ended', () => this.#sessionEnded(), { signal });
    document.addEventListener('click', event => this.#closeMenu(event), { signal });
    document.addEventListener('inbox-changed', () => this.#countInbox(), { signal });
    this.querySelector('[data-action="keys"]')?.addEventListener('click', () => this.#showKeys(), { signal });
    this.querySelector('[data-action="sign-out"]')?.addEventListener('click', () => this.#signOut(), { signal });
    for (const link of this.querySelectorAll('.languages a')) {
      link.addEventListener('click', () => { /** @type {HTMLAnchorElement} */ (link).search = location.search; }, { signal });
    }
    const search = this.querySelector('#search');
    if (search instanceof HTMLInputElement) search.value = new URLSearchParams(location.search).get('q') ?? '';
    this.#greet();
  }

  disconnectedCallback() {
    this.#listening.abort();
  }

  async #greet() {
    try {
      const { user, held } = await session();
      this.#known = true;
      this.#permit(held);
      for (const place of this.querySelectorAll('[data-account-name]')) place.textContent = user.name || user.email;
      for (const place of this.querySelectorAll('[data-account-email]')) place.textContent = user.name ? user.email : '';
      if (held.includes('editPatientsOnAll')) setTimeout(() => this.#countInbox(), afterThePage);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    }
  }


  #permit(held) {
    showPermitted(this, held);
    const first = administration.find(([permission]) => held.includes(permission));
    if (first) this.querySelector('[data-administration]')?.setAttribute('href', page(first[1]));
  }


  #welcome() {
    this.toggleAttribute('data-stranger', true);
    const signIn = make('a', { class: 'button', href: page('', { next: location.pathname }) }, word('signIn.submit'));
    this.querySelector('.languages')?.after(signIn);
  }

  async #countInbox() {
    const badge = this.querySelector('[data-inbox-count]');
    if (!badge || !this.#known) return;
    try {
      const { total } = await get('/api/inbox?limit=1');
      badge.toggleAttribute('hidden', !total);
      badge.textContent = total > 99 ? '99+' : String(total ?? '');
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      badge.toggleAttribute('hidden', true);
    }
  }


  #key(event) {
    if (event.key === 'Escape') this.#leaveMenu();
    if (isTaken(event)) return;
    if (event.key === '/') {
      event.preventDefault();
      /** @type {HTMLInputElement|null} */ (this.querySelector('#search'))?.select();
    } else if (event.key === '?') {
      this.#showKeys();
    }
  }


  #closeMenu(event) {
    const menu = this.querySelector('details.menu[open]');
    const target = /** @type {Element} */ (event.target);
    if (!menu || (menu.contains(target) && !target.closest('.menu-panel button'))) return;
    menu.removeAttribute('open');
    if (menu.contains(target)) /** @type {HTMLElement|null} */ (menu.querySelector('summary'))?.focus();
  }

  #leaveMenu() {
    const menu = this.querySelector('details.menu[open]');
    const inside = menu?.contains(document.activeElement);
    menu?.removeAttribute('open');
    if (inside) /** @type {HTMLElement|null} */ (menu?.querySelector('summary'))?.focus();
  }

  #showKeys() {
    this.querySelector('details.menu[open]')?.removeAttribute('open');
    const row = (/** @type {string[]} */ keys, /** @type {string} */ text) => [
      make('dt', {}, keys.map(key => make('kbd', {}, key))), make('dd', {}, text)];
    const here = pageKeys.filter(([, , works]) => works?.() ?? true);
    formDialog({
      title: word('keys.title'), submit: word('dialog.close'), shows: true,
      body: [make('dl', { class: 'keys' }, here.flatMap(([keys, text]) => row(keys, text)),
        row(['/'], word('keys.search')), row(['?'], word('keys.keys')), row(['Tab'], word('keys.tab')), row(['Esc'], word('keys.escape')))],
      save: async () => true,
    });
  }

  async #signOut() {
    try {
      await call('DELETE', '/api/session');
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      if (error.status !== 401) return announce(error.message);
    }
    forgetSession();
    location.assign(page(''));
  }


  #sessionEnded() {
    if (this.#ended) return;
    this.#ended = true;
    forgetSession();
    if (!this.#known && this.hasAttribute('data-open')) return this.#welcome();
    if (!this.#known) return location.replace(signInAgain());
    formDialog({
      title: word('session.endedTitle'), submit: word('session.signInAgain'),
      body: [make('p', {}, word('session.endedText'))],
      save: async () => {
        location.assign(signInAgain());
        return true;
      },
    }).then(() => { this.#ended = false; });
  }
}

customElements.define('app-frame', AppFrame);

})();
modules['deletion.js'] = (() => {
const { call, get, Refusal } = modules['api.js'];
const { confirmByName } = modules['dialogs.js'];
const { announce, fill, make, notice } = modules['dom.js'];
const { date, size } = modules['format.js'];
const { plural, word } = modules['words.js'];

const millisecondsPerDay = 86_400_000;






function deletePatient({ id }, name) {
  return ask(`/api/patients/${encodeURIComponent(id)}`, {
    title: word('deletion.patientTitle', { name }), text: word('deletion.patientText'), submit: word('deletion.patient'), name,
  });
}






function deleteStudy(uid, name) {
  return ask(`/api/studies/${encodeURIComponent(uid)}`, {
    title: word('deletion.studyTitle'), text: word('deletion.studyText'), submit: word('deletion.study'), name,
  });
}


async function ask(path, options) {
  const what = await get(`${path}/deletion`);
  const done = await confirmByName({ ...options, more: [lines(what)], act: () => call('DELETE', path) });
  if (done) announce(word('deletion.done'));
  return Boolean(done);
}


function lines(what) {
  const until = new Date(Date.now() + what.days * millisecondsPerDay).toISOString();
  const images = [plural('study.series', what.series), plural('study.images', what.instances), size(what.bytes)].join(' · ');
  return make('ul', { class: 'bullets' },
    make('li', {}, make('strong', {}, plural('patients.studies', what.studies)), ` · ${images}`),
    what.groups > 0 && make('li', {}, plural('deletion.groups', what.groups)),
    what.accounts > 0 && make('li', {}, plural('deletion.accounts', what.accounts)),
    make('li', {}, plural('deletion.until', what.days, { date: date(until) })));
}






async function findDeletion({ patient, study }) {
  const { items } = await get('/api/deletions?limit=200');
  return items.find((/** @type {any} */ one) => (study ? one.studyInstanceUID === study : one.kind === 'patient' && one.patient?.id === patient)) ?? null;
}


function restore(deletion) {
  return call('POST', `/api/deletions/${encodeURIComponent(deletion.id)}/restore`, { body: {} });
}





function undoNotice(deletion, restored) {
  const messages = make('div');
  const undo = make('button', { type: 'button', 'data-action': 'restore' }, word('deletion.undo'));
  const until = { date: date(deletion.restorableUntil) };
  const box = notice('info', deletion.kind === 'study' ? word('deletion.studyGone', until) : word('deletion.patientGone', until), undo);
  undo.addEventListener('click', async () => {
    undo.toggleAttribute('disabled', true);
    try {
      await restore(deletion);
      announce(word('deletion.restored'));
      restored();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      fill(messages, notice('bad', error.message));
      undo.toggleAttribute('disabled', false);
    }
  });
  box.append(messages);
  return box;
}

return { deletePatient, deleteStudy, findDeletion, restore, undoNotice };
})();
modules['patient-form.js'] = (() => {
const { call, Refusal } = modules['api.js'];
const { field, formDialog } = modules['dialogs.js'];
const { announce, make, notice } = modules['dom.js'];
const { date, sex } = modules['format.js'];
const { statuses } = modules['statuses.js'];
const { word } = modules['words.js'];


const kinds = /** @type {const} */ ({
  lastName: 'text', firstName: 'text', birthName: 'text', birthDate: 'date', sex: 'sex', patientId: 'text',
  condition: 'text', status: 'status', lastVisit: 'date', notes: 'long',
});
const required = new Set(['lastName', 'patientId']);




async function newPatient(given = {}) {
  const inputs = await fields({ sex: 'U', status: 'toRead', ...given });
  return formDialog({
    title: word('patientForm.newTitle'), submit: word('patientForm.create'), body: grid(inputs), wide: true,
    save: async () => {
      const values = Object.fromEntries(Object.entries(read(inputs)).filter(([, value]) => value !== '' && value !== null));
      const { data } = await call('POST', '/api/patients', { body: values });
      announce(word('patientForm.created'));
      return data;
    },
  });
}







async function editPatient(patient, etag) {
  const inputs = await fields(patient);
  let base = patient;
  let match = etag;
  return formDialog({
    title: word('patientForm.title'), submit: word('patientForm.save'), body: grid(inputs), wide: true,
    save: async (_, say) => {
      const changes = changed(base, read(inputs));
      if (Object.keys(changes).length === 0) return true;
      try {
        await call('PATCH', `/api/patients/${encodeURIComponent(patient.id)}`, { body: changes, etag: match });
      } catch (error) {
        if (!(error instanceof Refusal) || error.status !== 412) throw error;
        const now = await call('GET', `/api/patients/${encodeURIComponent(patient.id)}`);
        say(conflict(inputs, base, now.data, changes));
        base = now.data;
        match = now.etag;
        return undefined;
      }
      announce(word('patientForm.saved'));
      return true;
    },
  });
}


function conflict(inputs, /** @type {any} */ base, /** @type {any} */ now, /** @type {Record<string, unknown>} */ mine) {
  const theirs = /** @type {Key[]} */ (Object.keys(kinds)).filter(key => text(base[key]) !== text(now[key]));
  for (const key of theirs) {
    if (!(key in mine)) inputs[key].value = text(now[key]);
  }
  const lines = theirs.map(key => make('li', {}, word('patientForm.theirs', {
    field: word(`patientForm.${key}`), value: shown(key, now[key]),
  })));
  const box = notice('warn', word('patientForm.conflict'));
  box.append(make('ul', {}, lines));
  return box;
}


function shown(key, value) {
  if (kinds[key] === 'date') return date(text(value)) || '–';
  if (kinds[key] === 'sex') return sex(text(value)) || '–';
  return text(value) || '–';
}


function text(value) {
  return value === null || value === undefined ? '' : String(value);
}


async function fields(patient) {
  const known = await statuses();
  return /** @type {any} */ (Object.fromEntries(Object.entries(kinds).map(([key, kind]) => {
    const input = /** @type {any} */ (control(kind, key, known));
    input.value = text(patient[key]);
    return [key, input];
  })));
}


function control(kind, key, known) {
  const common = { id: `patient-${key}`, name: key, required: required.has(key) };
  if (kind === 'long') return make('textarea', { ...common, rows: 3, maxlength: 10000 });
  if (kind === 'date') return make('input', { ...common, type: 'date', max: '9999-12-31' });
  if (kind === 'text') return make('input', { ...common, maxlength: key === 'condition' ? 1000 : 64, autocomplete: 'off' });
  const options = kind === 'sex'
    ? ['F', 'M', 'O', 'U'].map(code => make('option', { value: code }, word(`sex.${code}`)))
    : known.map(({ code, label }) => make('option', { value: code }, label));
  return make('select', common, options);
}


function grid(inputs) {
  return [make('div', { class: 'field-grid' }, Object.entries(inputs).map(([key, input]) => {
    const line = field(word(`patientForm.${key}`), input);
    if (key === 'notes' || key === 'condition') line.classList.add('full');
    return line;
  }))];
}


function read(inputs) {
  return Object.fromEntries(Object.entries(inputs).map(([key, input]) => {
    const value = input.value.trim();
    return [key, value === '' && kinds[/** @type {Key} */ (key)] === 'date' ? null : value];
  }));
}


function changed(base, values) {
  return Object.fromEntries(Object.entries(values).filter(([key, value]) => text(base[key]) !== text(value)));
}

return { newPatient, editPatient };
})();
modules['previewing.js'] = (() => {
const { Refusal } = modules['api.js'];
const { announce } = modules['dom.js'];
const { word } = modules['words.js'];

















class Previewing {
  #host;
  #back;
  #exports = false;

  #studies = [];

  #preview = null;
  #opening = false;


  constructor(host, back, signal) {
    this.#host = host;
    this.#back = back;
    host.addEventListener('click', event => this.#click(event), { signal });
    window.addEventListener('popstate', () => this.#follow(), { signal });
    signal.addEventListener('abort', () => this.#preview?.remove());
  }


  know(studies, exports) {
    this.#studies = studies;
    this.#exports = exports;
    const shown = this.#preview && studies.find(one => one.studyInstanceUID === this.#preview.options.study.studyInstanceUID);
    if (shown) this.#preview.update(shown);
    else this.#follow();
  }


  #click(event) {
    const link = /** @type {Element} */ (event.target).closest('a[data-series]');
    if (!link || event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    history.pushState({ preview: true }, '', /** @type {HTMLAnchorElement} */ (link).href);
    this.#follow();
  }


  async #follow() {
    const search = new URLSearchParams(location.search);
    const series = search.get('series');
    const study = this.#studies.find(({ series: all }) => all.some((/** @type {any} */ one) => one.seriesInstanceUID === series));
    if (!study) {
      this.#preview?.remove();
      this.#preview = null;
    } else if (!this.#preview && !this.#opening) {
      await this.#open(study, String(series), Number(search.get('image')) || 1);
    }
  }


  async #open(study, series, image) {
    this.#opening = true;
    try {
      const { openPreview } = await import('/assets/elements/series-preview.ae1e88a556.js');
      if (new URLSearchParams(location.search).get('series') !== series) return;
      this.#preview = openPreview({
        study, series, image, back: this.#back, exports: this.#exports,
        moved: (now, place) => history.replaceState(history.state, '', previewAddress(now, place)), left: () => this.#left(),
      });
    } catch (error) {
      if (!(error instanceof TypeError || error instanceof Refusal)) throw error;
      announce(word('errors.network'));
    } finally {
      this.#opening = false;
    }
  }


  #left() {
    const { series } = this.#preview.options;
    this.#preview = null;
    if (history.state?.preview) history.back();
    else history.replaceState(history.state, '', previewAddress('', 0));
    /** @type {HTMLElement|null} */ (this.#host.querySelector(`a[data-series="${CSS.escape(series)}"]`))?.focus();
  }
}


function previewAddress(series, image) {
  const search = new URLSearchParams(location.search);
  search.delete('series');
  search.delete('image');
  if (series) search.set('series', series);
  if (image > 1) search.set('image', String(image));
  return `${location.pathname}?${search}`;
}

return { Previewing, previewAddress };
})();
modules['study-card.js'] = (() => {
const { viewer } = modules['addresses.js'];
const { make } = modules['dom.js'];
const { date } = modules['format.js'];
const { previewAddress } = modules['previewing.js'];
const { thumbnail } = modules['thumbnails.js'];
const { plural, word } = modules['words.js'];


const firstSeen = 6;






function studyCard(study, { open, back, actions = [] }) {
  const { series } = study;
  const counts = `${plural('study.series', series.length)} · ${plural('study.images', study.instances)}`;
  const title = studyTitle(study);
  return make('article', { class: 'study card', 'aria-label': `${title}, ${date(study.started)}`, 'data-study': study.studyInstanceUID },
    make('header', { class: 'study-head' },
      make('div', {}, make('h3', {}, make('span', { class: 'study-date' }, date(study.started) || word('study.undated')), ' ', title),
        make('p', { class: 'muted' }, study.modalities.map((/** @type {string} */ code) => make('span', { class: 'modality' }, code)), ' ', counts,
          study.arriving && make('span', { class: 'chip', 'data-kind': 'arriving' }, word('study.arriving')))),
      make('p', { class: 'buttons' }, make('a', { class: 'button primary', href: viewer(study.studyInstanceUID, back) }, word('study.open')), ...actions)),
    make('details', { open }, make('summary', {}, word('study.seriesList')),
      make('ul', { class: 'series' }, series.map((one, place) => seriesTile(one, open && place < firstSeen ? 'eager' : 'lazy')))));
}


function studyTitle(study) {
  return study.description || word('study.untitled');
}


function seriesTile(series, loading) {
  const { number = null, seriesInstanceUID: uid } = series;
  return make('li', {}, make('a', { class: 'tile', href: previewAddress(uid, 1), 'data-series': uid }, thumbnail(series.thumbnail, series.modality ?? '', loading),
    make('span', { class: 'tile-text' },
      make('span', { class: 'tile-title', title: series.description || null }, series.description || word('study.unnamedSeries')),
      make('span', { class: 'muted' }, [number !== null && word('study.number', { number }), series.modality,
        plural('study.images', series.instances)].filter(Boolean).join(' · ')))));
}

return { studyCard, studyTitle };
})();
modules['elements/study-page.js'] = (() => {
const { call, get, Refusal } = modules['api.js'];
const { page } = modules['addresses.js'];
const { deleteStudy, findDeletion, undoNotice } = modules['deletion.js'];
const { announce, fill, make, notice, skeletons } = modules['dom.js'];
const { age, date, dicomName, patientName, sex } = modules['format.js'];
const { newPatient } = modules['patient-form.js'];
const { Previewing } = modules['previewing.js'];
const { session } = modules['session.js'];
const { studyCard } = modules['study-card.js'];
const { word } = modules['words.js'];


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

})();
modules['pages/study.js'] = (() => {



})();
