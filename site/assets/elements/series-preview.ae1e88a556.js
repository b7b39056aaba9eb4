import { modules } from '/assets/common.c48fc35e30.js';
modules['preview-cine.js'] = (() => {

class Cine {

  #timer;
  #playing = false;
  #next;
  #told;


  constructor(next, told) {
    this.#next = next;
    this.#told = told;
  }

  get plays() {
    return this.#playing;
  }


  play(rate) {
    this.#set(true);
    this.#tick(1000 / rate);
  }

  stop() {
    clearTimeout(this.#timer);
    if (this.#playing) this.#set(false);
  }


  #set(playing) {
    this.#playing = playing;
    this.#told(playing);
  }


  #tick(pause) {
    this.#timer = setTimeout(() => {
      this.#tick(pause);
      this.#next();
    }, pause);
  }
}

return { Cine };
})();
modules['preview-gestures.js'] = (() => {












const notch = 80;
const touchpadStep = 30;

const fingerStep = 14;
const line = 40;


function listenToHands(stage, wishes, signal) {
  listenToWheel(stage, wishes, signal);
  listenToPointers(stage, wishes, signal);
  stage.addEventListener('dblclick', () => wishes.cycle(), { signal });
  stage.addEventListener('contextmenu', event => event.preventDefault(), { signal });
}


function listenToWheel(stage, wishes, signal) {
  let sum = 0;
  stage.addEventListener('wheel', event => {
    event.preventDefault();
    const delta = event.deltaMode === WheelEvent.DOM_DELTA_PIXEL ? event.deltaY : event.deltaY * line;
    if (event.ctrlKey || event.metaKey) return wishes.zoom(Math.exp(-delta / 300), fromMiddle(stage, event));
    if (Math.abs(delta) >= notch) return wishes.step(Math.sign(delta));
    sum += delta;
    const steps = Math.trunc(sum / touchpadStep);
    sum -= steps * touchpadStep;
    if (steps !== 0) wishes.step(steps);
  }, { signal, passive: false });
}


function listenToPointers(stage, wishes, signal) {

  const down = new Map();
  let rest = 0;
  const lift = (/** @type {PointerEvent} */ event) => {
    down.delete(event.pointerId);
    stage.toggleAttribute('data-dragging', down.size > 0);
  };
  stage.addEventListener('pointerdown', event => {
    if (event.button > 1 || /** @type {Element} */ (event.target).closest('a, button')) return;
    stage.setPointerCapture(event.pointerId);
    down.set(event.pointerId, { x: event.clientX, y: event.clientY });
    rest = 0;
    stage.toggleAttribute('data-dragging', true);
  }, { signal });
  stage.addEventListener('pointermove', event => {
    const before = down.get(event.pointerId);
    if (!before) return;
    const now = { x: event.clientX, y: event.clientY };
    const other = [...down].find(([id]) => id !== event.pointerId)?.[1];
    down.set(event.pointerId, now);
    const [dx, dy] = [now.x - before.x, now.y - before.y];
    if (other) return pinch(stage, wishes, before, now, other);
    const drags = event.shiftKey || (event.buttons & 4) ? 'pan' : wishes.drags(event.pointerType);
    if (drags === 'window') return wishes.windowing(dx, dy);
    if (drags === 'pan') return wishes.pan(dx, dy);
    rest += Math.abs(dy) >= Math.abs(dx) ? dy : dx;
    const steps = Math.trunc(rest / fingerStep);
    rest -= steps * fingerStep;
    if (steps !== 0) wishes.step(-steps);
  }, { signal });
  for (const name of /** @type {const} */ (['pointerup', 'pointercancel'])) stage.addEventListener(name, lift, { signal });
}





function pinch(stage, wishes, before, now, other) {
  const distance = (/** @type {{x: number, y: number}} */ point) => Math.max(1, Math.hypot(point.x - other.x, point.y - other.y));
  wishes.pan((now.x - before.x) / 2, (now.y - before.y) / 2);
  wishes.zoom(distance(now) / distance(before), fromMiddle(stage, { clientX: (now.x + other.x) / 2, clientY: (now.y + other.y) / 2 }));
}


function fromMiddle(stage, event) {
  const box = stage.getBoundingClientRect();
  return { x: event.clientX - box.x - box.width / 2, y: event.clientY - box.y - box.height / 2 };
}

return { listenToHands };
})();
modules['preview-keys.js'] = (() => {



const pageLength = 10;
const nudge = 26;
const zoomStep = 1.5;








const arrows = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };

const plain = {
  PageDown: { step: pageLength }, PageUp: { step: -pageLength }, '+': { zoom: zoomStep }, '=': { zoom: zoomStep }, '-': { zoom: 1 / zoomStep }, 0: { zoom: 0 },
  n: { series: 1 }, p: { series: -1 }, o: { act: 'viewer' }, '?': { act: 'keys' },
};





function keyWish(event, { count }, presets) {
  const target = /** @type {Element} */ (event.target);
  if (event.defaultPrevented || event.altKey || event.metaKey || target.matches('select')) return null;
  const arrow = arrows[event.key];
  if (arrow && event.ctrlKey) return { pan: [-nudge * arrow[0], -nudge * arrow[1]] };
  if (event.ctrlKey) return null;
  if (arrow && event.shiftKey) return { window: [nudge * arrow[0], nudge * arrow[1]] };
  if (arrow) return { step: arrow[0] + arrow[1] };
  if (event.key === ' ') return target.matches('button, a') ? null : { act: 'play' };
  if (event.key === 'Home') return { go: 0 };
  if (event.key === 'End') return { go: count - 1 };
  if (/^[1-9]$/.test(event.key)) return Number(event.key) <= presets ? { preset: Number(event.key) - 1 } : null;
  return plain[event.key.length === 1 ? event.key.toLowerCase() : event.key] ?? null;
}

return { keyWish };
})();
modules['preview-images.js'] = (() => {



const fields = ['ImagePositionPatient', 'ImageOrientationPatient', 'NumberOfFrames', 'PhotometricInterpretation', 'BitsStored',
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


function images(found) {
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


function groupWindows(dataSet) {
  const groups = [...values(dataSet, tags.shared), ...values(dataSet, tags.perFrame).slice(0, 1)];
  return groups.flatMap(group => values(group, tags.voi)).flatMap(ownWindows);
}


function range(first) {
  const width = 2 ** (number(first, tags.bits) ?? 12);
  const slope = number(first, tags.slope) ?? 1;
  return { centre: (number(first, tags.signed) ? 0 : width / 2) * slope + (number(first, tags.intercept) ?? 0), width: Math.max(1, width * Math.abs(slope)) };
}

return { fields, images, groupWindows };
})();
modules['preview-reading.js'] = (() => {
const { get } = modules['api.js'];
const { fields, groupWindows, images } = modules['preview-images.js'];






async function readImages(path, signal) {
  const read = images(await get(`${path}/instances?includefield=${fields.join(',')}`, signal) ?? []);
  if (!read.isGrey || read.windows.length > 0 || read.pictures[0].frames === 1) return read;
  const [dataSet] = await get(`${path}/instances/${read.pictures[0].instance}/metadata`, signal);
  return { ...read, windows: groupWindows(dataSet) };
}

return { readImages };
})();
modules['patience.js'] = (() => {
const { Refusal } = modules['api.js'];


const passing = new Set([429, 502, 503, 504]);

const shortest = 500;
const longest = 8000;


function passes(error) {
  return error instanceof Refusal && (error.code === 'network' || passing.has(error.status));
}







function pause(tries, refusal, signal) {
  const wait = Math.max(Math.min(shortest * 2 ** tries, longest), Math.min(refusal.retryAfter * 1000, 30_000));
  return new Promise((resolve, reject) => {
    const done = new AbortController();
    const end = () => {
      clearTimeout(timer);
      done.abort();
      if (signal.aborted) reject(signal.reason);
      else resolve(undefined);
    };
    const timer = setTimeout(end, wait);
    window.addEventListener('online', end, { signal: done.signal });
    signal.addEventListener('abort', end, { signal: done.signal });
    if (signal.aborted) end();
  });
}








async function patiently(act, { signal, told }) {
  for (let tries = 0; ; tries += 1) {
    try {
      const done = await act();
      told('');
      return done;
    } catch (error) {
      if (!passes(error)) throw error;
      told(error.code === 'network' ? 'lost' : 'away');
      await pause(tries, error, signal);
    }
  }
}

return { passes, pause, patiently };
})();
modules['frame-loader.js'] = (() => {
const { Refusal, refusalOf } = modules['api.js'];
const { passes, pause } = modules['patience.js'];
const { language, word } = modules['words.js'];


const mostAtOnce = 4;

const mostBytes = 64_000_000;






class FrameLoader {

  #kept = new Map();
  #bytes = 0;

  #wanted = [];

  #running = new Map();

  #refused = new Map();
  #closed = false;
  #told;


  constructor(told) {
    this.#told = told;
  }


  want(addresses) {
    this.#wanted = addresses;
    for (const [address, running] of this.#running) {
      if (!addresses.includes(address)) running.abort();
    }
    this.#go();
  }


  have(address) {
    const blob = this.#kept.get(address);
    if (!blob) return this.#refused.get(address) ?? null;
    this.#kept.delete(address);
    this.#kept.set(address, blob);
    return blob;
  }


  clear() {
    this.want([]);
    this.#kept.clear();
    this.#refused.clear();
    this.#bytes = 0;
  }

  close() {
    this.#closed = true;
    this.clear();
  }

  #go() {
    for (const address of this.#wanted) {
      if (this.#running.size >= mostAtOnce || this.#closed) return;
      if (!this.#kept.has(address) && !this.#refused.has(address) && !this.#running.has(address)) this.#fetch(address);
    }
  }


  async #fetch(address) {
    const running = new AbortController();
    this.#running.set(address, running);
    try {
      this.#keep(address, await patientBlob(address, running.signal));
    } catch (error) {
      if (running.signal.aborted) return;
      if (!(error instanceof Refusal)) throw error;
      this.#refused.set(address, error);
    } finally {
      this.#running.delete(address);
      this.#go();
    }
    this.#told(address);
  }


  #keep(address, blob) {
    this.#kept.set(address, blob);
    this.#bytes += blob.size;
    for (const [oldest, old] of this.#kept) {
      if (this.#bytes <= mostBytes || oldest === address) return;
      this.#kept.delete(oldest);
      this.#bytes -= old.size;
    }
  }
}


async function patientBlob(address, signal) {
  for (let tries = 0; ; tries += 1) {
    try {
      return await blob(address, signal);
    } catch (error) {
      if (!passes(error)) throw error;
      await pause(tries, error, signal);
    }
  }
}


async function blob(address, signal) {
  let response;
  try {
    response = await fetch(address, { signal, headers: { Accept: 'image/jpeg, application/json;q=0.1', 'Accept-Language': language } });
    if (response.ok) return await response.blob();
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new Refusal(word('errors.network'), { code: 'network' });
  }
  throw await refusalOf(response);
}

return { FrameLoader };
})();
modules['preview-screen.js'] = (() => {
const { Refusal } = modules['api.js'];
const { fill } = modules['dom.js'];
const { FrameLoader } = modules['frame-loader.js'];
const { word } = modules['words.js'];


const late = 300;
const slow = 4000;


class PreviewScreen {
  #parts;
  #refused;
  #loader = new FrameLoader(address => this.#arrived(address));

  #awaited = '';
  #shown = '';

  #next = null;

  #timers = [];


  constructor(parts, refused) {
    this.#parts = parts;
    this.#refused = refused;
  }


  show(addresses) {
    this.#next = null;
    if (addresses[0] !== this.#awaited) {
      this.#awaited = addresses[0];
      this.#stopWaiting();
      if (!this.#loader.have(this.#awaited)) this.#wait();
    }
    this.#loader.want(addresses);
    this.#arrived(this.#awaited);
  }


  showSoon(address) {
    if (this.#awaited === this.#shown) this.show([address]);
    else this.#next = [address];
  }


  shows(address) {
    return this.#shown === address && address !== '';
  }


  has(address) {
    return this.#loader.have(address) !== null;
  }


  blank() {
    this.#hide();
    this.#loader.clear();
    this.#wait();
  }


  trouble(content) {
    this.#hide();
    this.#parts.message.hidden = false;
    fill(this.#parts.message, ...content);
    this.#parts.said.textContent = content[0]?.textContent ?? '';
  }


  place({ zoom, x, y }) {
    const { canvas, stage } = this.#parts;
    const fit = Math.min(stage.clientWidth / canvas.width, stage.clientHeight / canvas.height);
    canvas.style.width = `${canvas.width * fit}px`;
    canvas.style.height = `${canvas.height * fit}px`;
    canvas.style.transform = `translate(${x}px, ${y}px) scale(${zoom})`;
  }


  close() {
    this.#stopWaiting();
    this.#loader.close();
  }

  #hide() {
    const { canvas, message } = this.#parts;
    this.#stopWaiting();
    this.#awaited = '';
    this.#shown = '';
    this.#next = null;
    canvas.width = 1;
    canvas.height = 1;
    canvas.hidden = true;
    delete canvas.dataset.shown;
    message.hidden = true;
  }

  #stopWaiting() {
    this.#timers.forEach(clearTimeout);
    this.#parts.wait.hidden = true;
  }

  #wait() {
    const { wait } = this.#parts;
    const say = (/** @type {string} */ text) => () => {
      wait.textContent = text;
      wait.hidden = false;
    };
    this.#timers = [setTimeout(say(word('preview.loading')), late), setTimeout(say(word('preview.slow')), slow)];
  }


  async #arrived(address) {
    const have = address === this.#awaited && address !== this.#shown ? this.#loader.have(address) : null;
    if (!have) return;
    if (have instanceof Refusal) return this.#refuse(have);
    const bitmap = await createImageBitmap(have).catch(() => null);

    if (!bitmap || address !== this.#awaited || address === this.#shown) return bitmap?.close();
    this.#paint(bitmap);
    bitmap.close();
    this.#shown = address;
    this.#parts.canvas.dataset.shown = address;
    if (this.#next) this.show(this.#next);
  }


  #refuse(refusal) {
    if ([401, 403, 404].includes(refusal.status)) this.#loader.clear();
    this.#refused(refusal);
  }


  #paint(bitmap) {
    const { canvas, message } = this.#parts;
    this.#stopWaiting();
    message.hidden = true;
    canvas.hidden = false;
    if (canvas.width !== bitmap.width) canvas.width = bitmap.width;
    if (canvas.height !== bitmap.height) canvas.height = bitmap.height;
    canvas.getContext('2d')?.drawImage(bitmap, 0, 0);
    canvas.dispatchEvent(new CustomEvent('painted'));
  }
}

return { PreviewScreen };
})();
modules['preview-state.js'] = (() => {






const largestZoom = 12;

const byHand = 'hand';

const sideStep = 512;
const largestSide = 4096;

const doubling = 260;

const ahead = 8;
const behind = 3;


const tissues = {
  soft: { centre: 40, width: 400 }, lung: { centre: -600, width: 1500 }, bone: { centre: 400, width: 1800 }, brain: { centre: 40, width: 80 },
};


function start(count, index) {
  return { index: within(index, 0, count - 1), count, window: null, preset: 'file', zoom: 1, x: 0, y: 0 };
}


function at(view, index) {
  return { ...view, index: within(index, 0, view.count - 1) };
}


function following(view) {
  return view.count > 0 ? (view.index + 1) % view.count : 0;
}







function presets(modality, { windows, isGrey }) {
  if (!isGrey) return [];
  const own = windows.slice(1).map(({ window, label }, index) => ({ name: `file${index + 2}`, window, label }));
  const known = modality === 'CT' ? Object.entries(tissues).map(([name, window]) => ({ name, window, label: '' })) : [];
  return [{ name: 'file', window: null, label: windows[0]?.label ?? '' }, ...own, ...known];
}


function chosen(view, preset) {
  return preset ? { ...view, window: preset.window, preset: preset.name } : view;
}


function nextPreset(view, known) {
  return chosen(view, known[(known.findIndex(({ name }) => name === view.preset) + 1) % known.length]);
}






function windowed(view, base, dx, dy) {
  const width = within(base.width * 2 ** (dx / doubling), 1, 1e6);
  const centre = base.centre + dy * base.width / doubling;
  return { ...view, preset: byHand, window: { centre: rounded(centre, width), width: Math.max(1, rounded(width, width)) } };
}


function rounded(value, width) {
  return width >= 20 ? Math.round(value) : Math.round(value * 10) / 10;
}






function zoomed(view, factor, stage, point = { x: 0, y: 0 }) {
  const zoom = within(view.zoom * factor, 1, largestZoom);
  const by = zoom / view.zoom;
  return held({ ...view, zoom, x: point.x - (point.x - view.x) * by, y: point.y - (point.y - view.y) * by }, stage);
}


function panned(view, dx, dy, stage) {
  return held({ ...view, x: view.x + dx, y: view.y + dy }, stage);
}


function held(view, stage) {
  const [x, y] = [stage.width, stage.height].map(side => side * (view.zoom - 1) / 2);
  return { ...view, x: within(view.x, -x, x), y: within(view.y, -y, y) };
}





function wish(picture, { window, zoom }, pixels) {
  const side = Math.min(largestSide, Math.ceil(pixels * zoom / sideStep) * sideStep);
  const parts = [window && `window=${window.centre},${window.width},linear`,
    Math.max(picture.rows, picture.columns) > side && `viewport=${side},${side}`].filter(Boolean);
  return parts.length > 0 ? `?${parts.join('&')}` : '';
}






function near({ index, count }, direction, loops) {
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

return { largestZoom, byHand, start, at, following, presets, chosen, nextPreset, windowed, zoomed, panned, held, wish, near };
})();
modules['preview-trouble.js'] = (() => {
const { make } = modules['dom.js'];
const { plural, word } = modules['words.js'];

const encapsulatedPDF = '1.2.840.10008.5.1.4.1.1.104.1';

const asFile = '?accept=application/dicom;transfer-syntax=*';






function refusalText(refusal, instance) {
  if (refusal.status === 403 || refusal.status === 404) return [make('p', {}, word('preview.gone'))];
  if (refusal.status !== 406 && refusal.status !== 413 && refusal.status !== 422) return [make('p', {}, refusal.message)];
  return [make('p', {}, word('preview.unreadable')), make('p', { class: 'muted' }, refusal.message),
    ...instance ? [make('p', { class: 'buttons' }, fileLink(instance))] : []];
}






function strangeSeries(series, others, exports) {
  const [first] = others;
  if (!first) return [make('p', {}, word('preview.empty'))];
  const instance = `${series}/instances/${first.instance}`;
  const isDocument = first.sopClass === encapsulatedPDF;
  return [make('p', {}, isDocument ? word('preview.document') : word('preview.noImage')), make('p', { class: 'buttons' },
    isDocument && make('a', { class: 'button primary', href: `${instance}/rendered?accept=application/pdf`, target: '_blank' }, word('preview.openDocument')),
    others.length === 1 && fileLink(instance),
    others.length > 1 && exports && make('a', { class: 'button', href: `${series}?accept=application/zip`, download: '' }, plural('preview.zip', others.length)))];
}


function fileLink(instance) {
  return make('a', { class: 'button', href: `${instance}${asFile}`, download: 'image.dcm' }, word('preview.file'));
}

return { refusalText, strangeSeries };
})();
modules['preview-view.js'] = (() => {
const { viewer } = modules['addresses.js'];
const { fill, make } = modules['dom.js'];
const { date, number } = modules['format.js'];
const { thumbnail } = modules['thumbnails.js'];
const { plural, word } = modules['words.js'];















function previewParts(acts) {
  const button = (/** @type {keyof typeof acts} */ act, /** @type {string} */ text, /** @type {Record<string, unknown>} */ more = {}) => make(
    'button', { type: 'button', 'data-act': act, onclick: acts[act], ...more }, text);
  const title = make('h2', { id: 'preview-title' });
  const facts = make('p', { class: 'muted' });
  const canvas = /** @type {HTMLCanvasElement} */ (make('canvas', { role: 'img', width: 1, height: 1 }));
  const place = make('p', { class: 'preview-place', 'aria-hidden': 'true' });
  const windowText = make('p', { class: 'preview-window', 'aria-hidden': 'true' });
  const wait = make('p', { class: 'preview-wait', hidden: true }, word('preview.loading'));
  const message = make('div', { class: 'preview-message', hidden: true });
  const stage = make('div', { class: 'preview-stage' }, canvas, place, windowText, wait, message);
  const slider = /** @type {HTMLInputElement} */ (make('input', { type: 'range', min: 1, max: 1, step: 1, autofocus: true, 'aria-label': word('preview.image') }));
  const presets = /** @type {HTMLSelectElement} */ (make('select', { id: 'preview-window' }));
  const presetField = make('p', { class: 'preview-preset' }, make('label', { for: 'preview-window' }, word('preview.window')), presets);
  const play = button('play', word('preview.play'), { 'aria-keyshortcuts': 'Space' });
  const finger = button('finger', word('preview.finger'), { 'aria-pressed': 'false', class: 'preview-finger' });
  const viewer = /** @type {HTMLAnchorElement} */ (make('a', { class: 'button', 'aria-keyshortcuts': 'o' }, word('study.open')));
  const strip = make('ul', { class: 'preview-strip', 'aria-label': word('study.seriesList') });
  const said = make('p', { class: 'visually-hidden', role: 'status' });
  const tools = make('div', { class: 'preview-tools' }, presetField, finger, play,
    make('span', { class: 'preview-zoom', role: 'group', 'aria-label': word('preview.zoom') },
      button('smaller', '−', { 'aria-label': word('preview.smaller'), 'aria-keyshortcuts': '-' }),
      button('fit', word('preview.fit'), { 'aria-keyshortcuts': '0' }),
      button('larger', '+', { 'aria-label': word('preview.larger'), 'aria-keyshortcuts': '+' })),
    button('keys', word('preview.keys'), { class: 'preview-keys', 'aria-keyshortcuts': '?' }), viewer);
  const dialog = /** @type {HTMLDialogElement} */ (make('dialog', { class: 'preview', 'aria-labelledby': title.id },
    make('header', { class: 'preview-head' }, title, facts), tools, button('close', word('dialog.close'), { class: 'preview-close', 'aria-keyshortcuts': 'Escape' }), strip, stage, make('p', { class: 'preview-slider' }, slider), said));
  return { dialog, title, facts, stage, canvas, place, windowText, wait, message, slider, presets, presetField, play, finger, viewer, strip, said };
}





function describe({ title, facts, strip, viewer: link }, { study, series, back }, choose) {
  const one = study.series.find((/** @type {any} */ other) => other.seriesInstanceUID === series);
  title.textContent = one ? seriesName(one) : word('study.unnamedSeries');
  facts.textContent = [one?.modality, Number.isInteger(one?.number) && word('study.number', { number: one.number }), study.description, date(study.started)]
    .filter(Boolean).join(' · ');
  link.href = viewer(study.studyInstanceUID, back);
  strip.hidden = study.series.length < 2;
  const focused = strip.contains(document.activeElement);
  fill(strip, study.series.map((/** @type {any} */ other) => stripItem(other, other === one, choose)));
  const current = /** @type {HTMLElement|null} */ (strip.querySelector('[aria-current]'));
  current?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  if (focused) current?.focus();
}


function stripItem(series, isShown, choose) {
  const uid = series.seriesInstanceUID;
  return make('li', {}, make('button', { type: 'button', 'aria-current': isShown && 'true', 'data-series': uid, onclick: () => choose(uid) },
    thumbnail(series.thumbnail, series.modality ?? ''), make('span', { class: 'tile-text' }, make('span', { class: 'tile-title' }, seriesName(series)),
      make('span', { class: 'muted' }, plural('study.images', series.instances)))));
}


function seriesName(series) {
  return series.description || word('study.unnamedSeries');
}






function sayPlace({ title, place, slider, canvas, windowText }, { index, count }, window) {
  const text = word('preview.place', { index: number(index + 1), count: number(count) });
  place.textContent = count > 1 ? `${number(index + 1)} / ${number(count)}` : '';
  slider.value = String(index + 1);
  slider.setAttribute('aria-valuetext', text);
  canvas.setAttribute('aria-label', `${title.textContent}, ${text}`);
  windowText.textContent = window ? word('preview.windowText', { centre: number(window.centre), width: number(window.width) }) : '';
  return text;
}





function presetOptions(known, chosen) {
  const text = (/** @type {{name: string, label: string}} */ { name, label }) => (name.startsWith('file')
    ? [word('preview.ofFile'), label].filter(Boolean).join(' · ') : word(`tissue.${name}`));
  const options = known.map(preset => make('option', { value: preset.name, selected: preset.name === chosen }, text(preset)));
  return known.some(({ name }) => name === chosen) ? options
    : [...options, make('option', { value: chosen, selected: true }, word('preview.byHand'))];
}


function keyList() {
  const rows = [['↑ ↓ ← →', word('previewKey.step')], ['Page ↑ ↓', word('previewKey.page')], [word('previewKey.homeEnd'), word('previewKey.ends')],
    ['n p', word('previewKey.series')], [word('previewKey.spaceKey'), word('previewKey.cine')], ['1 – 9', word('previewKey.preset')],
    [word('previewKey.shiftArrows'), word('previewKey.window')], ['+ − 0', word('previewKey.zoom')], [word('previewKey.controlArrows'), word('previewKey.pan')],
    ['o', word('previewKey.viewer')], ['Esc', word('previewKey.close')]];
  return make('dl', { class: 'keys' }, rows.flatMap(([key, text]) => [make('dt', {}, make('kbd', {}, key)), make('dd', {}, text)]));
}

return { previewParts, describe, sayPlace, presetOptions, keyList };
})();
modules['elements/series-preview.js'] = (() => {
const { Refusal } = modules['api.js'];
const { formDialog } = modules['dialogs.js'];
const { fill, make } = modules['dom.js'];
const { Cine } = modules['preview-cine.js'];
const { listenToHands } = modules['preview-gestures.js'];
const { keyWish } = modules['preview-keys.js'];
const { readImages } = modules['preview-reading.js'];
const { PreviewScreen } = modules['preview-screen.js'];
const { at, chosen, following, near, nextPreset, panned, presets, start, windowed, wish, zoomed } = modules['preview-state.js'];
const { refusalText, strangeSeries } = modules['preview-trouble.js'];
const { describe, keyList, presetOptions, previewParts, sayPlace } = modules['preview-view.js'];
const { word } = modules['words.js'];


const rest = 400;




class SeriesPreview extends HTMLElement {
  #listening = new AbortController();
  #parts = previewParts({
    close: () => this.leave(), play: () => this.#play(), larger: () => this.#zoom(1.5), smaller: () => this.#zoom(1 / 1.5),
    fit: () => this.#zoom(0), finger: () => this.#toggleFinger(), keys: () => this.#act('keys'),
  });
  #screen = new PreviewScreen(this.#parts, refusal => this.#trouble(refusalText(refusal, this.#instancePath)));

  #images = null;
  #view = start(0, 0);
  #direction = 1;
  #cine = new Cine(() => this.#showNext(), playing => { this.#parts.play.textContent = playing ? word('preview.pause') : word('preview.play'); });
  #fingerWindows = false;

  #asked = 0;

  #restTimer;

  options = { study: { series: [] }, series: '', image: 1, back: '', exports: false, moved: () => {}, left: () => {} };

  connectedCallback() {
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    const { dialog, stage, slider, canvas, presets: menu } = this.#parts;
    this.append(dialog);
    dialog.addEventListener('cancel', event => {
      event.preventDefault();
      this.leave();
    }, { signal });
    document.addEventListener('keydown', event => this.#key(event), { signal });
    slider.addEventListener('input', () => this.#step(slider.valueAsNumber - 1 - this.#view.index), { signal });
    menu.addEventListener('change', () => this.#choose(this.#presets.find(preset => preset.name === menu.value)), { signal });
    canvas.addEventListener('painted', () => this.#screen.place(this.#view), { signal });
    document.addEventListener('visibilitychange', () => document.hidden && this.#cine.stop(), { signal });
    listenToHands(stage, {
      step: by => this.#step(by), windowing: (dx, dy) => this.#window(dx, dy), pan: (dx, dy) => this.#pan(dx, dy),
      zoom: (factor, point) => this.#zoom(factor, point), cycle: () => this.#change(nextPreset(this.#view, this.#presets)), drags: kind => this.#drags(kind),
    }, signal);
    const resized = new ResizeObserver(() => this.#screen.place(this.#view));
    resized.observe(stage);
    signal.addEventListener('abort', () => resized.disconnect());
    dialog.showModal();
    this.#open(this.options.series, this.options.image);
  }

  disconnectedCallback() {
    this.#listening.abort();
    this.#cine.stop();
    clearTimeout(this.#restTimer);
    this.#screen.close();
    this.#parts.dialog.close();
  }


  update(study) {
    const before = JSON.stringify(this.options.study.series);
    this.options.study = study;
    if (JSON.stringify(study.series) !== before && this.#series) this.#open(this.options.series, 1);
  }

  leave() {
    this.remove();
    this.options.left();
  }

  get #series() {
    return this.options.study.series.find((/** @type {any} */ one) => one.seriesInstanceUID === this.options.series);
  }

  get #path() {
    return `/dicomweb/studies/${this.options.study.studyInstanceUID}/series/${this.options.series}`;
  }

  get #instancePath() {
    const picture = this.#images?.pictures[this.#view.index];
    return picture ? `${this.#path}/instances/${picture.instance}` : null;
  }

  get #presets() {
    return this.#images ? presets(this.#series?.modality ?? '', this.#images) : [];
  }

  get #stage() {
    return { width: this.#parts.stage.clientWidth, height: this.#parts.stage.clientHeight };
  }


  async #open(series, image) {
    const known = series === this.options.series ? this.#images : null;
    this.options.series = series;
    if (!known) this.#forget();
    describe(this.#parts, this.options, uid => this.#open(uid, 1));
    this.#asked += 1;
    const asked = this.#asked;
    try {
      const read = await readImages(this.#path, this.#listening.signal);
      if (asked !== this.#asked) return;
      this.#images = read;
      const { instance, frame } = known?.pictures[this.#view.index] ?? {};
      const same = known ? read.pictures.findIndex(one => one.instance === instance && one.frame === frame) : image - 1;
      this.#view = { ...this.#view, ...at({ ...this.#view, count: read.pictures.length }, Math.max(0, same)) };
      this.#showFound();
      if (!known && !document.activeElement?.closest('.preview-strip, .preview-tools')) this.#rest();
    } catch (error) {
      if (asked !== this.#asked || this.#listening.signal.aborted) return;
      if (!(error instanceof Refusal)) throw error;
      if (known && error.status !== 404) return;
      this.#trouble(refusalText(error, null));
    }
  }

  #forget() {
    this.#cine.stop();
    this.#screen.blank();
    this.#images = null;
    this.#view = start(0, 0);
    fill(this.#parts.place);
    fill(this.#parts.windowText);
  }


  #showFound() {
    const { slider, play, presetField, finger, presets: menu } = this.#parts;
    slider.max = String(Math.max(1, this.#view.count));
    slider.hidden = this.#view.count < 2;
    play.hidden = this.#view.count < 2;
    presetField.hidden = this.#presets.length === 0;
    finger.hidden = this.#presets.length === 0;
    fill(menu, presetOptions(this.#presets, this.#view.preset));
    if (this.#view.count === 0) return this.#trouble(strangeSeries(this.#path, this.#images?.others ?? [], this.options.exports));
    this.#update();
  }


  #rest() {
    const { slider, dialog } = this.#parts;
    /** @type {HTMLElement|null} */ (slider.hidden ? dialog.querySelector('[data-act="close"]') : slider)?.focus();
  }


  #step(by) {
    this.#cine.stop();
    this.#direction = by < 0 ? -1 : 1;
    this.#change(at(this.#view, this.#view.index + by));
  }


  #change(view) {
    this.#view = view;
    this.#update();
  }


  #choose(preset) {
    this.#change(chosen(this.#view, preset));
  }


  #window(dx, dy) {
    if (!this.#images?.isGrey) return;
    this.#view = windowed(this.#view, this.#view.window ?? this.#images.windows[0]?.window ?? this.#images.range, dx, dy);
    this.#say();
    this.#screen.showSoon(this.#address(this.#view.index));
  }


  #pan(dx, dy) {
    this.#view = panned(this.#view, dx, dy, this.#stage);
    this.#screen.place(this.#view);
  }


  #zoom(factor, point) {
    this.#change(zoomed(this.#view, factor, this.#stage, point));
  }


  #drags(kind) {
    if (this.#images?.isGrey && (kind === 'mouse' || this.#fingerWindows)) return 'window';
    return this.#view.zoom > 1 || kind === 'mouse' ? 'pan' : 'step';
  }

  #toggleFinger() {
    this.#fingerWindows = !this.#fingerWindows;
    this.#parts.finger.setAttribute('aria-pressed', String(this.#fingerWindows));
  }

  #play() {
    if (this.#cine.plays) return this.#cine.stop();
    this.#direction = 1;
    if (this.#view.count > 1) this.#cine.play(this.#images?.rate ?? 1);
  }

  #showNext() {
    const next = following(this.#view);
    if (this.#screen.shows(this.#address(this.#view.index)) && this.#screen.has(this.#address(next))) this.#change(at(this.#view, next));
    else this.#fetch();
  }


  #address(index) {
    const picture = this.#images?.pictures[index];
    if (!picture) return '';
    const frame = picture.frames > 1 ? `/frames/${picture.frame}` : '';
    const pixels = Math.max(this.#stage.width, this.#stage.height) * devicePixelRatio;
    return `${this.#path}/instances/${picture.instance}${frame}/rendered${wish(picture, this.#view, pixels)}`;
  }


  #update() {
    if (this.#view.count === 0) return;
    this.#say();
    this.#fetch();
    this.#screen.place(this.#view);
  }

  #fetch() {
    this.#screen.show(near(this.#view, this.#direction, this.#cine.plays).map(one => this.#address(one)));
  }

  #say() {
    const used = this.#images?.isGrey ? this.#view.window ?? this.#images.windows[0]?.window : null;
    const text = sayPlace(this.#parts, this.#view, used);
    const { presets: menu } = this.#parts;
    if (menu.value !== this.#view.preset) fill(menu, presetOptions(this.#presets, this.#view.preset));
    clearTimeout(this.#restTimer);
    this.#restTimer = setTimeout(() => this.#settled(text), rest);
  }


  #settled(text) {
    this.#fetch();
    if (!this.#cine.plays && !this.#parts.canvas.hidden && document.activeElement !== this.#parts.slider) this.#parts.said.textContent = text;
    this.options.moved(this.options.series, this.#view.index + 1);
  }


  #trouble(content) {
    this.#cine.stop();
    this.#screen.trouble(content);
  }


  #key(event) {
    const dialog = /** @type {Element} */ (event.target).closest('dialog');
    if (dialog && dialog !== this.#parts.dialog) return;
    const wished = keyWish(event, this.#view, this.#presets.length);
    if (!wished) return;
    event.preventDefault();
    const { go, step, zoom, pan, window, preset, act, series } = wished;
    if (go !== undefined || step) this.#step(step ?? go - this.#view.index);
    else if (zoom !== undefined) this.#zoom(zoom);
    else if (pan) this.#pan(...pan);
    else if (window) this.#window(...window);
    else if (preset !== undefined) this.#choose(this.#presets[preset]);
    else if (series) this.#neighbour(series);
    else this.#act(act);
  }


  #act(act) {
    if (act === 'play') this.#play();
    else if (act === 'viewer') location.assign(this.#parts.viewer.href);
    else formDialog({ title: word('preview.keysTitle'), submit: word('dialog.close'), shows: true, body: [keyList()], save: async () => true });
  }


  #neighbour(by) {
    const all = this.options.study.series;
    const next = all[all.indexOf(this.#series) + by];
    if (next) this.#open(next.seriesInstanceUID, 1);
  }
}

customElements.define('series-preview', SeriesPreview);


function openPreview(options) {
  const preview = /** @type {SeriesPreview} */ (make('series-preview'));
  preview.options = options;
  document.body.append(preview);
  return preview;
}

return { openPreview };
})();
export const { openPreview } = modules['elements/series-preview.js'];
