import { Refusal } from './api.06ac550977.js';
import { fill, make, notice } from './dom.71da60e761.js';
import { word } from './words.ef487a8397.js';


















export function formDialog({ title, body, submit, danger = false, wide = false, shows = false, save }) {
  const heading = make('h2', { id: `dialog-${++formDialog.count}` }, title);
  const messages = make('div', { 'data-notice': true });
  const act = make('button', { type: 'submit', class: danger ? 'danger' : 'primary' }, submit);
  const cancel = make('button', { type: 'button' }, word('dialog.cancel'));
  const form = /** @type {HTMLFormElement} */ (make('form', { novalidate: true, class: 'stack' }, heading, messages, ...body,
    make('p', { class: 'buttons dialog-buttons' }, act, !shows && cancel)));
  const dialog = /** @type {HTMLDialogElement} */ (make('dialog', { 'aria-labelledby': heading.id, 'data-wide': wide }, form));
  const before = document.activeElement;
  let changed = false;
  let result = null;

  const say = (/** @type {Node[]} */ ...content) => {
    fill(messages, ...content);
    messages.scrollIntoView({ block: 'nearest' });
  };
  const close = () => {
    if (!changed) return dialog.close();
    const leave = make('button', { type: 'button', class: 'danger' }, word('dialog.discard'));
    leave.addEventListener('click', () => dialog.close());
    say(notice('warn', word('dialog.unsaved'), leave));
    leave.focus();
  };
  form.addEventListener('input', event => {
    changed = !shows;
    unmark(/** @type {HTMLElement} */ (event.target));
  });
  cancel.addEventListener('click', close);
  dialog.addEventListener('cancel', event => {
    event.preventDefault();
    close();
  });
  form.addEventListener('submit', async event => {
    event.preventDefault();
    if (act.hasAttribute('disabled') || !reportFields(form)) return;
    act.toggleAttribute('disabled', true);
    fill(messages);
    try {
      const value = await save(form, say);
      if (value === undefined) return;
      result = value;
      dialog.close();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      if (!markField(form, error.field, error.message)) say(notice('bad', error.message));
    } finally {
      act.toggleAttribute('disabled', false);
    }
  });
  document.body.append(dialog);
  dialog.showModal();
  return new Promise(resolve => dialog.addEventListener('close', () => {
    dialog.remove();

    if (before instanceof HTMLElement && before.isConnected && document.activeElement === document.body) before.focus();
    resolve(result);
  }, { once: true }));
}
formDialog.count = 0;





export function confirmByName({ title, text, more = [], name, submit, act }) {
  const input = /** @type {HTMLInputElement} */ (make('input', { id: 'confirm-name', autocomplete: 'off', required: true, spellcheck: 'false' }));
  return formDialog({
    title, submit, danger: true,
    body: [make('p', {}, text), ...more, field(word('dialog.typeName', { name }), input)],
    save: async () => {
      if (plain(input.value) !== plain(name)) throw new Refusal(word('dialog.otherName'), { field: 'confirm-name' });
      await act();
      return true;
    },
  });
}


function plain(text) {
  return text.trim().replace(/\s+/g, ' ').normalize('NFC').toLocaleLowerCase();
}







export function field(label, input, hint) {
  if (hint) input.setAttribute('aria-describedby', `${input.id}-hint`);
  return make('p', { class: 'field' }, make('label', { for: input.id }, label), input,
    hint && make('small', { id: `${input.id}-hint` }, hint));
}


export function reportFields(form) {
  for (const element of form.querySelectorAll('[aria-invalid]')) unmark(/** @type {HTMLElement} */ (element));
  const wrong = [...form.elements].filter(element => element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement
    || element instanceof HTMLSelectElement).filter(element => element.willValidate && !element.validity.valid);
  for (const element of wrong) mark(element, complaint(element));
  wrong[0]?.focus();
  return wrong.length === 0;
}






export function markField(form, name, message) {
  const element = name ? form.elements.namedItem(name) ?? form.querySelector(`#${CSS.escape(name)}`) : null;
  if (!(element instanceof HTMLElement)) return false;
  mark(element, message);
  element.focus();
  return true;
}


function mark(element, message) {
  unmark(element);
  element.setAttribute('aria-invalid', 'true');
  const id = `${element.id}-error`;
  element.setAttribute('aria-errormessage', id);
  element.closest('.field')?.append(make('small', { class: 'field-error', id }, message));
}


function unmark(element) {
  if (!element.hasAttribute('aria-invalid')) return;
  element.closest('.field')?.querySelector('.field-error')?.remove();
  element.removeAttribute('aria-invalid');
  element.removeAttribute('aria-errormessage');
}


function complaint(element) {
  const label = (element.labels?.[0]?.textContent ?? '').trim();
  if (element.validity.valueMissing) return word('dialog.missing', { label });
  if (element.validity.tooShort) return word('dialog.tooShort', { count: String(/** @type {HTMLInputElement} */ (element).minLength) });
  if (element.validity.typeMismatch) return word('dialog.notEmail');
  return word('dialog.notRight', { label });
}
