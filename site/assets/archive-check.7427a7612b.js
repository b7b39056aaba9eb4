import { refusal, Refusal } from './api.06ac550977.js';
import { language, word } from './words.ef487a8397.js';








export function checkArchive({ file, path }, { onExisting, signal, progress }) {
  const search = new URLSearchParams({ onExisting, dryRun: 'true', name: path });
  const request = new XMLHttpRequest();
  request.open('POST', `/api/patients/import?${search}`);
  request.responseType = 'json';
  request.setRequestHeader('Accept', 'application/json');
  request.setRequestHeader('Accept-Language', language);
  request.setRequestHeader('Content-Type', archiveType(path));
  return new Promise((resolve, reject) => {
    request.upload.addEventListener('progress', event => {
      if (event.lengthComputable) progress(event.loaded);
    });
    request.addEventListener('load', () => {
      const { status, response } = request;
      if (status < 400) resolve(response);
      else reject(refusal(status, response, Number(request.getResponseHeader('Retry-After')), false));
    });
    request.addEventListener('error', () => reject(new Refusal(word('errors.network'), { code: 'network' })));
    request.addEventListener('abort', () => reject(new DOMException('', 'AbortError')));
    signal.addEventListener('abort', () => request.abort(), { once: true });
    request.send(file);
  });
}


function archiveType(path) {
  if (/\.tar$/i.test(path)) return 'application/x-tar';
  return /\.7z$/i.test(path) ? 'application/x-7z-compressed' : 'application/zip';
}
