/** What a series holds that can be shown: pure functions over DICOM JSON. */

/** Attributes that a search for instances returns only when asked. */
export const fields = ['ImagePositionPatient', 'ImageOrientationPatient', 'NumberOfFrames', 'PhotometricInterpretation', 'BitsStored',
  'PixelRepresentation', 'RescaleSlope', 'RescaleIntercept', 'WindowCenter', 'WindowWidth', 'WindowCenterWidthExplanation',
  'RecommendedDisplayFrameRate', 'CineRate', 'FrameTime'];

const tags = /** @type {const} */ ({
  sopClass: '00080016', instance: '00080018', displayRate: '00082144', cineRate: '00180040', frameTime: '00181063', number: '00200013',
  position: '00200032', orientation: '00200037', photometric: '00280004', frames: '00280008', rows: '00280010', columns: '00280011',
  bits: '00280101', signed: '00280103', centre: '00281050', width: '00281051', intercept: '00281052', slope: '00281053', explanation: '00281055',
  shared: '52009229', perFrame: '52009230', voi: '00289132',
});

/** Frames a second where the file does not say, and what can be shown of what it says. */
const usualRate = 10;
const mostRate = 60;

/**
 * @typedef {{centre: number, width: number}} Window
 * @typedef {{instance: string, frame: number, frames: number, rows: number, columns: number}} Picture `frame` from 1
 * @typedef {{window: Window, label: string}} OwnWindow
 * @typedef {{instance: string, sopClass: string}} Other
 * @typedef {{pictures: Picture[], others: Other[], rate: number, isGrey: boolean, windows: OwnWindow[], range: Window}} Images
 */

/** @param {any} dataSet @param {string} tag @returns {any[]} */
function values(dataSet, tag) {
  return dataSet?.[tag]?.Value ?? [];
}

/** @param {any} dataSet @param {string} tag @returns {number|null} */
function number(dataSet, tag) {
  const value = values(dataSet, tag)[0];
  return value === undefined || value === '' || !Number.isFinite(Number(value)) ? null : Number(value);
}

/** @param {any[]} found instances as a search gives them @returns {Images} */
export function images(found) {
  const ordered = inOrder(found);
  const shown = ordered.filter(one => number(one, tags.rows) && number(one, tags.columns));
  const first = shown[0];
  return {
    pictures: shown.flatMap(pictures),
    others: ordered.filter(one => !shown.includes(one)).map(one => ({ instance: values(one, tags.instance)[0], sopClass: values(one, tags.sopClass)[0] ?? '' })),
    rate: rate(first), isGrey: String(values(first, tags.photometric)[0] ?? '').startsWith('MONOCHROME'),
    windows: ownWindows(first), range: range(first),
  };
}

/** @param {any} one @returns {Picture[]} */
function pictures(one) {
  const frames = Math.max(1, number(one, tags.frames) ?? 1);
  return Array.from({ length: frames }, (_, index) => ({
    instance: values(one, tags.instance)[0], frame: index + 1, frames, rows: number(one, tags.rows) ?? 0, columns: number(one, tags.columns) ?? 0,
  }));
}

/** By their numbers; where these say nothing, by their place in the body; else as they came. @param {any[]} found */
function inOrder(found) {
  for (const key of [found.map(one => number(one, tags.number)), places(found)]) {
    if (key.length === 0 || key.includes(null) || new Set(key).size < key.length) continue;
    return found.map((one, index) => ({ one, place: Number(key[index]) })).sort((a, b) => a.place - b.place).map(({ one }) => one);
  }
  return found;
}

/** How far along the normal of the first image each lies (PS3.3 §C.7.6.2.1.1). @param {any[]} found @returns {(number|null)[]} */
function places(found) {
  const [a, b, c, d, e, f] = values(found[0], tags.orientation).map(Number);
  if (f === undefined) return [];
  const normal = [b * f - c * e, c * d - a * f, a * e - b * d];
  return found.map(one => {
    const position = values(one, tags.position).map(Number);
    return position.length === 3 ? position.reduce((sum, value, axis) => sum + value * normal[axis], 0) : null;
  });
}

/** @param {any} first */
function rate(first) {
  const time = number(first, tags.frameTime);
  const said = number(first, tags.displayRate) || number(first, tags.cineRate) || (time ? 1000 / time : 0);
  return said > 0 ? Math.min(said, mostRate) : usualRate;
}

/** The windows that the file proposes, the one first that is shown without a wish. @param {any} dataSet @returns {OwnWindow[]} */
function ownWindows(dataSet) {
  const widths = values(dataSet, tags.width).map(Number);
  return values(dataSet, tags.centre).map((centre, index) => ({
    window: { centre: Number(centre), width: widths[index] }, label: String(values(dataSet, tags.explanation)[index] ?? ''),
  })).filter(({ window }) => Number.isFinite(window.centre) && window.width >= 1);
}

/** The same in an instance's whole metadata: enhanced images keep them in functional groups. @param {any} dataSet */
export function groupWindows(dataSet) {
  const groups = [...values(dataSet, tags.shared), ...values(dataSet, tags.perFrame).slice(0, 1)];
  return groups.flatMap(group => values(group, tags.voi)).flatMap(ownWindows);
}

/** All that the pixels can be, as a window: where dragging begins when nobody said anything better. @param {any} first @returns {Window} */
function range(first) {
  const width = 2 ** (number(first, tags.bits) ?? 12);
  const slope = number(first, tags.slope) ?? 1;
  return { centre: (number(first, tags.signed) ? 0 : width / 2) * slope + (number(first, tags.intercept) ?? 0), width: Math.max(1, width * Math.abs(slope)) };
}
