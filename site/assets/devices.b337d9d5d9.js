import { word } from './words.4bd9aa8b7e.js';

/** A browser and a system, as far as the User-Agent tells. @param {string|null} [agent] */
export function device(agent) {
  const text = agent ?? '';
  const browser = /Edg\//.test(text) ? 'Edge' : /Firefox\//.test(text) ? 'Firefox' : /Chrome\//.test(text) ? 'Chrome' : /Safari\//.test(text) ? 'Safari' : '';
  const system = /Android/.test(text) ? 'Android' : /iPhone|iPad/.test(text) ? 'iOS' : /Windows/.test(text) ? 'Windows' : /Mac OS X/.test(text) ? 'macOS' : /Linux/.test(text) ? 'Linux' : '';
  return [browser, system].filter(Boolean).join(', ') || text.slice(0, 60) || word('account.unknownDevice');
}
