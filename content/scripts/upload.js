import { refusal, Refusal } from './api.js';
import { isArchive } from './dropped-files.js';
import { language, word } from './words.js';

/**
 * Sends files to the import and tells how far it is. `fetch` cannot tell that, hence XMLHttpRequest.
 * @param {import('./dropped-files.js').FoundFile[]} files one archive, or any files
 * @param {{id: string, onExisting: string, dryRun: boolean, signal: AbortSignal, progress: (sent: number, total: number) => void}} options
 * @returns {Promise<any>} the report
 */
export function upload(files, { id, onExisting, dryRun, signal, progress }) {
  const search = new URLSearchParams(dryRun ? { onExisting, dryRun: 'true' } : { onExisting, id });
  if (isArchive(files)) search.set('name', files[0].path);
  const request = new XMLHttpRequest();
  request.open('POST', `/api/patients/import?${search}`);
  request.responseType = 'json';
  request.setRequestHeader('Accept', 'application/json');
  request.setRequestHeader('Accept-Language', language);
  return new Promise((resolve, reject) => {
    request.upload.addEventListener('progress', event => {
      if (event.lengthComputable) progress(event.loaded, event.total);
    });
    request.addEventListener('load', () => {
      const { status, response } = request;
      if (status < 400) resolve(response);
      else reject(refusal(status, response, Number(request.getResponseHeader('Retry-After')), false));
    });
    request.addEventListener('error', () => reject(new Refusal(word('import.lost'), { code: 'network' })));
    request.addEventListener('abort', () => reject(new DOMException('', 'AbortError')));
    signal.addEventListener('abort', () => request.abort(), { once: true });
    if (isArchive(files)) {
      request.setRequestHeader('Content-Type', archiveType(files[0].path));
      request.send(files[0].file);
    } else {
      request.send(form(files));
    }
  });
}

/** @param {string} path */
function archiveType(path) {
  if (/\.tar$/i.test(path)) return 'application/x-tar';
  return /\.7z$/i.test(path) ? 'application/x-7z-compressed' : 'application/zip';
}

/** @param {import('./dropped-files.js').FoundFile[]} files */
function form(files) {
  const form = new FormData();
  for (const { file, path } of files) form.append('files', file, path);
  return form;
}

/** A UUID; `randomUUID` is there only over https. */
export function newID() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map(byte => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
