import { get, Refusal } from '../api.4aac85d452.js';
import { chosenFiles, droppedFiles, isArchive } from '../dropped-files.17aac27292.js';
import { fill, murmur } from '../dom.cb1cc6f6ea.js';
import { size } from '../format.f26fd9ffc1.js';
import { reportView } from '../import-report.a7b3f0873e.js';
import { newID, upload } from '../upload.19e2fac40f.js';
import { plural, word } from '../words.4bd9aa8b7e.js';

/** How often a running import is asked how far it is, in milliseconds; a small one is over before that. */
const pollEvery = 2000;

/** Takes files, sends them, shows the way and then what became of each. */
class ImportPage extends HTMLElement {
  #listening = new AbortController();
  #sending = new AbortController();
  /** @type {import('../dropped-files.js').FoundFile[]} */
  #files = [];
  #busy = false;
  /** Whether the portal keeps a record of what runs, as it does unless it only checks. */
  #isRecorded = false;
  #asking = 0;

  connectedCallback() {
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    for (const input of this.querySelectorAll('[data-choose]')) {
      input.addEventListener('change', event => this.#chosen(/** @type {HTMLInputElement} */ (event.target)), { signal });
    }
    const actions = /** @type {Record<string, () => void>} */ ({
      import: () => this.#send(false), check: () => this.#send(true), clear: () => this.#take([]), cancel: () => this.#sending.abort(),
    });
    for (const [name, act] of Object.entries(actions)) {
      this.querySelector(`[data-action="${name}"]`)?.addEventListener('click', act, { signal });
    }
    for (const type of ['dragenter', 'dragover']) window.addEventListener(type, event => this.#over(/** @type {DragEvent} */ (event)), { signal });
    window.addEventListener('dragleave', event => {
      if (!event.relatedTarget) this.#part('veil').hidden = true;
    }, { signal });
    window.addEventListener('drop', event => this.#drop(event), { signal });
    window.addEventListener('beforeunload', event => {
      if (this.#busy) event.preventDefault();
    }, { signal });
  }

  disconnectedCallback() {
    this.#listening.abort();
    this.#sending.abort();
    clearInterval(this.#asking);
  }

  /** @param {string} name @returns {HTMLElement} */
  #part(name) {
    return /** @type {HTMLElement} */ (this.querySelector(`[data-${name}]`));
  }

  /** @param {DragEvent} event */
  #over(event) {
    if (this.#busy || !event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    this.#part('veil').hidden = false;
  }

  /** @param {DragEvent} event */
  async #drop(event) {
    event.preventDefault();
    this.#part('veil').hidden = true;
    if (this.#busy || !event.dataTransfer) return;
    murmur(word('import.reading'));
    this.#take(await droppedFiles(event.dataTransfer));
  }

  /** @param {HTMLInputElement} input */
  #chosen(input) {
    this.#take(chosenFiles(input.files));
    input.value = '';
  }

  /** @param {import('../dropped-files.js').FoundFile[]} files */
  #take(files) {
    this.#files = files;
    this.#part('report').hidden = true;
    this.#say('');
    this.#part('plan').hidden = files.length === 0;
    if (files.length === 0) return;
    const bytes = files.reduce((sum, { file }) => sum + file.size, 0);
    const what = isArchive(files) ? files[0].path : plural('import.files', files.length);
    const title = this.#part('plan-title');
    title.textContent = `${what}, ${size(bytes)}`;
    title.focus();
    this.#part('plan').scrollIntoView({ block: 'nearest' });
  }

  /** @param {string} text @param {string} [kind] */
  #say(text, kind = 'bad') {
    const notice = /** @type {HTMLElement} */ (this.#part('plan').querySelector('.notice'));
    notice.hidden = !text;
    notice.dataset.kind = kind;
    notice.textContent = text;
  }

  /** @param {boolean} dryRun */
  async #send(dryRun) {
    if (this.#busy) return;
    this.#sending = new AbortController();
    this.#begin();
    const { signal } = this.#sending;
    const chosen = /** @type {HTMLInputElement} */ (this.querySelector('[name="onExisting"]:checked'));
    try {
      const id = newID();
      this.#isRecorded = !dryRun;
      this.#show(await upload(this.#files, {
        id, onExisting: chosen.value, dryRun, signal, progress: (sent, total) => this.#progress(sent, total, id),
      }));
    } catch (error) {
      if (error instanceof DOMException) this.#say(word('import.cancelled'), 'warn');
      else if (error instanceof Refusal) this.#say(error.message);
      else throw error;
    } finally {
      this.#end();
    }
  }

  /** @param {number} sent @param {number} total @param {string} id */
  #progress(sent, total, id) {
    if (sent < total) {
      this.#bar(sent / total, word('import.sent', { sent: size(sent), total: size(total), percent: Math.floor((100 * sent) / total) }));
      return;
    }
    this.#bar(null, word('import.filing'));
    if (this.#isRecorded && !this.#asking) this.#asking = setInterval(() => this.#follow(id), pollEvery);
  }

  /** @param {number|null} part of one; null while it cannot be told @param {string} text */
  #bar(part, text) {
    const bar = /** @type {HTMLProgressElement} */ (this.querySelector('progress'));
    if (part === null) bar.removeAttribute('value');
    else bar.value = part;
    this.#part('progress-label').textContent = text;
  }

  /** Asks how far the filing is, while the answer to the upload is still awaited. @param {string} id */
  async #follow(id) {
    try {
      const job = await get(`/api/imports/${id}`, this.#sending.signal);
      if (!this.#busy || job.state !== 'running' || !(job.bytesDone > 0 && job.bytesTotal > 0)) return;
      const part = Math.min(1, job.bytesDone / job.bytesTotal);
      this.#bar(part, word('import.filed', { percent: Math.floor(100 * part) }));
    } catch (error) {
      // It is only about the bar; the answer to the upload says what went wrong.
      if (!(error instanceof Refusal || error instanceof DOMException)) throw error;
    }
  }

  #begin() {
    this.#busy = true;
    this.#say('');
    this.#part('report').hidden = true;
    this.#part('plan-actions').hidden = true;
    this.#part('existing').toggleAttribute('disabled', true);
    this.#part('running').hidden = false;
    this.#bar(0, '');
  }

  #end() {
    this.#busy = false;
    clearInterval(this.#asking);
    this.#asking = 0;
    this.#part('plan-actions').hidden = false;
    this.#part('existing').toggleAttribute('disabled', false);
    this.#part('running').hidden = true;
  }

  /** @param {any} report */
  #show(report) {
    const place = this.#part('report');
    fill(place, ...reportView(report));
    place.hidden = false;
    this.#part('plan').hidden = !report.dryRun;
    /** @type {HTMLElement|null} */ (place.querySelector('#report-heading'))?.focus();
    murmur(place.querySelector('.notice')?.textContent ?? '');
    document.dispatchEvent(new CustomEvent('inbox-changed'));
  }
}

customElements.define('import-page', ImportPage);
