import { make } from './dom.js';

/**
 * A reserved box with a preview image; when there is none, the modality stands in it.
 * @param {string|null|undefined} address
 * @param {string} stand what the box says without an image
 * @param {'lazy'|'eager'} [loading] eager where it surely is among the first things that are seen
 */
export function thumbnail(address, stand, loading = 'lazy') {
  const box = make('span', { class: 'thumb' }, make('span', { class: 'thumb-stand', 'aria-hidden': 'true' }, stand));
  if (!address?.startsWith('/') || address.startsWith('//')) return box;
  const image = make('img', { src: address, alt: '', loading, decoding: 'async', draggable: 'false' });
  image.addEventListener('load', () => box.setAttribute('data-loaded', ''));
  image.addEventListener('error', () => image.remove());
  box.append(image);
  return box;
}
