











const notch = 80;
const touchpadStep = 30;

const fingerStep = 14;
const line = 40;


export function listenToHands(stage, wishes, signal) {
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
