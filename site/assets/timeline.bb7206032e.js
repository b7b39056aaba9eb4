import { all, call, Refusal } from './api.06ac550977.js';
import { fill, notice, skeletons } from './dom.71da60e761.js';


const soon = 4000;
const nowAndThen = 30_000;






export class Timeline {
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
