import { get, Refusal } from './api.js';
import { fill, make } from './dom.js';
import { instant } from './format.js';
import { statusChip } from './statuses.js';
import { word } from './words.js';

/** So many steps stand on the page at first. */
const shown = 5;

/**
 * How a patient went through the workflow, the last step first; nothing at all when there was none.
 * @param {{section: HTMLElement, place: HTMLElement, path: string, known: {code: string, label: string}[], signal: AbortSignal}} options
 */
export async function statusHistory({ section, place, path, known, signal }) {
  try {
    const { items, next: after } = await get(`${path}?limit=${shown}`, signal);
    let next = after;
    const list = make('ol', { class: 'steps' }, items.map((/** @type {any} */ step) => stepRow(step, known)));
    const more = make('button', { type: 'button' }, word('inbox.more'));
    more.addEventListener('click', async () => {
      const answer = await get(`${path}?limit=200&after=${encodeURIComponent(next)}`, signal);
      list.append(...answer.items.map((/** @type {any} */ step) => stepRow(step, known)));
      ({ next } = answer);
      more.hidden = !next;
    });
    more.hidden = !next;
    section.hidden = items.length === 0;
    fill(place, list, more);
  } catch (error) {
    if (!(error instanceof Refusal) && !signal.aborted) throw error;
  }
}

/** @param {any} step @param {{code: string, label: string}[]} known */
function stepRow({ at, by, from, to, note }, known) {
  const who = by ? word('statusMenu.by', { date: instant(at), name: by }) : instant(at);
  return make('li', {}, make('span', { class: 'step-chips' }, ...from === to ? [] : [statusChip(from, known), make('span', { 'aria-hidden': 'true' }, '→'),
    make('span', { class: 'visually-hidden' }, word('statusMenu.to'))], statusChip(to, known)),
  make('span', { class: 'muted' }, who), note && make('p', {}, note));
}
