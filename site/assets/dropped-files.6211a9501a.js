import { atOnce, Breath } from './at-once.a034414519.js';







const leftOut = /(?:^|\/)(?:__MACOSX\/|\.DS_Store$|Thumbs\.db$|desktop\.ini$)/;


const mostAtOnce = 16;


export function chosenFiles(list) {
  return meant([...(list ?? [])].map(file => ({ file, path: file.webkitRelativePath || file.name })));
}






export async function droppedFiles(transfer) {
  const entries = [...transfer.items].map(item => item.webkitGetAsEntry?.()).filter(entry => entry !== null && entry !== undefined);
  if (entries.length === 0) return chosenFiles(transfer.files);
  return meant(await atOnce(await filesBelow(entries), mostAtOnce, async entry => {
    const file = await new Promise((resolve, reject) => entry.file(resolve, reject));
    return { file, path: entry.fullPath.replace(/^\//, '') };
  }));
}






async function meant(found) {

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

      const batch = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
      if (batch.length === 0) break;
      waiting.push(...batch);
    }
  }
  return found;
}


export function isArchive(path) {
  return /\.(?:zip|tar|tar\.gz|tgz|tar\.zst|7z)$/i.test(path);
}


export function commonName(files) {
  const tops = new Set(files.map(({ path }) => path.split('/')[0]));
  const [first = ''] = tops;
  return tops.size > 1 ? `${first} +${tops.size - 1}` : first;
}
