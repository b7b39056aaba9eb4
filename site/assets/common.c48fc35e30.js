export const modules = {};
modules['words.js'] = (() => {



const known = new Map();


const language = document.documentElement.lang;

const forms = new Intl.PluralRules(language);

let counts;


function teach(words) {
  for (const [path, text] of Object.entries(words)) known.set(path, text);
}






function word(path, values = {}) {
  return (known.get(path) ?? '').replace(/\{([A-Za-z]+)\}/g, (_, name) => String(values[name] ?? ''));
}







function plural(path, count, values = {}) {
  const form = forms.select(count) === 'one' ? 'one' : 'other';
  const text = known.get(`${path}.${form}`) ?? '';
  const all = { ...values, count: digits(count) };
  return text.replace(/\{([A-Za-z]+)\}/g, (_, name) => String(all[name] ?? ''));
}


function digits(value) {
  if (Number.isInteger(value) && value >= 0 && value < 1000) return String(value);
  counts ??= new Intl.NumberFormat(language);
  return counts.format(value);
}

return { language, teach, word, plural, digits };
})();
modules['addresses.js'] = (() => {
const { language } = modules['words.js'];






function page(path, query = {}) {
  const fields = Object.entries(query).filter(([, value]) => value);
  const search = new URLSearchParams(/** @type {[string, string][]} */ (fields)).toString();
  return `/${language}/${path}${search ? `?${search}` : ''}`;
}






function viewer(study, back) {
  return `/viewer/viewer?${new URLSearchParams({ StudyInstanceUIDs: study, ...back && { back } })}`;
}





function sameOriginPath(text) {
  if (!text || !/^\/(?![/\\])/.test(text) || /[\u0000-\u001f\\]/.test(text)) return null;
  const url = new URL(text, location.origin);
  return url.origin === location.origin ? url.pathname + url.search + url.hash : null;
}


function signInAgain() {
  return page('', { ended: '1', next: location.pathname + location.search });
}

return { page, viewer, sameOriginPath, signInAgain };
})();
modules['api.js'] = (() => {
const { language, word } = modules['words.js'];


const spokenHere = new Set(['unavailable', 'body.tooLarge', 'object.missing']);


const pageLength = 200;
const mostPages = 25;





const early = window.askedEarly ??= new Map();


class Refusal extends Error {

  constructor(message, { status = 0, code = '', field = '', details = {}, retryAfter = 0 } = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.field = field;
    this.details = details ?? {};
    this.retryAfter = retryAfter;
  }
}









async function call(method, path, { body, etag, token, signal, stranger = false } = {}) {
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


function askedEarly(method, path) {
  if (method !== 'GET') return null;
  const answer = early.get(path);
  early.delete(path);
  return answer;
}


async function get(path, signal) {
  return (await call('GET', path, { signal })).data;
}


async function all(path, signal) {
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





function refusal(status, data, retryAfter, stranger) {
  const error = data?.error ?? {};
  if (status === 401 && !stranger) document.dispatchEvent(new CustomEvent('session-ended'));
  const message = spokenHere.has(error.code) ? '' : error.message;
  return new Refusal(message || sentence(status), {
    status, code: error.code ?? '', field: error.field, details: error.details,
    retryAfter: retryAfter || 0,
  });
}


async function refusalOf(response) {
  return refusal(response.status, await response.json().catch(() => null), Number(response.headers.get('Retry-After')), false);
}


function sentence(status) {
  if (status === 401) return word('errors.session');
  if (status === 404) return word('errors.absent');
  if (status === 413) return word('errors.tooLarge');
  if (status === 429 || status === 503) return word('errors.busy');
  return word('errors.server', { status });
}

return { Refusal, call, get, all, refusal, refusalOf };
})();
modules['dom.js'] = (() => {








function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), /** @type {EventListener} */ (value));
    else element.setAttribute(name, value === true ? '' : String(value));
  }
  element.append(...present(children));
  return element;
}


function fill(element, ...children) {
  element.replaceChildren(...present(children));
}


function scrolling(content) {
  const box = make('div', { class: 'scroll' }, content);
  const watch = new ResizeObserver(() => {
    if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
    else box.removeAttribute('tabindex');
  });
  watch.observe(box);
  if (content instanceof Element) watch.observe(content);
  return box;
}


function present(children) {
  return children.flat().filter(child => child !== null && child !== undefined && child !== false && child !== '')
    .map(child => (child instanceof Node ? child : String(child)));
}


function murmur(text) {
  const line = document.querySelector('.status-line');
  line?.toggleAttribute('data-shown', false);
  if (line) line.textContent = text;
}


function announce(text) {
  const line = document.querySelector('.status-line');
  if (!line) return;
  line.textContent = text;
  line.toggleAttribute('data-shown', true);
  clearTimeout(announce.timer);
  announce.timer = setTimeout(() => line.toggleAttribute('data-shown', false), 5000);
}

