import { call, get, Refusal } from './api.06ac550977.js';
import { patiently } from './patience.6b6928a845.js';

















const announcedAtOnce = 10_000;
const listedAtOnce = 5000;
const remembered = 'imports';

const ends = new Set(['done', 'interrupted', 'failed', 'cancelled']);


export function isOver({ state }) {
  return ends.has(state);
}









export async function createJob(name, files, onExisting, signal) {
  const announced = files.map(({ path, size }) => ({ path, size }));
  const { data } = await call('POST', '/api/imports', { signal, body: { name, onExisting, files: announced.slice(0, announcedAtOnce) } });
  for (let from = announcedAtOnce; from < announced.length; from += announcedAtOnce) {
    await call('POST', `/api/imports/${data.id}/files`, { signal, body: { files: announced.slice(from, from + announcedAtOnce) } });
  }
  return {
    id: data.id, name, state: data.state, document: null,
    files: files.map(({ path, file, size, mayBeKnown }, n) => ({ n, path, file, size, offset: 0, isKnown: false, mayBeKnown })),
  };
}


export async function findJob(id, signal) {
  try {
    const document = await get(`/api/imports/${encodeURIComponent(id)}`, signal);
    return { id, name: document.name, state: document.state, files: [], document };
  } catch (error) {
    if (error instanceof Refusal && error.status === 404) return null;
    throw error;
  }
}


export async function heldFiles(id, signal) {

  const files = [];
  for (let after = ''; ;) {
    const search = new URLSearchParams({ limit: String(listedAtOnce), ...(after && { after }) });
    const page = await get(`/api/imports/${id}/files?${search}`, signal);
    for (const { n, path, size, received, known } of page.items) {
      files.push({ n, path, size, offset: known ? size : received, file: null, isKnown: known, mayBeKnown: false });
    }
    after = page.next ?? '';
    if (!after) return files;
  }
}


export function matchFiles(files, found) {
  const known = new Map(found.map(({ file, path, size }) => [`${path}\n${size}`, file]));
  let matched = 0;
  for (const one of files) {
    one.file = known.get(`${one.path}\n${one.size}`) ?? null;
    if (one.file) matched += 1;
  }
  return matched;
}


export async function commitJob(job, { isPartial, ...patience }) {
  try {
    const search = new URLSearchParams({ ...(isPartial && { partial: 'true' }), ...(job.onExisting && { onExisting: job.onExisting }) });
    const { data } = await patiently(() => call('POST', `/api/imports/${job.id}/commit?${search}`, { body: {}, signal: patience.signal }), patience);
    job.state = data.state;
  } catch (error) {

    if (!(error instanceof Refusal && error.status === 409)) throw error;
    await refreshJob(job, patience);
    if (job.state === 'receiving') throw error;
  }
}


export async function refreshJob(job, patience) {
  job.document = await patiently(() => get(`/api/imports/${job.id}`, patience.signal), patience);
  job.state = job.document.state;
}


export async function cancelJob(job) {
  try {
    await call('POST', `/api/imports/${job.id}/cancel`, { body: {} });
  } catch (error) {

    if (!(error instanceof Refusal && (error.status === 404 || error.status === 409))) throw error;
  }
}


export function rememberedJobs() {
  try {
    const ids = JSON.parse(localStorage.getItem(remembered) ?? '[]');
    return Array.isArray(ids) ? ids.filter(id => typeof id === 'string') : [];
  } catch {
    return [];
  }
}


export function rememberJobs(ids) {
  if (ids.length > 0) localStorage.setItem(remembered, JSON.stringify(ids));
  else localStorage.removeItem(remembered);
}
