import { modules } from '/assets/common.c48fc35e30.js';
modules['picker.js'] = (() => {
const { get, Refusal } = modules['api.js'];
const { fill, make, notice } = modules['dom.js'];
const { date, patientName } = modules['format.js'];
const { word } = modules['words.js'];


const typingPause = 250;
const mostFound = 8;















function picker({ id, label, button, find, describe, pick, nobody, floating = false }) {
  const input = /** @type {HTMLInputElement} */ (make('input', { id, type: 'search', autocomplete: 'off', spellcheck: 'false', maxlength: 200 }));
  const found = make('ul', { class: 'candidates', 'aria-live': 'polite' });
  const box = make('div', { class: 'picker', 'data-floating': floating },
    make('p', { class: 'field' }, make('label', { for: id }, label), input), found);

  let typing;
  let asked = '';

  const row = (/** @type {T} */ one) => {
    const { name, detail } = describe(one);
    return make('li', {}, make('div', {}, name, ' ', make('span', { class: 'muted' }, detail)),
      make('button', { type: 'button', 'aria-label': `${button}, ${name}`, onclick: () => { fill(found); pick(one); } }, button));
  };
  const look = async () => {
    clearTimeout(typing);
    const text = input.value.trim();
    if (text === asked && found.childElementCount > 0) return;
    asked = text;
    if (!text) return fill(found);
    try {
      const items = await find(text);
      if (text !== asked) return;
      fill(found, items.length === 0 ? make('li', { class: 'muted' }, nobody) : items.slice(0, mostFound).map(row));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      fill(found, make('li', {}, notice('bad', error.message)));
    }
  };
  input.addEventListener('input', event => {

    event.stopPropagation();
    clearTimeout(typing);
    typing = setTimeout(look, typingPause);
  });
  box.addEventListener('keydown', event => {
    if (event.key === 'Enter' && event.target === input) {
      event.preventDefault();
      look();
    } else if (event.key === 'Escape' && found.childElementCount > 0) {
      event.preventDefault();
      event.stopPropagation();
      asked = '';
      fill(found);
      input.focus();
    }
  });
  if (floating) {
    box.addEventListener('focusout', event => {
      if (event.relatedTarget instanceof Node && box.contains(event.relatedTarget)) return;
      asked = '';
      fill(found);
    });
  }
  return box;
}






function patientPicker({ except = [], ...options }) {
  return picker({
    ...options, nobody: word('study.nobody'),
    find: async text => {
      const { items } = await get(`/api/patients?${new URLSearchParams({ q: text, limit: String(mostFound + except.length) })}`);
      return items.filter((/** @type {any} */ patient) => !except.includes(patient.id));
    },
    describe: patient => ({ name: patientName(patient), detail: [patient.patientId, date(patient.birthDate)].filter(Boolean).join(' · ') }),
  });
}

return { picker, patientPicker };
})();
modules['merging.js'] = (() => {
const { call, Refusal } = modules['api.js'];
const { formDialog } = modules['dialogs.js'];
const { announce, fill, make } = modules['dom.js'];
const { age, date, patientName, sex } = modules['format.js'];
const { patientPicker } = modules['picker.js'];
const { statuses } = modules['statuses.js'];
const { plural, word } = modules['words.js'];






async function mergePatient(patient) {
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


function unmergePatient(patient, merged) {
  return formDialog({
    title: word('merge.undoTitle', { name: patientName(merged) }), submit: word('merge.undo'), body: [make('p', {}, word('merge.undoText'))],
    save: async () => {
      await call('DELETE', `/api/patients/${encodeURIComponent(patient.id)}/merges/${encodeURIComponent(merged.id)}`);
      announce(word('merge.undone'));
      return true;
    },
  });
}

return { mergePatient, unmergePatient };
})();
export const { mergePatient, unmergePatient } = modules['merging.js'];
