import { isTaken } from './keys.js';

/**
 * Goes from row to row of a list by keys: j and k from anywhere, arrows from a row, the first one from the search, too.
 * @param {HTMLElement} list whose rows have a `.row-link`
 * @param {AbortSignal} signal
 */
export function walkRows(list, signal) {
  document.addEventListener('keydown', event => {
    const target = /** @type {HTMLElement} */ (event.target);
    const inSearch = target.id === 'search';
    if (inSearch ? event.key !== 'ArrowDown' : isTaken(event)) return;
    const links = /** @type {HTMLElement[]} */ ([...list.querySelectorAll('.row-link')].filter(link => link.checkVisibility()));
    const place = links.indexOf(target);
    if (event.key.startsWith('Arrow') && place < 0 && !inSearch) return;
    const step = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 }[event.key];
    if (!step || links.length === 0) return;
    event.preventDefault();
    const next = links[place < 0 ? 0 : Math.min(links.length - 1, Math.max(0, place + step))];
    next.focus();
    next.scrollIntoView({ block: 'nearest' });
  }, { signal });
}
