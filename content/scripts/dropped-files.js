/**
 * Files with the path they have inside what was dropped or chosen.
 * @typedef {{file: File, path: string, size: number}} FoundFile
 */

/** Nobody means to import these. */
const leftOut = /(?:^|\/)(?:__MACOSX\/|\.DS_Store$|Thumbs\.db$|desktop\.ini$)/;

/** How long the page may be busy at a time, in milliseconds. */
const longestTask = 40;

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
  return meant((await Promise.all(entries.map(walk))).flat());
}

/**
 * The same folder in the same order each time, without what nobody means. A browser may ask the disk for each size, and each time
 * anew: it is done a few at a time, and once.
 * @param {{file: File, path: string}[]} found @returns {Promise<FoundFile[]>}
 */
async function meant(found) {
  /** @type {FoundFile[]} */
  const kept = [];
  let since = performance.now();
  for (const { file, path } of found) {
    if (leftOut.test(path)) continue;
    const { size } = file;
    if (size > 0) kept.push({ file, path, size });
    if (performance.now() - since < longestTask) continue;
    await new Promise(resolve => { setTimeout(resolve); });
    since = performance.now();
  }
  return kept.sort((one, other) => (one.path < other.path ? -1 : 1));
}

/** @param {any} entry a FileSystemEntry @returns {Promise<{file: File, path: string}[]>} */
async function walk(entry) {
  if (entry.isFile) {
    const file = await new Promise((resolve, reject) => entry.file(resolve, reject));
    return [{ file, path: entry.fullPath.replace(/^\//, '') }];
  }
  const reader = entry.createReader();
  /** @type {{file: File, path: string}[]} */
  const found = [];
  for (;;) {
    // A reader gives some entries at a time, and none at its end.
    const batch = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    if (batch.length === 0) return found;
    for (const inside of await Promise.all(batch.map(walk))) found.push(...inside);
  }
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
