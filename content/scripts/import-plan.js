import { call } from './api.js';

/** @typedef {import('./header-reading.js').ReadFile} ReadFile */

/** A request holds this many characters at most, which do not keep the page for long; what is more is planned in further requests. */
const mostCharacters = 1536 * 1024;

/** What the browser itself finds about a file that is no image and no record. */
const findings = /** @type {Record<string, {outcome: string, code: string}>} */ ({
  other: { outcome: 'notDicom', code: 'file.notDicom' },
  damaged: { outcome: 'rejected', code: 'instance.unreadable' },
  directory: { outcome: 'skipped', code: 'entry.dicomdir' },
});

/** Whether a file is worth sending: all but what surely is no DICOM, and a medium's table of contents. @param {ReadFile} one */
export function isSent({ kind }) {
  return kind !== 'other' && kind !== 'directory';
}

/**
 * What an import of these files would do; it stores nothing.
 * @param {ReadFile[]} files
 * @param {{onExisting: string, signal: AbortSignal}} options
 * @returns {Promise<any>} as `POST /api/imports/plan` answers, with what the browser found itself
 */
export async function askPlan(files, { onExisting, signal }) {
  const records = files.filter(({ json }) => json !== undefined).map(({ path, json }) => ({ path, json }));
  const images = files.filter(({ kind }) => kind === 'image');
  const plans = [];
  for (const batch of batches(images)) {
    const { data } = await call('POST', '/api/imports/plan', { signal, body: { sidecars: records, files: batch, onExisting } });
    plans.push(data);
  }
  return joined(plans, files);
}

/** @param {ReadFile[]} images @returns {object[][]} at least one, be it empty */
function batches(images) {
  /** @type {object[][]} */
  const found = [[]];
  let characters = 0;
  for (const { path, size, header } of images) {
    if (!header) continue;
    const { sopInstanceUID, studyInstanceUID, seriesInstanceUID, patientId, issuer, patientName, birthDate } = header;
    const one = { path, size, sopInstanceUID, studyInstanceUID, seriesInstanceUID, patientId, issuer, patientName, birthDate };
    characters += path.length + 200 + sopInstanceUID.length + studyInstanceUID.length + seriesInstanceUID.length + patientName.length;
    if (characters > mostCharacters) {
      found.push([]);
      characters = 0;
    }
    /** @type {object[]} */ (found.at(-1)).push(one);
  }
  return found;
}

/** @param {any[]} plans @param {ReadFile[]} files */
function joined(plans, files) {
  /** @type {Map<string, any>} */
  const patients = new Map();
  /** @type {Map<string, any>} */
  const studies = new Map();
  const said = [];
  for (const plan of plans) {
    for (const patient of plan.patients ?? []) if (!patients.has(patient.patientId)) patients.set(patient.patientId, patient);
    for (const study of plan.studies ?? []) {
      const other = studies.get(study.studyInstanceUID);
      studies.set(study.studyInstanceUID, other ? { ...other, instances: other.instances + study.instances, new: other.new + study.new } : study);
    }
    said.push(...plan.files ?? []);
  }
  for (const { path, kind, code } of files) {
    const finding = code ? { outcome: 'rejected', code } : findings[kind];
    if (finding) said.push({ path, ...finding });
  }
  return { patients: [...patients.values()], studies: [...studies.values()], files: said };
}
