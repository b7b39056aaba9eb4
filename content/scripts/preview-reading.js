import { get } from './api.js';
import { fields, groupWindows, images } from './preview-images.js';

/**
 * What a series holds that can be shown, in its order.
 * @param {string} path of the series @param {AbortSignal} signal
 * @returns {Promise<import('./preview-images.js').Images>}
 */
export async function readImages(path, signal) {
  const read = images(await get(`${path}/instances?includefield=${fields.join(',')}`, signal) ?? []);
  if (!read.isGrey || read.windows.length > 0 || read.pictures[0].frames === 1) return read;
  const [dataSet] = await get(`${path}/instances/${read.pictures[0].instance}/metadata`, signal);
  return { ...read, windows: groupWindows(dataSet) };
}
