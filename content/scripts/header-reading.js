import { atOnce } from './at-once.js';
import { readHeader, readInflated } from './dicom-header.js';

/**
 * What a file is to an import, as far as the browser can tell.
 * @typedef {object} ReadFile
 * @property {File} file
 * @property {string} path
 * @property {number} size
 * @property {'image'|'record'|'list'|'directory'|'damaged'|'other'} kind a record is a patient's JSON document
 * @property {import('./dicom-header.js').Header} [header] of an image
 * @property {any} [json] of a record
 * @property {string} [code] what is wrong with a record
 */

/** Nearly every header fits into this; what does not is read on. */
const firstBytes = 16 * 1024;
const secondBytes = 64 * 1024;
/** A header that is longer than this is none. */
const mostBytes = 64 * 1024 * 1024;
const longestRecord = 1024 * 1024;
/** A browser needs nearly as long for one file as for many that it reads as one; two such reads keep a disk busy. */
const filesPerRead = 32;
const readsAtOnce = 2;

/**
 * Reads what each file is.
 * @param {import('./dropped-files.js').FoundFile[]} files
 * @param {{signal: AbortSignal, progress: (done: number) => void}} options
 * @returns {Promise<ReadFile[]>} in the order of the files
 */
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

/** @param {import('./dropped-files.js').FoundFile[]} files @returns {Promise<Uint8Array[]|null>} null when one of them spoils all */
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

/** @param {import('./dropped-files.js').FoundFile} found @param {Uint8Array} [head] its first bytes, if they are read already @returns {Promise<ReadFile>} */
async function readFile({ file, path, size }, head) {
  const found = { file, path, size };
  try {
    if (/(?:^|\/)manifest\.json$/i.test(path)) return { ...found, kind: 'list' };
    if (/\.json$/i.test(path)) return await record(found);
    const { header, isDirectory, problem } = await headerOf(found, head);
    if (header) return { ...found, kind: 'image', header };
    return { ...found, kind: isDirectory ? 'directory' : problem ?? 'other' };
  } catch (error) {
    // The disk does not give it: the sending says so again, if it is still so then.
    if (error instanceof DOMException && error.name !== 'AbortError') return { ...found, kind: 'damaged' };
    throw error;
  }
}

/** @param {import('./dropped-files.js').FoundFile} found @returns {Promise<ReadFile>} */
async function record(found) {
  if (found.size > longestRecord) return { ...found, kind: 'record', code: 'json.tooLarge' };
  try {
    return { ...found, kind: 'record', json: JSON.parse((await found.file.text()).replace(/^\uFEFF/, '')) };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { ...found, kind: 'record', code: 'json.malformed' };
  }
}

/** @param {import('./dropped-files.js').FoundFile} found @param {Uint8Array} [head] @returns {Promise<import('./dicom-header.js').Outcome>} */
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

/** @param {File} file @param {number} start @returns {Promise<import('./dicom-header.js').Outcome>} */
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

/** @param {Uint8Array} one @param {Uint8Array} other */
function joined(one, other) {
  const both = new Uint8Array(one.length + other.length);
  both.set(one);
  both.set(other, one.length);
  return both;
}
