import { language } from './words.4bd9aa8b7e.js';

/**
 * The address of a page in the current language.
 * @param {string} path as pages.yaml lists it
 * @param {Record<string, string|null|undefined>} [query]
 */
export function page(path, query = {}) {
  const fields = Object.entries(query).filter(([, value]) => value);
  const search = new URLSearchParams(/** @type {[string, string][]} */ (fields)).toString();
  return `/${language}/${path}${search ? `?${search}` : ''}`;
}

/**
 * OHIF with one study open.
 * @param {string} study its UID
 * @param {string} [back] the page of ours that the reader comes from, for the way back
 */
export function viewer(study, back) {
  return `/viewer/viewer?${new URLSearchParams({ StudyInstanceUIDs: study, ...back && { back } })}`;
}

/**
 * A path of this very site out of an address that someone else wrote; null for everything else.
 * @param {string|null|undefined} text
 */
export function sameOriginPath(text) {
  if (!text || !/^\/(?![/\\])/.test(text) || /[\u0000-\u001f\\]/.test(text)) return null;
  const url = new URL(text, location.origin);
  return url.origin === location.origin ? url.pathname + url.search + url.hash : null;
}

/** Where to go after signing in again: the page that is open. */
export function signInAgain() {
  return page('', { ended: '1', next: location.pathname + location.search });
}
