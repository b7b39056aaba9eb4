import { call, get, Refusal } from './api.06ac550977.js';
import { confirmByName } from './dialogs.ef6d9ad20f.js';
import { announce, fill, make, notice } from './dom.71da60e761.js';
import { date, size } from './format.4b266e2688.js';
import { plural, word } from './words.ef487a8397.js';

const millisecondsPerDay = 86_400_000;






export function deletePatient({ id }, name) {
  return ask(`/api/patients/${encodeURIComponent(id)}`, {
    title: word('deletion.patientTitle', { name }), text: word('deletion.patientText'), submit: word('deletion.patient'), name,
  });
}






export function deleteStudy(uid, name) {
  return ask(`/api/studies/${encodeURIComponent(uid)}`, {
    title: word('deletion.studyTitle'), text: word('deletion.studyText'), submit: word('deletion.study'), name,
  });
}


async function ask(path, options) {
  const what = await get(`${path}/deletion`);
  const done = await confirmByName({ ...options, more: [lines(what)], act: () => call('DELETE', path) });
  if (done) announce(word('deletion.done'));
  return Boolean(done);
}


function lines(what) {
  const until = new Date(Date.now() + what.days * millisecondsPerDay).toISOString();
  const images = [plural('study.series', what.series), plural('study.images', what.instances), size(what.bytes)].join(' · ');
  return make('ul', { class: 'bullets' },
    make('li', {}, make('strong', {}, plural('patients.studies', what.studies)), ` · ${images}`),
    what.groups > 0 && make('li', {}, plural('deletion.groups', what.groups)),
    what.accounts > 0 && make('li', {}, plural('deletion.accounts', what.accounts)),
    make('li', {}, plural('deletion.until', what.days, { date: date(until) })));
}






export async function findDeletion({ patient, study }) {
  const { items } = await get('/api/deletions?limit=200');
  return items.find((/** @type {any} */ one) => (study ? one.studyInstanceUID === study : one.kind === 'patient' && one.patient?.id === patient)) ?? null;
}


export function restore(deletion) {
  return call('POST', `/api/deletions/${encodeURIComponent(deletion.id)}/restore`, { body: {} });
}





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
