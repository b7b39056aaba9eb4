import { modules } from '/assets/common.c48fc35e30.js';
modules['keys.js'] = (() => {





const pageKeys = [];


function offerKeys(...keys) {
  pageKeys.push(...keys);
}


function isTaken(event) {
  const target = /** @type {HTMLElement} */ (event.target);
  return event.ctrlKey || event.metaKey || event.altKey || target.matches('input:not([type="checkbox"]), textarea, select, [contenteditable]')
    || document.querySelector('dialog[open]') !== null;
}

return { pageKeys, offerKeys, isTaken };
})();
modules['session.js'] = (() => {
const { get } = modules['api.js'];

const remembered = 'permissions';









let asked;


function session() {
  asked ??= get('/api/session').then(({ user, receiver }) => {
    const held = [...user.permissions, ...user.permissionsOnAll.map((/** @type {string} */ permission) => `${permission}OnAll`)];
    sessionStorage.setItem(remembered, JSON.stringify(held));
    return { user, held, receiver };
  });
  return asked;
}


function rememberedPermissions() {
  try {
    return JSON.parse(sessionStorage.getItem(remembered) ?? '[]');
  } catch {
    return [];
  }
}


function forgetSession() {
  sessionStorage.removeItem(remembered);
}






function showPermitted(root, held) {
  for (const element of root.querySelectorAll('[data-permission]')) {
    const needed = (element.getAttribute('data-permission') ?? '').split(' ');
    element.toggleAttribute('hidden', !needed.some(permission => held.includes(permission)));
  }
}

return { session, rememberedPermissions, forgetSession, showPermitted };
})();
modules['elements/app-frame.js'] = (() => {
const { call, get, Refusal } = modules['api.js'];
const { page, signInAgain } = modules['addresses.js'];
const { announce, make } = modules['dom.js'];
const { formDialog } = modules['dialogs.js'];
const { isTaken, pageKeys } = modules['keys.js'];
const { forgetSession, rememberedPermissions, session, showPermitted } = modules['session.js'];
const { language, word } = modules['words.js'];


const administration = [['manageUsers', 'admin/users/'], ['administerOnAll', 'admin/senders/'], ['delete', 'admin/deleted/']];


const afterThePage = 300;


class AppFrame extends HTMLElement {
  #listening = new AbortController();
  #known = false;
  #ended = false;

  connectedCallback() {
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    localStorage.setItem('language', language);
    this.#permit(rememberedPermissions());
    document.addEventListener('keydown', event => this.#key(event), { signal });
    document.addEventListener('session-ended', () => this.#sessionEnded(), { signal });
    document.addEventListener('click', event => this.#closeMenu(event), { signal });
    document.addEventListener('inbox-changed', () => this.#countInbox(), { signal });
    this.querySelector('[data-action="keys"]')?.addEventListener('click', () => this.#showKeys(), { signal });
    this.querySelector('[data-action="sign-out"]')?.addEventListener('click', () => this.#signOut(), { signal });
    for (const link of this.querySelectorAll('.languages a')) {
      link.addEventListener('click', () => { /** @type {HTMLAnchorElement} */ (link).search = location.search; }, { signal });
    }
    const search = this.querySelector('#search');
    if (search instanceof HTMLInputElement) search.value = new URLSearchParams(location.search).get('q') ?? '';
    this.#greet();
  }

  disconnectedCallback() {
    this.#listening.abort();
  }

  async #greet() {
    try {
      const { user, held } = await session();
      this.#known = true;
      this.#permit(held);
      for (const place of this.querySelectorAll('[data-account-name]')) place.textContent = user.name || user.email;
      for (const place of this.querySelectorAll('[data-account-email]')) place.textContent = user.name ? user.email : '';
      if (held.includes('editPatientsOnAll')) setTimeout(() => this.#countInbox(), afterThePage);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    }
  }


  #permit(held) {
    showPermitted(this, held);
    const first = administration.find(([permission]) => held.includes(permission));
    if (first) this.querySelector('[data-administration]')?.setAttribute('href', page(first[1]));
  }


  #welcome() {
    this.toggleAttribute('data-stranger', true);
    const signIn = make('a', { class: 'button', href: page('', { next: location.pathname }) }, word('signIn.submit'));
    this.querySelector('.languages')?.after(signIn);
  }

  async #countInbox() {
    const badge = this.querySelector('[data-inbox-count]');
    if (!badge || !this.#known) return;
    try {
      const { total } = await get('/api/inbox?limit=1');
      badge.toggleAttribute('hidden', !total);
      badge.textContent = total > 99 ? '99+' : String(total ?? '');
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      badge.toggleAttribute('hidden', true);
    }
  }


  #key(event) {
    if (event.key === 'Escape') this.#leaveMenu();
    if (isTaken(event)) return;
    if (event.key === '/') {
      event.preventDefault();
      /** @type {HTMLInputElement|null} */ (this.querySelector('#search'))?.select();
    } else if (event.key === '?') {
      this.#showKeys();
    }
  }


  #closeMenu(event) {
    const menu = this.querySelector('details.menu[open]');
    const target = /** @type {Element} */ (event.target);
    if (!menu || (menu.contains(target) && !target.closest('.menu-panel button'))) return;
    menu.removeAttribute('open');
    if (menu.contains(target)) /** @type {HTMLElement|null} */ (menu.querySelector('summary'))?.focus();
  }

  #leaveMenu() {
    const menu = this.querySelector('details.menu[open]');
    const inside = menu?.contains(document.activeElement);
    menu?.removeAttribute('open');
    if (inside) /** @type {HTMLElement|null} */ (menu?.querySelector('summary'))?.focus();
  }

  #showKeys() {
    this.querySelector('details.menu[open]')?.removeAttribute('open');
    const row = (/** @type {string[]} */ keys, /** @type {string} */ text) => [
      make('dt', {}, keys.map(key => make('kbd', {}, key))), make('dd', {}, text)];
    const here = pageKeys.filter(([, , works]) => works?.() ?? true);
    formDialog({
      title: word('keys.title'), submit: word('dialog.close'), shows: true,
      body: [make('dl', { class: 'keys' }, here.flatMap(([keys, text]) => row(keys, text)),
        row(['/'], word('keys.search')), row(['?'], word('keys.keys')), row(['Tab'], word('keys.tab')), row(['Esc'], word('keys.escape')))],
      save: async () => true,
    });
  }

  async #signOut() {
    try {
      await call('DELETE', '/api/session');
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      if (error.status !== 401) return announce(error.message);
    }
    forgetSession();
    location.assign(page(''));
  }


  #sessionEnded() {
    if (this.#ended) return;
    this.#ended = true;
    forgetSession();
    if (!this.#known && this.hasAttribute('data-open')) return this.#welcome();
    if (!this.#known) return location.replace(signInAgain());
    formDialog({
      title: word('session.endedTitle'), submit: word('session.signInAgain'),
      body: [make('p', {}, word('session.endedText'))],
      save: async () => {
        location.assign(signInAgain());
        return true;
      },
    }).then(() => { this.#ended = false; });
  }
}

customElements.define('app-frame', AppFrame);

})();
modules['api-request.js'] = (() => {







const isJSON = type => /[/+]json\b/.test(type) && !isMultipart(type);

const isMultipart = type => type.startsWith('multipart/');






function address({ path, parameters }, valueOf, more) {
  const filled = path.replace(/\{([^}]+)\}/g, (whole, name) => {
    const parameter = parameters.find(one => one.in === 'path' && one.name === name);

    return (parameter && encodeURIComponent(valueOf(parameter)).replaceAll('%2C', ',')) || whole;
  });
  const search = new URLSearchParams(more);
  for (const parameter of parameters) {
    if (parameter.in === 'query' && valueOf(parameter)) search.append(parameter.name, valueOf(parameter));
  }
  return search.size > 0 ? `${filled}?${search}` : filled;
}


function request({ method, headers, content }) {
  const { type, body } = content ? encoded(content) : { type: '', body: undefined };
  return { method, headers: type ? [...headers, ['Content-Type', type]] : headers, body, credentials: 'same-origin', cache: 'no-store' };
}


function encoded({ type, text, files = [] }) {
  if (text !== undefined) return { type, body: text };
  if (type.startsWith('multipart/form-data')) {
    const form = new FormData();
    for (const file of files) form.append('files', file, file.name);

    return { type: '', body: form };
  }
  if (!isMultipart(type)) return { type, body: files[0] };
  const boundary = `part-${crypto.getRandomValues(new Uint32Array(4)).join('-')}`;
  const parts = files.flatMap(file => [`--${boundary}\r\nContent-Type: ${partType(type)}\r\n\r\n`, file, '\r\n']);
  return { type: `${type}; boundary=${boundary}`, body: new Blob([...parts, `--${boundary}--\r\n`]) };
}


function partType(type) {
  return /type="?([^";]+)/.exec(type.split(';').slice(1).join(';'))?.[1] ?? 'application/dicom';
}


function curl({ method, address, headers, content }, answer) {
  const lines = [`curl${method === 'GET' ? '' : ` -X ${method}`} ${quoted(location.origin + address)}`, '-H "Authorization: Bearer $TOKEN"'];
  for (const [name, value] of headers) lines.push(`-H ${quoted(`${name}: ${value}`)}`);
  if (content) lines.push(...curlBody(content));
  if (answer && !/json|xml|text/.test(answer)) lines.push('--output answer');
  return lines.join(' \\\n  ');
}


function curlBody({ type, text, files = [] }) {
  const header = `-H ${quoted(`Content-Type: ${type}`)}`;
  if (text !== undefined) return [header, `--data-raw ${quoted(text)}`];
  const names = files.length > 0 ? files.map(file => file.name) : ['FILE'];
  if (!isMultipart(type)) return [header, `--data-binary ${quoted(`@${names[0]}`)}`];
  if (type.startsWith('multipart/form-data')) return names.map(name => `-F ${quoted(`files=@${name}`)}`);
  return [header, ...names.map((name, index) => `-F ${quoted(`file${index + 1}=@${name};type=${partType(type)}`)}`)];
}


function quoted(text) {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

return { isJSON, isMultipart, address, request, curl };
})();
modules['api-answer.js'] = (() => {
const { make } = modules['dom.js'];
const { number, size } = modules['format.js'];
const { isJSON } = modules['api-request.js'];
const { plural, word } = modules['words.js'];


const longestShown = 100_000;






async function shownAnswer(response, body, milliseconds, name) {
  const type = response.headers.get('Content-Type') ?? '';
  const source = URL.createObjectURL(body);
  const kind = response.ok ? 'good' : response.status < 400 ? 'warn' : 'bad';
  const facts = [word('apiPage.time', { count: number(Math.round(milliseconds)) }), size(body.size), type].filter(Boolean);
  const nodes = [
    make('h3', {}, word('apiPage.answer'), make('span', { class: 'chip', 'data-kind': kind, 'data-answer-status': response.status },
      `${response.status} ${response.statusText}`.trim()), make('span', { class: 'muted' }, facts.join(' · '))),
    headerList(response.headers),
    ...body.size > 0 ? [...await content(body, type, source),
      make('p', {}, make('a', { class: 'button', href: source, download: fileName(response, name, type) }, word('apiPage.download', { size: size(body.size) })))]
      : [make('p', { class: 'muted' }, word('apiPage.empty'))],
  ];
  return { nodes, forget: () => URL.revokeObjectURL(source) };
}


function headerList(headers) {
  const rows = [...headers];
  return make('details', {}, make('summary', {}, plural('apiPage.headers', rows.length)),
    make('dl', { class: 'facts' }, rows.flatMap(([name, value]) => [make('dt', {}, name), make('dd', {}, value)])));
}


async function content(body, type, source) {
  if (type.startsWith('image/')) return [make('img', { src: source, alt: word('apiPage.image') })];
  if (!isJSON(type) && !/^text\/|^application\/([\w.-]+\+)?xml\b/.test(type)) return [];
  const text = await body.text();
  const shown = isJSON(type) ? indented(text) : text;
  return [make('pre', { role: 'group', tabindex: 0, 'aria-label': word('apiPage.answer') }, make('code', {}, shown.slice(0, longestShown))),
    ...shown.length > longestShown ? [make('p', { class: 'muted' }, word('apiPage.cut'))] : []];
}


function indented(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}


function fileName(response, name, type) {
  const given = /filename="?([^";]+)/.exec(response.headers.get('Content-Disposition') ?? '')?.[1];
  const endings = /** @type {[RegExp, string][]} */ ([[/^multipart\//, 'multipart'], [/json\b/, 'json'], [/xml\b/, 'xml'], [/^text\/csv/, 'csv'], [/^text\//, 'txt'],
    [/^application\/dicom\b/, 'dcm'], [/zip\b/, 'zip'], [/^image\/jpeg/, 'jpg'], [/^image\/png/, 'png'], [/^image\/gif/, 'gif'], [/^video\/mp4/, 'mp4']]);
  return given ?? `${name}.${endings.find(([pattern]) => pattern.test(type))?.[1] ?? 'bin'}`;
}

return { shownAnswer };
})();
modules['api-body.js'] = (() => {
const { isJSON, isMultipart } = modules['api-request.js'];
const { field } = modules['dialogs.js'];
const { fill, make } = modules['dom.js'];
const { word } = modules['words.js'];






function bodyFields({ id, method, bodies }) {
  if (bodies.length === 0) return { element: false, content: () => null, complaint: () => ({ id: '', message: '' }) };
  const type = /** @type {HTMLSelectElement} */ (make('select', { id: `${id}-body-type` }, bodies.map(body => make('option', {}, body.type))));
  const text = /** @type {HTMLTextAreaElement} */ (make('textarea', { id: `${id}-body`, rows: 8, spellcheck: 'false' }));
  const files = /** @type {HTMLInputElement} */ (make('input', { id: `${id}-files`, type: 'file' }));
  const place = make('div', {});
  const choose = () => {
    const chosen = bodies.find(body => body.type === type.value);
    if (isJSON(type.value)) {

      text.value = JSON.stringify(method === 'PATCH' ? {} : chosen?.example ?? {}, null, 2);
      fill(place, field(word('apiPage.text'), text));
    } else {
      files.multiple = isMultipart(type.value);
      fill(place, field(files.multiple ? word('apiPage.files') : word('apiPage.file'), files));
    }
  };
  type.addEventListener('input', choose);
  choose();
  return {
    element: make('fieldset', { class: 'stack' }, make('legend', {}, word('apiPage.body')), field(word('apiPage.bodyType'), type), place),
    content: () => (isJSON(type.value) ? { type: type.value, text: text.value } : { type: type.value, files: [...files.files ?? []] }),
    complaint: () => (isJSON(type.value) ? { id: text.id, message: parses(text.value) ? '' : word('apiPage.notJSON') }
      : { id: files.id, message: files.files?.length ? '' : word('apiPage.noFile') }),
  };
}


function parses(text) {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

return { bodyFields };
})();
modules['copying.js'] = (() => {
const { announce, make } = modules['dom.js'];
const { word } = modules['words.js'];







function copyButton(text, label, caption = word('copy.copy')) {
  const button = make('button', { type: 'button', class: 'quiet copy', title: text, 'aria-label': `${word('copy.copy')} ${label}` }, caption);
  button.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      copyBySelection(text);
    }
    button.textContent = word('copy.done');
    announce(word('copy.done'));
    setTimeout(() => { button.textContent = caption; }, 2000);
  });
  return button;
}


function copyable(text, label) {
  return make('span', { class: 'copyable' }, make('code', {}, text), copyButton(text, label));
}


function copyBySelection(text) {
  const field = /** @type {HTMLTextAreaElement} */ (make('textarea', { class: 'visually-hidden', readonly: true }));
  field.value = text;
  (document.querySelector('dialog[open]') ?? document.body).append(field);
  field.select();
  document.execCommand('copy');
  field.remove();
}

return { copyButton, copyable };
})();
modules['openapi.js'] = (() => {









const methods = ['get', 'head', 'post', 'put', 'patch', 'delete', 'options'];


function resolved(document, node) {
  let found = node;
  for (let steps = 0; found?.$ref && steps < 8; steps += 1) {
    const keys = String(found.$ref).replace(/^#\//, '').split('/').map(key => key.replaceAll('~1', '/').replaceAll('~0', '~'));
    found = keys.reduce((place, key) => place?.[key], document);
  }
  return found ?? {};
}


function operations(document) {
  return Object.entries(document.paths).flatMap(([path, item]) => methods.filter(method => item[method]).map(method => {
    const operation = item[method];
    return {
      id: operation.operationId ?? `${method}${path}`, method: method.toUpperCase(), path, tag: operation.tags?.[0] ?? '',
      summary: operation.summary ?? '', description: operation.description ?? '',
      parameters: [...item.parameters ?? [], ...operation.parameters ?? []].map(one => parameter(document, one)),
      bodies: bodies(document, resolved(document, operation.requestBody)),
      answers: Object.entries(operation.responses ?? {}).map(([status, one]) => answer(status, resolved(document, one))),
      permission: operation['x-permission'] ?? '', pool: operation['x-pool'] ?? '',
    };
  }));
}


function tags(document, all) {
  return [...new Set([...(document.tags ?? []).map((/** @type {any} */ tag) => tag.name), ...all.map(operation => operation.tag)])]
    .filter(tag => all.some(operation => operation.tag === tag));
}


function matches({ id, method, path, summary, tag }, text) {
  const place = `${id} ${method} ${path} ${summary} ${tag}`.toLowerCase();
  return text.toLowerCase().split(/\s+/).every(word => place.includes(word));
}


function acceptable({ answers }) {
  return [...new Set(answers.filter(({ status }) => status.startsWith('2')).flatMap(({ types }) => types))];
}


function summary(schema) {
  const type = [schema.type ?? ''].flat().join(' | ') + (schema.format ? ` (${schema.format})` : '');
  const bounds = schema.minimum === undefined && schema.maximum === undefined ? '' : `${schema.minimum ?? ''}…${schema.maximum ?? ''}`;
  return [type, bounds].filter(Boolean).join(', ');
}


function parameter(document, node) {
  const found = resolved(document, node);
  return { ...found, schema: resolved(document, found.schema) };
}


function bodies(document, request) {
  return Object.entries(request.content ?? {}).map(([type, media]) => ({
    type, schema: resolved(document, media.schema), example: media.example ?? sample(document, media.schema),
  }));
}


function answer(status, found) {
  return { status, description: found.description ?? '', types: Object.keys(found.content ?? {}) };
}


function sample(document, node, depth = 0) {
  const schema = resolved(document, node);
  const given = schema.example ?? schema.examples?.[0] ?? schema.const ?? schema.default ?? schema.enum?.[0];
  if (given !== undefined || depth > 4) return given ?? null;
  const [type] = [schema.type ?? 'object'].flat();
  if (type === 'array') return [];
  if (type !== 'object') return { string: '', integer: 0, number: 0, boolean: false }[type] ?? null;
  const names = (schema.required ?? []).filter((/** @type {string} */ name) => schema.properties?.[name]);
  return Object.fromEntries(names.map((/** @type {string} */ name) => [name, sample(document, schema.properties[name], depth + 1)]));
}

return { operations, tags, matches, acceptable, summary };
})();
modules['api-operation.js'] = (() => {
const { shownAnswer } = modules['api-answer.js'];
const { address, curl, request } = modules['api-request.js'];
const { bodyFields } = modules['api-body.js'];
const { copyButton } = modules['copying.js'];
const { field, formDialog, markField, reportFields } = modules['dialogs.js'];
const { fill, make, murmur, notice } = modules['dom.js'];
const { acceptable, summary } = modules['openapi.js'];
const { language, word } = modules['words.js'];




const permissions = ['view', 'editPatients', 'import', 'export', 'share', 'delete', 'manageUsers', 'administer'];


function operationDetails(operation) {
  const { id, method, path, summary: about } = operation;
  const details = /** @type {HTMLDetailsElement} */ (make('details', { class: 'operation', id }, make('summary', {},
    make('span', { class: 'method', 'data-method': method }, method), make('code', {}, path), make('span', { class: 'muted' }, about))));
  details.addEventListener('toggle', () => {
    if (!details.open) return;
    if (details.childElementCount === 1) details.append(new OperationForm(operation).element);
    history.replaceState(null, '', `#${id}`);
  });
  return details;
}


class OperationForm {
  #operation;
  #accept;
  #body;
  #more = /** @type {HTMLInputElement} */ (make('input', { autocomplete: 'off', spellcheck: 'false' }));

  #inputs = new Map();
  #form;
  #send = /** @type {HTMLButtonElement} */ (make('button', { type: 'submit', class: 'primary' }, word('apiPage.send')));
  #cancel = /** @type {HTMLButtonElement} */ (make('button', { type: 'button', hidden: true }, word('apiPage.cancel')));
  #command = make('div', { class: 'curl' });
  #answer = make('section', { class: 'answer' });
  #sending = new AbortController();
  #forget = () => {};


  constructor(operation) {
    this.#operation = operation;
    for (const parameter of operation.parameters) this.#inputs.set(parameter, input(parameter, `${operation.id}-${parameter.in}-${parameter.name}`));
    this.#more.id = `${operation.id}-more`;
    const types = acceptable(operation);
    this.#accept = /** @type {HTMLSelectElement} */ (make('select', { id: `${operation.id}-accept` }, types.map(type => make('option', {}, type)),
      make('option', { value: '' }, word('apiPage.anyForm'))));
    this.#body = bodyFields(operation);
    this.#form = /** @type {HTMLFormElement} */ (make('form', { class: 'stack', novalidate: true },
      this.#fields('path', word('apiPage.path')), this.#fields('query', word('apiPage.query')), this.#fields('header', word('apiPage.header')),
      this.#body.element, types.length > 0 && field(word('apiPage.accept'), this.#accept),
      make('p', { class: 'buttons' }, this.#send, this.#cancel)));
    this.#form.addEventListener('input', () => this.#showCommand());
    this.#form.addEventListener('submit', event => this.#submit(event));
    this.#cancel.addEventListener('click', () => this.#sending.abort());
    this.#showCommand();
    this.element = make('div', { class: 'operation-body' }, operation.description && make('p', {}, operation.description), facts(operation),
      this.#form, this.#command, this.#answer);
  }


  #fields(place, title) {
    const fields = this.#operation.parameters.filter(one => one.in === place).map(parameter => field(
      parameter.name, /** @type {HTMLElement} */ (this.#inputs.get(parameter)), hint(parameter)));
    if (place === 'query' && this.#takesAttributes) fields.push(field(word('apiPage.more'), this.#more, word('apiPage.moreHint')));
    return fields.length > 0 && make('fieldset', {}, make('legend', {}, title), make('div', { class: place === 'path' ? 'stack' : 'field-grid' }, fields));
  }

  get #takesAttributes() {
    return this.#operation.parameters.some(one => one.name === 'includefield');
  }

  #asked() {
    const valueOf = (/** @type {Parameter} */ parameter) => this.#inputs.get(parameter)?.value.trim() ?? '';

    const headers = this.#operation.parameters.filter(one => one.in === 'header' && valueOf(one)).map(one => [one.name, valueOf(one)]);
    if (this.#accept.value) headers.unshift(['Accept', this.#accept.value]);
    return { method: this.#operation.method, address: address(this.#operation, valueOf, this.#more.value), headers, content: this.#body.content() };
  }

  #showCommand() {
    const command = curl(this.#asked(), this.#accept.value);
    fill(this.#command, make('p', {}, word('apiPage.curl'), copyButton(command, word('apiPage.curl'))),
      make('pre', { role: 'group', tabindex: 0, 'aria-label': word('apiPage.curl') }, make('code', {}, command)), make('small', {}, word('apiPage.curlHint')));
  }


  async #submit(event) {
    event.preventDefault();
    if (this.#send.disabled || !reportFields(this.#form)) return;
    const { id, message } = this.#body.complaint();
    if (message) return void markField(this.#form, id, message);
    if (!['GET', 'HEAD'].includes(this.#operation.method) && !await confirmed(this.#asked())) return;
    this.#forget();
    this.#sending = new AbortController();
    this.#wait(true);
    try {
      await this.#ask(this.#asked());
    } catch (error) {
      const stopped = error instanceof DOMException && error.name === 'AbortError';
      if (!stopped && !(error instanceof TypeError)) throw error;
      fill(this.#answer, notice(stopped ? 'info' : 'bad', stopped ? word('apiPage.cancelled') : word('errors.network')));
    } finally {
      this.#wait(false);
    }
  }


  async #ask(asked) {
    const headers = /** @type {[string, string][]} */ ([...asked.headers, ['Accept-Language', language]]);
    const begun = performance.now();
    const response = await fetch(asked.address, { ...request({ ...asked, headers }), signal: this.#sending.signal });
    const body = await response.blob();
    const { nodes, forget } = await shownAnswer(response, body, performance.now() - begun, this.#operation.id);
    this.#forget = forget;
    fill(this.#answer, ...nodes);
    murmur(`${word('apiPage.answer')} ${response.status}`);
  }


  #wait(waiting) {
    this.#send.disabled = waiting;
    this.#send.textContent = waiting ? word('apiPage.sending') : word('apiPage.send');
    this.#cancel.hidden = !waiting;
    this.#answer.setAttribute('aria-busy', String(waiting));
  }
}


async function confirmed({ method, address: place }) {
  return await formDialog({
    title: word('apiPage.confirm'), submit: word('apiPage.send'), danger: method === 'DELETE',
    body: [make('p', {}, make('span', { class: 'method', 'data-method': method }, method), ' ', make('code', {}, place)), make('p', {}, word('apiPage.confirmText'))],
    save: async () => true,
  }) === true;
}


function input({ name, in: place, required, schema }, id) {
  const facts = { id, name, required: required ?? place === 'path' };
  const values = schema.type === 'boolean' ? ['true', 'false'] : schema.enum;
  if (!values) {
    const type = schema.type === 'integer' ? 'number' : 'text';
    return /** @type {HTMLInputElement} */ (make('input', { ...facts, type, min: schema.minimum, max: schema.maximum, autocomplete: 'off', spellcheck: 'false' }));
  }
  return /** @type {HTMLSelectElement} */ (make('select', facts, make('option', { value: '' }, word('apiPage.notSet')),
    values.map((/** @type {string} */ value) => make('option', {}, value))));
}


function hint({ description, schema }) {
  const value = schema.default === undefined ? '' : word('apiPage.byDefault', { value: String(schema.default) });
  return [description, summary(schema), value].filter(Boolean).join(' · ');
}


function facts({ permission, pool, answers }) {
  const who = permission === 'open' || permission === 'anyone' ? word('apiPage.anyone')
    : permissions.includes(permission) ? word(`permission.${permission}`) : word('apiPage.session');
  return make('div', {}, make('p', { class: 'operation-facts' }, make('span', {}, word('apiPage.needs', { who })),
    pool && make('span', {}, word('apiPage.pool', { pool }))),
  answers.length > 0 && make('details', { class: 'operation-answers' }, make('summary', {}, word('apiPage.responses')),
    make('dl', { class: 'facts' }, answers.flatMap(({ status, description, types }) => [make('dt', {}, make('code', {}, status)),
      make('dd', {}, [description, types.join(', ')].filter(Boolean).join(' · '))]))));
}

return { operationDetails };
})();
modules['elements/api-page.js'] = (() => {
const { get, Refusal } = modules['api.js'];
const { operationDetails } = modules['api-operation.js'];
const { fill, make, notice, skeletons } = modules['dom.js'];
const { matches, operations, tags } = modules['openapi.js'];
const { plural, word } = modules['words.js'];


class ApiPage extends HTMLElement {
  #listening = new AbortController();

  #entries = [];

  connectedCallback() {
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    const form = /** @type {HTMLFormElement} */ (this.querySelector('form'));
    form.addEventListener('submit', event => event.preventDefault(), { signal });
    form.addEventListener('input', () => this.#filter(), { signal });
    window.addEventListener('hashchange', () => this.#openNamed(), { signal });
    this.#load();
  }

  disconnectedCallback() {
    this.#listening.abort();
  }

  async #load() {
    const list = /** @type {HTMLElement} */ (this.querySelector('[data-list]'));
    fill(list, skeletons(6));
    try {
      const document = await get('/api/openapi.json', this.#listening.signal);
      if (document?.paths) this.#show(document, list);
      else fill(list, notice('bad', word('apiPage.strange')));
    } catch (error) {
      if (this.#listening.signal.aborted) return;
      if (!(error instanceof Refusal)) throw error;
      fill(list, notice('bad', error.message));
    }
    list.setAttribute('aria-busy', 'false');
  }


  #show(document, list) {
    const all = operations(document);
    this.#entries = all.map(operation => ({ operation, details: operationDetails(operation) }));
    fill(list, tags(document, all).map(tag => make('section', { class: 'api-group' }, make('h2', {}, tag || word('apiPage.other')),
      make('div', { class: 'operations' }, this.#entries.filter(({ operation }) => operation.tag === tag).map(({ details }) => details)))));
    this.#filter();
    this.#openNamed();
  }

  #filter() {
    const text = /** @type {HTMLInputElement} */ (this.querySelector('#find')).value.trim();
    let shown = 0;
    for (const { operation, details } of this.#entries) {
      details.hidden = !matches(operation, text);
      if (!details.hidden) shown += 1;
    }
    for (const group of this.querySelectorAll('.api-group')) group.toggleAttribute('hidden', !group.querySelector('.operation:not([hidden])'));
    /** @type {HTMLElement} */ (this.querySelector('[data-count]')).textContent = shown > 0 ? plural('apiPage.count', shown) : word('apiPage.none');
  }


  #openNamed() {
    const id = decodeURIComponent(location.hash.slice(1));
    const named = this.#entries.find(({ operation }) => operation.id === id);
    if (!named) return;
    named.details.open = true;
    named.details.scrollIntoView({ block: 'start' });
  }
}

customElements.define('api-page', ApiPage);

})();
modules['pages/api.js'] = (() => {



})();
