import { call, refusal, Refusal } from './api.js';
import { passes, patiently, pause } from './patience.js';
import { language, word } from './words.js';

/**
 * A file of an import.
 * @typedef {object} SentFile
 * @property {number} n its number in the import
 * @property {string} path
 * @property {number} size
 * @property {number} offset how many of its bytes the portal holds; all, when it had them before
 * @property {File|null} file null when it is not at hand, as after a reload
 * @property {boolean} isKnown whether the portal had it before
 * @property {boolean} mayBeKnown whether the portal may hold the same bytes already, so that asking is worth more than sending
 */

const lanes = 4;
const chunkBytes = 8 * 1024 * 1024;
/** How much is hashed before the portal is asked. */
const batchFiles = 200;
const batchBytes = 128 * 1024 * 1024;
/** What is larger is sent: hashing takes it into memory. */
const largestHashed = 256 * 1024 * 1024;
/** A portal that holds another part of a file each time is not waited for for ever. */
const mostDisagreements = 20;

/** The portal holds another part than this believes, or still listens to a request that was broken off. */
const disagreed = new Set(['import.offset', 'import.busy']);

/** How long the portal takes to see that a request was broken off, and to keep what came of it, in milliseconds. */
const settling = 300;

class Paused extends Error {}

/** Sends the files of one import: some at a time, in pieces, from where the portal is; it can rest, and it outlasts a lost connection. */
export class Transfer {
  #path;
  /** @type {SentFile[]} */
  #waiting;
  /** @type {SentFile[]} */
  #unsure;
  #checking = Promise.resolve();
  /** @type {Set<XMLHttpRequest>} */
  #requests = new Set();
  /** Bytes on the way that are not answered for yet. @type {Map<SentFile, number>} */
  #flying = new Map();
  #held = 0;
  /** @type {(() => void)|undefined} */
  #goOn;
  /** @type {Promise<void>|null} */
  #rest = null;
  #signal = new AbortController().signal;

  /**
   * @param {string} id of the import
   * @param {SentFile[]} files all of the import's
   * @param {{changed: () => void}} options `changed` is told after each step
   */
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
    /** Files that are wholly there, those that the portal had before among them. */
    this.received = files.length - lacking.length;
    this.known = files.filter(one => one.isKnown).length;
    /** Files that are not at hand, or that the disk does not give any more. @type {string[]} */
    this.lacking = lacking.filter(one => !one.file).map(one => one.path);
    /** @type {''|'lost'|'away'} */
    this.trouble = '';
  }

  /** Bytes that are there or on the way. */
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

  /** Sends all there is to send. @param {AbortSignal} signal @returns {Promise<void>} rejects when it is refused or given up */
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

  /** Until some more are known to be sent, or all are known. */
  #checked() {
    return Promise.race([this.#checking, new Promise(resolve => { setTimeout(resolve, 50); })]);
  }

  async #open() {
    while (this.#rest && !this.#signal.aborted) await this.#rest;
    this.#signal.throwIfAborted();
  }

  /** Asks which files the portal holds already. */
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

  /** @param {SentFile[]} batch @returns {Promise<Set<number>>} the numbers of those that are there */
  async #ask(batch) {
    /** @type {{n: number, sha256: string}[]} */
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

  /** @param {''|'lost'|'away'} trouble */
  #tell(trouble) {
    if (trouble === this.trouble) return;
    this.trouble = trouble;
    this.changed();
  }

  /** @param {SentFile} one */
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

  /** What was on the way when the person paused may have arrived: it is counted, as it need not be sent again. @param {SentFile} one */
  async #settle(one) {
    await new Promise(resolve => { setTimeout(resolve, settling); });
    try {
      this.#moved(one, await this.#offset(one));
    } catch (error) {
      // It is asked again before the file goes on.
      if (!(error instanceof Refusal)) throw error;
    }
  }

  /** The disk does not give it any more. @param {SentFile} one */
  #giveUp(one) {
    this.lacking.push(one.path);
    this.changed();
  }

  /** @param {SentFile} one @param {number} offset */
  #moved(one, offset) {
    this.#flying.delete(one);
    this.#held += offset - one.offset;
    one.offset = offset;
    this.changed();
  }

  /** How much of a file the portal holds. @param {SentFile} one */
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

  /**
   * Sends the next piece of a file, which the browser reads from the disk as it goes. `fetch` cannot tell how far it is, hence
   * XMLHttpRequest; it cannot tell a disk that fails from a network that fails, hence one byte is read after an error.
   * @param {SentFile} one @returns {Promise<number>} the new offset
   */
  async #put(one) {
    // Somebody may have paused or stopped it while it was asked how far the file is.
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

/** @param {string} text */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** @param {ArrayBuffer} bytes */
function hex(bytes) {
  return [...new Uint8Array(bytes)].map(byte => byte.toString(16).padStart(2, '0')).join('');
}