announce.timer = undefined;







function notice(kind, text, ...more) {
  return make('div', { class: 'notice', 'data-kind': kind, role: kind === 'bad' ? 'alert' : null },
    make('p', {}, text), more.length > 0 && make('p', { class: 'buttons' }, more));
}


function skeletons(count, kind = 'row') {
  return Array.from({ length: count }, () => make('div', { class: `skeleton skeleton-${kind}`, 'aria-hidden': 'true' }));
}

return { make, fill, scrolling, murmur, announce, notice, skeletons };
})();
modules['dialogs.js'] = (() => {
const { Refusal } = modules['api.js'];
const { fill, make, notice } = modules['dom.js'];
const { word } = modules['words.js'];


















function formDialog({ title, body, submit, danger = false, wide = false, shows = false, save }) {
  const heading = make('h2', { id: `dialog-${++formDialog.count}` }, title);
  const messages = make('div', { 'data-notice': true });
  const act = make('button', { type: 'submit', class: danger ? 'danger' : 'primary' }, submit);
  const cancel = make('button', { type: 'button' }, word('dialog.cancel'));
  const form = /** @type {HTMLFormElement} */ (make('form', { novalidate: true, class: 'stack' }, heading, messages, ...body,
    make('p', { class: 'buttons dialog-buttons' }, act, !shows && cancel)));
  const dialog = /** @type {HTMLDialogElement} */ (make('dialog', { 'aria-labelledby': heading.id, 'data-wide': wide }, form));
  const before = document.activeElement;
  let changed = false;
  let result = null;

  const say = (/** @type {Node[]} */ ...content) => {
    fill(messages, ...content);
    messages.scrollIntoView({ block: 'nearest' });
  };
  const close = () => {
    if (!changed) return dialog.close();
    const leave = make('button', { type: 'button', class: 'danger' }, word('dialog.discard'));
    leave.addEventListener('click', () => dialog.close());
    say(notice('warn', word('dialog.unsaved'), leave));
    leave.focus();
  };
  form.addEventListener('input', event => {
    changed = !shows;
    unmark(/** @type {HTMLElement} */ (event.target));
  });
  cancel.addEventListener('click', close);
  dialog.addEventListener('cancel', event => {
    event.preventDefault();
    close();
  });
  form.addEventListener('submit', async event => {
    event.preventDefault();
    if (act.hasAttribute('disabled') || !reportFields(form)) return;
    act.toggleAttribute('disabled', true);
    fill(messages);
    try {
      const value = await save(form, say);
      if (value === undefined) return;
      result = value;
      dialog.close();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      if (!markField(form, error.field, error.message)) say(notice('bad', error.message));
    } finally {
      act.toggleAttribute('disabled', false);
    }
  });
  document.body.append(dialog);
  dialog.showModal();
  return new Promise(resolve => dialog.addEventListener('close', () => {
    dialog.remove();

    if (before instanceof HTMLElement && before.isConnected && document.activeElement === document.body) before.focus();
    resolve(result);
  }, { once: true }));
}
formDialog.count = 0;





function confirmByName({ title, text, more = [], name, submit, act }) {
  const input = /** @type {HTMLInputElement} */ (make('input', { id: 'confirm-name', autocomplete: 'off', required: true, spellcheck: 'false' }));
  return formDialog({
    title, submit, danger: true,
    body: [make('p', {}, text), ...more, field(word('dialog.typeName', { name }), input)],
    save: async () => {
      if (plain(input.value) !== plain(name)) throw new Refusal(word('dialog.otherName'), { field: 'confirm-name' });
      await act();
      return true;
    },
  });
}


function plain(text) {
  return text.trim().replace(/\s+/g, ' ').normalize('NFC').toLocaleLowerCase();
}







function field(label, input, hint) {
  if (hint) input.setAttribute('aria-describedby', `${input.id}-hint`);
  return make('p', { class: 'field' }, make('label', { for: input.id }, label), input,
    hint && make('small', { id: `${input.id}-hint` }, hint));
}


function reportFields(form) {
  for (const element of form.querySelectorAll('[aria-invalid]')) unmark(/** @type {HTMLElement} */ (element));
  const wrong = [...form.elements].filter(element => element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement
    || element instanceof HTMLSelectElement).filter(element => element.willValidate && !element.validity.valid);
  for (const element of wrong) mark(element, complaint(element));
  wrong[0]?.focus();
  return wrong.length === 0;
}






function markField(form, name, message) {
  const element = name ? form.elements.namedItem(name) ?? form.querySelector(`#${CSS.escape(name)}`) : null;
  if (!(element instanceof HTMLElement)) return false;
  mark(element, message);
  element.focus();
  return true;
}


function mark(element, message) {
  unmark(element);
  element.setAttribute('aria-invalid', 'true');
  const id = `${element.id}-error`;
  element.setAttribute('aria-errormessage', id);
  element.closest('.field')?.append(make('small', { class: 'field-error', id }, message));
}


function unmark(element) {
  if (!element.hasAttribute('aria-invalid')) return;
  element.closest('.field')?.querySelector('.field-error')?.remove();
  element.removeAttribute('aria-invalid');
  element.removeAttribute('aria-errormessage');
}


function complaint(element) {
  const label = (element.labels?.[0]?.textContent ?? '').trim();
  if (element.validity.valueMissing) return word('dialog.missing', { label });
  if (element.validity.tooShort) return word('dialog.tooShort', { count: String(/** @type {HTMLInputElement} */ (element).minLength) });
  if (element.validity.typeMismatch) return word('dialog.notEmail');
  return word('dialog.notRight', { label });
}

return { formDialog, confirmByName, field, reportFields, markField };
})();
modules['format.js'] = (() => {
const { digits, language, plural, word } = modules['words.js'];

const locale = language === 'fr' ? 'fr-FR' : 'en-GB';


let instants;

let moments;

let decimals;


function parseDate(text) {
  const parts = /^(\d{4})-?(\d{2})-?(\d{2})/.exec(text ?? '');
  if (!parts) return null;
  const date = new Date(Date.UTC(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3])));
  return date.getUTCMonth() === Number(parts[2]) - 1 ? date : null;
}


