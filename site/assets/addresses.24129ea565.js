import { language } from './words.ef487a8397.js';






export function page(path, query = {}) {
  const fields = Object.entries(query).filter(([, value]) => value);
  const search = new URLSearchParams(/** @type {[string, string][]} */ (fields)).toString();
  return `/${language}/${path}${search ? `?${search}` : ''}`;
}

<<<<<<<< HEAD:site/assets/addresses.f20333e5ad.js
/**
 * OHIF with one study open.
 * @param {string} study its UID
 * @param {string} [back] the page of ours that the reader comes from, for the way back
 */
export function viewer(study, back) {
  return `/viewer/viewer?${new URLSearchParams({ StudyInstanceUIDs: study, ...back && { back } })}`;
========

export function viewer(study) {
  return `/viewer/viewer?StudyInstanceUIDs=${encodeURIComponent(study)}`;
>>>>>>>> dashboard:site/assets/addresses.24129ea565.js
}





export function sameOriginPath(text) {
  if (!text || !/^\/(?![/\\])/.test(text) || /[\u0000-\u001f\\]/.test(text)) return null;
  const url = new URL(text, location.origin);
  return url.origin === location.origin ? url.pathname + url.search + url.hash : null;
}


export function signInAgain() {
  return page('', { ended: '1', next: location.pathname + location.search });
}
