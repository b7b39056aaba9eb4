import { Refusal, refusalOf } from './api.js';
import { word } from './words.js';

/** A larger archive would need its room twice; the browser downloads it by itself, with its own progress. */
const largest = 2_000_000_000;
const prefix = 'export-';

/** Whether this browser keeps files for a page: not without HTTPS. @param {number} bytes expected */
export function isFetchable(bytes) {
  return bytes <= largest && Boolean(navigator.storage?.getDirectory);
}

/**
 * Fetches an archive into the browser's own storage, piece by piece.
 * @param {string} address @param {string} name
 * @param {{signal: AbortSignal, progress: (received: number) => void}} options `received` in bytes
 * @returns {Promise<File>} it stays until the next is fetched
 */
export async function fetchArchive(address, name, { signal, progress }) {
  const folder = await navigator.storage.getDirectory();
  for await (const former of /** @type {any} */ (folder).keys()) {
    if (former.startsWith(prefix)) await folder.removeEntry(former).catch(() => {});
  }
  const kept = await folder.getFileHandle(prefix + name, { create: true });
  try {
    const response = await fetch(address, { signal });
    if (!response.ok) throw await refusalOf(response);
    let received = 0;
    const counted = new TransformStream({
      transform(piece, out) {
        received += piece.byteLength;
        progress(received);
        out.enqueue(piece);
      },
    });
    await /** @type {ReadableStream} */ (response.body).pipeThrough(counted).pipeTo(await kept.createWritable(), { signal });
    return await kept.getFile();
  } catch (error) {
    await folder.removeEntry(prefix + name).catch(() => {});
    if (signal.aborted || error instanceof Refusal) throw error;
    const full = error instanceof DOMException && error.name === 'QuotaExceededError';
    throw new Refusal(full ? word('export.noRoom') : word('export.cut'), { code: full ? 'storage' : 'network' });
  }
}