function date(text) {
  const parsed = parseDate(text);
  if (!parsed) return text ?? '';
  const [day, month, year] = [parsed.getUTCDate(), parsed.getUTCMonth() + 1, parsed.getUTCFullYear()];
  return language === 'fr' ? `${twoDigits(day)}/${twoDigits(month)}/${year}` : `${day} ${word(`month.${month}`)} ${year}`;
}


function twoDigits(value) {
  return String(value).padStart(2, '0');
}


function instant(text) {
  const parsed = new Date(text ?? '');
  if (Number.isNaN(parsed.getTime())) return '';
  instants ??= new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
  return instants.format(parsed);
}


function moment(text) {
  const parsed = new Date(text ?? '');
  if (Number.isNaN(parsed.getTime())) return '';
  moments ??= new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium' });
  return moments.format(parsed);
}


function number(value) {
  return digits(value);
}


function size(count) {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let value = count;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  decimals ??= new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  return `${decimals.format(value)} ${language === 'fr' ? units[unit].replace('B', 'o') : units[unit]}`;
}






function age(birth, today = new Date()) {
  const born = parseDate(birth);
  if (!born || born > today) return '';
  const days = Math.floor((today.getTime() - born.getTime()) / 86_400_000);
  if (days < 31) return plural('age.days', days);
  let months = (today.getFullYear() - born.getUTCFullYear()) * 12 + today.getMonth() - born.getUTCMonth();
  if (today.getDate() < born.getUTCDate()) months -= 1;
  return months < 24 ? plural('age.months', Math.max(1, months)) : plural('age.years', Math.floor(months / 12));
}


function patientName(patient) {
  const name = [patient.lastName?.toLocaleUpperCase(locale), patient.firstName].filter(Boolean).join(' ');
  return name || patient.patientId || word('patient.nameless');
}


function dicomName(text) {
  const groups = (text ?? '').split('=').map(group => {
    const [family = '', given = '', middle = ''] = group.split('^').map(part => part.trim());
    return [family.toLocaleUpperCase(locale), given, middle].filter(Boolean).join(' ');
  }).filter(Boolean);
  return groups.slice(0, 2).join(' · ') || word('patient.nameless');
}


function sex(code) {
  return code === 'F' || code === 'M' || code === 'O' ? word(`sex.${code}`) : '';
}

return { parseDate, date, instant, moment, number, size, age, patientName, dicomName, sex };
})();
modules['statuses.js'] = (() => {
const { get } = modules['api.js'];
const { make } = modules['dom.js'];
const { language } = modules['words.js'];


let asked;


function statuses() {
  asked ??= get('/api/statuses').then(({ items }) => items.map((/** @type {any} */ status) => ({
    code: status.code, label: status.label[language],
  }))).catch(() => []);
  return asked;
}


function statusChip(code, known) {
  if (!code) return null;
  return make('span', { class: 'chip', 'data-status': code }, known.find(status => status.code === code)?.label ?? code);
}

return { statuses, statusChip };
})();
modules['thumbnails.js'] = (() => {
const { make } = modules['dom.js'];







function thumbnail(address, stand, loading = 'lazy') {
  const box = make('span', { class: 'thumb' }, make('span', { class: 'thumb-stand', 'aria-hidden': 'true' }, stand));
  if (!address?.startsWith('/') || address.startsWith('//')) return box;
  const image = make('img', { src: address, alt: '', loading, decoding: 'async', draggable: 'false' });
  image.addEventListener('load', () => box.setAttribute('data-loaded', ''));
  image.addEventListener('error', () => image.remove());
  box.append(image);
  return box;
}

return { thumbnail };
})();
