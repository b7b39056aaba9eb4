import { get } from './api.06ac550977.js';
import { fields, groupWindows, images } from './preview-images.186d2906d9.js';






export async function readImages(path, signal) {
  const read = images(await get(`${path}/instances?includefield=${fields.join(',')}`, signal) ?? []);
  if (!read.isGrey || read.windows.length > 0 || read.pictures[0].frames === 1) return read;
  const [dataSet] = await get(`${path}/instances/${read.pictures[0].instance}/metadata`, signal);
  return { ...read, windows: groupWindows(dataSet) };
}
