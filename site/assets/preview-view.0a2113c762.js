import { viewer } from './addresses.6e921b8427.js';
import { fill, make } from './dom.71da60e761.js';
import { date, number } from './format.4b266e2688.js';
import { thumbnail } from './thumbnails.46c107c626.js';
import { plural, word } from './words.ef487a8397.js';















export function previewParts(acts) {
  const button = (/** @type {keyof typeof acts} */ act, /** @type {string} */ text, /** @type {Record<string, unknown>} */ more = {}) => make(
    'button', { type: 'button', 'data-act': act, onclick: acts[act], ...more }, text);
  const title = make('h2', { id: 'preview-title' });
  const facts = make('p', { class: 'muted' });
  const canvas = /** @type {HTMLCanvasElement} */ (make('canvas', { role: 'img', width: 1, height: 1 }));
  const place = make('p', { class: 'preview-place', 'aria-hidden': 'true' });
  const windowText = make('p', { class: 'preview-window', 'aria-hidden': 'true' });
  const wait = make('p', { class: 'preview-wait', hidden: true }, word('preview.loading'));
  const message = make('div', { class: 'preview-message', hidden: true });
  const stage = make('div', { class: 'preview-stage' }, canvas, place, windowText, wait, message);
  const slider = /** @type {HTMLInputElement} */ (make('input', { type: 'range', min: 1, max: 1, step: 1, autofocus: true, 'aria-label': word('preview.image') }));
  const presets = /** @type {HTMLSelectElement} */ (make('select', { id: 'preview-window' }));
  const presetField = make('p', { class: 'preview-preset' }, make('label', { for: 'preview-window' }, word('preview.window')), presets);
  const play = button('play', word('preview.play'), { 'aria-keyshortcuts': 'Space' });
  const finger = button('finger', word('preview.finger'), { 'aria-pressed': 'false', class: 'preview-finger' });
  const viewer = /** @type {HTMLAnchorElement} */ (make('a', { class: 'button', 'aria-keyshortcuts': 'o' }, word('study.open')));
  const strip = make('ul', { class: 'preview-strip', 'aria-label': word('study.seriesList') });
  const said = make('p', { class: 'visually-hidden', role: 'status' });
  const tools = make('div', { class: 'preview-tools' }, presetField, finger, play,
    make('span', { class: 'preview-zoom', role: 'group', 'aria-label': word('preview.zoom') },
      button('smaller', '−', { 'aria-label': word('preview.smaller'), 'aria-keyshortcuts': '-' }),
      button('fit', word('preview.fit'), { 'aria-keyshortcuts': '0' }),
      button('larger', '+', { 'aria-label': word('preview.larger'), 'aria-keyshortcuts': '+' })),
    button('keys', word('preview.keys'), { class: 'preview-keys', 'aria-keyshortcuts': '?' }), viewer);
  const dialog = /** @type {HTMLDialogElement} */ (make('dialog', { class: 'preview', 'aria-labelledby': title.id },
    make('header', { class: 'preview-head' }, title, facts), tools, button('close', word('dialog.close'), { class: 'preview-close', 'aria-keyshortcuts': 'Escape' }), strip, stage, make('p', { class: 'preview-slider' }, slider), said));
  return { dialog, title, facts, stage, canvas, place, windowText, wait, message, slider, presets, presetField, play, finger, viewer, strip, said };
}





export function describe({ title, facts, strip, viewer: link }, { study, series, back }, choose) {
  const one = study.series.find((/** @type {any} */ other) => other.seriesInstanceUID === series);
  title.textContent = one ? seriesName(one) : word('study.unnamedSeries');
  facts.textContent = [one?.modality, Number.isInteger(one?.number) && word('study.number', { number: one.number }), study.description, date(study.started)]
    .filter(Boolean).join(' · ');
  link.href = viewer(study.studyInstanceUID, back);
  strip.hidden = study.series.length < 2;
  const focused = strip.contains(document.activeElement);
  fill(strip, study.series.map((/** @type {any} */ other) => stripItem(other, other === one, choose)));
  const current = /** @type {HTMLElement|null} */ (strip.querySelector('[aria-current]'));
  current?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  if (focused) current?.focus();
}


function stripItem(series, isShown, choose) {
  const uid = series.seriesInstanceUID;
  return make('li', {}, make('button', { type: 'button', 'aria-current': isShown && 'true', 'data-series': uid, onclick: () => choose(uid) },
    thumbnail(series.thumbnail, series.modality ?? ''), make('span', { class: 'tile-text' }, make('span', { class: 'tile-title' }, seriesName(series)),
      make('span', { class: 'muted' }, plural('study.images', series.instances)))));
}


function seriesName(series) {
  return series.description || word('study.unnamedSeries');
}






export function sayPlace({ title, place, slider, canvas, windowText }, { index, count }, window) {
  const text = word('preview.place', { index: number(index + 1), count: number(count) });
  place.textContent = count > 1 ? `${number(index + 1)} / ${number(count)}` : '';
  slider.value = String(index + 1);
  slider.setAttribute('aria-valuetext', text);
  canvas.setAttribute('aria-label', `${title.textContent}, ${text}`);
  windowText.textContent = window ? word('preview.windowText', { centre: number(window.centre), width: number(window.width) }) : '';
  return text;
}





export function presetOptions(known, chosen) {
  const text = (/** @type {{name: string, label: string}} */ { name, label }) => (name.startsWith('file')
    ? [word('preview.ofFile'), label].filter(Boolean).join(' · ') : word(`tissue.${name}`));
  const options = known.map(preset => make('option', { value: preset.name, selected: preset.name === chosen }, text(preset)));
  return known.some(({ name }) => name === chosen) ? options
    : [...options, make('option', { value: chosen, selected: true }, word('preview.byHand'))];
}


export function keyList() {
  const rows = [['↑ ↓ ← →', word('previewKey.step')], ['Page ↑ ↓', word('previewKey.page')], [word('previewKey.homeEnd'), word('previewKey.ends')],
    ['n p', word('previewKey.series')], [word('previewKey.spaceKey'), word('previewKey.cine')], ['1 – 9', word('previewKey.preset')],
    [word('previewKey.shiftArrows'), word('previewKey.window')], ['+ − 0', word('previewKey.zoom')], [word('previewKey.controlArrows'), word('previewKey.pan')],
    ['o', word('previewKey.viewer')], ['Esc', word('previewKey.close')]];
  return make('dl', { class: 'keys' }, rows.flatMap(([key, text]) => [make('dt', {}, make('kbd', {}, key)), make('dd', {}, text)]));
}
