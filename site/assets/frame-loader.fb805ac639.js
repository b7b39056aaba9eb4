import { refusal, Refusal } from './api.06ac550977.js';
import { passes, pause } from './patience.6b6928a845.js';
import { language, word } from './words.ef487a8397.js';


const mostAtOnce = 4;

const mostBytes = 64_000_000;






export class FrameLoader {

  #kept = new Map();
  #bytes = 0;

  #wanted = [];

  #running = new Map();

  #refused = new Map();
  #closed = false;
  #told;


  constructor(told) {
    this.#told = told;
  }


  want(addresses) {
    this.#wanted = addresses;
    for (const [address, running] of this.#running) {
      if (!addresses.includes(address)) running.abort();
    }
    this.#go();
  }


  have(address) {
    const blob = this.#kept.get(address);
    if (!blob) return this.#refused.get(address) ?? null;
    this.#kept.delete(address);
    this.#kept.set(address, blob);
    return blob;
  }


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


async function blob(address, signal) {
  let response;
  try {
    response = await fetch(address, { signal, headers: { Accept: 'image/jpeg, application/json;q=0.1', 'Accept-Language': language } });
    if (response.ok) return await response.blob();
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new Refusal(word('errors.network'), { code: 'network' });
  }
  throw refusal(response.status, await response.json().catch(() => null), Number(response.headers.get('Retry-After')), false);
}
