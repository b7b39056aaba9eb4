import { language, word } from './words.js';

/** What the proxy before the portal says, which speaks one language only. */
const spokenHere = new Set(['unavailable', 'body.tooLarge', 'object.missing']);

/** Some lists are short enough to hold whole; they are asked a page at a time all the same. */
const pageLength = 200;
const mostPages = 25;

/**
 * What `ask-early.js` asked for by its path; nothing more is added once this module is here. Null where the way was lost.
 * @type {Map<string, Promise<Response|null>>}
 */
const early = window.askedEarly ??= new Map();

/** What the portal, or the way to it, refused. `message` is a sentence for the reader. */
export class Refusal extends Error {
  /** @param {string} message @param {{status?: number, code?: string, field?: string, details?: any, retryAfter?: number}} facts */
  constructor(message, { status = 0, code = '', field = '', details = {}, retryAfter = 0 } = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.field = field;
    this.details = details ?? {};
    this.retryAfter = retryAfter;
  }
}

/**
 * Asks the portal.
 * @param {string} method
 * @param {string} path
 * @param {{body?: unknown, etag?: string|null, token?: string, signal?: AbortSignal, stranger?: boolean}} [options]
 *   `stranger`: a 401 is an answer here and not the end of a session
 * @returns {Promise<{data: any, etag: string|null, status: number}>}
 */
export async function call(method, path, { body, etag, token, signal, stranger = false } = {}) {
  const headers = new Headers({ Accept: 'application/json', 'Accept-Language': language });
  if (body !== undefined) headers.set('Content-Type', 'application/json');
  if (etag) headers.set('If-Match', etag);
  if (token) headers.set('Authorization', `Bearer ${token}`);
  let response;
  try {
    response = await askedEarly(method, path) ?? await fetch(path, {
      method, headers, signal, credentials: token ? 'omit' : 'same-origin',
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new Refusal(word('errors.network'), { code: 'network' });
  }
  const data = await response.json().catch(() => null);
  if (!response.ok) throw refusal(response.status, data, Number(response.headers.get('Retry-After')), stranger);
  return { data, etag: response.headers.get('ETag'), status: response.status };
}

/** An answer that is on its way already; it is taken once. @param {string} method @param {string} path */
function askedEarly(method, path) {
  if (method !== 'GET') return null;
  const answer = early.get(path);
  early.delete(path);
  return answer;
}

/** @param {string} path @param {AbortSignal} [signal] @returns {Promise<any>} */
export async function get(path, signal) {
  return (await call('GET', path, { signal })).data;
}

/** Every itemof a list. @param {string} path @param {AbortSignal} [signal] @returns {Promise<any[]>} */
export async function all(path, signal) {
  const found = [];
  let after = '';
  for (let pages = 0; pages < mostPages; pages += 1) {
    const search = new URLSearchParams({ limit: String(pageLength) });
    if (after) search.set('after', after);
    const answer = await get(`${path}${path.includes('?') ? '&' : '?'}${search}`, signal);
    found.push(...answer.items);
    after = answer.next ?? '';
    if (!after) return found;
  }
  return found;
}

/**
 * Makes a refusal of an answer, and tells the page when the session is over.
 * @param {number} status @param {any} data @param {number} retryAfter @param {boolean} stranger
 */
export function refusal(status, data, retryAfter, stranger) {
  const error = data?.error ?? {};
  if (status === 401 && !stranger) document.dispatchEvent(new CustomEvent('session-ended'));
  const message = spokenHere.has(error.code) ? '' : error.message;
  return new Refusal(message || sentence(status), {
    status, code: error.code ?? '', field: error.field, details: error.details,
    retryAfter: retryAfter || 0,
  });
}

/** The refusal that an answer to a signed-in reader is. @param {Response} response */
export async function refusalOf(response) {
  return refusal(response.status, await response.json().catch(() => null), Number(response.headers.get('Retry-After')), false);
}

/** @param {number} status */
function sentence(status) {
  if (status === 401) return word('errors.session');
  if (status === 404) return word('errors.absent');
  if (status === 413) return word('errors.tooLarge');
  if (status === 429 || status === 503) return word('errors.busy');
  return word('errors.server', { status });
}
