import { call, Refusal } from './api.06ac550977.js';
import { formDialog } from './dialogs.ef6d9ad20f.js';
import { announce, fill, make } from './dom.71da60e761.js';
import { age, date, patientName, sex } from './format.4b266e2688.js';
import { patientPicker } from './picker.0c495e3f60.js';
import { statuses } from './statuses.e015b6dde7.js';
import { plural, word } from './words.ef487a8397.js';






export async function mergePatient(patient) {
  const known = await statuses();
  const stage = make('div', { class: 'stack' });

  let pair = null;

  const choose = () => {
    pair = null;
    fill(stage, patientPicker({
      id: 'merge-search', label: word('merge.find'), button: word('merge.compare'), except: [patient.id],
      pick: other => compare({ keep: patient, from: other }),
    }));
    stage.querySelector('input')?.focus();
  };
  const compare = (/** @type {{keep: any, from: any}} */ both) => {
    pair = both;
    const swap = make('button', { type: 'button', onclick: () => compare({ keep: both.from, from: both.keep }) }, word('merge.swap'));
    const back = make('button', { type: 'button', class: 'quiet', onclick: choose }, word('merge.other'));
    fill(stage, sideBySide(both, known), make('p', { class: 'buttons' }, swap, back),
      make('p', {}, word('merge.effect', { keep: apart(both.keep), from: apart(both.from) })),
      make('p', { class: 'muted' }, word('merge.undoable')));
    swap.focus();
  };
  choose();

  return formDialog({
    title: word('merge.title', { name: patientName(patient) }), submit: word('merge.submit'), body: [stage], wide: true,
    save: async () => {
      if (!pair) throw new Refusal(word('merge.chooseFirst'));
      await call('POST', `/api/patients/${encodeURIComponent(pair.keep.id)}/merge`, { body: { from: pair.from.id } });
      announce(word('merge.done'));
      return pair.keep.id;
    },
  });
}


function apart(patient) {
  return `\u2068${patientName(patient)}\u2069`;
}


function sideBySide({ keep, from }, known) {
  const born = (/** @type {any} */ one) => (one.birthDate ? `${date(one.birthDate)} (${age(one.birthDate)})` : '');
  const rows = /** @type {[string, (one: any) => string][]} */ ([
    [word('patientForm.lastName'), one => one.lastName], [word('patientForm.firstName'), one => one.firstName],
    [word('patientForm.birthName'), one => one.birthName], [word('patientForm.birthDate'), born],
    [word('patientForm.sex'), one => sex(one.sex)], [word('patientForm.patientId'), one => one.patientId],
    [word('patientForm.condition'), one => one.condition],
    [word('patientForm.status'), one => known.find(status => status.code === one.status)?.label ?? one.status],
    [word('patients.lastStudy'), one => date(one.lastStudy)],
    [word('patient.studies'), one => (one.studies > 0 ? plural('patients.studies', one.studies) : word('patients.noStudy'))],
  ]);
  const shown = rows.map(([label, value]) => [label, value(keep) || '', value(from) || '']).filter(([, one, other]) => one || other);
  return make('table', { class: 'compare' }, make('caption', { class: 'visually-hidden' }, word('merge.both')),
    make('thead', {}, make('tr', {}, make('td'), make('th', { scope: 'col' }, word('merge.keep')), make('th', { scope: 'col' }, word('merge.from')))),
    make('tbody', {}, shown.map(([label, one, other]) => make('tr', { 'data-differs': one !== other }, make('th', { scope: 'row' }, label,
      one !== other && make('span', { class: 'visually-hidden' }, word('merge.differs'))), make('td', {}, one || '–'), make('td', {}, other || '–')))));
}


export function unmergePatient(patient, merged) {
  return formDialog({
    title: word('merge.undoTitle', { name: patientName(merged) }), submit: word('merge.undo'), body: [make('p', {}, word('merge.undoText'))],
    save: async () => {
      await call('DELETE', `/api/patients/${encodeURIComponent(patient.id)}/merges/${encodeURIComponent(merged.id)}`);
      announce(word('merge.undone'));
      return true;
    },
  });
}
