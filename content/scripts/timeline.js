import { all, call, Refusal } from './api.js';
import { fill, notice, skeletons } from './dom.js';

/** While a study arrives the page asks again soon, else now and then (milliseconds). */
const soon = 4000;
const nowAndThen = 30_000;

/**
 * A patient's studies, the newest first; while somebody looks, the list keeps itself up to date.
 *
 * The browser asks with If-None-Match, so that a list which is the same costs no bytes; cards that are the same stay.
 */
export class Timeline {
  #options;
  /** @type {string|null} */
  #etag = null;
  /** @type {Map<string, {text: string, card: HTMLElement}>} */
  #cards = new Map();
  #arriving = false;
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  #timer;

  /**
   * @param {{place: HTMLElement, path: string, signal: AbortSignal, card: (study: any, open: boolean) => HTMLElement, empty: () => HTMLElement,
   *   ready: Promise<void>, known: (studies: any[]) => void, gone: () => void}} options nothing is shown before `ready`; `known` hears of the studies whenever they changed, `gone` of a patient who cannot be seen
   */
  constructor(options) {
    this.#options = options;
    fill(options.place, skeletons(2, 'card'));
    const { signal } = options;
    document.addEventListener('visibilitychange', () => this.#wait(0), { signal });
    signal.addEventListener('abort', () => clearTimeout(this.#timer));
  }

  /** Reads the studies, and shows what is new of them. */
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
      // When only the way failed, what is there stays.
      if (this.#cards.size === 0) fill(place, notice('bad', error.message));
    }
    place.setAttribute('aria-busy', 'false');
    this.#wait(this.#arriving ? soon : nowAndThen);
  }

  /** @param {any[]} studies */
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

  /** @param {number} pause */
  #wait(pause) {
    clearTimeout(this.#timer);
    if (document.visibilityState === 'visible' && !this.#options.signal.aborted) this.#timer = setTimeout(() => this.load(), pause);
  }
}

/** How the part that has the focus is found again in new cards. @param {HTMLElement} place */
function focusedPart(place) {
  const active = document.activeElement;
  const study = active?.closest('[data-study]')?.getAttribute('data-study');
  if (!active || !study || !place.contains(active)) return null;
  const [name, value] = ['data-series', 'data-action', 'href'].map(one => [one, active.getAttribute(one)]).find(([, one]) => one) ?? ['', ''];
  return `[data-study="${CSS.escape(study)}"] ${name ? `[${name}="${CSS.escape(String(value))}"]` : 'summary'}`;
}
