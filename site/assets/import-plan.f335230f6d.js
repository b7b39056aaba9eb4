import { call } from './api.06ac550977.js';




const mostCharacters = 1536 * 1024;


const findings = /** @type {Record<string, {outcome: string, code: string}>} */ ({
  other: { outcome: 'notDicom', code: 'file.notDicom' },
  damaged: { outcome: 'rejected', code: 'instance.unreadable' },
  directory: { outcome: 'skipped', code: 'entry.dicomdir' },
});


export function isSent({ kind }) {
  return kind !== 'other' && kind !== 'directory';
}







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


function batches(images) {

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


function joined(plans, files) {

  const patients = new Map();

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
