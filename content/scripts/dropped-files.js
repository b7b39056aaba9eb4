/**
 * Files with the path they have inside what was dropped or chosen.
 * @typedef {{file: File, path: string}} FoundFile
 */

/** Nobody means to import these. */
const leftOut = /(?:^|\/)(?:__MACOSX\/|\.DS_Store$|Thumbs\.db$|desktop\.ini$)/;

/** @param {FileList|null} list @returns {FoundFile[]} */
export function chosenFiles(list) {
  return [...(list ?? [])].map(file => ({ file, path: file.webkitRelativePath || file.name })).filter(({ path }) => !leftOut.test(path));
}

/**
 * Walks the folders of a drop. The transfer is emptied when its event ends, so its entries are taken at once.
 * @param {DataTransfer} transfer
 * @returns {Promise<FoundFile[]>}
 */
export async function droppedFiles(transfer) {
  const entries = [...transfer.items].map(item => item.webkitGetAsEntry?.()).filter(entry => entry !== null && entry !== undefined);
  if (entries.length === 0) return chosenFiles(transfer.files);
  const found = (await Promise.all(entries.map(walk))).flat();
  return found.filter(({ path }) => !leftOut.test(path)).sort((one, other) => (one.path < other.path ? -1 : 1));
}

/** @param {any} entry a FileSystemEntry @returns {Promise<FoundFile[]>} */
async function walk(entry) {
  if (entry.isFile) {
    const file = await new Promise((resolve, reject) => entry.file(resolve, reject));
    return [{ file, path: entry.fullPath.replace(/^\//, '') }];
  }
  const reader = entry.createReader();
  const found = [];
  for (;;) {
    // A reader gives some entries at a time, and none at its end.
    const batch = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    if (batch.length === 0) return found;
    for (const child of batch) found.push(...await walk(child));
  }
}

/** Whether one file is an archive by its name. @param {FoundFile[]} files */
export function isArchive(files) {
  return files.length === 1 && /\.(?:zip|tar|7z)$/i.test(files[0].path);
}
