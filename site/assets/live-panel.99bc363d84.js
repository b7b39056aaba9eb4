import { Refusal } from './api.4aac85d452.js';
import { fill, notice } from './dom.cb1cc6f6ea.js';
import { word } from './words.4bd9aa8b7e.js';

/** A part of a page that shows what the portal says now, and looks again while the page is seen. */
export class LivePanel extends HTMLElement {
  listening = new AbortController();
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  #waiting;

  connectedCallback() {
    this.listening = new AbortController();
    document.addEventListener('visibilitychange', () => !document.hidden && this.look(), { signal: this.listening.signal });
    this.look();
  }

  disconnectedCallback() {
    this.listening.abort();
    clearTimeout(this.#waiting);
  }

  /** @param {string} name @returns {HTMLElement} */
  place(name) {
    return /** @type {HTMLElement} */ (this.querySelector(`[data-${name}]`));
  }

  /** Asks the portal. @param {AbortSignal} _signal @returns {Promise<any>} */
  async load(_signal) {
    return null;
  }

  /** Shows what it said. @param {any} _data @returns {number} when to look again, in milliseconds; 0: not by itself */
  show(_data) {
    return 0;
  }

  /** Looks now. */
  async look() {
    clearTimeout(this.#waiting);
    const { signal } = this.listening;
    let pause = 10_000;
    try {
      const data = await this.load(signal);
      if (signal.aborted) return;
      pause = this.show(data);
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof Refusal)) throw error;
      const isHidden = error.status === 403 || error.status === 404;
      fill(this.place('list'), notice('bad', isHidden ? word('admin.forbidden') : error.message));
      if (isHidden || error.status === 401) pause = 0;
    }
    this.place('list').setAttribute('aria-busy', 'false');
    clearTimeout(this.#waiting);
    if (pause > 0 && !document.hidden) this.#waiting = setTimeout(() => this.look(), pause);
  }
}
