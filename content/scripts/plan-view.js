import { page } from './addresses.js';
import { make, notice, scrolling } from './dom.js';
import { date, dicomName, number, patientName, sex } from './format.js';
import { filesView, warningView } from './import-report.js';
import { plural, word } from './words.js';

/** @typedef {import('./header-reading.js').ReadFile} ReadFile */

/** More rows help nobody and slow the page; a button shows all. */
const shownRows = 50;
const kinds = /** @type {Record<string, string>} */ ({ created: 'good', updated: 'warn', rejected: 'bad' });
const dates = new Set(['birthDate', 'dob', 'lastVisit']);

/**
 * What an import would do, in one sentence, then patients with what changes, studies, and the files that someone should look at.
 * @param {any} plan as `askPlan` gives it
 * @param {ReadFile[]} files
 * @param {{code: string, label: string}[]} statuses
 * @returns {Node[]}
 */
export function planView(plan, files, statuses) {
  const facts = factsOf(files);
  const sum = summary(plan, files);
  const kind = sum.rejected > 0 ? 'warn' : sum.fresh > 0 ? 'good' : 'info';
  const sentence = sum.images === 0 ? word('plan.noImage') : sum.fresh > 0 ? plural('plan.fresh', sum.fresh) : word('plan.nothingNew');
  return [make('h2', { id: 'preview-heading', tabindex: '-1' }, word('report.planned')),
    notice(kind, sentence + (sum.rejected > 0 ? ` ${plural('report.trouble', sum.rejected)}` : '')),
    make('ul', { class: 'counts' }, /** @type {[string, number, string][]} */ ([
      ['created', sum.created, 'good'], ['known', sum.knownPatients, 'muted'], ['fresh', sum.fresh, 'good'], ['here', sum.here, 'muted'],
      ['rejected', sum.rejected, 'bad'], ['notDicom', sum.notDicom, 'warn']])
      .filter(([, count]) => count > 0)
      .map(([name, count, shade]) => make('li', { 'data-kind': shade, 'data-count': name }, make('strong', {}, number(count)), ' ', plural(`planCount.${name}`, count)))),
    ...patientsPart(plan.patients, facts, statuses), ...studiesPart(plan.studies, facts), ...filesView(plan.files.filter(isTold), 0)]
    .filter(part => part instanceof Node);
}

/** What is new or here already needs no line of its own. @param {{outcome: string, code?: string}} file */
function isTold({ outcome, code }) {
  return (outcome !== 'new' && outcome !== 'known') || Boolean(code && code.includes('warning'));
}

/** @param {any} plan @param {ReadFile[]} files */
function summary(plan, files) {
  const count = (/** @type {string} */ outcome) => plan.files.filter((/** @type {any} */ file) => file.outcome === outcome).length;
  const fresh = plan.studies.reduce((/** @type {number} */ sum, /** @type {any} */ study) => sum + study.new, 0);
  const images = files.filter(({ kind }) => kind === 'image').length;
  const created = plan.patients.filter((/** @type {any} */ one) => one.action === 'created').length;
  const planned = plan.studies.reduce((/** @type {number} */ sum, /** @type {any} */ study) => sum + study.instances, 0);
  return {
    images, fresh, created, here: Math.max(0, planned - fresh), rejected: count('rejected') + count('conflict'), notDicom: count('notDicom'),
    knownPatients: plan.patients.filter((/** @type {any} */ one) => one.action !== 'created' && one.action !== 'rejected').length,
  };
}

/** Who and what the identifiers are, as the files say. @param {ReadFile[]} files */
function factsOf(files) {
  /** @type {Map<string, string>} */
  const names = new Map();
  /** @type {Map<string, {date: string, description: string, modalities: Set<string>, patientId: string}>} */
  const studies = new Map();
  for (const { header } of files) {
    if (!header) continue;
    if (!names.has(header.patientId)) names.set(header.patientId, dicomName(header.patientName));
    const study = studies.get(header.studyInstanceUID) ?? { date: header.studyDate, description: header.studyDescription, modalities: new Set(), patientId: header.patientId };
    if (header.modality) study.modalities.add(header.modality);
    studies.set(header.studyInstanceUID, study);
  }
  for (const { json } of files) {
    for (const one of Array.isArray(json) ? json : [json]) {
      const id = one?.id ?? one?.external_id ?? one?.externalId;
      if (typeof id !== 'string' && typeof id !== 'number') continue;
      const lastName = one.lastName ?? one.last_name;
      const firstName = one.firstName ?? one.first_name;
      if (typeof lastName === 'string') names.set(String(id).trim(), patientName({ lastName, firstName: typeof firstName === 'string' ? firstName : '' }));
    }
  }
  return { names, studies };
}

