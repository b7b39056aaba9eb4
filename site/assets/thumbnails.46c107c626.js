import { make } from './dom.71da60e761.js';







export function thumbnail(address, stand, loading = 'lazy') {
  const box = make('span', { class: 'thumb' }, make('span', { class: 'thumb-stand', 'aria-hidden': 'true' }, stand));
  if (!address?.startsWith('/') || address.startsWith('//')) return box;
  const image = make('img', { src: address, alt: '', loading, decoding: 'async', draggable: 'false' });
  image.addEventListener('load', () => box.setAttribute('data-loaded', ''));
  image.addEventListener('error', () => image.remove());
  box.append(image);
  return box;
}
