import { atOnce } from './at-once.a034414519.js';
import { readHeader, readInflated } from './dicom-header.a33d67d138.js';














const firstBytes = 16 * 1024;
const secondBytes = 64 * 1024;

const mostBytes = 64 * 1024 * 1024;
const longestRecord = 1024 * 1024;

const filesPerRead = 32;
const readsAtOnce = 2;







export async function readHeaders(files, { signal, progress }) {
  let done = 0;
  const batches = Array.from({ length: Math.ceil(files.length / filesPerRead) }, (_, n) => files.slice(n * filesPerRead, (n + 1) * filesPerRead));
  const read = await atOnce(batches, readsAtOnce, async batch => {
    signal.throwIfAborted();
    const heads = await firstBytesOf(batch);
    const found = await Promise.all(batch.map((one, n) => readFile(one, heads?.[n])));
    progress(done += batch.length);
    return found;
  });
  return read.flat();
}


async function firstBytesOf(files) {
  const pieces = files.map(({ file }) => file.slice(0, firstBytes));
  try {
    const all = new Uint8Array(await new Blob(pieces).arrayBuffer());
    let end = 0;
    return pieces.map(piece => all.subarray(end, end += piece.size));
  } catch (error) {
    if (error instanceof DOMException) return null;
    throw error;
  }
}


async function readFile({ file, path, size }, head) {
  const found = { file, path, size };
  try {
    if (/(?:^|\/)manifest\.json$/i.test(path)) return { ...found, kind: 'list' };
    if (/\.json$/i.test(path)) return await record(found);
    const { header, isDirectory, problem } = await headerOf(found, head);
    if (header) return { ...found, kind: 'image', header };
    return { ...found, kind: isDirectory ? 'directory' : problem ?? 'other' };
  } catch (error) {

    if (error instanceof DOMException && error.name !== 'AbortError') return { ...found, kind: 'damaged' };
    throw error;
  }
}


async function record(found) {
  if (found.size > longestRecord) return { ...found, kind: 'record', code: 'json.tooLarge' };
  try {
    return { ...found, kind: 'record', json: JSON.parse((await found.file.text()).replace(/^\uFEFF/, '')) };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { ...found, kind: 'record', code: 'json.malformed' };
  }
}


async function headerOf({ file, size }, head) {
  for (let length = firstBytes; ;) {
    const bytes = length === firstBytes && head ? head : new Uint8Array(await file.slice(0, length).arrayBuffer());
    const outcome = readHeader(bytes, length >= size);
    if (outcome.deflatedAt !== undefined) return inflated(file, outcome.deflatedAt);
    if (outcome.more === undefined) return outcome;
    length = Math.max(length < secondBytes ? secondBytes : 4 * length, outcome.more);
    if (length > mostBytes) return { problem: 'damaged' };
  }
}


async function inflated(file, start) {
  const reader = file.slice(start).stream().pipeThrough(new DecompressionStream('deflate-raw')).getReader();
  let bytes = new Uint8Array(0);
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (value) bytes = joined(bytes, value);
      const outcome = readInflated(bytes, done);
      if (outcome.more === undefined) return outcome;
      if (bytes.length > mostBytes) return { problem: 'damaged' };
    }
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return { problem: 'damaged' };
  } finally {
    reader.cancel().catch(() => {});
  }
}


function joined(one, other) {
  const both = new Uint8Array(one.length + other.length);
  both.set(one);
  both.set(other, one.length);
  return both;
}
