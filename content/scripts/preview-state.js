/** What a preview shows, as values: every function gives a new one. */

/** @typedef {import('./preview-images.js').Window} Window */
/** @typedef {{index: number, count: number, window: Window|null, preset: string, zoom: number, x: number, y: number}} View `window` null: what the file says */
/** @typedef {{width: number, height: number}} Size */

export const largestZoom = 12;
/** The name of a window that somebody set by hand. */
export const byHand = 'hand';
/** Of a picture that is asked for, in steps, so that a window that is resized does not ask for all of it again. */
const sideStep = 512;
const largestSide = 4096;
/** As many pixels of dragging as double the width. */
const doubling = 260;
/** So many pictures are asked for ahead of the one that is shown, and so many behind it. */
const ahead = 8;
const behind = 3;

/** Of CT, in Hounsfield units; the names are words. @type {Record<string, Window>} */
const tissues = {
  soft: { centre: 40, width: 400 }, lung: { centre: -600, width: 1500 }, bone: { centre: 400, width: 1800 }, brain: { centre: 40, width: 80 },
};

/** @param {number} count @param {number} index @returns {View} */
export function start(count, index) {
  return { index: within(index, 0, count - 1), count, window: null, preset: 'file', zoom: 1, x: 0, y: 0 };
}

/** @param {View} view @param {number} index @returns {View} */
export function at(view, index) {
  return { ...view, index: within(index, 0, view.count - 1) };
}

/** The picture after this one, round and round. @param {View} view */
export function following(view) {
  return view.count > 0 ? (view.index + 1) % view.count : 0;
}

/**
 * The windows to choose from.
 * @param {string} modality
 * @param {{windows: {window: Window, label: string}[], isGrey: boolean}} images
 * @returns {{name: string, window: Window|null, label: string}[]} `label` is what the file calls it
 */
export function presets(modality, { windows, isGrey }) {
  if (!isGrey) return [];
  const own = windows.slice(1).map(({ window, label }, index) => ({ name: `file${index + 2}`, window, label }));
  const known = modality === 'CT' ? Object.entries(tissues).map(([name, window]) => ({ name, window, label: '' })) : [];
  return [{ name: 'file', window: null, label: windows[0]?.label ?? '' }, ...own, ...known];
}

/** @param {View} view @param {{name: string, window: Window|null}|undefined} preset @returns {View} */
export function chosen(view, preset) {
  return preset ? { ...view, window: preset.window, preset: preset.name } : view;
}

/** The preset behind the one that is shown. @param {View} view @param {{name: string, window: Window|null}[]} known @returns {View} */
export function nextPreset(view, known) {
  return chosen(view, known[(known.findIndex(({ name }) => name === view.preset) + 1) % known.length]);
}

/**
 * Another window: to the right is wider, down is darker.
 * @param {View} view @param {Window} base what is shown now @param {number} dx @param {number} dy in pixels of the screen
 * @returns {View}
 */
export function windowed(view, base, dx, dy) {
  const width = within(base.width * 2 ** (dx / doubling), 1, 1e6);
  const centre = base.centre + dy * base.width / doubling;
  return { ...view, preset: byHand, window: { centre: rounded(centre, width), width: Math.max(1, rounded(width, width)) } };
}

/** @param {number} value @param {number} width */
function rounded(value, width) {
  return width >= 20 ? Math.round(value) : Math.round(value * 10) / 10;
}

/**
 * Larger or smaller around a point that stays where it is.
 * @param {View} view @param {number} factor @param {Size} stage @param {{x: number, y: number}} [point] from the middle of the stage
 * @returns {View}
 */
export function zoomed(view, factor, stage, point = { x: 0, y: 0 }) {
  const zoom = within(view.zoom * factor, 1, largestZoom);
  const by = zoom / view.zoom;
  return held({ ...view, zoom, x: point.x - (point.x - view.x) * by, y: point.y - (point.y - view.y) * by }, stage);
}

/** @param {View} view @param {number} dx @param {number} dy @param {Size} stage @returns {View} */
export function panned(view, dx, dy, stage) {
  return held({ ...view, x: view.x + dx, y: view.y + dy }, stage);
}

/** The picture never leaves the stage. @param {View} view @param {Size} stage @returns {View} */
export function held(view, stage) {
  const [x, y] = [stage.width, stage.height].map(side => side * (view.zoom - 1) / 2);
  return { ...view, x: within(view.x, -x, x), y: within(view.y, -y, y) };
}

/**
 * What is asked of the portal for a picture: not more pixels than the screen has.
 * @param {{rows: number, columns: number}} picture @param {View} view @param {number} pixels the longer side of the stage, in pixels of the device
 */
export function wish(picture, { window, zoom }, pixels) {
  const side = Math.min(largestSide, Math.ceil(pixels * zoom / sideStep) * sideStep);
  const parts = [window && `window=${window.centre},${window.width},linear`,
    Math.max(picture.rows, picture.columns) > side && `viewport=${side},${side}`].filter(Boolean);
  return parts.length > 0 ? `?${parts.join('&')}` : '';
}

/**
 * The pictures to have, the one first that is shown.
 * @param {View} view @param {number} direction 1 or -1 @param {boolean} loops whether the first follows the last
 * @returns {number[]}
 */
export function near({ index, count }, direction, loops) {
  const found = [index];
  for (let step = 1; step <= ahead; step += 1) {
    found.push(index + step * direction);
    if (step <= behind) found.push(index - step * direction);
  }
  const wrapped = loops ? found.map(one => (one + count) % count) : found;
  return [...new Set(wrapped)].filter(one => one >= 0 && one < count);
}

/** @param {number} value @param {number} least @param {number} most */
function within(value, least, most) {
  return Math.max(least, Math.min(most, value));
}
