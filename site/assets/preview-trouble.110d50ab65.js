import { make } from './dom.71da60e761.js';
import { plural, word } from './words.ef487a8397.js';

const encapsulatedPDF = '1.2.840.10008.5.1.4.1.1.104.1';

const asFile = '?accept=application/dicom;transfer-syntax=*';






export function refusalText(refusal, instance) {
  if (refusal.status === 403 || refusal.status === 404) return [make('p', {}, word('preview.gone'))];
  if (refusal.status !== 406 && refusal.status !== 413 && refusal.status !== 422) return [make('p', {}, refusal.message)];
  return [make('p', {}, word('preview.unreadable')), make('p', { class: 'muted' }, refusal.message),
    ...instance ? [make('p', { class: 'buttons' }, fileLink(instance))] : []];
}






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


function fileLink(instance) {
  return make('a', { class: 'button', href: `${instance}${asFile}`, download: 'image.dcm' }, word('preview.file'));
}
