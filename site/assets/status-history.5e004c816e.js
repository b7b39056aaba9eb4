import { get, Refusal } from './api.06ac550977.js';
import { fill, make } from './dom.71da60e761.js';
import { instant } from './format.4b266e2688.js';
import { statusChip } from './statuses.e015b6dde7.js';
import { word } from './words.ef487a8397.js';


const shown = 5;





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


function stepRow({ at, by, from, to, note }, known) {
  const who = by ? word('statusMenu.by', { date: instant(at), name: by }) : instant(at);
  return make('li', {}, make('span', { class: 'step-chips' }, ...from === to ? [] : [statusChip(from, known), make('span', { 'aria-hidden': 'true' }, '→'),
    make('span', { class: 'visually-hidden' }, word('statusMenu.to'))], statusChip(to, known)),
  make('span', { class: 'muted' }, who), note && make('p', {}, note));
}
