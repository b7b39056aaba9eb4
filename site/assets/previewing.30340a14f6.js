import { Refusal } from './api.4aac85d452.js';
import { announce } from './dom.cb1cc6f6ea.js';
import { word } from './words.4bd9aa8b7e.js';

/**
 * @typedef {object} PreviewOptions
 * @property {any} study
 * @property {string} series the one to begin with
 * @property {number} image from 1
 * @property {string} back the page that the viewer leads back to
 * @property {boolean} exports whether the reader may take files out
 * @property {(series: string, image: number) => void} moved what is shown now
 * @property {() => void} left
 */

/**
 * Opens and closes the quick preview: by the series' tiles, by the address, and by Back.
 *
 * What shows a preview is fetched when the first one is opened.
 */
export class Previewing {
  #host;
  #back;
  #exports = false;
  /** @type {any[]} */
  #studies = [];
  /** @type {any} */
  #preview = null;
  #opening = false;

  /** @param {HTMLElement} host the page @param {string} back where the viewer leads back to @param {AbortSignal} signal */
  constructor(host, back, signal) {
    this.#host = host;
    this.#back = back;
    host.addEventListener('click', event => this.#click(event), { signal });
    window.addEventListener('popstate', () => this.#follow(), { signal });
    signal.addEventListener('abort', () => this.#preview?.remove());
  }

  /** The studies of the page as they are now. @param {any[]} studies @param {boolean} exports whether the reader may take files out */
  know(studies, exports) {
    this.#studies = studies;
    this.#exports = exports;
    const shown = this.#preview && studies.find(one => one.studyInstanceUID === this.#preview.options.study.studyInstanceUID);
    if (shown) this.#preview.update(shown);
    else this.#follow();
  }

  /** @param {MouseEvent} event */
  #click(event) {
    const link = /** @type {Element} */ (event.target).closest('a[data-series]');
    if (!link || event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    history.pushState({ preview: true }, '', /** @type {HTMLAnchorElement} */ (link).href);
    this.#follow();
  }

  /** Shows what the address says. */
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

  /** @param {any} study @param {string} series @param {number} image */
  async #open(study, series, image) {
    this.#opening = true;
    try {
      const { openPreview } = await import('./elements/series-preview.815da53167.js');
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

  /** The reader closed it: the address says so, and the focus is where it was. */
  #left() {
    const { series } = this.#preview.options;
    this.#preview = null;
    if (history.state?.preview) history.back();
    else history.replaceState(history.state, '', previewAddress('', 0));
    /** @type {HTMLElement|null} */ (this.#host.querySelector(`a[data-series="${CSS.escape(series)}"]`))?.focus();
  }
}

/** The address of this page with a preview over it. @param {string} series none for the page alone @param {number} image from 1 */
export function previewAddress(series, image) {
  const search = new URLSearchParams(location.search);
  search.delete('series');
  search.delete('image');
  if (series) search.set('series', series);
  if (image > 1) search.set('image', String(image));
  return `${location.pathname}?${search}`;
}
