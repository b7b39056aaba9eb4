import { language } from './words.ef487a8397.js';






export function page(path, query = {}) {
  const fields = Object.entries(query).filter(([, value]) => value);
  const search = new URLSearchParams(/** @type {[string, string][]} */ (fields)).toString();
  return `/${language}/${path}${search ? `?${search}` : ''}`;
}






export function viewer(study, back) {
  return `/viewer/viewer?${new URLSearchParams({ StudyInstanceUIDs: study, ...back && { back } })}`;
}





export function sameOriginPath(text) {
  if (!text || !/^\/(?![/\\])/.test(text) || /[\u0000-\u001f\\]/.test(text)) return null;
  const url = new URL(text, location.origin);
  return url.origin === location.origin ? url.pathname + url.search + url.hash : null;
}


export function signInAgain() {
  return page('', { ended: '1', next: location.pathname + location.search });
}
