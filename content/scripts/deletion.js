import { call, get, Refusal } from './api.js';
import { confirmByName } from './dialogs.js';
import { announce, fill, make, notice } from './dom.js';
import { date, size } from './format.js';
import { plural, word } from './words.js';

const millisecondsPerDay = 86_400_000;

/**
 * Deletes a patient, once the name is typed.
 * @param {{id: string}} patient @param {string} name
 * @returns {Promise<boolean>} whether it was done
 */
export function deletePatient({ id }, name) {
  return ask(`/api/patients/${encodeURIComponent(id)}`, {
    title: word('deletion.patientTitle', { name }), text: word('deletion.patientText'), submit: word('deletion.patient'), name,
  });
}

/**
 * Deletes a study, once the name of its patient is typed.
 * @param {string} uid @param {string} name
 * @returns {Promise<boolean>} whether it was done
 */
export function deleteStudy(uid, name) {
  return ask(`/api/studies/${encodeURIComponent(uid)}`, {
    title: word('deletion.studyTitle'), text: word('deletion.studyText'), submit: word('deletion.study'), name,
  });
}

/** @param {string} path @param {{title: string, text: string, submit: string, name: string}} options */
async function ask(path, options) {
  const what = await get(`${path}/deletion`);
  const done = await confirmByName({ ...options, more: [lines(what)], act: () => call('DELETE', path) });
  if (done) announce(word('deletion.done'));
  return Boolean(done);
}

/** What goes, and until when it can come back. @param {any} what */
function lines(what) {
  const until = new Date(Date.now() + what.days * millisecondsPerDay).toISOString();
  const images = [plural('study.series', what.series), plural('study.images', what.instances), size(what.bytes)].join(' · ');
  return make('ul', { class: 'bullets' },
    make('li', {}, make('strong', {}, plural('patients.studies', what.studies)), ` · ${images}`),
    what.groups > 0 && make('li', {}, plural('deletion.groups', what.groups)),
    what.accounts > 0 && make('li', {}, plural('deletion.accounts', what.accounts)),
    make('li', {}, plural('deletion.until', what.days, { date: date(until) })));
}

/**
 * What was deleted and can be restored: the entry of a patient or of a study.
 * @param {{patient?: string, study?: string}} which
 * @returns {Promise<any>} null when there is none, or none for this reader
 */
export async function findDeletion({ patient, study }) {
  const { items } = await get('/api/deletions?limit=200');
  return items.find((/** @type {any} */ one) => (study ? one.studyInstanceUID === study : one.kind === 'patient' && one.patient?.id === patient)) ?? null;
}

/** @param {{id: string}} deletion */
export function restore(deletion) {
  return call('POST', `/api/deletions/${encodeURIComponent(deletion.id)}/restore`, { body: {} });
}

/**
 * A box that says what was deleted and takes it back.
 * @param {any} deletion @param {() => void} restored
 */
export function undoNotice(deletion, restored) {
  const messages = make('div');
  const undo = make('button', { type: 'button', 'data-action': 'restore' }, word('deletion.undo'));
  const until = { date: date(deletion.restorableUntil) };
  const box = notice('info', deletion.kind === 'study' ? word('deletion.studyGone', until) : word('deletion.patientGone', until), undo);
  undo.addEventListener('click', async () => {
    undo.toggleAttribute('disabled', true);
    try {
      await restore(deletion);
      announce(word('deletion.restored'));
      restored();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      fill(messages, notice('bad', error.message));
      undo.toggleAttribute('disabled', false);
    }
  });
  box.append(messages);
  return box;
}
