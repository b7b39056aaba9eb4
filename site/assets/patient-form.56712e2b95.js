import { modules } from '/assets/common.c48fc35e30.js';
modules['patient-form.js'] = (() => {
const { call, Refusal } = modules['api.js'];
const { field, formDialog } = modules['dialogs.js'];
const { announce, make, notice } = modules['dom.js'];
const { date, sex } = modules['format.js'];
const { statuses } = modules['statuses.js'];
const { word } = modules['words.js'];


const kinds = /** @type {const} */ ({
  lastName: 'text', firstName: 'text', birthName: 'text', birthDate: 'date', sex: 'sex', patientId: 'text',
  condition: 'text', status: 'status', lastVisit: 'date', notes: 'long',
});
const required = new Set(['lastName', 'patientId']);




async function newPatient(given = {}) {
  const inputs = await fields({ sex: 'U', status: 'toRead', ...given });
  return formDialog({
    title: word('patientForm.newTitle'), submit: word('patientForm.create'), body: grid(inputs), wide: true,
    save: async () => {
      const values = Object.fromEntries(Object.entries(read(inputs)).filter(([, value]) => value !== '' && value !== null));
      const { data } = await call('POST', '/api/patients', { body: values });
      announce(word('patientForm.created'));
      return data;
    },
  });
}







async function editPatient(patient, etag) {
  const inputs = await fields(patient);
  let base = patient;
  let match = etag;
  return formDialog({
    title: word('patientForm.title'), submit: word('patientForm.save'), body: grid(inputs), wide: true,
    save: async (_, say) => {
      const changes = changed(base, read(inputs));
      if (Object.keys(changes).length === 0) return true;
      try {
        await call('PATCH', `/api/patients/${encodeURIComponent(patient.id)}`, { body: changes, etag: match });
      } catch (error) {
        if (!(error instanceof Refusal) || error.status !== 412) throw error;
        const now = await call('GET', `/api/patients/${encodeURIComponent(patient.id)}`);
        say(conflict(inputs, base, now.data, changes));
        base = now.data;
        match = now.etag;
        return undefined;
      }
      announce(word('patientForm.saved'));
      return true;
    },
  });
}


function conflict(inputs, /** @type {any} */ base, /** @type {any} */ now, /** @type {Record<string, unknown>} */ mine) {
  const theirs = /** @type {Key[]} */ (Object.keys(kinds)).filter(key => text(base[key]) !== text(now[key]));
  for (const key of theirs) {
    if (!(key in mine)) inputs[key].value = text(now[key]);
  }
  const lines = theirs.map(key => make('li', {}, word('patientForm.theirs', {
    field: word(`patientForm.${key}`), value: shown(key, now[key]),
  })));
  const box = notice('warn', word('patientForm.conflict'));
  box.append(make('ul', {}, lines));
  return box;
}


function shown(key, value) {
  if (kinds[key] === 'date') return date(text(value)) || '–';
  if (kinds[key] === 'sex') return sex(text(value)) || '–';
  return text(value) || '–';
}


function text(value) {
  return value === null || value === undefined ? '' : String(value);
}


async function fields(patient) {
  const known = await statuses();
  return /** @type {any} */ (Object.fromEntries(Object.entries(kinds).map(([key, kind]) => {
    const input = /** @type {any} */ (control(kind, key, known));
    input.value = text(patient[key]);
    return [key, input];
  })));
}


function control(kind, key, known) {
  const common = { id: `patient-${key}`, name: key, required: required.has(key) };
  if (kind === 'long') return make('textarea', { ...common, rows: 3, maxlength: 10000 });
  if (kind === 'date') return make('input', { ...common, type: 'date', max: '9999-12-31' });
  if (kind === 'text') return make('input', { ...common, maxlength: key === 'condition' ? 1000 : 64, autocomplete: 'off' });
  const options = kind === 'sex'
    ? ['F', 'M', 'O', 'U'].map(code => make('option', { value: code }, word(`sex.${code}`)))
    : known.map(({ code, label }) => make('option', { value: code }, label));
  return make('select', common, options);
}


function grid(inputs) {
  return [make('div', { class: 'field-grid' }, Object.entries(inputs).map(([key, input]) => {
    const line = field(word(`patientForm.${key}`), input);
    if (key === 'notes' || key === 'condition') line.classList.add('full');
    return line;
  }))];
}


function read(inputs) {
  return Object.fromEntries(Object.entries(inputs).map(([key, input]) => {
    const value = input.value.trim();
    return [key, value === '' && kinds[/** @type {Key} */ (key)] === 'date' ? null : value];
  }));
}


function changed(base, values) {
  return Object.fromEntries(Object.entries(values).filter(([key, value]) => text(base[key]) !== text(value)));
}

return { newPatient, editPatient };
})();
export const { newPatient, editPatient } = modules['patient-form.js'];
