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
modules['copying.js'] = (() => {
const { announce, make } = modules['dom.js'];
const { word } = modules['words.js'];







function copyButton(text, label, caption = word('copy.copy')) {
  const button = make('button', { type: 'button', class: 'quiet copy', title: text, 'aria-label': `${word('copy.copy')} ${label}` }, caption);
  button.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      copyBySelection(text);
    }
    button.textContent = word('copy.done');
    announce(word('copy.done'));
    setTimeout(() => { button.textContent = caption; }, 2000);
  });
  return button;
}


function copyable(text, label) {
  return make('span', { class: 'copyable' }, make('code', {}, text), copyButton(text, label));
}


function copyBySelection(text) {
  const field = /** @type {HTMLTextAreaElement} */ (make('textarea', { class: 'visually-hidden', readonly: true }));
  field.value = text;
  (document.querySelector('dialog[open]') ?? document.body).append(field);
  field.select();
  document.execCommand('copy');
  field.remove();
}

return { copyButton, copyable };
})();
modules['archive-fetch.js'] = (() => {
const { Refusal, refusalOf } = modules['api.js'];
const { word } = modules['words.js'];


const largest = 2_000_000_000;
const prefix = 'export-';


function isFetchable(bytes) {
  return bytes <= largest && Boolean(navigator.storage?.getDirectory);
}







async function fetchArchive(address, name, { signal, progress }) {
  const folder = await navigator.storage.getDirectory();
  for await (const former of /** @type {any} */ (folder).keys()) {
    if (former.startsWith(prefix)) await folder.removeEntry(former).catch(() => {});
  }
  const kept = await folder.getFileHandle(prefix + name, { create: true });
  try {
    const response = await fetch(address, { signal });
    if (!response.ok) throw await refusalOf(response);
    let received = 0;
    const counted = new TransformStream({
      transform(piece, out) {
        received += piece.byteLength;
        progress(received);
        out.enqueue(piece);
      },
    });
    await /** @type {ReadableStream} */ (response.body).pipeThrough(counted).pipeTo(await kept.createWritable(), { signal });
    return await kept.getFile();
  } catch (error) {
    await folder.removeEntry(prefix + name).catch(() => {});
    if (signal.aborted || error instanceof Refusal) throw error;
    const full = error instanceof DOMException && error.name === 'QuotaExceededError';
    throw new Refusal(full ? word('export.noRoom') : word('export.cut'), { code: full ? 'storage' : 'network' });
  }
}

return { isFetchable, fetchArchive };
})();
modules['exporting.js'] = (() => {
const { call, Refusal } = modules['api.js'];
const { fetchArchive, isFetchable } = modules['archive-fetch.js'];
const { formDialog } = modules['dialogs.js'];
const { announce, fill, make, notice } = modules['dom.js'];
const { instant, size } = modules['format.js'];
const { plural, word } = modules['words.js'];





async function exportDialog({ patients = [], studies = [] }) {
  const closing = new AbortController();
  const stage = make('div', { class: 'stack', 'data-export': true }, make('p', { class: 'muted' }, word('export.counting')));
  const closed = formDialog({
    title: patients.length > 0 ? plural('export.title', patients.length) : word('export.titleStudy'), submit: word('dialog.close'), shows: true,
    body: [stage], save: async () => true,
  });
  try {
    const { data } = await call('POST', '/api/exports', { body: { patients, studies } });
    const link = make('a', { class: 'button primary', href: `/api/exports/${encodeURIComponent(data.id)}`, download: '' }, word('export.download'));
    const buttons = make('p', { class: 'buttons' }, link);
    const progress = make('div', { class: 'stack', 'data-progress': true });
    fill(stage, make('p', {}, word('export.text')), make('dl', { class: 'facts' },
      make('dt', {}, word('export.contents')), make('dd', {}, [data.patients > 0 && plural('undo.patients', data.patients), plural('patients.studies', data.studies),
        plural('study.images', data.instances)].filter(Boolean).join(' · ')),
      make('dt', {}, word('export.archiveSize')), make('dd', {}, size(data.bytes))),
    buttons, progress, make('p', { class: 'muted' }, word('export.until', { date: instant(data.expiresAt) })));
    if (isFetchable(data.bytes)) {
      link.addEventListener('click', event => {
        event.preventDefault();
        download(link.href, data, buttons, progress, closing.signal);
      });
    }
    link.focus();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    fill(stage, notice('bad', error.message));
  }
  await closed;
  closing.abort();
}






async function download(address, made, buttons, place, closed) {
  const stopping = new AbortController();
  const signal = AbortSignal.any([closed, stopping.signal]);
  const bar = /** @type {HTMLProgressElement} */ (make('progress', { max: 1, 'aria-labelledby': 'export-progress' }));
  const label = make('p', { class: 'progress-label', id: 'export-progress' });

  const progress = (/** @type {number} */ received) => {
    bar.value = Math.min(received / made.bytes, 1);
    label.textContent = word('export.fetching', { received: size(received), total: size(made.bytes) });
  };
  const stop = make('button', { type: 'button', 'data-action': 'stop', onclick: () => stopping.abort() }, word('export.stop'));
  progress(0);
  buttons.hidden = true;
  fill(place, label, bar, make('p', { class: 'buttons' }, stop));
  stop.focus();
  try {
    const file = await fetchArchive(address, `${made.id}.zip`, { signal, progress });
    const source = URL.createObjectURL(file);
    make('a', { href: source, download: 'export.zip' }).click();
    setTimeout(() => URL.revokeObjectURL(source), 60_000);
    const done = word('export.fetched', { size: size(file.size) });
    fill(place, notice('good', done));
    announce(done);
  } catch (error) {
    if (signal.aborted) fill(place);
    else if (error instanceof Refusal) fill(place, notice('bad', error.message));
    else throw error;
  } finally {
    buttons.hidden = false;
    if (!closed.aborted) /** @type {HTMLElement} */ (buttons.querySelector('a')).focus();
  }
}

return { exportDialog };
})();
modules['list-address.js'] = (() => {


const names = ['q', 'status', 'modality', 'group', 'when', 'from', 'to', 'sort', 'after'];

const toAttach = 'to-attach';
const usualSort = '-lastStudy';
const day = 86_400_000;




function readAddress() {
  const search = new URLSearchParams(location.search);
  return Object.fromEntries(names.map(name => [name, search.get(name) ?? '']));
}


function worthSaving(query) {
  return Object.fromEntries(Object.entries(query).filter(([name, value]) => value && name !== 'after'));
}


function narrows(query) {
  return Object.keys(worthSaving(query)).some(name => name !== 'sort');
}


function listPath(query, limit) {
  const { when, from, to, ...rest } = query;
  const fields = {
    ...rest, ...days(when, from, to), sort: query.sort || usualSort, limit: String(limit), nearest: query.q ? 'true' : '',
  };
  return `/api/patients?${new URLSearchParams(Object.entries(fields).filter(([, value]) => value))}`;
}


function days(when, from, to) {
  if (when === 'range') return { from, to };
  const count = Number.parseInt(when, 10);
  if (!(count > 0)) return {};
  const now = new Date();
  return { from: localDay(new Date(now.getTime() - (count - 1) * day)) };
}


function localDay(date) {
  return [date.getFullYear(), String(date.getMonth() + 1).padStart(2, '0'), String(date.getDate()).padStart(2, '0')].join('-');
}

return { toAttach, usualSort, readAddress, worthSaving, narrows, listPath };
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
modules['patient-table.js'] = (() => {
const { page } = modules['addresses.js'];
const { usualSort } = modules['list-address.js'];
const { fill, make } = modules['dom.js'];
const { age, date, patientName } = modules['format.js'];
const { statusChip } = modules['statuses.js'];
const { thumbnail } = modules['thumbnails.js'];
const { plural, word } = modules['words.js'];


const stripLength = 4;


const imagesRest = 250;


class PatientTable {

  #rows = new Map();

  #resting;






  constructor({ sort, pick }) {
    this.sort = sort;
    this.pick = pick;
  }









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


  #pickCell(patient, picked) {
    const box = /** @type {HTMLInputElement} */ (make('input', { type: 'checkbox', 'aria-label': word('export.pick', { name: patientName(patient) }) }));
    box.checked = picked.has(patient.id);
    box.addEventListener('change', () => this.pick(patient.id, box.checked));
    return make('td', { class: 'pick' }, make('label', {}, box));
  }
}

return { PatientTable };
})();
modules['row-keys.js'] = (() => {
const { isTaken } = modules['keys.js'];






function walkRows(list, signal) {
  document.addEventListener('keydown', event => {
    const target = /** @type {HTMLElement} */ (event.target);
    const inSearch = target.id === 'search';
    if (inSearch ? event.key !== 'ArrowDown' : isTaken(event)) return;
    const links = /** @type {HTMLElement[]} */ ([...list.querySelectorAll('.row-link')].filter(link => link.checkVisibility()));
    const place = links.indexOf(target);
    if (event.key.startsWith('Arrow') && place < 0 && !inSearch) return;
    const step = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 }[event.key];
    if (!step || links.length === 0) return;
    event.preventDefault();
    const next = links[place < 0 ? 0 : Math.min(links.length - 1, Math.max(0, place + step))];
    next.focus();
    next.scrollIntoView({ block: 'nearest' });
  }, { signal });
}

return { walkRows };
})();
modules['saved-searches.js'] = (() => {
const { call, get, Refusal } = modules['api.js'];
const { page } = modules['addresses.js'];
const { field, formDialog } = modules['dialogs.js'];
const { announce, fill, make, notice } = modules['dom.js'];
const { narrows, readAddress, worthSaving } = modules['list-address.js'];
const { word } = modules['words.js'];

const longestName = 60;







function savedSearches(menu, go, signal) {
  const panel = /** @type {HTMLElement} */ (menu.querySelector('.menu-panel'));
  const show = async () => {
    try {
      const { items } = await get('/api/searches', signal);
      fill(panel, items.length > 0 ? make('ul', {}, items.map(row)) : make('p', { class: 'muted' }, word('searches.none')), save());
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof Refusal)) throw error;
      fill(panel, notice('bad', error.message));
    }
  };
  const row = (/** @type {any} */ search) => {
    const link = make('a', { href: page('patients/', search.filters) }, search.name);
    link.addEventListener('click', event => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      menu.removeAttribute('open');
      go(/** @type {string} */ (link.getAttribute('href')));
    });
    const remove = make('button', { type: 'button', 'aria-label': word('searches.remove', { name: search.name }), title: word('searches.remove', { name: search.name }) }, '×');
    remove.addEventListener('click', event => {
      event.stopPropagation();
      drop(search);
    });
    return make('li', {}, link, remove);
  };
  const drop = async (/** @type {any} */ search) => {
    try {
      await call('DELETE', `/api/searches/${encodeURIComponent(search.id)}`);
      announce(word('searches.removed', { name: search.name }));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      if (error.status !== 404) return announce(error.message);
    }
    await show();
    /** @type {HTMLElement|null} */ (panel.querySelector('a, button') ?? menu.querySelector('summary'))?.focus();
  };
  const save = () => {
    if (!narrows(readAddress())) return make('p', { class: 'muted' }, word('searches.hint'));
    return make('button', { type: 'button', 'data-action': 'save-search', onclick: saveSearch }, word('searches.save'));
  };
  menu.addEventListener('toggle', () => {
    if (menu.open) show();
  }, { signal });
}


