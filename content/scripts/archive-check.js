import { call } from './api.js';
import { patiently } from './patience.js';
import { Transfer } from './transfer.js';

/**
 * Sends an archive to learn what its import would do: the browser cannot look into it. The import itself then sends nothing.
 * @param {import('./import-jobs.js').Job} job of the archive alone
 * @param {{onExisting: string, signal: AbortSignal, progress: (sent: number) => void}} options
 * @returns {Promise<any>} the report of a dry run
 */
export async function checkArchive(job, { onExisting, signal, progress }) {
  const transfer = new Transfer(job.id, job.files, { changed: () => progress(transfer.sent) });
  progress(transfer.sent);
  await transfer.run(signal);
  const search = new URLSearchParams({ onExisting });
  const { data } = await patiently(() => call('POST', `/api/imports/${job.id}/plan?${search}`, { body: {}, signal }), { signal, told: () => {} });
  return data;
}
