


const pageLength = 10;
const nudge = 26;
const zoomStep = 1.5;








const arrows = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };

const plain = {
  PageDown: { step: pageLength }, PageUp: { step: -pageLength }, '+': { zoom: zoomStep }, '=': { zoom: zoomStep }, '-': { zoom: 1 / zoomStep }, 0: { zoom: 0 },
  n: { series: 1 }, p: { series: -1 }, o: { act: 'viewer' }, '?': { act: 'keys' },
};





export function keyWish(event, { count }, presets) {
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
