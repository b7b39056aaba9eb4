/** What the address of the dashboard holds, and what of it the portal is asked. */

const names = ['q', 'status', 'modality', 'group', 'when', 'from', 'to', 'sort', 'after'];
/** A status that no patient has: studies that wait for one. Codes of statuses have no hyphen. */
export const toAttach = 'to-attach';
export const usualSort = '-lastStudy';
const day = 86_400_000;

/** @typedef {Record<string, string>} Query */

/** @returns {Query} */
export function readAddress() {
  const search = new URLSearchParams(location.search);
  return Object.fromEntries(names.map(name => [name, search.get(name) ?? '']));
}

/** What is worth a name: what narrows or sorts, without the place in the list. @param {Query} query */
export function worthSaving(query) {
  return Object.fromEntries(Object.entries(query).filter(([name, value]) => value && name !== 'after'));
}

/** Whether it shows less than everything. @param {Query} query */
export function narrows(query) {
  return Object.keys(worthSaving(query)).some(name => name !== 'sort');
}

/** @param {Query} query @param {number} limit */
export function listPath(query, limit) {
  const { when, from, to, ...rest } = query;
  const fields = {
    ...rest, ...days(when, from, to), sort: query.sort || usualSort, limit: String(limit), nearest: query.q ? 'true' : '',
  };
  return `/api/patients?${new URLSearchParams(Object.entries(fields).filter(([, value]) => value))}`;
}

/** `when` counts days back from today, so that a saved search stays true. @param {string} when @param {string} from @param {string} to */
function days(when, from, to) {
  if (when === 'range') return { from, to };
  const count = Number.parseInt(when, 10);
  if (!(count > 0)) return {};
  const now = new Date();
  return { from: localDay(new Date(now.getTime() - (count - 1) * day)) };
}

/** @param {Date} date */
function localDay(date) {
  return [date.getFullYear(), String(date.getMonth() + 1).padStart(2, '0'), String(date.getDate()).padStart(2, '0')].join('-');
}
