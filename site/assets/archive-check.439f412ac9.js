import { call } from './api.4aac85d452.js';
import { patiently } from './patience.d7cd999097.js';
import { Transfer } from './transfer.aef150b7e0.js';

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
