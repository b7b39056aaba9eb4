/**
 * Asks the portal for what the page will ask first, while its scripts are still on their way; `api.js` takes the answers.
 *
 * A plain script, because modules wait until the page is read. Its element names the paths, with `{id}` for the `id` of
 * the page's address. When it comes after the modules, they have asked for themselves.
 */
(() => {
  if (window.askedEarly) return;
  window.askedEarly = new Map();
  const search = new URLSearchParams(location.search);
  const headers = { Accept: 'application/json', 'Accept-Language': document.documentElement.lang };
  for (const pattern of document.currentScript.dataset.paths.split(' ')) {
    const name = /\{([a-z]+)\}/.exec(pattern)?.[1] ?? '';
    const value = search.get(name);
    if (name && !value) continue;
    const path = pattern.replace(`{${name}}`, encodeURIComponent(value));
    window.askedEarly.set(path, fetch(path, { headers }).catch(() => null));
  }
})();
