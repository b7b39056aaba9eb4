/** Elements made in code: text is always text, never HTML. */

/**
 * @param {string} tag
 * @param {Record<string, unknown>} [attributes] `on…` adds a listener, a boolean sets or leaves out, null leaves out
 * @param {...(Node|string|number|null|undefined|false)} children
 * @returns {HTMLElement}
 */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), /** @type {EventListener} */ (value));
    else element.setAttribute(name, value === true ? '' : String(value));
  }
  element.append(...present(children));
  return element;
}

/** Puts new children in place of all old ones. @param {Element} element @param {...unknown} children */
export function fill(element, ...children) {
  element.replaceChildren(...present(children));
}

/** A box in which what is too wide scrolls by itself; while it does, the keyboard reaches it. @param {Node} content */
export function scrolling(content) {
  const box = make('div', { class: 'scroll' }, content);
  const watch = new ResizeObserver(() => {
    if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
    else box.removeAttribute('tabindex');
  });
  watch.observe(box);
  if (content instanceof Element) watch.observe(content);
  return box;
}

/** @param {unknown[]} children */
function present(children) {
  return children.flat().filter(child => child !== null && child !== undefined && child !== false && child !== '')
    .map(child => (child instanceof Node ? child : String(child)));
}

/** Says to those who listen what the page shows elsewhere. @param {string} text */
export function murmur(text) {
  const line = document.querySelector('.status-line');
  line?.toggleAttribute('data-shown', false);
  if (line) line.textContent = text;
}

/** Says a milestone in the page's status line, for all to see. @param {string} text */
export function announce(text) {
  const line = document.querySelector('.status-line');
  if (!line) return;
  line.textContent = text;
  line.toggleAttribute('data-shown', true);
  clearTimeout(announce.timer);
  announce.timer = setTimeout(() => line.toggleAttribute('data-shown', false), 5000);
}
/** @type {ReturnType<typeof setTimeout>|undefined} */
announce.timer = undefined;

/**
 * A box with a sentence about what went wrong or right.
 * @param {'bad'|'warn'|'good'|'info'} kind
 * @param {string} text
 * @param {...Node} more
 */
export function notice(kind, text, ...more) {
  return make('div', { class: 'notice', 'data-kind': kind, role: kind === 'bad' ? 'alert' : null },
    make('p', {}, text), more.length > 0 && make('p', { class: 'buttons' }, more));
}

/** Rows of grey where rows will be, so that nothing jumps. @param {number} count @param {string} [kind] */
export function skeletons(count, kind = 'row') {
  return Array.from({ length: count }, () => make('div', { class: `skeleton skeleton-${kind}`, 'aria-hidden': 'true' }));
}
