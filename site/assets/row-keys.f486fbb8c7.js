import { isTaken } from './keys.8bb7c8f9fb.js';






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
