import { readHeader, readInflated } from './dicom-header.a33d67d138.js';














const firstBytes = 16 * 1024;
const secondBytes = 64 * 1024;

const mostBytes = 64 * 1024 * 1024;
const longestRecord = 1024 * 1024;

const atOnce = 16;







export async function readHeaders(files, { signal, progress }) {

  const read = new Array(files.length);
  let next = 0;
  let done = 0;
  const lane = async () => {
    while (next < files.length) {
      signal.throwIfAborted();
      const index = next++;
      read[index] = await readFile(files[index]);
      progress(++done);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  return read;
}


async function readFile({ file, path, size }) {
  const found = { file, path, size };
  try {
    if (/(?:^|\/)manifest\.json$/i.test(path)) return { ...found, kind: 'list' };
    if (/\.json$/i.test(path)) return await record(found);
    const { header, isDirectory, problem } = await headerOf(found);
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


async function headerOf({ file, size }) {
  for (let length = firstBytes; ;) {
    const bytes = new Uint8Array(await file.slice(0, length).arrayBuffer());
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
