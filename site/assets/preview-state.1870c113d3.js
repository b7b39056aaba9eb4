





export const largestZoom = 12;

export const byHand = 'hand';

const sideStep = 512;
const largestSide = 4096;

const doubling = 260;

const ahead = 8;
const behind = 3;


const tissues = {
  soft: { centre: 40, width: 400 }, lung: { centre: -600, width: 1500 }, bone: { centre: 400, width: 1800 }, brain: { centre: 40, width: 80 },
};


export function start(count, index) {
  return { index: within(index, 0, count - 1), count, window: null, preset: 'file', zoom: 1, x: 0, y: 0 };
}


export function at(view, index) {
  return { ...view, index: within(index, 0, view.count - 1) };
}


export function following(view) {
  return view.count > 0 ? (view.index + 1) % view.count : 0;
}







export function presets(modality, { windows, isGrey }) {
  if (!isGrey) return [];
  const own = windows.slice(1).map(({ window, label }, index) => ({ name: `file${index + 2}`, window, label }));
  const known = modality === 'CT' ? Object.entries(tissues).map(([name, window]) => ({ name, window, label: '' })) : [];
  return [{ name: 'file', window: null, label: windows[0]?.label ?? '' }, ...own, ...known];
}


export function chosen(view, preset) {
  return preset ? { ...view, window: preset.window, preset: preset.name } : view;
}


export function nextPreset(view, known) {
  return chosen(view, known[(known.findIndex(({ name }) => name === view.preset) + 1) % known.length]);
}






export function windowed(view, base, dx, dy) {
  const width = within(base.width * 2 ** (dx / doubling), 1, 1e6);
  const centre = base.centre + dy * base.width / doubling;
  return { ...view, preset: byHand, window: { centre: rounded(centre, width), width: Math.max(1, rounded(width, width)) } };
}


function rounded(value, width) {
  return width >= 20 ? Math.round(value) : Math.round(value * 10) / 10;
}






export function zoomed(view, factor, stage, point = { x: 0, y: 0 }) {
  const zoom = within(view.zoom * factor, 1, largestZoom);
  const by = zoom / view.zoom;
  return held({ ...view, zoom, x: point.x - (point.x - view.x) * by, y: point.y - (point.y - view.y) * by }, stage);
}


export function panned(view, dx, dy, stage) {
  return held({ ...view, x: view.x + dx, y: view.y + dy }, stage);
}


export function held(view, stage) {
  const [x, y] = [stage.width, stage.height].map(side => side * (view.zoom - 1) / 2);
  return { ...view, x: within(view.x, -x, x), y: within(view.y, -y, y) };
}





export function wish(picture, { window, zoom }, pixels) {
  const side = Math.min(largestSide, Math.ceil(pixels * zoom / sideStep) * sideStep);
  const parts = [window && `window=${window.centre},${window.width},linear`,
    Math.max(picture.rows, picture.columns) > side && `viewport=${side},${side}`].filter(Boolean);
  return parts.length > 0 ? `?${parts.join('&')}` : '';
}






export function near({ index, count }, direction, loops) {
  const found = [index];
  for (let step = 1; step <= ahead; step += 1) {
    found.push(index + step * direction);
    if (step <= behind) found.push(index - step * direction);
  }
  const wrapped = loops ? found.map(one => (one + count) % count) : found;
  return [...new Set(wrapped)].filter(one => one >= 0 && one < count);
}


function within(value, least, most) {
  return Math.max(least, Math.min(most, value));
}
