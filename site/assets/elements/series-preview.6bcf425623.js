import { Refusal } from '../api.06ac550977.js';
import { formDialog } from '../dialogs.ef6d9ad20f.js';
import { fill, make } from '../dom.71da60e761.js';
import { Cine } from '../preview-cine.ec85a084a6.js';
import { listenToHands } from '../preview-gestures.9bb575f19f.js';
import { keyWish } from '../preview-keys.c70e7e097c.js';
import { readImages } from '../preview-reading.7e45305c92.js';
import { PreviewScreen } from '../preview-screen.48e30048b5.js';
import { at, chosen, following, near, nextPreset, panned, presets, start, windowed, wish, zoomed } from '../preview-state.1870c113d3.js';
import { refusalText, strangeSeries } from '../preview-trouble.110d50ab65.js';
import { describe, keyList, presetOptions, previewParts, sayPlace } from '../preview-view.0a2113c762.js';
import { word } from '../words.ef487a8397.js';


const rest = 400;




class SeriesPreview extends HTMLElement {
  #listening = new AbortController();
  #parts = previewParts({
    close: () => this.leave(), play: () => this.#play(), larger: () => this.#zoom(1.5), smaller: () => this.#zoom(1 / 1.5),
    fit: () => this.#zoom(0), finger: () => this.#toggleFinger(), keys: () => this.#act('keys'),
  });
  #screen = new PreviewScreen(this.#parts, refusal => this.#trouble(refusalText(refusal, this.#instancePath)));

  #images = null;
  #view = start(0, 0);
  #direction = 1;
  #cine = new Cine(() => this.#showNext(), playing => { this.#parts.play.textContent = playing ? word('preview.pause') : word('preview.play'); });
  #fingerWindows = false;

  #asked = 0;

  #restTimer;

  options = { study: { series: [] }, series: '', image: 1, back: '', exports: false, moved: () => {}, left: () => {} };

  connectedCallback() {
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    const { dialog, stage, slider, canvas, presets: menu } = this.#parts;
    this.append(dialog);
    dialog.addEventListener('cancel', event => {
      event.preventDefault();
      this.leave();
    }, { signal });
    document.addEventListener('keydown', event => this.#key(event), { signal });
    slider.addEventListener('input', () => this.#step(slider.valueAsNumber - 1 - this.#view.index), { signal });
    menu.addEventListener('change', () => this.#choose(this.#presets.find(preset => preset.name === menu.value)), { signal });
    canvas.addEventListener('painted', () => this.#screen.place(this.#view), { signal });
    document.addEventListener('visibilitychange', () => document.hidden && this.#cine.stop(), { signal });
    listenToHands(stage, {
      step: by => this.#step(by), windowing: (dx, dy) => this.#window(dx, dy), pan: (dx, dy) => this.#pan(dx, dy),
      zoom: (factor, point) => this.#zoom(factor, point), cycle: () => this.#change(nextPreset(this.#view, this.#presets)), drags: kind => this.#drags(kind),
    }, signal);
    const resized = new ResizeObserver(() => this.#screen.place(this.#view));
    resized.observe(stage);
    signal.addEventListener('abort', () => resized.disconnect());
    dialog.showModal();
    this.#open(this.options.series, this.options.image);
  }

  disconnectedCallback() {
    this.#listening.abort();
    this.#cine.stop();
    clearTimeout(this.#restTimer);
    this.#screen.close();
    this.#parts.dialog.close();
  }


  update(study) {
    const before = JSON.stringify(this.options.study.series);
    this.options.study = study;
    if (JSON.stringify(study.series) !== before && this.#series) this.#open(this.options.series, 1);
  }

  leave() {
    this.remove();
    this.options.left();
  }

  get #series() {
    return this.options.study.series.find((/** @type {any} */ one) => one.seriesInstanceUID === this.options.series);
  }

  get #path() {
    return `/dicomweb/studies/${this.options.study.studyInstanceUID}/series/${this.options.series}`;
  }

  get #instancePath() {
    const picture = this.#images?.pictures[this.#view.index];
    return picture ? `${this.#path}/instances/${picture.instance}` : null;
  }

  get #presets() {
    return this.#images ? presets(this.#series?.modality ?? '', this.#images) : [];
  }

  get #stage() {
    return { width: this.#parts.stage.clientWidth, height: this.#parts.stage.clientHeight };
  }


  async #open(series, image) {
    const known = series === this.options.series ? this.#images : null;
    this.options.series = series;
    if (!known) this.#forget();
    describe(this.#parts, this.options, uid => this.#open(uid, 1));
    this.#asked += 1;
    const asked = this.#asked;
    try {
      const read = await readImages(this.#path, this.#listening.signal);
      if (asked !== this.#asked) return;
      this.#images = read;
      const { instance, frame } = known?.pictures[this.#view.index] ?? {};
      const same = known ? read.pictures.findIndex(one => one.instance === instance && one.frame === frame) : image - 1;
      this.#view = { ...this.#view, ...at({ ...this.#view, count: read.pictures.length }, Math.max(0, same)) };
      this.#showFound();
      if (!known && !document.activeElement?.closest('.preview-strip, .preview-tools')) this.#rest();
    } catch (error) {
      if (asked !== this.#asked || this.#listening.signal.aborted) return;
      if (!(error instanceof Refusal)) throw error;
      if (known && error.status !== 404) return;
      this.#trouble(refusalText(error, null));
    }
  }

  #forget() {
    this.#cine.stop();
    this.#screen.blank();
    this.#images = null;
    this.#view = start(0, 0);
    fill(this.#parts.place);
    fill(this.#parts.windowText);
  }


  #showFound() {
    const { slider, play, presetField, finger, presets: menu } = this.#parts;
    slider.max = String(Math.max(1, this.#view.count));
    slider.hidden = this.#view.count < 2;
    play.hidden = this.#view.count < 2;
    presetField.hidden = this.#presets.length === 0;
    finger.hidden = this.#presets.length === 0;
    fill(menu, presetOptions(this.#presets, this.#view.preset));
    if (this.#view.count === 0) return this.#trouble(strangeSeries(this.#path, this.#images?.others ?? [], this.options.exports));
    this.#update();
  }


  #rest() {
    const { slider, dialog } = this.#parts;
    /** @type {HTMLElement|null} */ (slider.hidden ? dialog.querySelector('[data-act="close"]') : slider)?.focus();
  }


  #step(by) {
    this.#cine.stop();
    this.#direction = by < 0 ? -1 : 1;
    this.#change(at(this.#view, this.#view.index + by));
  }


  #change(view) {
    this.#view = view;
    this.#update();
  }


  #choose(preset) {
    this.#change(chosen(this.#view, preset));
  }


  #window(dx, dy) {
    if (!this.#images?.isGrey) return;
    this.#view = windowed(this.#view, this.#view.window ?? this.#images.windows[0]?.window ?? this.#images.range, dx, dy);
    this.#say();
    this.#screen.showSoon(this.#address(this.#view.index));
  }


  #pan(dx, dy) {
    this.#view = panned(this.#view, dx, dy, this.#stage);
    this.#screen.place(this.#view);
  }


  #zoom(factor, point) {
    this.#change(zoomed(this.#view, factor, this.#stage, point));
  }


  #drags(kind) {
    if (this.#images?.isGrey && (kind === 'mouse' || this.#fingerWindows)) return 'window';
    return this.#view.zoom > 1 || kind === 'mouse' ? 'pan' : 'step';
  }

  #toggleFinger() {
    this.#fingerWindows = !this.#fingerWindows;
    this.#parts.finger.setAttribute('aria-pressed', String(this.#fingerWindows));
  }

  #play() {
    if (this.#cine.plays) return this.#cine.stop();
    this.#direction = 1;
    if (this.#view.count > 1) this.#cine.play(this.#images?.rate ?? 1);
  }

  #showNext() {
    const next = following(this.#view);
    if (this.#screen.shows(this.#address(this.#view.index)) && this.#screen.has(this.#address(next))) this.#change(at(this.#view, next));
    else this.#fetch();
  }


  #address(index) {
    const picture = this.#images?.pictures[index];
    if (!picture) return '';
    const frame = picture.frames > 1 ? `/frames/${picture.frame}` : '';
    const pixels = Math.max(this.#stage.width, this.#stage.height) * devicePixelRatio;
    return `${this.#path}/instances/${picture.instance}${frame}/rendered${wish(picture, this.#view, pixels)}`;
  }


  #update() {
    if (this.#view.count === 0) return;
    this.#say();
    this.#fetch();
    this.#screen.place(this.#view);
  }

  #fetch() {
    this.#screen.show(near(this.#view, this.#direction, this.#cine.plays).map(one => this.#address(one)));
  }

  #say() {
    const used = this.#images?.isGrey ? this.#view.window ?? this.#images.windows[0]?.window : null;
    const text = sayPlace(this.#parts, this.#view, used);
    const { presets: menu } = this.#parts;
    if (menu.value !== this.#view.preset) fill(menu, presetOptions(this.#presets, this.#view.preset));
    clearTimeout(this.#restTimer);
    this.#restTimer = setTimeout(() => this.#settled(text), rest);
  }


  #settled(text) {
    this.#fetch();
    if (!this.#cine.plays && !this.#parts.canvas.hidden && document.activeElement !== this.#parts.slider) this.#parts.said.textContent = text;
    this.options.moved(this.options.series, this.#view.index + 1);
  }


  #trouble(content) {
    this.#cine.stop();
    this.#screen.trouble(content);
  }


  #key(event) {
    const dialog = /** @type {Element} */ (event.target).closest('dialog');
    if (dialog && dialog !== this.#parts.dialog) return;
    const wished = keyWish(event, this.#view, this.#presets.length);
    if (!wished) return;
    event.preventDefault();
    const { go, step, zoom, pan, window, preset, act, series } = wished;
    if (go !== undefined || step) this.#step(step ?? go - this.#view.index);
    else if (zoom !== undefined) this.#zoom(zoom);
    else if (pan) this.#pan(...pan);
    else if (window) this.#window(...window);
    else if (preset !== undefined) this.#choose(this.#presets[preset]);
    else if (series) this.#neighbour(series);
    else this.#act(act);
  }


  #act(act) {
    if (act === 'play') this.#play();
    else if (act === 'viewer') location.assign(this.#parts.viewer.href);
    else formDialog({ title: word('preview.keysTitle'), submit: word('dialog.close'), shows: true, body: [keyList()], save: async () => true });
  }


  #neighbour(by) {
    const all = this.options.study.series;
    const next = all[all.indexOf(this.#series) + by];
    if (next) this.#open(next.seriesInstanceUID, 1);
  }
}

customElements.define('series-preview', SeriesPreview);


export function openPreview(options) {
  const preview = /** @type {SeriesPreview} */ (make('series-preview'));
  preview.options = options;
  document.body.append(preview);
  return preview;
}
