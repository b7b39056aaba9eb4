import { get, Refusal } from './api.06ac550977.js';
import { fill, make, notice } from './dom.71da60e761.js';
import { date, patientName } from './format.4b266e2688.js';
import { word } from './words.ef487a8397.js';


const typingPause = 250;
const mostFound = 8;















export function picker({ id, label, button, find, describe, pick, nobody, floating = false }) {
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






export function patientPicker({ except = [], ...options }) {
  return picker({
    ...options, nobody: word('study.nobody'),
    find: async text => {
      const { items } = await get(`/api/patients?${new URLSearchParams({ q: text, limit: String(mostFound + except.length) })}`);
      return items.filter((/** @type {any} */ patient) => !except.includes(patient.id));
    },
    describe: patient => ({ name: patientName(patient), detail: [patient.patientId, date(patient.birthDate)].filter(Boolean).join(' · ') }),
  });
}
