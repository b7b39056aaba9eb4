import { viewer } from './addresses.6e921b8427.js';
import { make } from './dom.71da60e761.js';
import { date } from './format.4b266e2688.js';
import { previewAddress } from './previewing.82732b02a0.js';
import { thumbnail } from './thumbnails.46c107c626.js';
import { plural, word } from './words.ef487a8397.js';


const firstSeen = 6;






export function studyCard(study, { open, back, actions = [] }) {
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
      make('ul', { class: 'series' }, series.map((one, place) => seriesTile(one, open && place < firstSeen ? 'eager' : 'lazy')))));
}


export function studyTitle(study) {
  return study.description || word('study.untitled');
}


function seriesTile(series, loading) {
  const { number = null, seriesInstanceUID: uid } = series;
  return make('li', {}, make('a', { class: 'tile', href: previewAddress(uid, 1), 'data-series': uid }, thumbnail(series.thumbnail, series.modality ?? '', loading),
    make('span', { class: 'tile-text' },
      make('span', { class: 'tile-title', title: series.description || null }, series.description || word('study.unnamedSeries')),
      make('span', { class: 'muted' }, [number !== null && word('study.number', { number }), series.modality,
        plural('study.images', series.instances)].filter(Boolean).join(' · ')))));
}
