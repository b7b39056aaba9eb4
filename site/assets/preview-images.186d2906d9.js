


export const fields = ['ImagePositionPatient', 'ImageOrientationPatient', 'NumberOfFrames', 'PhotometricInterpretation', 'BitsStored',
  'PixelRepresentation', 'RescaleSlope', 'RescaleIntercept', 'WindowCenter', 'WindowWidth', 'WindowCenterWidthExplanation',
  'RecommendedDisplayFrameRate', 'CineRate', 'FrameTime'];

const tags = /** @type {const} */ ({
  sopClass: '00080016', instance: '00080018', displayRate: '00082144', cineRate: '00180040', frameTime: '00181063', number: '00200013',
  position: '00200032', orientation: '00200037', photometric: '00280004', frames: '00280008', rows: '00280010', columns: '00280011',
  bits: '00280101', signed: '00280103', centre: '00281050', width: '00281051', intercept: '00281052', slope: '00281053', explanation: '00281055',
  shared: '52009229', perFrame: '52009230', voi: '00289132',
});


const usualRate = 10;
const mostRate = 60;










function values(dataSet, tag) {
  return dataSet?.[tag]?.Value ?? [];
}


function number(dataSet, tag) {
  const value = values(dataSet, tag)[0];
  return value === undefined || value === '' || !Number.isFinite(Number(value)) ? null : Number(value);
}


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


function pictures(one) {
  const frames = Math.max(1, number(one, tags.frames) ?? 1);
  return Array.from({ length: frames }, (_, index) => ({
    instance: values(one, tags.instance)[0], frame: index + 1, frames, rows: number(one, tags.rows) ?? 0, columns: number(one, tags.columns) ?? 0,
  }));
}


function inOrder(found) {
  for (const key of [found.map(one => number(one, tags.number)), places(found)]) {
    if (key.length === 0 || key.includes(null) || new Set(key).size < key.length) continue;
    return found.map((one, index) => ({ one, place: Number(key[index]) })).sort((a, b) => a.place - b.place).map(({ one }) => one);
  }
  return found;
}


function places(found) {
  const [a, b, c, d, e, f] = values(found[0], tags.orientation).map(Number);
  if (f === undefined) return [];
  const normal = [b * f - c * e, c * d - a * f, a * e - b * d];
  return found.map(one => {
    const position = values(one, tags.position).map(Number);
    return position.length === 3 ? position.reduce((sum, value, axis) => sum + value * normal[axis], 0) : null;
  });
}


function rate(first) {
  const time = number(first, tags.frameTime);
  const said = number(first, tags.displayRate) || number(first, tags.cineRate) || (time ? 1000 / time : 0);
  return said > 0 ? Math.min(said, mostRate) : usualRate;
}


function ownWindows(dataSet) {
  const widths = values(dataSet, tags.width).map(Number);
  return values(dataSet, tags.centre).map((centre, index) => ({
    window: { centre: Number(centre), width: widths[index] }, label: String(values(dataSet, tags.explanation)[index] ?? ''),
  })).filter(({ window }) => Number.isFinite(window.centre) && window.width >= 1);
}


export function groupWindows(dataSet) {
  const groups = [...values(dataSet, tags.shared), ...values(dataSet, tags.perFrame).slice(0, 1)];
  return groups.flatMap(group => values(group, tags.voi)).flatMap(ownWindows);
}


function range(first) {
  const width = 2 ** (number(first, tags.bits) ?? 12);
  const slope = number(first, tags.slope) ?? 1;
  return { centre: (number(first, tags.signed) ? 0 : width / 2) * slope + (number(first, tags.intercept) ?? 0), width: Math.max(1, width * Math.abs(slope)) };
}
