import { announce, make } from './dom.cb1cc6f6ea.js';
import { word } from './words.4bd9aa8b7e.js';

/**
 * A button that copies a text.
 * @param {string} text
 * @param {string} label what is copied, for those who cannot see it stand beside
 * @param {string} [caption] what the button says
 */
export function copyButton(text, label, caption = word('copy.copy')) {
  const button = make('button', { type: 'button', class: 'quiet copy', title: text, 'aria-label': `${word('copy.copy')} ${label}` }, caption);
  button.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      copyBySelection(text);
    }
    button.textContent = word('copy.done');
    announce(word('copy.done'));
    setTimeout(() => { button.textContent = caption; }, 2000);
  });
  return button;
}

/** A text in fixed width beside the button that copies it. @param {string} text @param {string} label */
export function copyable(text, label) {
  return make('span', { class: 'copyable' }, make('code', {}, text), copyButton(text, label));
}

/** Without https there is no clipboard to write to: the old way. @param {string} text */
function copyBySelection(text) {
  const field = /** @type {HTMLTextAreaElement} */ (make('textarea', { class: 'visually-hidden', readonly: true }));
  field.value = text;
  (document.querySelector('dialog[open]') ?? document.body).append(field);
  field.select();
  document.execCommand('copy');
  field.remove();
}
