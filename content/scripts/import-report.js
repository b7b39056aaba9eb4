import { page, viewer } from './addresses.js';
import { make, notice, scrolling } from './dom.js';
import { number } from './format.js';
import { plural, word } from './words.js';

/** Those that someone should look at come first. */
const outcomes = ['rejected', 'conflict', 'notDicom', 'skipped', 'stored', 'new', 'identical', 'known'];
const kinds = /** @type {Record<string, string>} */ ({
  rejected: 'bad', conflict: 'warn', notDicom: 'warn', skipped: 'muted', stored: 'good', new: 'good', identical: 'muted', known: 'muted',
});
/** Codes whose message says more than the words do: which byte, line, attribute. */
const placed = new Set(['entry.damaged', 'archive.unreadable', 'json.malformed', 'instance.unreadable', 'instance.malformedUID']);
/** More rows help nobody and slow the page; a button shows all. */
const shownFiles = 100;

/**
 * What became of an import: in one sentence, then patients, studies and files.
 * @param {any} report as the API gives it
 * @param {{title?: string, more?: Node[]}} [options] `more` stands under the sentence
 * @returns {Node[]}
 */
export function reportView(report, { title = '', more = [] } = {}) {
  const counts = report.counts ?? {};
  const trouble = (counts.rejected ?? 0) + (counts.conflict ?? 0);
  const heading = report.dryRun ? word('report.planned') : word('report.done');
  return [make('h2', { tabindex: '-1' }, heading, title && make('span', { class: 'muted' }, ` · ${title}`)),
    report.problem ? notice('bad', word(`fileCode.${report.problemCode}`) || report.problem)
      : notice(trouble > 0 ? 'warn' : 'good', (report.dryRun ? plural('report.wouldStore', counts.stored ?? 0) : plural('report.stored', counts.stored ?? 0))
        + (trouble > 0 ? ` ${plural('report.trouble', trouble)}` : '')),
    make('ul', { class: 'counts' }, outcomes.filter(outcome => counts[outcome] > 0).map(outcome =>
      make('li', { 'data-kind': kinds[outcome] }, make('strong', {}, number(counts[outcome])), ' ', word(`outcome.${outcome}`)))),
    ...more, ...patientsView(report), ...studiesView(report), ...filesView(report.files ?? [], report.filesOmitted ?? 0)].filter(part => part instanceof Node);
}

/** @param {any} report */
function patientsView(report) {
  const patients = report.patients ?? [];
  if (patients.length === 0) return [];
  return [make('h3', {}, word('report.patients')), make('ul', { class: 'report-list' }, patients.map((/** @type {any} */ patient) =>
    make('li', {}, patient.id ? make('a', { href: page('patient/', { id: patient.id }) }, patient.patientId) : make('span', {}, patient.patientId),
      ' ', make('span', { class: 'chip' }, word(`action.${patient.action}`)),
      (patient.warnings ?? []).map(warningView))))];
}

/** @param {any} warning */
export function warningView(warning) {
  return make('p', { class: 'muted' }, word(`patientWarning.${warning.code}`, warning.details) || make('span', { lang: 'en' }, warning.message));
}

/** @param {any} report */
function studiesView(report) {
  const studies = report.studies ?? [];
  if (studies.length === 0) return [];
  return [make('h3', {}, word('report.studies')), make('ul', { class: 'report-list' }, studies.map((/** @type {any} */ study) =>
    make('li', {}, make('span', {}, make('code', {}, study.studyInstanceUID)), ' ', make('span', { class: 'muted' }, plural('study.images', study.instances ?? 0)),
      !report.dryRun && make('span', { class: 'report-links' },
        study.patient ? make('a', { href: page('patient/', { id: study.patient }) }, word('report.seePatient'))
          : make('a', { href: page('study/', { uid: study.studyInstanceUID }) }, word('report.seeStudy')),
        make('a', { href: viewer(study.studyInstanceUID) }, word('study.open'))))))];
}

/**
 * Files with what became, or would become, of each.
 * @param {any[]} given @param {number} omitted how many more there are
 * @returns {(Node|false)[]}
 */
export function filesView(given, omitted) {
  const rank = (/** @type {any} */ file) => outcomes.indexOf(file.outcome);
  const files = [...given].sort((one, other) => rank(one) - rank(other));
  if (files.length === 0) return [];
  const body = make('tbody', {}, files.slice(0, shownFiles).map(fileRow));
  const all = make('button', { type: 'button' }, plural('report.all', files.length));
  all.addEventListener('click', () => {
    body.append(...files.slice(shownFiles).map(fileRow));
    all.remove();
  });
  return [make('h3', {}, word('report.files')),
    scrolling(make('table', { class: 'report-files' }, make('caption', { class: 'visually-hidden' }, word('report.files')),
      make('thead', {}, make('tr', {}, make('th', { scope: 'col' }, word('report.path')), make('th', { scope: 'col' }, word('report.outcome')))),
      body)),
    files.length > shownFiles && all,
    omitted > 0 && make('p', { class: 'muted' }, plural('report.omitted', omitted))];
}

/** @param {any} file */
function fileRow(file) {
  const sentence = file.code ? word(`fileCode.${file.code}`) : '';
  // Where in the file the fault is, the portal says in English alone.
  const detail = sentence && !placed.has(file.code) ? '' : file.message;
  return make('tr', {}, make('th', { scope: 'row', class: 'path' }, file.path),
    make('td', {}, make('span', { class: 'chip', 'data-kind': kinds[file.outcome] }, word(`outcome.${file.outcome}`)),
      sentence && make('p', {}, sentence), detail && make('p', { class: 'muted', lang: 'en' }, detail)));
}
