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
modules['elements/import-list.js'] = (() => {
const { page } = modules['addresses.js'];
const { get, Refusal } = modules['api.js'];
const { fill, make, notice } = modules['dom.js'];
const { instant, number, size } = modules['format.js'];
const { plural, word } = modules['words.js'];


const shown = 10;
const kinds = /** @type {Record<string, string>} */ ({ receiving: 'warn', waiting: 'info', running: 'info', done: 'good', interrupted: 'warn', failed: 'bad' });

const askEvery = 5000;


class ImportList extends HTMLElement {
  #listening = new AbortController();

  #asking;

  connectedCallback() {
    this.#listening = new AbortController();
    document.addEventListener('imports-changed', () => this.#load(), { signal: this.#listening.signal });
    this.#load();
  }

  disconnectedCallback() {
    this.#listening.abort();
    clearTimeout(this.#asking);
  }

  async #load() {
    clearTimeout(this.#asking);
    const list = /** @type {HTMLElement} */ (this.querySelector('[data-list]'));
    try {
      const { items } = await get(`/api/imports?limit=${shown}`, this.#listening.signal);
      this.toggleAttribute('hidden', items.length === 0);
      fill(list, make('ul', { class: 'report-list' }, items.map((/** @type {any} */ one) => this.#row(one))));
      if (items.some((/** @type {any} */ one) => one.state === 'running' || one.state === 'waiting')) {
        this.#asking = setTimeout(() => this.#load(), askEvery);
      }
    } catch (error) {
      if (this.#listening.signal.aborted) return;
      if (!(error instanceof Refusal)) throw error;
      this.toggleAttribute('hidden', error.status === 403);
      fill(list, notice('bad', error.message));
    }
  }


  #row(one) {
    const facts = [instant(one.startedAt), one.counts?.stored > 0 && plural('report.stored', one.counts.stored),
      one.state === 'receiving' && one.filesTotal && word('importList.received', { received: number(one.filesReceived ?? 0), files: number(one.filesTotal) }),
      one.bytesTotal > 0 && size(one.bytesTotal)];
    return make('li', { 'data-import': one.id },
      make('a', { href: page('import/', { id: one.id }) }, one.name || word('importList.nameless')),
      make('span', { class: 'chip', 'data-kind': kinds[one.state] ?? null, 'data-state': one.state }, word(`importState.${one.state}`)),
      make('span', { class: 'muted' }, facts.filter(Boolean).join(' · ')),
      one.state === 'receiving' && make('a', { class: 'report-links', href: page('import/', { id: one.id }) }, word('importList.resume')));
  }
}

customElements.define('import-list', ImportList);

})();
modules['patience.js'] = (() => {
const { Refusal } = modules['api.js'];


const passing = new Set([429, 502, 503, 504]);

const shortest = 500;
const longest = 8000;


function passes(error) {
  return error instanceof Refusal && (error.code === 'network' || passing.has(error.status));
}







function pause(tries, refusal, signal) {
  const wait = Math.max(Math.min(shortest * 2 ** tries, longest), Math.min(refusal.retryAfter * 1000, 30_000));
  return new Promise((resolve, reject) => {
    const done = new AbortController();
    const end = () => {
      clearTimeout(timer);
      done.abort();
      if (signal.aborted) reject(signal.reason);
      else resolve(undefined);
    };
    const timer = setTimeout(end, wait);
    window.addEventListener('online', end, { signal: done.signal });
    signal.addEventListener('abort', end, { signal: done.signal });
    if (signal.aborted) end();
  });
}








async function patiently(act, { signal, told }) {
  for (let tries = 0; ; tries += 1) {
    try {
      const done = await act();
      told('');
      return done;
    } catch (error) {
      if (!passes(error)) throw error;
      told(error.code === 'network' ? 'lost' : 'away');
      await pause(tries, error, signal);
    }
  }
}

return { passes, pause, patiently };
})();
modules['transfer.js'] = (() => {
const { call, refusal, Refusal } = modules['api.js'];
const { passes, patiently, pause } = modules['patience.js'];
const { language, word } = modules['words.js'];













const lanes = 4;
const chunkBytes = 8 * 1024 * 1024;

const batchFiles = 200;
const batchBytes = 128 * 1024 * 1024;

const largestHashed = 256 * 1024 * 1024;

const mostDisagreements = 20;


const disagreed = new Set(['import.offset', 'import.busy']);


const settling = 300;

class Paused extends Error {}


class Transfer {
  #path;

  #waiting;

  #unsure;
  #checking = Promise.resolve();

  #requests = new Set();

  #flying = new Map();
  #held = 0;

  #goOn;

  #rest = null;
  #signal = new AbortController().signal;






  constructor(id, files, { changed }) {
    this.#path = `/api/imports/${id}`;
    this.changed = changed;
    const canHash = Boolean(globalThis.crypto?.subtle);
    const isUnsure = (/** @type {SentFile} */ one) => canHash && one.mayBeKnown && one.offset === 0 && one.size <= largestHashed;
    const lacking = files.filter(one => one.offset < one.size);
    const atHand = lacking.filter(one => one.file);
    this.#waiting = atHand.filter(one => !isUnsure(one));
    this.#unsure = atHand.filter(isUnsure);
    this.#held = files.reduce((sum, one) => sum + one.offset, 0);
    this.total = files.reduce((sum, one) => sum + one.size, 0);
    this.files = files.length;

    this.received = files.length - lacking.length;
    this.known = files.filter(one => one.isKnown).length;

    this.lacking = lacking.filter(one => !one.file).map(one => one.path);

    this.trouble = '';
  }


  get sent() {
    let flying = 0;
    for (const bytes of this.#flying.values()) flying += bytes;
    return Math.min(this.total, this.#held + flying);
  }

  get isPaused() {
    return this.#rest !== null;
  }

  pause() {
    this.#rest ??= new Promise(resolve => { this.#goOn = resolve; });
    for (const request of this.#requests) request.abort();
    this.changed();
  }

  resume() {
    this.#rest = null;
    this.#goOn?.();
    this.changed();
  }


  async run(signal) {
    const failing = new AbortController();
    this.#signal = AbortSignal.any([signal, failing.signal]);
    this.#signal.addEventListener('abort', () => {
      for (const request of this.#requests) request.abort();
      this.#goOn?.();
    }, { once: true });
    try {
      this.#checking = this.#check();
      await Promise.all([this.#checking, ...Array.from({ length: lanes }, () => this.#lane())]);
    } catch (error) {
      failing.abort(error);
      throw error;
    }
  }

  async #lane() {
    for (;;) {
      const next = this.#waiting.shift();
      if (next) await this.#send(next);
      else if (this.#unsure.length > 0) await this.#checked();
      else return;
    }
  }


  #checked() {
    return Promise.race([this.#checking, new Promise(resolve => { setTimeout(resolve, 50); })]);
  }

  async #open() {
    while (this.#rest && !this.#signal.aborted) await this.#rest;
    this.#signal.throwIfAborted();
  }


  async #check() {
    while (this.#unsure.length > 0) {
      await this.#open();
      const batch = [];
      for (let bytes = 0; batch.length < batchFiles && bytes < batchBytes && batch.length < this.#unsure.length;) {
        const one = this.#unsure[batch.length];
        bytes += one.size;
        batch.push(one);
      }
      const known = await this.#ask(batch);
      this.#unsure.splice(0, batch.length);
      for (const one of batch) {
        if (!known.has(one.n)) {
          this.#waiting.push(one);
          continue;
        }
        this.#held += one.size;
        one.offset = one.size;
        one.isKnown = true;
        this.received += 1;
        this.known += 1;
      }
      this.changed();
    }
  }


  async #ask(batch) {

    const files = [];
    for (const { n, file } of batch) {
      try {
        if (file) files.push({ n, sha256: hex(await crypto.subtle.digest('SHA-256', await file.arrayBuffer())) });
      } catch (error) {
        if (!(error instanceof DOMException)) throw error;
      }
      this.#signal.throwIfAborted();
    }
    const { data } = await patiently(() => call('POST', `${this.#path}/known`, { body: { files }, signal: this.#signal }), {
      signal: this.#signal, told: trouble => this.#tell(trouble),
    });
    return new Set(data.known);
  }


  #tell(trouble) {
    if (trouble === this.trouble) return;
    this.trouble = trouble;
    this.changed();
  }


  async #send(one) {
    let isCertain = true;
    let disagreements = 0;
    for (let tries = 0; one.offset < one.size;) {
      await this.#open();
      try {
        if (!isCertain) this.#moved(one, await this.#offset(one));
        isCertain = true;
        if (one.offset < one.size) this.#moved(one, await this.#put(one));
        tries = 0;
        this.#tell('');
      } catch (error) {
        this.#flying.delete(one);
        isCertain = false;
        if (error instanceof Paused) {
          await this.#settle(one);
          continue;
        }
        if (error instanceof DOMException && error.name !== 'AbortError') return this.#giveUp(one);
        if (error instanceof Refusal && disagreed.has(error.code) && (disagreements += 1) < mostDisagreements) {
          await pause(Math.min(tries, 1), error, this.#signal);
          continue;
        }
        if (!passes(error)) throw error;
        this.#tell(error.code === 'network' ? 'lost' : 'away');
        await pause(tries, error, this.#signal);
        tries += 1;
      }
    }
    this.received += 1;
    this.changed();
  }


  async #settle(one) {
    await new Promise(resolve => { setTimeout(resolve, settling); });
    try {
      this.#moved(one, await this.#offset(one));
    } catch (error) {

      if (!(error instanceof Refusal)) throw error;
    }
  }


  #giveUp(one) {
    this.lacking.push(one.path);
    this.changed();
  }


  #moved(one, offset) {
    this.#flying.delete(one);
    this.#held += offset - one.offset;
    one.offset = offset;
    this.changed();
  }


  async #offset({ n }) {
    let response;
    try {
      response = await fetch(`${this.#path}/files/${n}`, { method: 'HEAD', signal: this.#signal });
    } catch (error) {
      if (error instanceof DOMException && error.name === 'AbortError') throw error;
      throw new Refusal(word('errors.network'), { code: 'network' });
    }
    if (!response.ok) throw await refusalOf(response);
    return Number(response.headers.get('Upload-Offset'));
  }






  async #put(one) {

    await this.#open();
    const piece = /** @type {File} */ (one.file).slice(one.offset, one.offset + chunkBytes);
    const request = new XMLHttpRequest();
    request.open('PUT', `${this.#path}/files/${one.n}`);
    request.setRequestHeader('Content-Type', 'application/octet-stream');
    request.setRequestHeader('Accept', 'application/json');
    request.setRequestHeader('Accept-Language', language);
    request.setRequestHeader('Upload-Offset', String(one.offset));
    this.#requests.add(request);
    try {
      return await new Promise((resolve, reject) => {
        request.upload.addEventListener('progress', event => {
          this.#flying.set(one, Math.min(event.loaded, piece.size));
          this.changed();
        });
        request.addEventListener('load', () => {
          if (request.status < 400) resolve(Number(request.getResponseHeader('Upload-Offset') ?? one.offset + piece.size));
          else reject(refusal(request.status, parsed(request.responseText), Number(request.getResponseHeader('Retry-After')), false));
        });
        request.addEventListener('error', () => {
          piece.slice(0, 1).arrayBuffer().then(() => reject(new Refusal(word('errors.network'), { code: 'network' })), reject);
        });
        request.addEventListener('abort', () => reject(this.#signal.aborted ? this.#signal.reason : new Paused()));
        request.send(piece);
      });
    } finally {
      this.#requests.delete(request);
    }
  }
}


function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}


function hex(bytes) {
  return [...new Uint8Array(bytes)].map(byte => byte.toString(16).padStart(2, '0')).join('');
}

return { Transfer };
})();
modules['archive-check.js'] = (() => {
const { call } = modules['api.js'];
const { patiently } = modules['patience.js'];
const { Transfer } = modules['transfer.js'];







async function checkArchive(job, { onExisting, signal, progress }) {
  const transfer = new Transfer(job.id, job.files, { changed: () => progress(transfer.sent) });
  progress(transfer.sent);
  await transfer.run(signal);
  const search = new URLSearchParams({ onExisting });
  const { data } = await patiently(() => call('POST', `/api/imports/${job.id}/plan?${search}`, { body: {}, signal }), { signal, told: () => {} });
  return data;
}

return { checkArchive };
})();
modules['at-once.js'] = (() => {

const longestTask = 40;


class Breath {
  #since = performance.now();

  #pause = null;


  taken() {
    if (!this.#pause && performance.now() - this.#since > longestTask) {
      this.#pause = new Promise(resolve => {
        setTimeout(() => {
          this.#since = performance.now();
          this.#pause = null;
          resolve();
        });
      });
    }
    return this.#pause;
  }
}







async function atOnce(things, most, act) {

  const results = new Array(things.length);
  const breath = new Breath();
  let next = 0;
  const lane = async () => {
    while (next < things.length) {
      const index = next++;
      results[index] = await act(things[index]);
      await breath.taken();
    }
  };
  await Promise.all(Array.from({ length: most }, lane));
  return results;
}

return { Breath, atOnce };
})();
modules['dropped-files.js'] = (() => {
const { atOnce, Breath } = modules['at-once.js'];







const leftOut = /(?:^|\/)(?:__MACOSX\/|\.DS_Store$|Thumbs\.db$|desktop\.ini$)/;


const mostAtOnce = 16;


function chosenFiles(list) {
  return meant([...(list ?? [])].map(file => ({ file, path: file.webkitRelativePath || file.name })));
}






async function droppedFiles(transfer) {
  const entries = [...transfer.items].map(item => item.webkitGetAsEntry?.()).filter(entry => entry !== null && entry !== undefined);
  if (entries.length === 0) return chosenFiles(transfer.files);
  return meant(await atOnce(await filesBelow(entries), mostAtOnce, async entry => {
    const file = await new Promise((resolve, reject) => entry.file(resolve, reject));
    return { file, path: entry.fullPath.replace(/^\//, '') };
  }));
}






async function meant(found) {

  const kept = [];
  const breath = new Breath();
  for (const { file, path } of found) {
    if (leftOut.test(path)) continue;
    const { size } = file;
    if (size > 0) kept.push({ file, path, size });
    await breath.taken();
  }
  return kept.sort((one, other) => (one.path < other.path ? -1 : 1));
}


async function filesBelow(entries) {
  const found = [];
  for (const waiting = [...entries]; waiting.length > 0;) {
    const entry = waiting.pop();
    if (entry.isFile) {
      found.push(entry);
      continue;
    }
    const reader = entry.createReader();
    for (;;) {

      const batch = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
      if (batch.length === 0) break;
      waiting.push(...batch);
    }
  }
  return found;
}


function isArchive(path) {
  return /\.(?:zip|tar|tar\.gz|tgz|tar\.zst|7z)$/i.test(path);
}


function commonName(files) {
  const tops = new Set(files.map(({ path }) => path.split('/')[0]));
  const [first = ''] = tops;
  return tops.size > 1 ? `${first} +${tops.size - 1}` : first;
}

return { chosenFiles, droppedFiles, isArchive, commonName };
})();
modules['dicom-header.js'] = (() => {






















const wanted = /** @type {Map<number, keyof Header|'charset'>} */ (new Map(/** @type {[number, any][]} */ ([
  [0x00080005, 'charset'], [0x00080018, 'sopInstanceUID'], [0x00080020, 'studyDate'], [0x00080060, 'modality'],
  [0x00081030, 'studyDescription'], [0x00100010, 'patientName'], [0x00100020, 'patientId'], [0x00100021, 'issuer'],
  [0x00100030, 'birthDate'], [0x0020000d, 'studyInstanceUID'], [0x0020000e, 'seriesInstanceUID'],
])));
const texts = new Set(['patientName', 'patientId', 'issuer', 'studyDescription']);
const last = 0x0020000e;
const transferSyntax = 0x00020010;
const mediaClass = 0x00020002;
const directoryClass = '1.2.840.10008.1.3.10';
const syntaxes = { implicit: '1.2.840.10008.1.2', bigEndian: '1.2.840.10008.1.2.2', deflated: '1.2.840.10008.1.2.1.99' };

const item = 0xfffee000;
const itemEnd = 0xfffee00d;
const sequenceEnd = 0xfffee0dd;
const undefinedLength = 0xffffffff;

const longLengths = new Set(['OB', 'OD', 'OF', 'OL', 'OV', 'OW', 'SQ', 'SV', 'UC', 'UN', 'UR', 'UT', 'UV']);
const preamble = 128;
const deepest = 32;


class Beyond {

  constructor(end) { this.end = end; }
}


class Malformed {}






function readHeader(bytes, isWhole) {
  if (bytes.length < preamble + 4 && !isWhole) return { more: preamble + 4 };
  const isMarked = String.fromCharCode(...bytes.subarray(preamble, preamble + 4)) === 'DICM';
  const start = isMarked ? preamble + 4 : 0;
  if (!isMarked && !looksBare(bytes)) return { problem: 'other' };
  try {
    return read(bytes, start);
  } catch (error) {
    if (error instanceof Beyond && !isWhole) return { more: error.end };
    if (error instanceof Beyond || error instanceof Malformed) return { problem: isMarked ? 'damaged' : 'other' };
    throw error;
  }
}


function readInflated(bytes, isWhole) {
  try {
    return { header: dataSet(new Elements(bytes, 0, { isExplicit: true, isLittle: true })) };
  } catch (error) {
    if (error instanceof Beyond && !isWhole) return { more: error.end };
    if (error instanceof Beyond || error instanceof Malformed) return { problem: 'damaged' };
    throw error;
  }
}


function looksBare(bytes) {
  return bytes.length >= 8 && (bytes[0] === 2 || bytes[0] === 8) && bytes[1] === 0 && bytes[3] === 0;
}


function read(bytes, start) {
  const meta = new Elements(bytes, start, { isExplicit: true, isLittle: true });
  let syntax = '';
  while (meta.group() === 2) {
    const element = meta.next();
    if (element.tag === transferSyntax) syntax = ascii(meta.value(element));
    if (element.tag === mediaClass && ascii(meta.value(element)) === directoryClass) return { isDirectory: true };
    meta.skip(element);
  }
  if (syntax === syntaxes.deflated) return { deflatedAt: meta.position };
  const isExplicit = syntax ? syntax !== syntaxes.implicit : meta.showsRepresentation();
  return { header: dataSet(new Elements(bytes, meta.position, { isExplicit, isLittle: syntax !== syntaxes.bigEndian })) };
}


function dataSet(elements) {

  const found = {};
  for (;;) {
    const element = elements.next();
    if (element.tag > last) break;
    const name = wanted.get(element.tag);
    if (name && element.length !== undefinedLength) found[name] = elements.value(element);
    if (element.tag === last) break;
    elements.skip(element);
  }
  if (!found.sopInstanceUID || !found.studyInstanceUID || !found.seriesInstanceUID) throw new Malformed();
  const charset = ascii(found.charset);
  return /** @type {Header} */ (Object.fromEntries([...wanted.values()].filter(name => name !== 'charset')
    .map(name => [name, texts.has(name) ? text(found[name], charset) : ascii(found[name])])));
}


class Elements {
  #bytes;
  #view;
  #isExplicit;
  #isLittle;


  constructor(bytes, position, { isExplicit, isLittle }) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.position = position;
    this.#isExplicit = isExplicit;
    this.#isLittle = isLittle;
  }


  #reach(end) {
    if (end > this.#bytes.length) throw new Beyond(end);
  }


  group() {
    this.#reach(this.position + 2);
    return this.#view.getUint16(this.position, this.#isLittle);
  }


  showsRepresentation() {
    this.#reach(this.position + 6);
    return /^[A-Z]{2}$/.test(String.fromCharCode(this.#bytes[this.position + 4], this.#bytes[this.position + 5]));
  }


  next() {
    this.#reach(this.position + 8);
    const at = this.position;
    const tag = this.#view.getUint16(at, this.#isLittle) * 0x10000 + this.#view.getUint16(at + 2, this.#isLittle);
    if (!this.#isExplicit || tag >= item) {
      this.position += 8;
      return { tag, length: this.#view.getUint32(at + 4, this.#isLittle), isUnknown: false };
    }
    const representation = String.fromCharCode(this.#bytes[at + 4], this.#bytes[at + 5]);
    if (!/^[A-Z]{2}$/.test(representation)) throw new Malformed();
    if (!longLengths.has(representation)) {
      this.position += 8;
      return { tag, length: this.#view.getUint16(at + 6, this.#isLittle), isUnknown: false };
    }
    this.#reach(at + 12);
    this.position += 12;
    return { tag, length: this.#view.getUint32(at + 8, this.#isLittle), isUnknown: representation === 'UN' };
  }


  value({ length }) {
    this.#reach(this.position + length);
    return this.#bytes.subarray(this.position, this.position + length);
  }


  skip({ length, isUnknown }, depth = 0) {
    if (length !== undefinedLength) {
      this.position += length;
      return;
    }
    if (depth > deepest) throw new Malformed();

    const wasExplicit = this.#isExplicit;
    if (isUnknown) this.#isExplicit = false;
    for (;;) {
      const part = this.next();
      if (part.tag === sequenceEnd) break;
      if (part.tag !== item) throw new Malformed();
      if (part.length === undefinedLength) this.#skipItem(depth);
      else this.position += part.length;
    }
    this.#isExplicit = wasExplicit;
  }


  #skipItem(depth) {
    for (let element = this.next(); element.tag !== itemEnd; element = this.next()) this.skip(element, depth + 1);
  }
}


function ascii(bytes) {
  return String.fromCharCode(...(bytes ?? [])).replace(/[\0 ]+$/, '').trimStart();
}


const encodings = /** @type {Record<string, string>} */ ({
  13: 'shift_jis', 58: 'gbk', 87: 'iso-2022-jp', 100: 'windows-1252', 101: 'iso-8859-2', 109: 'iso-8859-3', 110: 'iso-8859-4',
  126: 'iso-8859-7', 127: 'iso-8859-6', 138: 'iso-8859-8', 144: 'iso-8859-5', 148: 'windows-1254', 149: 'euc-kr', 159: 'iso-2022-jp',
  166: 'windows-874', 192: 'utf-8', 203: 'iso-8859-15', GB18030: 'gb18030', GBK: 'gbk',
});


function text(bytes, charset) {
  if (!bytes) return '';
  const term = charset.split('\\').map(one => one.trim()).filter(Boolean).at(-1) ?? '';
  const encoding = encodings[/(\d+|GB18030|GBK)$/.exec(term)?.[1] ?? ''];
  const decoded = encoding ? new TextDecoder(encoding).decode(bytes) : undeclared(bytes);
  return decoded.replace(/\u001b[$()\-.][()A-Z]?[A-Z]?/g, '').replace(/[\0 ]+$/, '').trimStart();
}


function undeclared(bytes) {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

return { readHeader, readInflated };
})();
modules['header-reading.js'] = (() => {
const { atOnce } = modules['at-once.js'];
const { readHeader, readInflated } = modules['dicom-header.js'];














const firstBytes = 16 * 1024;
const secondBytes = 64 * 1024;

const mostBytes = 64 * 1024 * 1024;
const longestRecord = 1024 * 1024;

const filesPerRead = 32;
const readsAtOnce = 2;







async function readHeaders(files, { signal, progress }) {
  let done = 0;
  const batches = Array.from({ length: Math.ceil(files.length / filesPerRead) }, (_, n) => files.slice(n * filesPerRead, (n + 1) * filesPerRead));
  const read = await atOnce(batches, readsAtOnce, async batch => {
    signal.throwIfAborted();
    const heads = await firstBytesOf(batch);
    const found = await Promise.all(batch.map((one, n) => readFile(one, heads?.[n])));
    progress(done += batch.length);
    return found;
  });
  return read.flat();
}


async function firstBytesOf(files) {
  const pieces = files.map(({ file }) => file.slice(0, firstBytes));
  try {
    const all = new Uint8Array(await new Blob(pieces).arrayBuffer());
    let end = 0;
    return pieces.map(piece => all.subarray(end, end += piece.size));
  } catch (error) {
    if (error instanceof DOMException) return null;
    throw error;
  }
}


async function readFile({ file, path, size }, head) {
  const found = { file, path, size };
  try {
    if (/(?:^|\/)manifest\.json$/i.test(path)) return { ...found, kind: 'list' };
    if (/\.json$/i.test(path)) return await record(found);
    const { header, isDirectory, problem } = await headerOf(found, head);
    if (header) return { ...found, kind: 'image', header };
    return { ...found, kind: isDirectory ? 'directory' : problem ?? 'other' };
  } catch (error) {

    if (error instanceof DOMException && error.name !== 'AbortError') return { ...found, kind: 'damaged' };
    throw error;
  }
}


async function record(found) {
  if (found.size > longestRecord) return { ...found, kind: 'record', code: 'json.tooLarge' };
  try {
    return { ...found, kind: 'record', json: JSON.parse((await found.file.text()).replace(/^\uFEFF/, '')) };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { ...found, kind: 'record', code: 'json.malformed' };
  }
}


async function headerOf({ file, size }, head) {
  for (let length = firstBytes; ;) {
    const bytes = length === firstBytes && head ? head : new Uint8Array(await file.slice(0, length).arrayBuffer());
    const outcome = readHeader(bytes, length >= size);
    if (outcome.deflatedAt !== undefined) return inflated(file, outcome.deflatedAt);
    if (outcome.more === undefined) return outcome;
    length = Math.max(length < secondBytes ? secondBytes : 4 * length, outcome.more);
    if (length > mostBytes) return { problem: 'damaged' };
  }
}


async function inflated(file, start) {
  const reader = file.slice(start).stream().pipeThrough(new DecompressionStream('deflate-raw')).getReader();
  let bytes = new Uint8Array(0);
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (value) bytes = joined(bytes, value);
      const outcome = readInflated(bytes, done);
      if (outcome.more === undefined) return outcome;
      if (bytes.length > mostBytes) return { problem: 'damaged' };
    }
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return { problem: 'damaged' };
  } finally {
    reader.cancel().catch(() => {});
  }
}


function joined(one, other) {
  const both = new Uint8Array(one.length + other.length);
  both.set(one);
  both.set(other, one.length);
  return both;
}

return { readHeaders };
})();
modules['import-jobs.js'] = (() => {
const { call, get, Refusal } = modules['api.js'];
const { patiently } = modules['patience.js'];

















const announcedAtOnce = 10_000;
const listedAtOnce = 5000;
const remembered = 'imports';

const ends = new Set(['done', 'interrupted', 'failed', 'cancelled']);


function isOver({ state }) {
  return ends.has(state);
}









async function createJob(name, files, onExisting, signal) {
  const announced = files.map(({ path, size }) => ({ path, size }));
  const { data } = await call('POST', '/api/imports', { signal, body: { name, onExisting, files: announced.slice(0, announcedAtOnce) } });
  for (let from = announcedAtOnce; from < announced.length; from += announcedAtOnce) {
    await call('POST', `/api/imports/${data.id}/files`, { signal, body: { files: announced.slice(from, from + announcedAtOnce) } });
  }
  return {
    id: data.id, name, state: data.state, document: null,
    files: files.map(({ path, file, size, mayBeKnown }, n) => ({ n, path, file, size, offset: 0, isKnown: false, mayBeKnown })),
  };
}


async function findJob(id, signal) {
  try {
    const document = await get(`/api/imports/${encodeURIComponent(id)}`, signal);
    return { id, name: document.name, state: document.state, files: [], document };
  } catch (error) {
    if (error instanceof Refusal && error.status === 404) return null;
    throw error;
  }
}


async function heldFiles(id, signal) {

  const files = [];
  for (let after = ''; ;) {
    const search = new URLSearchParams({ limit: String(listedAtOnce), ...(after && { after }) });
    const page = await get(`/api/imports/${id}/files?${search}`, signal);
    for (const { n, path, size, received, known } of page.items) {
      files.push({ n, path, size, offset: known ? size : received, file: null, isKnown: known, mayBeKnown: false });
    }
    after = page.next ?? '';
    if (!after) return files;
  }
}


function matchFiles(files, found) {
  const known = new Map(found.map(({ file, path, size }) => [`${path}\n${size}`, file]));
  let matched = 0;
  for (const one of files) {
    one.file = known.get(`${one.path}\n${one.size}`) ?? null;
    if (one.file) matched += 1;
  }
  return matched;
}


async function commitJob(job, { isPartial, ...patience }) {
  try {
    const search = new URLSearchParams({ ...(isPartial && { partial: 'true' }), ...(job.onExisting && { onExisting: job.onExisting }) });
    const { data } = await patiently(() => call('POST', `/api/imports/${job.id}/commit?${search}`, { body: {}, signal: patience.signal }), patience);
    job.state = data.state;
  } catch (error) {

    if (!(error instanceof Refusal && error.status === 409)) throw error;
    await refreshJob(job, patience);
    if (job.state === 'receiving') throw error;
  }
}


async function refreshJob(job, patience) {
  job.document = await patiently(() => get(`/api/imports/${job.id}`, patience.signal), patience);
  job.state = job.document.state;
}


async function cancelJob(job) {
  try {
    await call('POST', `/api/imports/${job.id}/cancel`, { body: {} });
  } catch (error) {

    if (!(error instanceof Refusal && (error.status === 404 || error.status === 409))) throw error;
  }
}


function rememberedJobs() {
  try {
    const ids = JSON.parse(localStorage.getItem(remembered) ?? '[]');
    return Array.isArray(ids) ? ids.filter(id => typeof id === 'string') : [];
  } catch {
    return [];
  }
}


function rememberJobs(ids) {
  if (ids.length > 0) localStorage.setItem(remembered, JSON.stringify(ids));
  else localStorage.removeItem(remembered);
}

return { isOver, createJob, findJob, heldFiles, matchFiles, commitJob, refreshJob, cancelJob, rememberedJobs, rememberJobs };
})();
modules['import-plan.js'] = (() => {
const { call } = modules['api.js'];




const mostCharacters = 1536 * 1024;


const findings = /** @type {Record<string, {outcome: string, code: string}>} */ ({
  other: { outcome: 'notDicom', code: 'file.notDicom' },
  damaged: { outcome: 'rejected', code: 'instance.unreadable' },
  directory: { outcome: 'skipped', code: 'entry.dicomdir' },
});


function isSent({ kind }) {
  return kind !== 'other' && kind !== 'directory';
}







async function askPlan(files, { onExisting, signal }) {
  const records = files.filter(({ json }) => json !== undefined).map(({ path, json }) => ({ path, json }));
  const images = files.filter(({ kind }) => kind === 'image');
  const plans = [];
  for (const batch of batches(images)) {
    const { data } = await call('POST', '/api/imports/plan', { signal, body: { sidecars: records, files: batch, onExisting } });
    plans.push(data);
  }
  return joined(plans, files);
}


function batches(images) {

  const found = [[]];
  let characters = 0;
  for (const { path, size, header } of images) {
    if (!header) continue;
    const { sopInstanceUID, studyInstanceUID, seriesInstanceUID, patientId, issuer, patientName, birthDate } = header;
    const one = { path, size, sopInstanceUID, studyInstanceUID, seriesInstanceUID, patientId, issuer, patientName, birthDate };
    characters += path.length + 200 + sopInstanceUID.length + studyInstanceUID.length + seriesInstanceUID.length + patientName.length;
    if (characters > mostCharacters) {
      found.push([]);
      characters = 0;
    }
    /** @type {object[]} */ (found.at(-1)).push(one);
  }
  return found;
}


function joined(plans, files) {

  const patients = new Map();

  const studies = new Map();
  const said = [];
  for (const plan of plans) {
    for (const patient of plan.patients ?? []) if (!patients.has(patient.patientId)) patients.set(patient.patientId, patient);
    for (const study of plan.studies ?? []) {
      const other = studies.get(study.studyInstanceUID);
      studies.set(study.studyInstanceUID, other ? { ...other, instances: other.instances + study.instances, new: other.new + study.new } : study);
    }
    said.push(...plan.files ?? []);
  }
  for (const { path, kind, code } of files) {
    const finding = code ? { outcome: 'rejected', code } : findings[kind];
    if (finding) said.push({ path, ...finding });
  }
  return { patients: [...patients.values()], studies: [...studies.values()], files: said };
}

return { isSent, askPlan };
})();
modules['pace.js'] = (() => {
const { number, size } = modules['format.js'];
const { plural, word } = modules['words.js'];


const windowSeconds = 12;
const leastSeconds = 2;


class Pace {

  #samples = [];


  reset() {
    this.#samples = [];
  }


  note(bytes, at = performance.now() / 1000) {
    const newest = this.#samples.at(-1);
    if (newest && at - newest.at < 0.2) return;
    this.#samples.push({ at, bytes });
    while (this.#samples.length > 2 && at - this.#samples[0].at > windowSeconds) this.#samples.shift();
  }


  get speed() {
    const first = this.#samples[0];
    const newest = this.#samples.at(-1);
    if (!first || !newest || newest.at - first.at < leastSeconds) return 0;
    return Math.max(0, (newest.bytes - first.bytes) / (newest.at - first.at));
  }


  text(left) {
    const { speed } = this;
    if (speed <= 0) return '';
    return `${word('import.speed', { size: size(speed) })} · ${timeLeft(left / speed)}`;
  }
}


function timeLeft(seconds) {
  if (seconds < 10) return word('import.nearlyDone');
  if (seconds < 90) return plural('import.secondsLeft', Math.ceil(seconds / 10) * 10);
  if (seconds < 5400) return plural('import.minutesLeft', Math.round(seconds / 60));
  return word('import.hoursLeft', { hours: number(Math.round(seconds / 360) / 10) });
}

return { Pace };
})();
modules['import-progress.js'] = (() => {
const { murmur } = modules['dom.js'];
const { number, size } = modules['format.js'];
const { Pace } = modules['pace.js'];
const { plural, word } = modules['words.js'];




class ImportProgress {
  #root;
  #pace = new Pace();
  #said = '';


  constructor(root) {
    this.#root = root;
  }


  #part(name) {
    return /** @type {HTMLElement} */ (this.#root.querySelector(`[data-${name}]`));
  }


  restart() {
    this.#pace.reset();
  }


  showPreparing() {
    this.#bar(null);
    this.#part('progress-label').textContent = word('import.preparing');
    for (const name of ['pace', 'accepted']) this.#part(name).textContent = '';
    this.#part('state').hidden = true;
    this.#part('pausing').hidden = true;
    this.#part('sending-hint').hidden = true;
  }


  showSending(jobs) {
    const transfers = jobs.map(({ transfer }) => transfer).filter(transfer => transfer !== null && transfer !== undefined);
    const sum = (/** @type {(one: import('./transfer.js').Transfer) => number} */ count) => transfers.reduce((total, one) => total + count(one), 0);
    const [sent, total, received, known, files] = [sum(one => one.sent), sum(one => one.total), sum(one => one.received), sum(one => one.known), sum(one => one.files)];
    const isPaused = transfers.some(one => one.isPaused);
    const trouble = transfers.map(one => one.trouble).find(Boolean) ?? '';
    this.#bar(total > 0 ? sent / total : 0);
    const label = this.#part('progress-label');
    label.dataset.sent = String(sent);
    label.dataset.total = String(total);
    label.textContent = word('import.sent', { sent: size(sent), total: size(total), percent: total > 0 ? Math.floor((100 * sent) / total) : 0 });
    const accepted = this.#part('accepted');
    accepted.dataset.received = String(received);
    accepted.textContent = [plural('import.received', received, { files: number(files) }), known > 0 && plural('import.known', known)].filter(Boolean).join(' · ');
    if (isPaused || trouble) this.#pace.reset();
    else this.#pace.note(sent);
    this.#part('pace').textContent = this.#pace.text(total - sent);
    this.#state(isPaused ? word('import.paused') : trouble ? word(`importTrouble.${trouble}`) : '', isPaused ? 'info' : 'warn');
    this.#part('pausing').hidden = false;
    this.#part('pausing').textContent = isPaused ? word('import.resume') : word('import.pause');
    this.#part('sending-hint').hidden = false;
  }


  showFiling(jobs, trouble) {
    const sum = (/** @type {(one: any) => number} */ count) => jobs.reduce((total, { document }) => total + (count(document) || 0), 0);
    const [done, total] = [sum(one => one?.bytesDone), sum(one => one?.bytesTotal)];
    const [stored, identical] = [sum(one => one?.counts?.stored), sum(one => one?.counts?.identical)];
    this.#bar(done > 0 && total > 0 ? Math.min(1, done / total) : null);
    const label = this.#part('progress-label');
    label.dataset.sent = label.dataset.total;
    label.textContent = done > 0 && total > 0 ? word('import.filed', { percent: Math.min(100, Math.floor((100 * done) / total)) }) : word('import.filing');
    this.#part('accepted').textContent = stored + identical > 0
      ? [plural('import.accepted', stored), identical > 0 && plural('import.identical', identical)].filter(Boolean).join(' · ') : '';
    this.#pace.note(done);
    this.#part('pace').textContent = done < total ? this.#pace.text(total - done) : '';
    this.#state(trouble ? word(`importTrouble.${trouble}`) : '', 'warn');
    this.#part('pausing').hidden = true;
    this.#part('sending-hint').hidden = true;
  }


  #bar(part) {
    const bar = /** @type {HTMLProgressElement} */ (this.#root.querySelector('#upload-progress'));
    if (part === null) bar.removeAttribute('value');
    else bar.value = part;
  }


  #state(text, kind) {
    const place = this.#part('state');
    place.hidden = !text;
    place.dataset.kind = kind;
    if (place.textContent !== text) place.textContent = text;
    if (text !== this.#said) murmur(text || word('import.goesOn'));
    this.#said = text;
  }
}

return { ImportProgress };
})();
modules['import-report.js'] = (() => {
const { page, viewer } = modules['addresses.js'];
const { make, notice, scrolling } = modules['dom.js'];
const { number } = modules['format.js'];
const { plural, word } = modules['words.js'];


const outcomes = ['rejected', 'conflict', 'notDicom', 'skipped', 'stored', 'new', 'identical', 'known'];
const kinds = /** @type {Record<string, string>} */ ({
  rejected: 'bad', conflict: 'warn', notDicom: 'warn', skipped: 'muted', stored: 'good', new: 'good', identical: 'muted', known: 'muted',
});

const placed = new Set(['entry.damaged', 'archive.unreadable', 'json.malformed', 'instance.unreadable', 'instance.malformedUID']);

const shownFiles = 100;







function reportView(report, { title = '', more = [] } = {}) {
  const counts = report.counts ?? {};
  const trouble = (counts.rejected ?? 0) + (counts.conflict ?? 0);
  const heading = report.dryRun ? word('report.planned') : word('report.done');
  return [make('h2', { tabindex: '-1' }, heading, title && make('span', { class: 'muted' }, ` · ${title}`)),
    report.problem ? notice('bad', word(`fileCode.${report.problemCode}`) || report.problem)
      : notice(trouble > 0 ? 'warn' : 'good', (report.dryRun ? plural('report.wouldStore', counts.stored ?? 0) : plural('report.stored', counts.stored ?? 0))
        + (trouble > 0 ? ` ${plural('report.trouble', trouble)}` : '')),
    make('ul', { class: 'counts' }, outcomes.filter(outcome => counts[outcome] > 0).map(outcome =>
      make('li', { 'data-kind': kinds[outcome] }, make('strong', {}, number(counts[outcome])), ' ', word(`outcome.${outcome}`)))),
    ...more, ...patientsView(report), ...studiesView(report), ...filesView(report.files ?? [], report.filesOmitted ?? 0)].filter(part => part instanceof Node);
}


function patientsView(report) {
  const patients = report.patients ?? [];
  if (patients.length === 0) return [];
  return [make('h3', {}, word('report.patients')), make('ul', { class: 'report-list' }, patients.map((/** @type {any} */ patient) =>
    make('li', {}, patient.id ? make('a', { href: page('patient/', { id: patient.id }) }, patient.patientId) : make('span', {}, patient.patientId),
      ' ', make('span', { class: 'chip' }, word(`action.${patient.action}`)),
      (patient.warnings ?? []).map(warningView))))];
}


function warningView(warning) {
  return make('p', { class: 'muted' }, word(`patientWarning.${warning.code}`, warning.details) || make('span', { lang: 'en' }, warning.message));
}


function studiesView(report) {
  const studies = report.studies ?? [];
  if (studies.length === 0) return [];
  return [make('h3', {}, word('report.studies')), make('ul', { class: 'report-list' }, studies.map((/** @type {any} */ study) =>
    make('li', {}, make('span', {}, make('code', {}, study.studyInstanceUID)), ' ', make('span', { class: 'muted' }, plural('study.images', study.instances ?? 0)),
      !report.dryRun && make('span', { class: 'report-links' },
        study.patient ? make('a', { href: page('patient/', { id: study.patient }) }, word('report.seePatient'))
          : make('a', { href: page('study/', { uid: study.studyInstanceUID }) }, word('report.seeStudy')),
        make('a', { href: viewer(study.studyInstanceUID) }, word('study.open'))))))];
}






function filesView(given, omitted) {
  const rank = (/** @type {any} */ file) => outcomes.indexOf(file.outcome);
  const files = [...given].sort((one, other) => rank(one) - rank(other));
  if (files.length === 0) return [];
  const body = make('tbody', {}, files.slice(0, shownFiles).map(fileRow));
  const all = make('button', { type: 'button' }, plural('report.all', files.length));
  all.addEventListener('click', () => {
    body.append(...files.slice(shownFiles).map(fileRow));
    all.remove();
  });
  return [make('h3', {}, word('report.files')),
    scrolling(make('table', { class: 'report-files' }, make('caption', { class: 'visually-hidden' }, word('report.files')),
      make('thead', {}, make('tr', {}, make('th', { scope: 'col' }, word('report.path')), make('th', { scope: 'col' }, word('report.outcome')))),
      body)),
    files.length > shownFiles && all,
    omitted > 0 && make('p', { class: 'muted' }, plural('report.omitted', omitted))];
}


function fileRow(file) {
  const sentence = file.code ? word(`fileCode.${file.code}`) : '';

  const detail = sentence && !placed.has(file.code) ? '' : file.message;
  return make('tr', {}, make('th', { scope: 'row', class: 'path' }, file.path),
    make('td', {}, make('span', { class: 'chip', 'data-kind': kinds[file.outcome] }, word(`outcome.${file.outcome}`)),
      sentence && make('p', {}, sentence), detail && make('p', { class: 'muted', lang: 'en' }, detail)));
}

return { reportView, warningView, filesView };
})();
modules['plan-view.js'] = (() => {
const { page } = modules['addresses.js'];
const { make, notice, scrolling } = modules['dom.js'];
const { date, dicomName, number, patientName, sex } = modules['format.js'];
const { filesView, warningView } = modules['import-report.js'];
const { plural, word } = modules['words.js'];




const shownRows = 50;
const kinds = /** @type {Record<string, string>} */ ({ created: 'good', updated: 'warn', rejected: 'bad' });
const dates = new Set(['birthDate', 'dob', 'lastVisit']);








function planView(plan, files, statuses) {
  const facts = factsOf(files);
  const sum = summary(plan, files);
  const kind = sum.rejected > 0 ? 'warn' : sum.fresh > 0 ? 'good' : 'info';
  const sentence = sum.images === 0 ? word('plan.noImage') : sum.fresh > 0 ? plural('plan.fresh', sum.fresh) : word('plan.nothingNew');
  return [make('h2', { id: 'preview-heading', tabindex: '-1' }, word('report.planned')),
    notice(kind, sentence + (sum.rejected > 0 ? ` ${plural('report.trouble', sum.rejected)}` : '')),
    make('ul', { class: 'counts' }, /** @type {[string, number, string][]} */ ([
      ['created', sum.created, 'good'], ['known', sum.knownPatients, 'muted'], ['fresh', sum.fresh, 'good'], ['here', sum.here, 'muted'],
      ['rejected', sum.rejected, 'bad'], ['notDicom', sum.notDicom, 'warn']])
      .filter(([, count]) => count > 0)
      .map(([name, count, shade]) => make('li', { 'data-kind': shade, 'data-count': name }, make('strong', {}, number(count)), ' ', plural(`planCount.${name}`, count)))),
    ...patientsPart(plan.patients, facts, statuses), ...studiesPart(plan.studies, facts), ...filesView(plan.files.filter(isTold), 0)]
    .filter(part => part instanceof Node);
}


function isTold({ outcome, code }) {
  return (outcome !== 'new' && outcome !== 'known') || Boolean(code && code.includes('warning'));
}


function summary(plan, files) {
  const count = (/** @type {string} */ outcome) => plan.files.filter((/** @type {any} */ file) => file.outcome === outcome).length;
  const fresh = plan.studies.reduce((/** @type {number} */ sum, /** @type {any} */ study) => sum + study.new, 0);
  const images = files.filter(({ kind }) => kind === 'image').length;
  const created = plan.patients.filter((/** @type {any} */ one) => one.action === 'created').length;
  const planned = plan.studies.reduce((/** @type {number} */ sum, /** @type {any} */ study) => sum + study.instances, 0);
  return {
    images, fresh, created, here: Math.max(0, planned - fresh), rejected: count('rejected') + count('conflict'), notDicom: count('notDicom'),
    knownPatients: plan.patients.filter((/** @type {any} */ one) => one.action !== 'created' && one.action !== 'rejected').length,
  };
}


function factsOf(files) {

  const names = new Map();

  const studies = new Map();
  for (const { header } of files) {
    if (!header) continue;
    if (!names.has(header.patientId)) names.set(header.patientId, dicomName(header.patientName));
    const study = studies.get(header.studyInstanceUID) ?? { date: header.studyDate, description: header.studyDescription, modalities: new Set(), patientId: header.patientId };
    if (header.modality) study.modalities.add(header.modality);
    studies.set(header.studyInstanceUID, study);
  }
  for (const { json } of files) {
    for (const one of Array.isArray(json) ? json : [json]) {
      const id = one?.id ?? one?.external_id ?? one?.externalId;
      if (typeof id !== 'string' && typeof id !== 'number') continue;
      const lastName = one.lastName ?? one.last_name;
      const firstName = one.firstName ?? one.first_name;
      if (typeof lastName === 'string') names.set(String(id).trim(), patientName({ lastName, firstName: typeof firstName === 'string' ? firstName : '' }));
    }
  }
  return { names, studies };
}


function patientsPart(patients, { names }, statuses) {
  if (patients.length === 0) return [];
  const row = (/** @type {any} */ patient) => {
    const name = names.get(patient.patientId) || patient.patientId;
    return make('li', { 'data-patient': patient.patientId },
      make('strong', {}, patient.id ? make('a', { href: page('patient/', { id: patient.id }) }, name) : name),
      name !== patient.patientId && make('span', { class: 'muted' }, patient.patientId),
      make('span', { class: 'chip', 'data-kind': kinds[patient.action] ?? null }, word(`planAction.${patient.action}`)),
      patient.changes?.length > 0 && changesTable(patient.changes, name, statuses), (patient.warnings ?? []).map(warningView));
  };
  return [make('h3', {}, word('report.patients')), ...rows(patients, row, items => make('ul', { class: 'report-list', 'data-plan-patients': true }, items))];
}


function changesTable(changes, name, statuses) {
  const shown = (/** @type {string} */ field, /** @type {any} */ value) => {
    if (value === null || value === undefined || value === '') return '–';
    if (dates.has(field)) return date(String(value));
    if (field === 'sex') return sex(value) || String(value);
    if (field === 'status') return statuses.find(({ code }) => code === value)?.label ?? String(value);
    return typeof value === 'object' ? JSON.stringify(value) : String(value);
  };
  return make('table', { class: 'compare changes' }, make('caption', { class: 'visually-hidden' }, word('plan.changesOf', { name })),
    make('thead', {}, make('tr', {}, make('th', { scope: 'col' }, word('plan.field')), make('th', { scope: 'col' }, word('plan.from')), make('th', { scope: 'col' }, word('plan.to')))),
    make('tbody', {}, changes.map(({ field, from, to }) => make('tr', {}, make('th', { scope: 'row' }, word(`patientForm.${field}`) || field),
      make('td', {}, shown(field, from)), make('td', {}, shown(field, to))))));
}


function studiesPart(studies, facts) {
  if (studies.length === 0) return [];
  const columns = ['what', 'whose', 'images', 'new'];
  const row = (/** @type {any} */ study) => {
    const fact = facts.studies.get(study.studyInstanceUID);
    const whose = study.patient ?? fact?.patientId ?? '';
    return make('tr', { 'data-study': study.studyInstanceUID },
      make('th', { scope: 'row', title: study.studyInstanceUID }, [date(fact?.date), fact?.description || word('study.untitled')].filter(Boolean).join(' · '),
        make('span', { class: 'id' }, [...fact?.modalities ?? []].map(code => make('span', { class: 'modality' }, code)),
          study.known && make('span', { class: 'muted' }, word('plan.studyKnown')))),
      make('td', {}, facts.names.get(whose) || whose || '–', !study.patient && make('span', { class: 'muted id' }, word('plan.unattached'))),
      make('td', {}, number(study.instances)), make('td', {}, number(study.new)));
  };
  return [make('h3', {}, word('report.studies')), ...rows(studies, row, items => scrolling(make('table', { class: 'plan-studies' },
    make('caption', { class: 'visually-hidden' }, word('report.studies')),
    make('thead', {}, make('tr', {}, columns.map(column => make('th', { scope: 'col' }, word(`planStudy.${column}`))))),
    make('tbody', {}, items))))];
}





function rows(all, row, frame) {
  const items = all.slice(0, shownRows).map(row);
  const framed = frame(items);
  if (all.length <= shownRows) return [framed];
  const button = make('button', { type: 'button' }, word('plan.all', { count: number(all.length) }));
  button.addEventListener('click', () => {
    items[0].parentElement?.append(...all.slice(shownRows).map(row));
    button.remove();
  });
  return [framed, button];
}

return { planView };
})();
modules['undoing.js'] = (() => {
const { call, Refusal } = modules['api.js'];
const { formDialog } = modules['dialogs.js'];
const { announce, fill, make, notice } = modules['dom.js'];
const { plural, word } = modules['words.js'];






function undoButton({ id, name }, messages) {
  const button = make('button', { type: 'button', class: 'danger', 'data-action': 'undo' }, word('undo.open'));
  button.addEventListener('click', async () => {
    const done = await formDialog({
      title: word('undo.title', { name }), submit: word('undo.open'), danger: true, body: [make('p', {}, word('undo.text')), make('p', { class: 'muted' }, word('undo.touched'))],
      save: async (_, say) => {
        try {
          return (await call('POST', `/api/imports/${encodeURIComponent(id)}/undo`, { body: {} })).data;
        } catch (error) {
          if (!(error instanceof Refusal && error.code === 'import.touched')) throw error;
          const touched = [error.details.studies, error.details.patients].join(' ').split(' ').filter(Boolean);
          say(notice('bad', error.message), make('ul', { class: 'bullets' }, touched.map(one => make('li', {}, make('code', {}, one)))));
          return undefined;
        }
      },
    });
    if (!done) return;
    button.remove();
    const parts = [plural('undo.instances', done.instances ?? 0), plural('undo.studies', done.studies ?? 0), plural('undo.patients', done.patients ?? 0)];
    const said = notice('good', `${word('undo.done')} ${parts.join(' · ')}`);
    said.toggleAttribute('data-undone', true);
    fill(messages, said);
    announce(word('undo.done'));
    document.dispatchEvent(new CustomEvent('inbox-changed'));
    document.dispatchEvent(new CustomEvent('imports-changed'));
  });
  return button;
}

return { undoButton };
})();
modules['elements/import-page.js'] = (() => {
const { page } = modules['addresses.js'];
const { Refusal } = modules['api.js'];
const { checkArchive } = modules['archive-check.js'];
const { formDialog } = modules['dialogs.js'];
const { fill, make, murmur, notice } = modules['dom.js'];
const { chosenFiles, commonName, droppedFiles, isArchive } = modules['dropped-files.js'];
const { instant, number, size } = modules['format.js'];
const { readHeaders } = modules['header-reading.js'];
const { cancelJob, commitJob, createJob, findJob, heldFiles, isOver, matchFiles, refreshJob, rememberedJobs, rememberJobs } = modules['import-jobs.js'];
const { askPlan, isSent } = modules['import-plan.js'];
const { ImportProgress } = modules['import-progress.js'];
const { reportView } = modules['import-report.js'];
const { planView } = modules['plan-view.js'];
const { statuses } = modules['statuses.js'];
const { Transfer } = modules['transfer.js'];
const { undoButton } = modules['undoing.js'];
const { plural, word } = modules['words.js'];







const paintEvery = 250;
const pollEvery = 1000;


class ImportPage extends HTMLElement {
  #listening = new AbortController();

  #work = new AbortController();

  #loose = [];

  #archives = [];

  #knownStudies = new Set();

  #checked = new Map();

  #jobs = [];
  #phase = 'choose';
  #progress = new ImportProgress(this);

  connectedCallback() {
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    for (const input of this.querySelectorAll('[data-choose]')) {
      input.addEventListener('change', event => this.#chosen(/** @type {HTMLInputElement} */ (event.target)), { signal });
    }
    const actions = /** @type {Record<string, () => unknown>} */ ({
      import: () => this.#begin(), check: () => this.#checkArchives(), clear: () => this.#clear(), pause: () => this.#turnPause(),
      cancel: () => this.#giveUp(), retry: () => this.#run(), abandon: () => this.#giveUp(), another: () => this.#another(),
    });
    for (const [name, act] of Object.entries(actions)) {
      for (const button of this.querySelectorAll(`[data-action="${name}"]`)) button.addEventListener('click', act, { signal });
    }
    this.querySelector('[data-existing]')?.addEventListener('change', async () => {
      await this.#plan();
      if (this.#checked.size > 0) await this.#checkArchives();
    }, { signal });
    for (const type of ['dragenter', 'dragover']) window.addEventListener(type, event => this.#over(/** @type {DragEvent} */ (event)), { signal });
    window.addEventListener('dragleave', event => {
      if (!event.relatedTarget) this.#part('veil').hidden = true;
    }, { signal });
    window.addEventListener('drop', event => this.#drop(event), { signal });
    window.addEventListener('beforeunload', event => {
      if (this.#isSending) event.preventDefault();
    }, { signal });
    this.#comeBack();
  }

  disconnectedCallback() {
    this.#listening.abort();
    this.#work.abort();
  }


  #part(name) {
    return /** @type {HTMLElement} */ (this.querySelector(`[data-${name}]`));
  }


  #go(phase) {
    this.#phase = phase;
    this.dataset.phase = phase;
    for (const part of this.querySelectorAll('[data-in]')) {
      part.toggleAttribute('hidden', !(part.getAttribute('data-in') ?? '').split(' ').includes(phase));
    }
  }

  get #isSending() {
    return this.#phase === 'running' && this.#jobs.some(({ state, transfer }) => state === 'receiving' && transfer);
  }


  get #takes() {
    return ['choose', 'resume', 'plan', 'report'].includes(this.#phase);
  }


  #over(event) {
    if (!this.#takes || !event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    this.#part('veil').hidden = false;
  }


  async #drop(event) {
    event.preventDefault();
    this.#part('veil').hidden = true;
    if (!this.#takes || !event.dataTransfer) return;
    murmur(word('import.reading'));
    await this.#take(await droppedFiles(event.dataTransfer));
  }


  async #chosen(input) {
    murmur(word('import.reading'));
    const files = await chosenFiles(input.files);
    input.value = '';
    await this.#take(files);
  }


  async #take(files) {
    this.#say();
    if (files.length === 0) return this.#say(notice('warn', word('import.noFile')));
    if (this.#phase === 'resume') return this.#continueWith(files);
    if (this.#phase === 'report') this.#forget();
    this.#forgetChecked();
    this.#archives = files.filter(({ path }) => isArchive(path));
    const others = files.filter(({ path }) => !isArchive(path));
    this.#title(files);
    fill(this.#part('preview'));
    if (others.length > 0 && !await this.#read(others)) return;
    if (others.length === 0) this.#loose = [];
    await this.#plan();
    this.#part('plan-title').focus();
  }


  #say(...content) {
    fill(this.#part('notice'), ...content);
    if (content.length > 0) this.#part('notice').scrollIntoView({ block: 'nearest' });
  }


  #title(files) {
    const bytes = files.reduce((sum, one) => sum + one.size, 0);
    this.#part('plan-title').textContent = [commonName(files), plural('import.files', files.length), size(bytes)].join(' · ');
  }


  async #read(files) {
    this.#work = new AbortController();
    this.#go('reading');
    const bar = /** @type {HTMLProgressElement} */ (this.querySelector('#reading-progress'));
    let painted = 0;
    try {
      this.#loose = await readHeaders(files, {
        signal: this.#work.signal,
        progress: done => {
          if (performance.now() - painted < 250 && done < files.length) return;
          painted = performance.now();
          bar.value = done / files.length;
          this.#part('reading-label').textContent = word('import.readingHeaders', { done: number(done), count: number(files.length) });
        },
      });
      return true;
    } catch (error) {
      if (!this.#work.signal.aborted) throw error;
      return false;
    }
  }

  get #onExisting() {
    return /** @type {HTMLInputElement} */ (this.querySelector('[name="onExisting"]:checked')).value;
  }


  async #plan() {
    this.#work.abort();
    this.#work = new AbortController();
    const { signal } = this.#work;
    this.#go('plan');
    this.#knownStudies.clear();
    const archives = this.#part('archives');
    archives.hidden = this.#archives.length === 0;
    archives.textContent = plural('import.archives', this.#archives.length);
    for (const button of this.querySelectorAll('[data-action="check"]')) button.toggleAttribute('hidden', this.#archives.length === 0);
    const place = this.#part('preview');
    if (this.#loose.length === 0) return fill(place);
    place.setAttribute('aria-busy', 'true');
    if (place.childElementCount === 0) fill(place, make('p', { class: 'muted' }, word('plan.asking')));
    try {
      const [plan, known] = await Promise.all([askPlan(this.#loose, { onExisting: this.#onExisting, signal }), statuses()]);
      if (signal.aborted) return;
      for (const study of plan.studies) if (study.new < study.instances) this.#knownStudies.add(study.studyInstanceUID);
      fill(place, ...planView(plan, this.#loose, known));
      murmur(place.querySelector('.notice')?.textContent ?? '');
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof Refusal)) throw error;
      fill(place, notice('bad', error.message, make('button', { type: 'button', onclick: () => this.#plan() }, word('errors.again'))));
    } finally {
      if (!signal.aborted) place.setAttribute('aria-busy', 'false');
    }
  }


  async #checkArchives() {
    this.#work = new AbortController();
    const { signal } = this.#work;
    this.#go('reading');
    const bar = /** @type {HTMLProgressElement} */ (this.querySelector('#reading-progress'));
    const views = [];
    try {
      for (const archive of this.#archives) {
        const total = archive.size;
        const report = await checkArchive(await this.#checkedJob(archive, signal), {
          onExisting: this.#onExisting, signal,
          progress: sent => {
            bar.value = sent / total;
            this.#part('reading-label').textContent = sent < total
              ? word('import.sent', { sent: size(sent), total: size(total), percent: Math.floor((100 * sent) / total) }) : word('import.checking', { name: archive.path });
          },
        });
        views.push(make('section', { class: 'report-part' }, reportView(report, { title: archive.path })));
      }
      this.#go('plan');
      const place = this.#part('preview');
      for (const old of place.querySelectorAll('.report-part')) old.remove();
      place.append(...views);
      /** @type {HTMLElement|null} */ (views[0]?.querySelector('h2'))?.focus();
      murmur(views[0]?.querySelector('.notice')?.textContent ?? '');
    } catch (error) {
      this.#go('plan');
      if (error instanceof Refusal) this.#say(notice('bad', error.message));
      else if (!signal.aborted) throw error;
    }
  }


  async #checkedJob(archive, signal) {
    const job = this.#checked.get(archive.path) ?? await createJob(archive.path, [{ ...archive, mayBeKnown: false }], this.#onExisting, signal);
    this.#checked.set(archive.path, job);
    return job;
  }


  #forgetChecked() {
    for (const job of this.#checked.values()) cancelJob(job).catch(error => this.#say(notice('bad', error.message)));
    this.#checked.clear();
  }

  #clear() {
    const wasReading = this.#phase === 'reading';
    this.#work.abort();
    if (wasReading && this.#archives.length > 0) return;
    this.#forgetChecked();
    this.#loose = [];
    this.#archives = [];
    fill(this.#part('preview'));
    this.#say();
    this.#go('choose');
  }


  async #begin() {
    if (this.#phase !== 'plan') return;
    this.#work.abort();
    this.#work = new AbortController();
    const { signal } = this.#work;
    this.#say();
    const files = this.#loose.filter(isSent).map(one => ({
      ...one, mayBeKnown: one.header !== undefined && this.#knownStudies.has(one.header.studyInstanceUID),
    }));
    if (files.length + this.#archives.length === 0) return this.#say(notice('warn', word('plan.noImage')));
    this.#jobs = [];
    this.#go('running');
    this.#progress.restart();
    this.#progress.showPreparing();
    try {
      if (files.length > 0) this.#jobs.push(await createJob(commonName(files), files, this.#onExisting, signal));
      for (const archive of this.#archives) this.#jobs.push({ ...await this.#checkedJob(archive, signal), onExisting: this.#onExisting });
      this.#checked.clear();
      this.#remember();
    } catch (error) {
      await Promise.allSettled(this.#jobs.map(cancelJob));
      this.#jobs = [];
      this.#checked.clear();
      this.#go('plan');
      if (signal.aborted) return;
      if (!(error instanceof Refusal)) throw error;
      return this.#say(notice('bad', error.message));
    }
    await this.#run();
  }


  #remember() {
    const ids = this.#jobs.map(({ id }) => id);
    rememberJobs(ids);
    history.replaceState(null, '', page('import/', { id: ids.join(',') }));
  }

  #forget() {
    rememberJobs([]);
    this.#jobs = [];
    history.replaceState(null, '', page('import/'));
  }


  async #run() {
    this.#work = new AbortController();
    const { signal } = this.#work;
    this.#say();
    this.#go('running');
    this.#progress.restart();
    for (const job of this.#jobs) {
      job.transfer = job.files.length > 0 ? new Transfer(job.id, job.files, { changed: () => {} }) : null;
    }
    const painting = setInterval(() => this.#paint(), paintEvery);
    this.#paint();
    try {
      for (const job of this.#jobs) if (job.state === 'receiving') await this.#sendJob(job, signal);
      this.#progress.restart();
      for (const job of this.#jobs) await this.#follow(job, signal);
      this.#showReports();
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof Refusal)) throw error;
      this.#go('stopped');
      this.#say(notice('bad', error.message));
    } finally {
      clearInterval(painting);
    }
  }


  #trouble = '';

  #paint() {
    if (this.#phase !== 'running') return;
    if (this.#isSending) this.#progress.showSending(this.#jobs);
    else this.#progress.showFiling(this.#jobs, this.#trouble);
  }


  async #sendJob(job, signal) {
    const told = (/** @type {''|'lost'|'away'} */ trouble) => { this.#trouble = trouble; };
    await job.transfer?.run(signal);
    const lacking = job.transfer?.lacking ?? [];
    if (lacking.length > 0 && !await this.#acceptsPart(lacking, signal)) return;
    await commitJob(job, { isPartial: lacking.length > 0, signal, told });
    document.dispatchEvent(new CustomEvent('imports-changed'));
  }


  #acceptsPart(lacking, signal) {
    return new Promise((resolve, reject) => {
      const goOn = make('button', { type: 'button', class: 'primary', 'data-action': 'partial' }, word('import.partial'));
      const box = notice('warn', plural('import.lacking', lacking.length), goOn);
      box.append(make('ul', {}, lacking.slice(0, 5).map(path => make('li', {}, path))));
      goOn.addEventListener('click', () => {
        this.#say();
        resolve(true);
      });
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
      this.#say(box);
      goOn.focus();
    });
  }


  async #follow(job, signal) {
    const told = (/** @type {''|'lost'|'away'} */ trouble) => { this.#trouble = trouble; };
    for (let asked = 0; ; asked += 1) {
      await refreshJob(job, { signal, told });
      if (isOver(job)) return;
      await new Promise(resolve => { setTimeout(resolve, asked < 3 ? pollEvery / 3 : pollEvery); });
      signal.throwIfAborted();
    }
  }

  #turnPause() {
    const transfers = this.#jobs.map(({ transfer }) => transfer);
    const isPaused = transfers.some(one => one?.isPaused);
    for (const transfer of transfers) {
      if (isPaused) transfer?.resume();
      else transfer?.pause();
    }
    this.#paint();
  }


  async #giveUp() {
    const jobs = this.#jobs.filter(job => !isOver(job));
    const isFiling = jobs.every(({ state }) => state !== 'receiving');
    const done = await formDialog({
      title: word('import.cancelTitle'), submit: word('import.cancel'), danger: true,
      body: [make('p', {}, isFiling ? word('import.cancelFiling') : word('import.cancelText'))],
      save: async () => {
        this.#work.abort();
        await Promise.all(jobs.map(cancelJob));
        return true;
      },
    });
    if (!done) {

      if (this.#work.signal.aborted && this.#phase === 'running') this.#go('stopped');
      return;
    }
    if (isFiling && jobs.length > 0) return this.#run();
    this.#forget();
    this.#loose = [];
    this.#archives = [];
    this.#go('choose');
    this.#say(notice('warn', word('import.cancelled')));
    document.dispatchEvent(new CustomEvent('imports-changed'));
  }


  #another() {
    this.#work.abort();
    this.#forget();
    this.#say();
    fill(this.#part('preview'));
    this.#go('choose');
    document.dispatchEvent(new CustomEvent('imports-changed'));
  }


  async #comeBack() {
    const named = (new URLSearchParams(location.search).get('id') ?? '').split(',').filter(Boolean);
    const ids = named.length > 0 ? named : rememberedJobs();
    this.#go('choose');
    if (ids.length === 0) return;
    try {
      const found = (await Promise.all(ids.map(id => findJob(id, this.#listening.signal)))).filter(job => job !== null);
      const wanted = named.length > 0 ? found : found.filter(job => !isOver(job));
      if (wanted.length === 0) {
        if (named.length > 0) this.#say(notice('warn', word('import.absent')));
        return this.#forget();
      }
      this.#jobs = wanted;
      if (wanted.every(isOver)) return this.#showReports();
      this.#remember();
      if (wanted.some(({ state }) => state === 'receiving')) this.#offerToContinue();
      else await this.#run();
    } catch (error) {
      if (this.#listening.signal.aborted) return;
      if (!(error instanceof Refusal)) throw error;
      this.#say(notice('bad', error.message, make('button', { type: 'button', onclick: () => this.#comeBack() }, word('errors.again'))));
    }
  }

  #offerToContinue() {
    this.#go('resume');
    const jobs = this.#jobs.filter(({ state }) => state === 'receiving');
    const sum = (/** @type {string} */ name) => jobs.reduce((total, { document }) => total + (document?.[name] ?? 0), 0);
    this.#part('resume-name').textContent = jobs.map(({ name }) => name).join(', ');
    this.#part('resume-text').textContent = word('import.resumeText', {
      received: number(sum('filesReceived')), files: number(sum('filesTotal')), bytes: size(sum('bytesReceived')),
    });
  }


  async #continueWith(found) {
    const { signal } = this.#listening;
    try {
      let matched = 0;
      for (const job of this.#jobs) {
        if (job.state !== 'receiving') continue;
        job.files = await heldFiles(job.id, signal);
        matched += matchFiles(job.files, found);
      }
      if (matched === 0) return this.#say(notice('warn', word('import.otherFiles')));
      this.#title(found);
      await this.#run();
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof Refusal)) throw error;
      this.#say(notice('bad', error.message));
    }
  }

  #showReports() {
    rememberJobs([]);
    this.#go('report');
    fill(this.#part('report'), this.#jobs.map((job, index) => this.#reportSection(job, index)));
    /** @type {HTMLElement|null} */ (this.querySelector('[data-report] h2'))?.focus();
    murmur(this.querySelector('[data-report] .notice')?.textContent ?? '');
    document.dispatchEvent(new CustomEvent('inbox-changed'));
    document.dispatchEvent(new CustomEvent('imports-changed'));
  }


  #reportSection(job, index) {
    const { document: shown } = job;
    const report = { counts: shown.counts, ...shown.report };
    const path = `/api/imports/${encodeURIComponent(job.id)}`;
    const messages = make('div', { 'data-notice': true });
    const actions = make('p', { class: 'buttons' }, make('a', { class: 'button', href: `${path}/report.csv`, download: '' }, word('report.csv')),
      make('a', { class: 'button', href: `${path}/report.json`, download: '' }, word('report.json')),
      (shown.counts?.stored ?? 0) > 0 && !shown.undoneAt && undoButton(job, messages));
    const ended = [shown.state !== 'done' && notice('warn', word(`importEnd.${shown.state}`)),
      shown.undoneAt && notice('info', word('undo.at', { date: instant(shown.undoneAt) }))].filter(one => one instanceof Node);
    const view = reportView(report, { title: job.name, more: [...ended, messages, actions] });
    const heading = /** @type {HTMLElement} */ (view[0]);
    heading.id = `report-heading-${index}`;
    return make('section', { class: 'report-part', 'data-import': job.id, 'aria-labelledby': heading.id }, view);
  }
}

customElements.define('import-page', ImportPage);

})();
modules['pages/import.js'] = (() => {




})();
