





const leftOut = /(?:^|\/)(?:__MACOSX\/|\.DS_Store$|Thumbs\.db$|desktop\.ini$)/;


const longestTask = 40;


export function chosenFiles(list) {
  return meant([...(list ?? [])].map(file => ({ file, path: file.webkitRelativePath || file.name })));
}






export async function droppedFiles(transfer) {
  const entries = [...transfer.items].map(item => item.webkitGetAsEntry?.()).filter(entry => entry !== null && entry !== undefined);
  if (entries.length === 0) return chosenFiles(transfer.files);
  return meant((await Promise.all(entries.map(walk))).flat());
}






async function meant(found) {

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


async function walk(entry) {
  if (entry.isFile) {
    const file = await new Promise((resolve, reject) => entry.file(resolve, reject));
    return [{ file, path: entry.fullPath.replace(/^\//, '') }];
  }
  const reader = entry.createReader();

  const found = [];
  for (;;) {

    const batch = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    if (batch.length === 0) return found;
    for (const inside of await Promise.all(batch.map(walk))) found.push(...inside);
  }
}


export function isArchive(path) {
  return /\.(?:zip|tar|tar\.gz|tgz|tar\.zst|7z)$/i.test(path);
}


export function commonName(files) {
  const tops = new Set(files.map(({ path }) => path.split('/')[0]));
  const [first = ''] = tops;
  return tops.size > 1 ? `${first} +${tops.size - 1}` : first;
}
