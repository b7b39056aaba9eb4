import { call } from './api.06ac550977.js';
import { patiently } from './patience.6b6928a845.js';
import { Transfer } from './transfer.a6172b567d.js';







export async function checkArchive(job, { onExisting, signal, progress }) {
  const transfer = new Transfer(job.id, job.files, { changed: () => progress(transfer.sent) });
  progress(transfer.sent);
  await transfer.run(signal);
  const search = new URLSearchParams({ onExisting });
  const { data } = await patiently(() => call('POST', `/api/imports/${job.id}/plan?${search}`, { body: {}, signal }), { signal, told: () => {} });
  return data;
}
