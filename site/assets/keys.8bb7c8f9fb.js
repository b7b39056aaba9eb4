




export const pageKeys = [];


export function offerKeys(...keys) {
  pageKeys.push(...keys);
}


export function isTaken(event) {
  const target = /** @type {HTMLElement} */ (event.target);
  return event.ctrlKey || event.metaKey || event.altKey || target.matches('input:not([type="checkbox"]), textarea, select, [contenteditable]')
    || document.querySelector('dialog[open]') !== null;
}
