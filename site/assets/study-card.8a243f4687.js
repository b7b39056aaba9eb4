import { viewer } from './addresses.24129ea565.js';
import { copyButton } from './copying.0dd95b73de.js';
import { make } from './dom.4e0d1950f1.js';
import { date } from './format.4b266e2688.js';
import { thumbnail } from './thumbnails.f3f4831938.js';
import { plural, word } from './words.ef487a8397.js';






export function studyCard(study, { open, actions = [] }) {
  const uid = study.studyInstanceUID;
  const { series } = study;
  const counts = `${plural('study.series', series.length)} · ${plural('study.images', study.instances)}`;
  const title = study.description || word('study.untitled');
  return make('article', { class: 'study card', 'aria-label': `${title}, ${date(study.started)}` },
    make('header', { class: 'study-head' },
      make('div', {}, make('h3', {}, make('span', { class: 'study-date' }, date(study.started) || word('study.undated')), ' ', title),
        make('p', { class: 'muted' }, study.modalities.map((/** @type {string} */ code) => make('span', { class: 'modality' }, code)), ' ', counts)),
      make('p', { class: 'buttons' }, make('a', { class: 'button primary', href: viewer(uid) }, word('study.open')),
        ...actions, copyButton(uid, word('study.uid'), word('copy.uid')))),
    make('details', { open }, make('summary', {}, word('study.seriesList')),
      make('ul', { class: 'series' }, series.map(seriesTile))));
}


function seriesTile(series) {
  const number = series.number ?? null;
  return make('li', { class: 'tile' }, thumbnail(series.thumbnail, series.modality ?? ''),
    make('span', { class: 'tile-text' },
      make('span', { class: 'tile-title', title: series.description || null }, series.description || word('study.unnamedSeries')),
      make('span', { class: 'muted' }, [number !== null && word('study.number', { number }), series.modality,
        plural('study.images', series.instances)].filter(Boolean).join(' · '))));
}