/** @param {any[]} patients @param {ReturnType<typeof factsOf>} facts @param {{code: string, label: string}[]} statuses */
function patientsPart(patients, { names }, statuses) {
  if (patients.length === 0) return [];
  const row = (/** @type {any} */ patient) => {
    const name = names.get(patient.patientId) || patient.patientId;
    return make('li', { 'data-patient': patient.patientId },
      make('strong', {}, patient.id ? make('a', { href: page('patient/', { id: patient.id }) }, name) : name),
      name !== patient.patientId && make('span', { class: 'muted' }, patient.patientId),
      make('span', { class: 'chip', 'data-kind': kinds[patient.action] ?? null }, word(`planAction.${patient.action}`)),
      patient.changes?.length > 0 && changesTable(patient.changes, name, statuses), (patient.warnings ?? []).map(warningView));
  };
  return [make('h3', {}, word('report.patients')), ...rows(patients, row, items => make('ul', { class: 'report-list', 'data-plan-patients': true }, items))];
}

/** @param {any[]} changes @param {string} name @param {{code: string, label: string}[]} statuses */
function changesTable(changes, name, statuses) {
  const shown = (/** @type {string} */ field, /** @type {any} */ value) => {
    if (value === null || value === undefined || value === '') return '–';
    if (dates.has(field)) return date(String(value));
    if (field === 'sex') return sex(value) || String(value);
    if (field === 'status') return statuses.find(({ code }) => code === value)?.label ?? String(value);
    return typeof value === 'object' ? JSON.stringify(value) : String(value);
  };
  return make('table', { class: 'compare changes' }, make('caption', { class: 'visually-hidden' }, word('plan.changesOf', { name })),
    make('thead', {}, make('tr', {}, make('th', { scope: 'col' }, word('plan.field')), make('th', { scope: 'col' }, word('plan.from')), make('th', { scope: 'col' }, word('plan.to')))),
    make('tbody', {}, changes.map(({ field, from, to }) => make('tr', {}, make('th', { scope: 'row' }, word(`patientForm.${field}`) || field),
      make('td', {}, shown(field, from)), make('td', {}, shown(field, to))))));
}

/** @param {any[]} studies @param {ReturnType<typeof factsOf>} facts */
function studiesPart(studies, facts) {
  if (studies.length === 0) return [];
  const columns = ['what', 'whose', 'images', 'new'];
  const row = (/** @type {any} */ study) => {
    const fact = facts.studies.get(study.studyInstanceUID);
    const whose = study.patient ?? fact?.patientId ?? '';
    return make('tr', { 'data-study': study.studyInstanceUID },
      make('th', { scope: 'row', title: study.studyInstanceUID }, [date(fact?.date), fact?.description || word('study.untitled')].filter(Boolean).join(' · '),
        make('span', { class: 'id' }, [...fact?.modalities ?? []].map(code => make('span', { class: 'modality' }, code)),
          study.known && make('span', { class: 'muted' }, word('plan.studyKnown')))),
      make('td', {}, facts.names.get(whose) || whose || '–', !study.patient && make('span', { class: 'muted id' }, word('plan.unattached'))),
      make('td', {}, number(study.instances)), make('td', {}, number(study.new)));
  };
  return [make('h3', {}, word('report.studies')), ...rows(studies, row, items => scrolling(make('table', { class: 'plan-studies' },
    make('caption', { class: 'visually-hidden' }, word('report.studies')),
    make('thead', {}, make('tr', {}, columns.map(column => make('th', { scope: 'col' }, word(`planStudy.${column}`))))),
    make('tbody', {}, items))))];
}

/**
 * The first rows, and a button for all.
 * @param {any[]} all @param {(one: any) => HTMLElement} row @param {(items: HTMLElement[]) => HTMLElement} frame
 */
function rows(all, row, frame) {
  const items = all.slice(0, shownRows).map(row);
  const framed = frame(items);
  if (all.length <= shownRows) return [framed];
  const button = make('button', { type: 'button' }, word('plan.all', { count: number(all.length) }));
  button.addEventListener('click', () => {
    items[0].parentElement?.append(...all.slice(shownRows).map(row));
    button.remove();
  });
  return [framed, button];
}
