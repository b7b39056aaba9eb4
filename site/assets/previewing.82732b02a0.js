import { Refusal } from './api.06ac550977.js';
import { announce } from './dom.71da60e761.js';
import { word } from './words.ef487a8397.js';

















export class Previewing {
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
      const { openPreview } = await import('./elements/series-preview.6bcf425623.js');
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


export function previewAddress(series, image) {
  const search = new URLSearchParams(location.search);
  search.delete('series');
  search.delete('image');
  if (series) search.set('series', series);
  if (image > 1) search.set('image', String(image));
  return `${location.pathname}?${search}`;
}
