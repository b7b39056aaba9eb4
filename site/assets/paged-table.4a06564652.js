import { get, Refusal } from './api.06ac550977.js';
import { head, labelled } from './admin-table.8ff24418e7.js';
import { fill, make, notice, scrolling, skeletons } from './dom.71da60e761.js';
import { word } from './words.ef487a8397.js';

const pageLength = 50;













export async function pagedTable({ place, path, caption, columns, row, empty, signal }) {
  const body = /** @type {HTMLTableSectionElement} */ (make('tbody'));
  const table = make('table', {}, ...head(caption, columns), body);
  const messages = make('div');
  const more = make('button', { type: 'button', hidden: true }, word('admin.more'));
  let after = '';

  const load = async () => {
    const search = new URLSearchParams({ limit: String(pageLength) });
    if (after) search.set('after', after);
    const answer = await get(`${path}${path.includes('?') ? '&' : '?'}${search}`, signal);
    const rows = answer.items.map(row);
    body.append(...rows);
    labelled(table);
    after = answer.next ?? '';
    more.hidden = !after;
    return rows;
  };
  more.addEventListener('click', async () => {
    more.toggleAttribute('disabled', true);
    fill(messages);
    try {
      const [first] = await load();
      first?.setAttribute('tabindex', '-1');
      first?.focus({ preventScroll: true });
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof Refusal)) throw error;
      fill(messages, notice('bad', error.message));
    }
    more.toggleAttribute('disabled', false);
  });

  place.setAttribute('aria-busy', 'true');
  if (place.childElementCount === 0) fill(place, skeletons(6));
  try {
    await load();
  } finally {
    if (!signal.aborted) place.setAttribute('aria-busy', 'false');
  }
  if (signal.aborted) return;
  fill(place, body.rows.length === 0 ? empty() : [scrolling(table), messages, make('p', { class: 'more' }, more)]);
}
