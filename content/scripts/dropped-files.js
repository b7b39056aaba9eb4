import { atOnce, Breath } from './at-once.js';

/**
 * Files with the path they have inside what was dropped or chosen.
 * @typedef {{file: File, path: string, size: number}} FoundFile
 */

/** Nobody means to import these. */
const leftOut = /(?:^|\/)(?:__MACOSX\/|\.DS_Store$|Thumbs\.db$|desktop\.ini$)/;

/** A browser hands over all that it was asked for in one task: it is asked for a few at a time. */
const mostAtOnce = 16;

/** @param {FileList|null} list @returns {Promise<FoundFile[]>} */
export function chosenFiles(list) {
  return meant([...(list ?? [])].map(file => ({ file, path: file.webkitRelativePath || file.name })));
}

/**
 * Walks the folders of a drop. The transfer is emptied when its event ends, so its entries are taken at once.
 * @param {DataTransfer} transfer
 * @returns {Promise<FoundFile[]>}
 */
export async function droppedFiles(transfer) {
  const entries = [...transfer.items].map(item => item.webkitGetAsEntry?.()).filter(entry => entry !== null && entry !== undefined);
  if (entries.length === 0) return chosenFiles(transfer.files);
  return meant(await atOnce(await filesBelow(entries), mostAtOnce, async entry => {
    const file = await new Promise((resolve, reject) => entry.file(resolve, reject));
    return { file, path: entry.fullPath.replace(/^\//, '') };
  }));
}

/**
 * The same folder in the same order each time, without what nobody means. A browser may ask the disk for each size, and each time
 * anew: it is done a few at a time, and once.
 * @param {{file: File, path: string}[]} found @returns {Promise<FoundFile[]>}
 */
async function meant(found) {
  /** @type {FoundFile[]} */
  const kept = [];
  const breath = new Breath();
  for (const { file, path } of found) {
    if (leftOut.test(path)) continue;
    const { size } = file;
    if (size > 0) kept.push({ file, path, size });
    await breath.taken();
  }
  return kept.sort((one, other) => (one.path < other.path ? -1 : 1));
}

/** @param {any[]} entries FileSystemEntry @returns {Promise<any[]>} those that are files, in whatever depth */
async function filesBelow(entries) {
  const found = [];
  for (const waiting = [...entries]; waiting.length > 0;) {
    const entry = waiting.pop();
    if (entry.isFile) {
      found.push(entry);
      continue;
    }
    const reader = entry.createReader();
    for (;;) {
      // A reader gives some entries at a time, and none at its end.
      const batch = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
      if (batch.length === 0) break;
      waiting.push(...batch);
    }
  }
  return found;
}

/** Whether a file is an archive by its name; an import of its own is made of each. @param {string} path */
export function isArchive(path) {
  return /\.(?:zip|tar|tar\.gz|tgz|tar\.zst|7z)$/i.test(path);
}

/** What a folder or some files are called. @param {FoundFile[]} files */
export function commonName(files) {
  const tops = new Set(files.map(({ path }) => path.split('/')[0]));
  const [first = ''] = tops;
  return tops.size > 1 ? `${first} +${tops.size - 1}` : first;
}
