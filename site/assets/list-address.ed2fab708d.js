

const names = ['q', 'status', 'modality', 'group', 'when', 'from', 'to', 'sort', 'after'];

export const toAttach = 'to-attach';
export const usualSort = '-lastStudy';
const day = 86_400_000;




export function readAddress() {
  const search = new URLSearchParams(location.search);
  return Object.fromEntries(names.map(name => [name, search.get(name) ?? '']));
}


export function worthSaving(query) {
  return Object.fromEntries(Object.entries(query).filter(([name, value]) => value && name !== 'after'));
}


export function narrows(query) {
  return Object.keys(worthSaving(query)).some(name => name !== 'sort');
}


export function listPath(query, limit) {
  const { when, from, to, ...rest } = query;
  const fields = {
    ...rest, ...days(when, from, to), sort: query.sort || usualSort, limit: String(limit), nearest: query.q ? 'true' : '',
  };
  return `/api/patients?${new URLSearchParams(Object.entries(fields).filter(([, value]) => value))}`;
}


function days(when, from, to) {
  if (when === 'range') return { from, to };
  const count = Number.parseInt(when, 10);
  if (!(count > 0)) return {};
  const now = new Date();
  return { from: localDay(new Date(now.getTime() - (count - 1) * day)) };
}


function localDay(date) {
  return [date.getFullYear(), String(date.getMonth() + 1).padStart(2, '0'), String(date.getDate()).padStart(2, '0')].join('-');
}
