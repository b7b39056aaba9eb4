import { Refusal } from './api.06ac550977.js';
import { fill, notice } from './dom.71da60e761.js';
import { word } from './words.ef487a8397.js';


export class LivePanel extends HTMLElement {
  listening = new AbortController();

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


  place(name) {
    return /** @type {HTMLElement} */ (this.querySelector(`[data-${name}]`));
  }


  async load(_signal) {
    return null;
  }


  show(_data) {
    return 0;
  }


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
