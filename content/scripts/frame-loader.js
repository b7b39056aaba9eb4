import { Refusal, refusalOf } from './api.js';
import { passes, pause } from './patience.js';
import { language, word } from './words.js';

/** As many requests at once as leave the browser one connection for other things. */
const mostAtOnce = 4;
/** Bytes of compressed pictures that are kept. */
const mostBytes = 64_000_000;

/**
 * Fetches pictures, the wanted ones first, and forgets who is no longer wanted.
 *
 * Who scrolls fast wants another list before the last one came: what is under way for nothing is broken off.
 */
export class FrameLoader {
  /** The newest last. @type {Map<string, Blob>} */
  #kept = new Map();
  #bytes = 0;
  /** @type {string[]} */
  #wanted = [];
  /** @type {Map<string, AbortController>} */
  #running = new Map();
  /** Refused for good. @type {Map<string, Refusal>} */
  #refused = new Map();
  #closed = false;
  #told;

  /** @param {(address: string) => void} told hears of each picture that came or was refused */
  constructor(told) {
    this.#told = told;
  }

  /** Says what is wanted now, the most urgent first. @param {string[]} addresses */
  want(addresses) {
    this.#wanted = addresses;
    for (const [address, running] of this.#running) {
      if (!addresses.includes(address)) running.abort();
    }
    this.#go();
  }

  /** @param {string} address @returns {Blob|Refusal|null} null while it is on the way */
  have(address) {
    const blob = this.#kept.get(address);
    if (!blob) return this.#refused.get(address) ?? null;
    this.#kept.delete(address);
    this.#kept.set(address, blob);
    return blob;
  }

  /** Forgets every picture, as when they may no longer be seen. */
  clear() {
    this.want([]);
    this.#kept.clear();
    this.#refused.clear();
    this.#bytes = 0;
  }

  close() {
    this.#closed = true;
    this.clear();
  }

  #go() {
    for (const address of this.#wanted) {
      if (this.#running.size >= mostAtOnce || this.#closed) return;
      if (!this.#kept.has(address) && !this.#refused.has(address) && !this.#running.has(address)) this.#fetch(address);
    }
  }

  /** @param {string} address */
  async #fetch(address) {
    const running = new AbortController();
    this.#running.set(address, running);
    try {
      this.#keep(address, await patientBlob(address, running.signal));
    } catch (error) {
      if (running.signal.aborted) return;
      if (!(error instanceof Refusal)) throw error;
      this.#refused.set(address, error);
    } finally {
      this.#running.delete(address);
      this.#go();
    }
    this.#told(address);
  }

  /** @param {string} address @param {Blob} blob */
  #keep(address, blob) {
    this.#kept.set(address, blob);
    this.#bytes += blob.size;
    for (const [oldest, old] of this.#kept) {
      if (this.#bytes <= mostBytes || oldest === address) return;
      this.#kept.delete(oldest);
      this.#bytes -= old.size;
    }
  }
}

/** Tries again while it is only the way that fails. @param {string} address @param {AbortSignal} signal */
async function patientBlob(address, signal) {
  for (let tries = 0; ; tries += 1) {
    try {
      return await blob(address, signal);
    } catch (error) {
      if (!passes(error)) throw error;
      await pause(tries, error, signal);
    }
  }
}

/** @param {string} address @param {AbortSignal} signal */
async function blob(address, signal) {
  let response;
  try {
    response = await fetch(address, { signal, headers: { Accept: 'image/jpeg, application/json;q=0.1', 'Accept-Language': language } });
    if (response.ok) return await response.blob();
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new Refusal(word('errors.network'), { code: 'network' });
  }
  throw await refusalOf(response);
}
