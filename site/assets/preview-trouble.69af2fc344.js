import { make } from './dom.cb1cc6f6ea.js';
import { plural, word } from './words.4bd9aa8b7e.js';

const encapsulatedPDF = '1.2.840.10008.5.1.4.1.1.104.1';
/** The file as it is kept (PS3.18 §8.7.3.5.2). */
const asFile = '?accept=application/dicom;transfer-syntax=*';

/**
 * Why there is no picture, and what can be done instead.
 * @param {import('./api.js').Refusal} refusal @param {string|null} instance the path of the image
 * @returns {Node[]}
 */
export function refusalText(refusal, instance) {
  if (refusal.status === 403 || refusal.status === 404) return [make('p', {}, word('preview.gone'))];
  if (refusal.status !== 406 && refusal.status !== 413 && refusal.status !== 422) return [make('p', {}, refusal.message)];
  return [make('p', {}, word('preview.unreadable')), make('p', { class: 'muted' }, refusal.message),
    ...instance ? [make('p', { class: 'buttons' }, fileLink(instance))] : []];
}

/**
 * A series without a picture: what it is, and how to have it.
 * @param {string} series its path @param {{instance: string, sopClass: string}[]} others what it holds @param {boolean} exports whether the reader may take files out
 * @returns {Node[]}
 */
export function strangeSeries(series, others, exports) {
  const [first] = others;
  if (!first) return [make('p', {}, word('preview.empty'))];
  const instance = `${series}/instances/${first.instance}`;
  const isDocument = first.sopClass === encapsulatedPDF;
  return [make('p', {}, isDocument ? word('preview.document') : word('preview.noImage')), make('p', { class: 'buttons' },
    isDocument && make('a', { class: 'button primary', href: `${instance}/rendered?accept=application/pdf`, target: '_blank' }, word('preview.openDocument')),
    others.length === 1 && fileLink(instance),
    others.length > 1 && exports && make('a', { class: 'button', href: `${series}?accept=application/zip`, download: '' }, plural('preview.zip', others.length)))];
}

/** @param {string} instance */
function fileLink(instance) {
  return make('a', { class: 'button', href: `${instance}${asFile}`, download: 'image.dcm' }, word('preview.file'));
}
