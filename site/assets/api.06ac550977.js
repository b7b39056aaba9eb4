import { language, word } from './words.ef487a8397.js';


const spokenHere = new Set(['unavailable', 'body.tooLarge', 'object.missing']);


const pageLength = 200;
const mostPages = 25;


export class Refusal extends Error {

  constructor(message, { status = 0, code = '', field = '', details = {}, retryAfter = 0 } = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.field = field;
    this.details = details ?? {};
    this.retryAfter = retryAfter;
  }
}









export async function call(method, path, { body, etag, token, signal, stranger = false } = {}) {
  const headers = new Headers({ Accept: 'application/json', 'Accept-Language': language });
  if (body !== undefined) headers.set('Content-Type', 'application/json');
  if (etag) headers.set('If-Match', etag);
  if (token) headers.set('Authorization', `Bearer ${token}`);
  let response;
  try {
    response = await fetch(path, {
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


export async function get(path, signal) {
  return (await call('GET', path, { signal })).data;
}


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





export function refusal(status, data, retryAfter, stranger) {
  const error = data?.error ?? {};
  if (status === 401 && !stranger) document.dispatchEvent(new CustomEvent('session-ended'));
  const message = spokenHere.has(error.code) ? '' : error.message;
  return new Refusal(message || sentence(status), {
    status, code: error.code ?? '', field: error.field, details: error.details,
    retryAfter: retryAfter || 0,
  });
}


function sentence(status) {
  if (status === 401) return word('errors.session');
  if (status === 404) return word('errors.absent');
  if (status === 413) return word('errors.tooLarge');
  if (status === 429 || status === 503) return word('errors.busy');
  return word('errors.server', { status });
}
