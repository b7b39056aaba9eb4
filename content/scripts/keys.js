/** The keys of the page that is open, beside those that work everywhere. */

/** @typedef {[string[], string, (() => boolean)?]} Key keys, what they do, and whether they do it now */

/** @type {Key[]} */
export const pageKeys = [];

/** Lists keys of this page in the dialog of keys. @param {...Key} keys */
export function offerKeys(...keys) {
  pageKeys.push(...keys);
}

/** Whether a key belongs to a field, a dialog or the browser. @param {KeyboardEvent} event */
export function isTaken(event) {
  const target = /** @type {HTMLElement} */ (event.target);
  return event.ctrlKey || event.metaKey || event.altKey || target.matches('input:not([type="checkbox"]), textarea, select, [contenteditable]')
    || document.querySelector('dialog[open]') !== null;
}
