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
modules['status-history.js'] = (() => {
const { get, Refusal } = modules['api.js'];
const { fill, make } = modules['dom.js'];
const { instant } = modules['format.js'];
const { statusChip } = modules['statuses.js'];
const { word } = modules['words.js'];


const shown = 5;





async function statusHistory({ section, place, path, known, signal }) {
  try {
    const { items, next: after } = await get(`${path}?limit=${shown}`, signal);
    let next = after;
    const list = make('ol', { class: 'steps' }, items.map((/** @type {any} */ step) => stepRow(step, known)));
    const more = make('button', { type: 'button' }, word('inbox.more'));
    more.addEventListener('click', async () => {
      const answer = await get(`${path}?limit=200&after=${encodeURIComponent(next)}`, signal);
      list.append(...answer.items.map((/** @type {any} */ step) => stepRow(step, known)));
      ({ next } = answer);
      more.hidden = !next;
    });
    more.hidden = !next;
    section.hidden = items.length === 0;
    fill(place, list, more);
  } catch (error) {
    if (!(error instanceof Refusal) && !signal.aborted) throw error;
  }
}


function stepRow({ at, by, from, to, note }, known) {
  const who = by ? word('statusMenu.by', { date: instant(at), name: by }) : instant(at);
  return make('li', {}, make('span', { class: 'step-chips' }, ...from === to ? [] : [statusChip(from, known), make('span', { 'aria-hidden': 'true' }, '→'),
    make('span', { class: 'visually-hidden' }, word('statusMenu.to'))], statusChip(to, known)),
  make('span', { class: 'muted' }, who), note && make('p', {}, note));
}

return { statusHistory };
})();
modules['status-menu.js'] = (() => {
const { call, Refusal } = modules['api.js'];
const { announce, fill, make, notice } = modules['dom.js'];
const { statusChip } = modules['statuses.js'];
const { word } = modules['words.js'];





class StatusMenu {
  #options;
  #note = /** @type {HTMLTextAreaElement} */ (make('textarea', { id: 'status-note', rows: 2, maxlength: 1000, 'data-own-keys': true }));
  #messages = make('div');
  #summary = make('summary', { class: 'status-now' });
  #choices = make('div', { class: 'status-choices' });
  element = make('details', { class: 'menu status-menu' }, this.#summary, make('div', { class: 'menu-panel' }, this.#messages,
    make('p', { class: 'field' }, make('label', { for: 'status-note' }, word('statusMenu.note')), this.#note), this.#choices));





  constructor(options) {
    this.#options = options;
    this.show(options.current().patient.status);
  }


  show(status) {
    const { known } = this.#options;
    fill(this.#summary, make('span', { class: 'visually-hidden' }, `${word('statusMenu.change')} `), statusChip(status, known));
    fill(this.#choices, known.map(({ code, label }) => make('button', {
      type: 'button', 'data-status-choice': code, 'aria-current': code === status && 'true', onclick: () => this.#choose(code),
    }, label)));
  }


  async #choose(status) {
    const { patient, etag } = this.#options.current();
    const note = this.#note.value.trim();
    if (this.element.hasAttribute('aria-busy') || (status === patient.status && !note)) return;
    this.show(status);
    fill(this.#messages);
    this.element.setAttribute('aria-busy', 'true');
    try {
      const { data, etag: now } = await call('PATCH', `/api/patients/${encodeURIComponent(patient.id)}`, { body: { status, ...note && { statusNote: note } }, etag });
      this.#note.value = '';
      announce(word('statusMenu.changed', { status: this.#label(status) }));
      this.#options.changed(data, now);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      await this.#takeBack(error);
    }
    this.element.removeAttribute('aria-busy');
  }


  async #takeBack(refusal) {
    if (refusal.status === 412) await this.#options.reread();
    const { status } = this.#options.current().patient;
    this.show(status);
    fill(this.#messages, notice('warn', refusal.status === 412 ? word('statusMenu.conflict', { status: this.#label(status) }) : refusal.message));
    this.element.toggleAttribute('open', true);
    announce(word('statusMenu.refused'));
  }


  #label(code) {
    return this.#options.known.find(one => one.code === code)?.label ?? code;
  }
}

return { StatusMenu };
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
modules['study-actions.js'] = (() => {
const { page } = modules['addresses.js'];
const { call } = modules['api.js'];
const { copyButton } = modules['copying.js'];
const { formDialog } = modules['dialogs.js'];
const { announce, make } = modules['dom.js'];
const { exportDialog } = modules['exporting.js'];
const { studyTitle } = modules['study-card.js'];
const { word } = modules['words.js'];






function studyActions(study, patient, { held, detached, remove }) {
  const uid = study.studyInstanceUID;
  const named = (/** @type {string} */ text) => `${text}, ${studyTitle(study)}`;
  const button = (/** @type {string} */ name, /** @type {string} */ text, /** @type {() => void} */ onclick) => make(
    'button', { type: 'button', 'data-action': name, 'aria-label': named(text), onclick }, text);
  const exports = held.includes('export');
  return [
    exports && make('a', { class: 'button', href: `/dicomweb/studies/${uid}?accept=application/zip`, download: '', 'aria-label': named(word('study.zip')) }, word('study.zip')),
    make('details', { class: 'menu deeds' }, make('summary', { class: 'button', 'aria-label': named(word('patient.more')) }, word('patient.more')),
      make('div', { class: 'menu-panel' },
        exports && button('export-study', word('export.open'), () => exportDialog({ studies: [uid] })),
        (held.includes('editPatients') || held.includes('administerOnAll'))
          && make('a', { href: page('patient/access/', { id: patient, study: uid }), 'aria-label': named(word('study.seen')) }, word('study.seen')),
        held.includes('editPatientsOnAll') && button('detach', word('study.detach'), () => detach(uid, detached)),
        copyButton(uid, word('study.uid'), word('copy.uid')),
        held.includes('delete') && button('delete-study', word('study.delete'), remove))),
  ];
}


async function detach(uid, detached) {
  const done = await formDialog({
    title: word('study.detachTitle'), submit: word('study.detach'), body: [make('p', {}, word('study.detachText'))],
    save: async () => {
      await call('POST', `/api/inbox/${encodeURIComponent(uid)}/detach`, { body: {} });
      return true;
    },
  });
  if (!done) return;
  announce(word('study.detached'));
  document.dispatchEvent(new CustomEvent('inbox-changed'));
  detached();
}

return { studyActions };
})();
modules['timeline.js'] = (() => {
const { all, call, Refusal } = modules['api.js'];
const { fill, notice, skeletons } = modules['dom.js'];


const soon = 4000;
const nowAndThen = 30_000;






class Timeline {
  #options;

  #etag = null;

  #cards = new Map();
  #arriving = false;

  #timer;





  constructor(options) {
    this.#options = options;
    fill(options.place, skeletons(2, 'card'));
    const { signal } = options;
    document.addEventListener('visibilitychange', () => this.#wait(0), { signal });
    signal.addEventListener('abort', () => clearTimeout(this.#timer));
  }


  async load() {
    const { place, path, signal, ready, gone } = this.#options;
    try {
      const [answer] = await Promise.all([call('GET', `${path}?limit=200`, { signal }), ready]);
      if (!answer.etag || answer.etag !== this.#etag) {
        this.#show(answer.data.next ? await all(path, signal) : answer.data.items);
        this.#etag = answer.etag;
      }
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof Refusal)) throw error;
      if (error.status === 404) return gone();

      if (this.#cards.size === 0) fill(place, notice('bad', error.message));
    }
    place.setAttribute('aria-busy', 'false');
    this.#wait(this.#arriving ? soon : nowAndThen);
  }


  #show(studies) {
    const { place, card, empty, known } = this.#options;
    const before = this.#cards;
    this.#arriving = studies.some(study => study.arriving);
    this.#cards = new Map(studies.map((study, index) => {
      const text = JSON.stringify(study);
      const old = before.get(study.studyInstanceUID);
      if (old?.text === text) return [study.studyInstanceUID, old];
      const isOpen = old ? Boolean(old.card.querySelector(':scope > details')?.hasAttribute('open')) : index === 0;
      return [study.studyInstanceUID, { text, card: card(study, isOpen) }];
    }));
    const focused = focusedPart(place);
    fill(place, studies.length === 0 ? empty() : [...this.#cards.values()].map(one => one.card));
    if (focused) /** @type {HTMLElement|null} */ (place.querySelector(focused))?.focus();
    known(studies);
  }


  #wait(pause) {
    clearTimeout(this.#timer);
    if (document.visibilityState === 'visible' && !this.#options.signal.aborted) this.#timer = setTimeout(() => this.load(), pause);
  }
}


function focusedPart(place) {
  const active = document.activeElement;
  const study = active?.closest('[data-study]')?.getAttribute('data-study');
  if (!active || !study || !place.contains(active)) return null;
  const [name, value] = ['data-series', 'data-action', 'href'].map(one => [one, active.getAttribute(one)]).find(([, one]) => one) ?? ['', ''];
  return `[data-study="${CSS.escape(study)}"] ${name ? `[${name}="${CSS.escape(String(value))}"]` : 'summary'}`;
}

return { Timeline };
})();
modules['elements/patient-page.js'] = (() => {
const { call, get, Refusal } = modules['api.js'];
const { page } = modules['addresses.js'];
const { copyButton } = modules['copying.js'];
const { deletePatient, deleteStudy, findDeletion, undoNotice } = modules['deletion.js'];
const { fill, make, notice } = modules['dom.js'];
const { exportDialog } = modules['exporting.js'];
const { age, date, instant, patientName, sex } = modules['format.js'];
const { Previewing } = modules['previewing.js'];
const { session } = modules['session.js'];
const { statusHistory } = modules['status-history.js'];
const { StatusMenu } = modules['status-menu.js'];
const { statusChip, statuses } = modules['statuses.js'];
const { studyActions } = modules['study-actions.js'];
const { studyCard } = modules['study-card.js'];
const { Timeline } = modules['timeline.js'];
const { plural, word } = modules['words.js'];


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
      const { unmergePatient } = await import('/assets/merging.3fadcab7b0.js');
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
    const { mergePatient } = await import('/assets/merging.3fadcab7b0.js');
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
    const { editPatient } = await import('/assets/patient-form.56712e2b95.js');
    if (await editPatient(this.#patient, this.#etag)) await this.#loadPatient();
  }
}

customElements.define('patient-page', PatientPage);

})();
modules['pages/patient.js'] = (() => {



})();
