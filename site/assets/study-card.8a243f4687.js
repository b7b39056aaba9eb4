<<<<<<<< HEAD:site/assets/study-card.d5d7857afe.js
import { viewer } from './addresses.f20333e5ad.js';
import { make } from './dom.cb1cc6f6ea.js';
import { date } from './format.f26fd9ffc1.js';
import { previewAddress } from './previewing.30340a14f6.js';
import { thumbnail } from './thumbnails.86d3c25315.js';
import { plural, word } from './words.4bd9aa8b7e.js';

/**
 * One study of a timeline: what and when, its series as pictures, and the way to the viewer.
 * @param {any} study
 * @param {{open: boolean, back: string, actions?: (Node|false|null)[]}} options `back` is where the viewer leads back to
 */
export function studyCard(study, { open, back, actions = [] }) {
========
import { viewer } from './addresses.24129ea565.js';
import { copyButton } from './copying.0dd95b73de.js';
import { make } from './dom.4e0d1950f1.js';
import { date } from './format.4b266e2688.js';
import { thumbnail } from './thumbnails.f3f4831938.js';
import { plural, word } from './words.ef487a8397.js';






export function studyCard(study, { open, actions = [] }) {
  const uid = study.studyInstanceUID;
>>>>>>>> dashboard:site/assets/study-card.8a243f4687.js
  const { series } = study;
  const counts = `${plural('study.series', series.length)} · ${plural('study.images', study.instances)}`;
  const title = studyTitle(study);
  return make('article', { class: 'study card', 'aria-label': `${title}, ${date(study.started)}`, 'data-study': study.studyInstanceUID },
    make('header', { class: 'study-head' },
      make('div', {}, make('h3', {}, make('span', { class: 'study-date' }, date(study.started) || word('study.undated')), ' ', title),
        make('p', { class: 'muted' }, study.modalities.map((/** @type {string} */ code) => make('span', { class: 'modality' }, code)), ' ', counts,
          study.arriving && make('span', { class: 'chip', 'data-kind': 'arriving' }, word('study.arriving')))),
      make('p', { class: 'buttons' }, make('a', { class: 'button primary', href: viewer(study.studyInstanceUID, back) }, word('study.open')), ...actions)),
    make('details', { open }, make('summary', {}, word('study.seriesList')),
      make('ul', { class: 'series' }, series.map(seriesTile))));
}

<<<<<<<< HEAD:site/assets/study-card.d5d7857afe.js
/** @param {any} study */
export function studyTitle(study) {
  return study.description || word('study.untitled');
}

/** A series opens in the preview; elsewhere than in this tab, too. @param {any} series */
========

>>>>>>>> dashboard:site/assets/study-card.8a243f4687.js
function seriesTile(series) {
  const { number = null, seriesInstanceUID: uid } = series;
  return make('li', {}, make('a', { class: 'tile', href: previewAddress(uid, 1), 'data-series': uid }, thumbnail(series.thumbnail, series.modality ?? ''),
    make('span', { class: 'tile-text' },
      make('span', { class: 'tile-title', title: series.description || null }, series.description || word('study.unnamedSeries')),
      make('span', { class: 'muted' }, [number !== null && word('study.number', { number }), series.modality,
        plural('study.images', series.instances)].filter(Boolean).join(' · ')))));
}