async function saveSearch() {
  const filters = worthSaving(readAddress());
  const input = /** @type {HTMLInputElement} */ (make('input', { id: 'name', maxlength: longestName, required: true, autocomplete: 'off' }));
  input.value = (filters.q ?? '').slice(0, longestName);
  const saved = await formDialog({
    title: word('searches.save'), submit: word('searches.keep'), body: [field(word('searches.name'), input, word('searches.replaces'))],
    save: async () => (await call('POST', '/api/searches', { body: { name: input.value.trim(), filters } })).data,
  });
  if (saved) announce(word('searches.saved', { name: saved.name }));
}

return { savedSearches };
})();
modules['elements/patient-list.js'] = (() => {
const { all, get, Refusal } = modules['api.js'];
const { page } = modules['addresses.js'];
const { copyable } = modules['copying.js'];
const { fill, make, murmur, notice, skeletons } = modules['dom.js'];
const { exportDialog } = modules['exporting.js'];
const { number } = modules['format.js'];
const { isTaken, offerKeys } = modules['keys.js'];
const { listPath, narrows, readAddress, toAttach } = modules['list-address.js'];
const { newPatient } = modules['patient-form.js'];
const { PatientTable } = modules['patient-table.js'];
const { walkRows } = modules['row-keys.js'];
const { savedSearches } = modules['saved-searches.js'];
const { session } = modules['session.js'];
const { statuses } = modules['statuses.js'];
const { plural, word } = modules['words.js'];



const modalities = ['CR', 'CT', 'DX', 'MG', 'MR', 'NM', 'PT', 'RF', 'SR', 'US', 'XA'];
const rowsPerPage = 50;

const typingPause = 40;

const typingRest = 100;

const typingSpan = 1000;


class PatientList extends HTMLElement {
  #listening = new AbortController();
  #asking = new AbortController();

  #typing;
  #lastKey = -Infinity;
  #canExport = false;

  #picked = new Set();
  #table = new PatientTable({
    sort: order => this.#change({ sort: order }, 'push'),
    pick: (id, chosen) => this.#pick(id, chosen),
  });

  connectedCallback() {
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    const search = this.#search;
    search?.addEventListener('input', ({ timeStamp }) => {
      this.#typed(timeStamp - this.#lastKey < typingRest ? typingPause : 0);
      this.#lastKey = timeStamp;
    }, { signal });
    search?.closest('form')?.addEventListener('submit', event => {
      event.preventDefault();
      this.#enter();
    }, { signal });
    this.#form.addEventListener('change', event => this.#filter(/** @type {HTMLInputElement} */ (event.target)), { signal });
    this.#form.addEventListener('submit', event => event.preventDefault(), { signal });
    this.#create?.addEventListener('click', () => this.#make(), { signal });
    this.querySelector('.pager')?.addEventListener('click', event => this.#turn(/** @type {MouseEvent} */ (event)), { signal });
    window.addEventListener('popstate', () => this.#load(), { signal });
    document.addEventListener('keydown', event => this.#key(event), { signal });
    walkRows(/** @type {HTMLElement} */ (this.parentElement), signal);
    savedSearches(/** @type {HTMLDetailsElement} */ (this.querySelector('.saved')), address => this.#go(address), signal);
    this.#field('modality').append(...modalities.map(code => make('option', { value: code }, code)));
    offerKeys([['j', '↓'], word('patients.keyDown')], [['k', '↑'], word('patients.keyUp')], [['Enter'], word('patients.keyOpen')],
      [['n'], word('patients.keyNew'), () => !this.#create?.hidden]);
    this.#load();
  }

  disconnectedCallback() {
    this.#listening.abort();
    this.#asking.abort();
    clearTimeout(this.#typing);
  }

  get #search() {
    return /** @type {HTMLInputElement|null} */ (document.querySelector('#search'));
  }

  get #create() {
    return /** @type {HTMLElement|null} */ (this.querySelector('[data-action="new-patient"]'));
  }

  get #form() {
    return /** @type {HTMLFormElement} */ (this.querySelector('form.filters'));
  }

  get #list() {
    return /** @type {HTMLElement} */ (this.querySelector('[data-list]'));
  }


  #field(name) {
    return /** @type {HTMLSelectElement} */ (this.#form.elements.namedItem(name));
  }


  #typed(pause) {
    clearTimeout(this.#typing);
    return new Promise(resolve => {
      this.#typing = setTimeout(() => resolve(this.#change({ q: this.#search?.value.trim() ?? '' }, 'replace')), pause);
    });
  }


  async #enter() {
    await this.#typed(0);
    const links = /** @type {NodeListOf<HTMLElement>} */ (this.#list.querySelectorAll('.row-link'));
    if (links.length === 1 && !this.querySelector('[data-nearest]')) links[0].click();
    else links[0]?.focus();
  }


  #filter({ name, value, validity }) {
    if (!validity.valid) return;
    this.#change(name === 'when' && value !== 'range' ? { when: value, from: '', to: '' } : { [name]: value }, 'push');
  }


  #key(event) {
    if (event.key !== 'n' || isTaken(event) || this.#create?.hidden !== false) return;
    event.preventDefault();
    this.#create.click();
  }


  #change(changes, how) {
    return this.#go(page('patients/', { ...readAddress(), after: '', ...changes }), how);
  }


  #go(address, how = 'push') {
    if (how === 'push') history.pushState(null, '', address);
    else history.replaceState(null, '', address);
    return this.#load();
  }


  async #turn(event) {
    const link = /** @type {HTMLElement} */ (event.target).closest('a');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    scrollTo({ top: 0 });
    /** @type {HTMLElement|null} */ (document.querySelector('#content'))?.focus();
    await this.#go(/** @type {string} */ (link.getAttribute('href')));
  }

  async #make() {
    const made = await newPatient();
    if (made) location.assign(page('patient/', { id: made.id }));
  }

  async #load() {
    this.#asking.abort();
    this.#asking = new AbortController();
    const { signal } = this.#asking;
    const query = readAddress();
    this.#showQuery(query);
    this.#list.setAttribute('aria-busy', String(query.status !== toAttach));
    if (query.status === toAttach) return fill(this.#list);
    if (this.#list.childElementCount === 0) fill(this.#list, skeletons(8));
    try {
      const [answer, known, { held }] = await Promise.all([get(listPath(query, rowsPerPage), signal), statuses(), session()]);
      if (signal.aborted) return;
      this.#canExport = held.includes('export');
      await this.#showFilters(query, known, held);
      if (signal.aborted) return;
      await this.#showAnswer(answer, query, known);
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof Refusal)) throw error;
      fill(this.#list, notice('bad', error.message, make('button', { type: 'button', onclick: () => this.#load() }, word('errors.again'))));
    }
    this.#list.setAttribute('aria-busy', 'false');
  }


  #showQuery(query) {
    const search = this.#search;
    if (search && document.activeElement !== search) search.value = query.q;
    for (const name of ['modality', 'when', 'from', 'to']) this.#field(name).value = query[name];
    this.querySelector('[data-range]')?.toggleAttribute('hidden', query.when !== 'range');
    const waiting = query.status === toAttach;
    if (waiting) this.#field('status').value = toAttach;
    this.toggleAttribute('data-waiting', waiting);
    this.toggleAttribute('data-narrowed', narrows(query));
    this.parentElement?.querySelector('unattached-list')?.toggleAttribute('data-brief', !waiting);
    const note = /** @type {HTMLElement} */ (this.querySelector('[data-search-note]'));
    note.hidden = !query.q || waiting;
    const clear = make('button', { type: 'button', class: 'quiet' }, word('patients.clear'));
    clear.addEventListener('click', () => {
      if (search) search.value = '';
      this.#change({ q: '' }, 'push');
    });
    fill(note, word('patients.searched', { text: query.q }), ' ', clear);
  }


  async #showFilters(query, known, held) {
    const status = this.#field('status');
    const missing = known.filter(({ code }) => ![...status.options].some(({ value }) => value === code));
    status.append(...missing.map(({ code, label }) => make('option', { value: code }, label)));
    status.value = query.status;
    const group = this.#field('group');
    if (!held.includes('manageUsers')) return;
    if (group.options.length === 1) {
      const named = all('/api/groups').then(groups => group.append(...groups.map(({ id, name }) => make('option', { value: id }, name))));
      if (query.group) await named;
      else named.catch(error => { if (!(error instanceof Refusal)) throw error; });
    }
    group.value = query.group;
  }


  async #showAnswer({ items, next, total, nearest }, query, known) {
    const count = /** @type {HTMLElement} */ (this.querySelector('[data-total]'));
    count.textContent = total === null ? word('patients.many') : number(total);
    const picked = this.#canExport ? this.#picked : null;
    const focused = /** @type {HTMLElement|null} */ (this.#list.querySelector(':focus'));
    if (items.length === 0) fill(this.#list, await this.#empty(query));
    else fill(this.#list, nearest.length > 0 && this.#nearly(query.q, nearest), this.#table.show(items, {
      order: query.sort, known, picked, isTyping: performance.now() - this.#lastKey < typingSpan,
    }));
    const sorting = focused?.dataset.sort && this.#list.querySelector(`[data-sort="${focused.dataset.sort}"]`);
    /** @type {HTMLElement|null|undefined} */ (sorting || focused)?.focus({ preventScroll: true });
    if (nearest.length > 0) murmur(this.#nearlyText(query.q, nearest));
    else if (query.q && total !== null) murmur(plural('patients.found', total));
    this.#showPager(query, next);
  }


  #nearlyText(text, names) {
    return word('patients.nearest', { text, names: names.join(', ') });
  }


  #nearly(text, names) {
    return make('p', { class: 'notice', 'data-kind': 'info', 'data-nearest': true }, this.#nearlyText(text, names));
  }


  #showPager(query, next) {
    const pager = /** @type {HTMLElement} */ (this.querySelector('.pager'));
    const first = /** @type {HTMLAnchorElement} */ (pager.querySelector('[data-page="first"]'));
    const following = /** @type {HTMLAnchorElement} */ (pager.querySelector('[data-page="next"]'));
    first.hidden = !query.after;
    first.href = page('patients/', { ...query, after: '' });
    following.hidden = !next;
    following.href = page('patients/', { ...query, after: next ?? '' });
    pager.hidden = first.hidden && following.hidden;
  }


  #pick(id, chosen) {
    if (chosen) this.#picked.add(id);
    else this.#picked.delete(id);
    const place = /** @type {HTMLElement} */ (this.querySelector('[data-picked]'));
    place.hidden = this.#picked.size === 0;
    fill(place, make('span', {}, plural('export.picked', this.#picked.size)),
      make('button', { type: 'button', class: 'primary', 'data-action': 'export', onclick: () => exportDialog({ patients: [...this.#picked] }) }, word('export.open')),
      make('button', { type: 'button', class: 'quiet', onclick: () => this.#unpick() }, word('export.unpick')));
  }

  #unpick() {
    this.#picked.clear();
    for (const box of this.querySelectorAll('.pick input')) /** @type {HTMLInputElement} */ (box).checked = false;
    /** @type {HTMLElement} */ (this.querySelector('[data-picked]')).hidden = true;
  }


  async #empty(query) {
    if (narrows(query) || query.after) {
      const everyone = make('a', { class: 'button', href: page('patients/') }, word('patients.showAll'));
      return make('div', { class: 'empty' }, make('h2', {}, query.q ? word('patients.noneFor', { text: query.q }) : word('patients.none')),
        make('p', {}, word('patients.noneHint')), make('p', {}, everyone));
    }
    const { held, receiver } = await session();
    const brings = held.includes('import');
    return make('div', { class: 'empty first-run' }, make('h2', {}, word('patients.firstTitle')),
      make('p', {}, brings ? word('patients.firstText') : word('patients.firstNothing')), brings && this.#receiver(receiver));
  }


  #receiver({ aeTitle, port }) {
    const facts = [[word('patients.aeTitle'), aeTitle], [word('patients.address'), location.hostname], [word('patients.port'), String(port)]];
    return [
      make('p', {}, make('a', { class: 'button primary', href: page('import/') }, word('patients.firstImport'))),
      make('dl', { class: 'facts' }, facts.flatMap(([name, value]) => [make('dt', {}, name), make('dd', {}, copyable(value, name))])),
      make('p', {}, make('a', { href: page('help/send-from-a-modality/') }, word('patients.firstHelp'))),
    ];
  }
}

customElements.define('patient-list', PatientList);

})();
modules['elements/unattached-list.js'] = (() => {
const { get, Refusal } = modules['api.js'];
const { page } = modules['addresses.js'];
const { fill, make, notice, skeletons } = modules['dom.js'];
const { age, date, dicomName, instant, number, patientName } = modules['format.js'];
const { thumbnail } = modules['thumbnails.js'];
const { plural, word } = modules['words.js'];

const briefLength = 5;
const pageLength = 50;


class UnattachedList extends HTMLElement {
  static observedAttributes = ['data-brief'];

  #listening = new AbortController();

  #reading;
  #next = '';

  connectedCallback() {
    this.#listening = new AbortController();
    this.querySelector('[data-action="more"]')?.addEventListener('click', () => this.#load(), { signal: this.#listening.signal });
    this.#begin();
  }

  attributeChangedCallback() {
    if (this.#reading) this.#begin();
  }

  disconnectedCallback() {
    this.#listening.abort();
    this.#reading?.abort();
    this.#reading = undefined;
  }

  #begin() {
    this.#reading?.abort();
    this.#reading = new AbortController();
    this.#next = '';
    this.hidden = this.#brief;
    /** @type {HTMLElement} */ (this.querySelector('[data-action="more"]')).hidden = true;
    /** @type {HTMLElement} */ (this.querySelector('[data-list]')).replaceChildren();
    this.#load();
  }

  get #brief() {
    return this.hasAttribute('data-brief');
  }

  async #load() {
    const list = /** @type {HTMLElement} */ (this.querySelector('[data-list]'));
    const { signal } = /** @type {AbortController} */ (this.#reading);
    if (!this.#brief && list.childElementCount === 0) fill(list, skeletons(4));
    try {
      const search = new URLSearchParams({ limit: String(this.#brief ? briefLength : pageLength) });
      if (this.#next) search.set('after', this.#next);
      const answer = await get(`/api/inbox?${search}`, signal);
      this.#show(list, answer);
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof Refusal)) throw error;
      if (!this.#brief) fill(list, notice('bad', error.message));
    }
    list.setAttribute('aria-busy', 'false');
  }


  #show(list, answer) {
    const entries = answer.items;
    const total = this.querySelector('[data-total]');
    if (total && typeof answer.total === 'number') total.textContent = number(answer.total);
    if (this.#brief) {
      this.hidden = entries.length === 0;
      const more = answer.next && make('p', {}, make('a', { href: page('inbox/') }, word('inbox.all')));
      return fill(list, this.#rows(entries), more);
    }
    const rows = list.querySelector('ul');
    if (rows && this.#next) rows.append(...this.#rows(entries).children);
    else fill(list, entries.length > 0 ? this.#rows(entries) : this.#empty());
    this.#next = answer.next ?? '';
    /** @type {HTMLElement} */ (this.querySelector('[data-action="more"]')).hidden = !this.#next;
  }


  #rows(entries) {
    return make('ul', { class: 'unattached' }, entries.map(entry => this.#row(entry)));
  }


  #row({ study, identity, receivedAt, suggestions }) {
    const [suggestion] = suggestions;
    const facts = [identity.patientId, date(identity.birthDate), age(identity.birthDate)].filter(Boolean).join(' · ');
    const what = [date(study.started), study.description, plural('study.images', study.instances)].filter(Boolean).join(' · ');
    const pictured = study.series.find((/** @type {any} */ series) => series.thumbnail);
    return make('li', {}, thumbnail(pictured?.thumbnail, study.modalities[0] ?? ''),
      make('div', { class: 'unattached-what' },
        make('a', { class: 'row-link', href: page('study/', { uid: study.studyInstanceUID }) }, dicomName(identity.name)),
        make('span', { class: 'muted' }, facts), make('span', {}, what),
        suggestion && make('span', { class: 'muted' }, word('inbox.suggested', { name: patientName(suggestion) }))),
      make('div', { class: 'unattached-side' }, make('span', { class: 'chip', 'data-status': 'unattached' }, word('inbox.chip')),
        study.modalities.map((/** @type {string} */ code) => make('span', { class: 'modality' }, code)),
        make('span', { class: 'muted' }, instant(receivedAt))));
  }

  #empty() {
    return make('div', { class: 'empty' }, make('h2', {}, word('inbox.emptyTitle')), make('p', {}, word('inbox.emptyText')));
  }
}

customElements.define('unattached-list', UnattachedList);

})();
modules['pages/patients.js'] = (() => {




})();
