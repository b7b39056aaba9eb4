







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


export function fill(element, ...children) {
  element.replaceChildren(...present(children));
}


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


function present(children) {
  return children.flat().filter(child => child !== null && child !== undefined && child !== false && child !== '')
    .map(child => (child instanceof Node ? child : String(child)));
}


export function murmur(text) {
  const line = document.querySelector('.status-line');
  line?.toggleAttribute('data-shown', false);
  if (line) line.textContent = text;
}


export function announce(text) {
  const line = document.querySelector('.status-line');
  if (!line) return;
  line.textContent = text;
  line.toggleAttribute('data-shown', true);
  clearTimeout(announce.timer);
  announce.timer = setTimeout(() => line.toggleAttribute('data-shown', false), 5000);
}

announce.timer = undefined;







export function notice(kind, text, ...more) {
  return make('div', { class: 'notice', 'data-kind': kind, role: kind === 'bad' ? 'alert' : null },
    make('p', {}, text), more.length > 0 && make('p', { class: 'buttons' }, more));
}


export function skeletons(count, kind = 'row') {
  return Array.from({ length: count }, () => make('div', { class: `skeleton skeleton-${kind}`, 'aria-hidden': 'true' }));
}
