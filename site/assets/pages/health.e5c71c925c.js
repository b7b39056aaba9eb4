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
modules['live-panel.js'] = (() => {
const { Refusal } = modules['api.js'];
const { fill, notice } = modules['dom.js'];
const { word } = modules['words.js'];


class LivePanel extends HTMLElement {
  listening = new AbortController();

  #waiting;

  connectedCallback() {
    this.listening = new AbortController();
    document.addEventListener('visibilitychange', () => !document.hidden && this.look(), { signal: this.listening.signal });
    this.look();
  }

  disconnectedCallback() {
    this.listening.abort();
    clearTimeout(this.#waiting);
  }


  place(name) {
    return /** @type {HTMLElement} */ (this.querySelector(`[data-${name}]`));
  }


  async load(_signal) {
    return null;
  }


  show(_data) {
    return 0;
  }


  async look() {
    clearTimeout(this.#waiting);
    const { signal } = this.listening;
    let pause = 10_000;
    try {
      const data = await this.load(signal);
      if (signal.aborted) return;
      pause = this.show(data);
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof Refusal)) throw error;
      const isHidden = error.status === 403 || error.status === 404;
      fill(this.place('list'), notice('bad', isHidden ? word('admin.forbidden') : error.message));
      if (isHidden || error.status === 401) pause = 0;
    }
    this.place('list').setAttribute('aria-busy', 'false');
    clearTimeout(this.#waiting);
    if (pause > 0 && !document.hidden) this.#waiting = setTimeout(() => this.look(), pause);
  }
}

return { LivePanel };
})();
modules['elements/portal-parts.js'] = (() => {
const { get } = modules['api.js'];
const { fill, make } = modules['dom.js'];
const { instant } = modules['format.js'];
const { LivePanel } = modules['live-panel.js'];
const { word } = modules['words.js'];

const askEvery = 15_000;
const kinds = /** @type {Record<string, string>} */ ({ ok: 'good', late: 'warn', away: 'bad' });


class PortalParts extends LivePanel {

  load(signal) {
    return get('/api/health/parts', signal);
  }


  show({ items }) {
    const wrong = items.filter(part => part.state === 'away' || part.state === 'late');
    fill(this.place('verdict'), make('span', { class: 'chip', 'data-kind': wrong.length === 0 ? 'good' : 'bad' },
      wrong.length === 0 ? word('health.allWell') : word('health.notAll')));
    fill(this.place('list'), make('ul', { class: 'parts' }, items.map(part => make('li', { 'data-part': part.name, 'data-state': part.state },
      make('span', { class: 'chip', 'data-kind': kinds[part.state] ?? null }, word(`partState.${part.state}`)),
      make('div', {}, make('strong', {}, word(`part.${part.name}`)), make('span', { class: 'muted id' }, this.#detail(part)))))));
    return askEvery;
  }


  #detail({ name, state, detail, at }) {
    if (state !== 'ok') return [word(`partTrouble.${name}`), detail].filter(Boolean).join(' · ');
    if (name === 'database') return `PostgreSQL ${detail}`;
    return at ? word('health.lastAt', { date: instant(at) }) : detail;
  }
}

customElements.define('portal-parts', PortalParts);

})();
modules['elements/self-test.js'] = (() => {
const { call, get, Refusal } = modules['api.js'];
const { announce, fill, make, notice, scrolling } = modules['dom.js'];
const { moment, number } = modules['format.js'];
const { LivePanel } = modules['live-panel.js'];
const { word } = modules['words.js'];

const askEvery = 400;

const longest = 300_000;
const doors = ['web', 'dicom', 'import'];
const steps = ['store', 'find', 'metadata', 'frame', 'rendered', 'thumbnail', 'remove'];
const fronts = ['functions', 'pages', 'viewer', 'uploads'];


class SelfTest extends LivePanel {

  #begun = '';

  connectedCallback() {
    super.connectedCallback();
    this.place('begin').addEventListener('click', () => this.#begin(), { signal: this.listening.signal });
  }


  load(signal) {
    return get('/api/selftest', signal);
  }

  async #begin() {
    const button = this.place('begin');
    button.toggleAttribute('disabled', true);
    try {
      const { data } = await call('POST', '/api/selftest', { body: {} });
      this.#begun = data.id;
      await this.look();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      button.toggleAttribute('disabled', false);
      fill(this.place('list'), notice('bad', error.message));
    }
  }


  show({ run }) {
    const goesOn = Boolean(run && !run.finishedAt && Date.now() - Date.parse(run.startedAt) < longest);
    this.place('begin').toggleAttribute('disabled', goesOn);
    this.toggleAttribute('data-running', goesOn);
    if (!run) {
      fill(this.place('list'), make('p', { class: 'muted' }, word('selfTest.never')));
      return 0;
    }
    const done = new Map(run.steps.map((/** @type {any} */ step) => [step.name, step]));
    const failed = run.steps.filter((/** @type {any} */ step) => step.outcome === 'failed');
    const verdict = this.#verdict(run, goesOn, failed.length);
    fill(this.place('list'), verdict, this.#fronts(done), this.#grid(done), failed.length > 0 && this.#troubles(failed));
    if (!goesOn && run.id === this.#begun) {
      this.#begun = '';
      announce(verdict.textContent ?? '');
    }
    return goesOn ? askEvery : 0;
  }


  #verdict(run, goesOn, failed) {
    if (goesOn) return make('p', { class: 'muted', 'data-verdict': 'running' }, word('selfTest.running'));
    const isWell = failed === 0 && run.finishedAt;
    return make('p', { 'data-verdict': isWell ? 'passed' : 'failed' }, make('span', { class: 'chip', 'data-kind': isWell ? 'good' : 'bad' },
      isWell ? word('selfTest.passed') : word('selfTest.failed')), ' ', make('span', { class: 'muted' }, moment(run.startedAt)));
  }


  #fronts(done) {
    return make('ul', { class: 'self-fronts' }, fronts.map(name => make('li', { 'data-step': `front.${name}` }, word(`selfTestFront.${name}`), ' ', this.#result(done.get(`front.${name}`)))));
  }


  #grid(done) {
    return scrolling(make('table', { class: 'self-grid' }, make('caption', { class: 'visually-hidden' }, word('selfTest.title')),
      make('thead', {}, make('tr', {}, make('th', { scope: 'col' }, word('selfTest.door')), steps.map(step => make('th', { scope: 'col' }, word(`selfTestStep.${step}`))))),
      make('tbody', {}, doors.map(door => make('tr', {}, make('th', { scope: 'row' }, word(`selfTestDoor.${door}`)),
        steps.map(step => make('td', { 'data-step': `${door}.${step}` }, this.#result(done.get(`${door}.${step}`)))))))));
  }


  #result(step) {
    if (!step) return make('span', { class: 'muted', 'data-outcome': 'open' }, '…');
    const time = step.outcome === 'skipped' ? '' : word('selfTest.milliseconds', { count: number(step.milliseconds) });
    return make('span', { class: 'self-result', 'data-outcome': step.outcome }, make('span', { class: 'visually-hidden' }, word(`selfTestOutcome.${step.outcome}`)), time);
  }


  #troubles(failed) {
    return make('ul', { class: 'bullets' }, failed.map(({ name, detail }) => {
      const [where, what] = name.split('.');
      const label = where === 'front' ? word(`selfTestFront.${what}`) : `${word(`selfTestDoor.${where}`)}, ${word(`selfTestStep.${what}`)}`;
      return make('li', {}, label, ' · ', make('code', {}, detail));
    }));
  }
}

customElements.define('self-test', SelfTest);

})();
modules['growth-plot.js'] = (() => {
const { date, parseDate, size } = modules['format.js'];
const { word } = modules['words.js'];



const height = 220;
const left = 64;
const below = 26;
const day = 86_400_000;


function growthPlot(growth, width, today = new Date()) {
  const points = growth.map(one => ({ at: parseDate(one.day)?.getTime() ?? 0, bytes: one.bytes }));
  const end = Math.max(today.getTime(), points.at(-1)?.at ?? 0);
  const begin = Math.min(points[0]?.at ?? end, end - 7 * day);
  const top = scaleTop(Math.max(...points.map(point => point.bytes), 1));
  const x = (/** @type {number} */ at) => left + (at - begin) / (end - begin) * (width - left - 8);
  const y = (/** @type {number} */ bytes) => 8 + (1 - bytes / top) * (height - below - 8);
  let line = `M${round(x(begin))} ${round(y(points[0]?.at > begin ? 0 : points[0]?.bytes ?? 0))}`;
  for (const point of points) line += `H${round(x(point.at))}V${round(y(point.bytes))}`;
  line += `H${round(x(end))}`;
  const floor = round(y(0));
  const picture = draw('svg', { viewBox: `0 0 ${width} ${height}`, class: 'growth', role: 'img', 'aria-label': summary(growth) },
    ...[0, 0.5, 1].flatMap(part => [
      draw('line', { class: 'growth-rule', x1: left, x2: width - 8, y1: round(y(top * part)), y2: round(y(top * part)) }),
      text(size(top * part), { x: left - 8, y: round(y(top * part)) + 4, 'text-anchor': 'end' })]),
    draw('path', { class: 'growth-area', d: `${line}V${floor}H${round(x(begin))}Z` }), draw('path', { class: 'growth-line', d: line }),
    ...[0, 0.5, 1].map(part => text(date(new Date(begin + (end - begin) * part).toISOString()), {
      x: round(x(begin + (end - begin) * part)), y: height - 6, 'text-anchor': ['start', 'middle', 'end'][part * 2] })));
  return picture;
}


function summary(growth) {
  const [first, last] = [growth[0], growth.at(-1)];
  if (!first || !last) return word('storage.noGrowth');
  return word('storage.growthText', { from: date(first.day), first: size(first.bytes), last: size(last.bytes) });
}


function scaleTop(most) {
  const power = 10 ** Math.floor(Math.log10(most));
  return (/** @type {number} */ ([1, 2, 5, 10].find(step => step * power >= most))) * power;
}


function round(value) {
  return Math.round(value * 10) / 10;
}


function draw(tag, attributes, ...children) {
  const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  element.append(...children);
  return element;
}


function text(content, attributes) {
  const element = draw('text', attributes);
  element.textContent = content;
  return element;
}

return { growthPlot };
})();
modules['elements/storage-figures.js'] = (() => {
const { get } = modules['api.js'];
const { fill, make, scrolling } = modules['dom.js'];
const { date, instant, number, size } = modules['format.js'];
const { growthPlot } = modules['growth-plot.js'];
const { LivePanel } = modules['live-panel.js'];
const { plural, word } = modules['words.js'];

const askEvery = 60_000;

const narrowest = 260;

const little = 0.1;


class StorageFigures extends LivePanel {

  load(signal) {
    return get('/api/stats', signal);
  }


  show(stats) {
    fill(this.place('list'), make('dl', { class: 'figures' }, this.#amount('originals', stats.originals),
      stats.conflicts.files > 0 && this.#amount('conflicts', stats.conflicts), this.#amount('derived', stats.derived),
      this.#amount('incoming', stats.incoming), this.#figure('database', size(stats.database)), stats.disk && this.#disk(stats.disk)),
    growthPlot(stats.growth, Math.max(this.place('list').clientWidth, narrowest)), this.#table(stats.growth));
    return askEvery;
  }


  #amount(name, amount) {
    if (!amount) return this.#figure(name, '–', word('storage.notMeasured'));
    const files = plural('storage.files', amount.files);
    return this.#figure(name, size(amount.bytes), amount.measuredAt ? `${files} · ${word('storage.measured', { date: instant(amount.measuredAt) })}` : files);
  }


  #figure(name, value, note = '', ...more) {
    return make('div', { 'data-figure': name }, make('dt', {}, word(`storage.${name}`)), make('dd', {}, make('strong', {}, value), more, make('span', { class: 'muted id' }, note)));
  }


  #disk({ free, total }) {
    const meter = make('meter', { min: 0, max: total, value: total - free, high: total * (1 - little), low: total * (1 - 2 * little), optimum: 0, 'aria-label': word('storage.used') });
    return this.#figure('disk', size(free), free < total * little ? word('storage.littleRoom') : word('storage.ofDisk', { total: size(total) }), meter);
  }


  #table(growth) {
    const rows = growth.slice(-90).reverse();
    return make('details', {}, make('summary', {}, word('storage.numbers')), scrolling(make('table', {},
      make('caption', { class: 'visually-hidden' }, word('storage.growth')),
      make('thead', {}, make('tr', {}, [word('storage.day'), word('storage.filesThere'), word('storage.bytesThere')].map(name => make('th', { scope: 'col' }, name)))),
      make('tbody', {}, rows.map(one => make('tr', {}, make('th', { scope: 'row' }, date(one.day)), make('td', {}, number(one.files)), make('td', {}, size(one.bytes))))))));
  }
}

customElements.define('storage-figures', StorageFigures);

})();
modules['elements/running-imports.js'] = (() => {
const { page } = modules['addresses.js'];
const { get } = modules['api.js'];
const { fill, make } = modules['dom.js'];
const { instant, number, size } = modules['format.js'];
const { LivePanel } = modules['live-panel.js'];
const { word } = modules['words.js'];

const askEvery = 3000;
const restEvery = 15_000;

const looked = 100;
const open = new Set(['receiving', 'waiting', 'running']);


class RunningImports extends LivePanel {

  async load(signal) {
    const { items } = await get(`/api/imports?limit=${looked}`, signal);
    return items.filter((/** @type {any} */ one) => open.has(one.state));
  }


  show(imports) {
    fill(this.place('list'), imports.length === 0 ? make('p', { class: 'muted' }, word('health.noImports'))
      : make('ul', { class: 'report-list' }, imports.map(one => this.#row(one))));
    return imports.length > 0 ? askEvery : restEvery;
  }


  #row(one) {
    const [done, total] = one.state === 'receiving' ? [one.bytesReceived ?? one.counts?.received ?? 0, one.bytesTotal] : [one.bytesDone, one.bytesTotal];
    const name = one.name || word('importList.nameless');
    return make('li', { 'data-import': one.id }, make('a', { href: page('import/', { id: one.id }) }, name),
      make('span', { class: 'chip', 'data-state': one.state }, word(`importState.${one.state}`)),
      make('span', { class: 'muted' }, [instant(one.startedAt), total > 0 && word('health.ofBytes', { done: size(done), total: size(total) }),
        one.filesTotal && word('importList.received', { received: number(one.filesReceived ?? 0), files: number(one.filesTotal) })].filter(Boolean).join(' · ')),
      total > 0 && make('progress', { max: total, value: Math.min(done, total), 'aria-label': name }));
  }
}

customElements.define('running-imports', RunningImports);

})();
modules['admin-table.js'] = (() => {
const { Refusal } = modules['api.js'];
const { fill, make, notice, scrolling, skeletons } = modules['dom.js'];
const { number } = modules['format.js'];
const { showPermitted, session } = modules['session.js'];
const { word } = modules['words.js'];


class AdminTable extends HTMLElement {
  listening = new AbortController();

  connectedCallback() {
    this.listening = new AbortController();
    const { signal } = this.listening;
    this.querySelector('[data-action="new"]')?.addEventListener('click', () => this.create(), { signal });
    showCurrentTab();
    fill(this.place('list'), skeletons(4));
    session().then(({ held }) => {
      showPermitted(document, held);
      showCurrentTab();
    }, () => {});
    this.reload();
  }

  disconnectedCallback() {
    this.listening.abort();
  }


  place(name) {
    return /** @type {HTMLElement} */ (this.querySelector(`[data-${name}]`));
  }


  async load() {
    return [];
  }


  table(_rows) {
    return make('table');
  }


  empty() {
    return make('div', { class: 'empty' }, make('p', {}, word('admin.empty')));
  }

  async create() {}

  async reload() {
    const list = this.place('list');
    try {
      const rows = await this.load();
      this.place('total').textContent = number(rows.length);
      fill(list, rows.length > 0 ? scrolling(labelled(this.table(rows))) : this.empty());
    } catch (error) {
      if (this.listening.signal.aborted) return;
      if (!(error instanceof Refusal)) throw error;
      const kind = error.status === 404 || error.status === 403 ? word('admin.forbidden') : error.message;
      fill(list, notice('bad', kind));
    }
    list.setAttribute('aria-busy', 'false');
  }





  async attempt(act) {
    fill(this.place('notice'));
    try {
      await act();
      await this.reload();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      fill(this.place('notice'), notice('bad', error.message));
    }
  }
}


function showCurrentTab() {
  for (const tab of document.querySelectorAll('.tabs a')) {
    if (tab.getAttribute('href') === location.pathname) tab.setAttribute('aria-current', 'page');
  }
  document.querySelector('.tabs [aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' });
}


function head(caption, columns) {
  return [make('caption', { class: 'visually-hidden' }, caption),
    make('thead', {}, make('tr', {}, columns.map(column => make('th', { scope: 'col', class: column === word('admin.actions') ? 'actions' : null }, column))))];
}


function labelled(table) {
  if (!(table instanceof HTMLTableElement)) return table;
  table.classList.add('records');
  const names = [...table.tHead?.rows[0]?.cells ?? []].map(cell => cell.textContent ?? '');
  for (const row of table.tBodies[0]?.rows ?? []) {
    [...row.cells].forEach((cell, index) => cell.setAttribute('data-label', names[index]));
  }
  return table;
}


function rowButton(label, whose, act) {
  const button = make('button', { type: 'button', class: 'quiet', 'aria-label': `${label}, ${whose}` }, label);
  button.addEventListener('click', act);
  return button;
}

return { AdminTable, showCurrentTab, head, labelled, rowButton };
})();
modules['elements/job-list.js'] = (() => {
const { get } = modules['api.js'];
const { head, labelled } = modules['admin-table.js'];
const { fill, make, scrolling } = modules['dom.js'];
const { instant, number } = modules['format.js'];
const { LivePanel } = modules['live-panel.js'];
const { word } = modules['words.js'];

const askEvery = 10_000;


class JobList extends LivePanel {

  load(signal) {
    return get('/api/jobs', signal);
  }


  show({ items }) {
    const rows = [...items].sort((one, other) => Number(Boolean(other.lastError)) - Number(Boolean(one.lastError)));
    fill(this.place('list'), scrolling(labelled(make('table', {},
      ...head(word('health.jobs'), [word('jobs.kind'), word('jobs.state'), word('jobs.next'), word('jobs.attempts'), word('jobs.error')]),
      make('tbody', {}, rows.map(job => this.#row(job)))))));
    return askEvery;
  }


  #row(job) {
    const state = job.lastError ? 'failed' : job.running ? 'running' : 'waiting';
    return make('tr', { 'data-job': job.kind }, make('th', { scope: 'row' }, word(`jobKind.${job.kind}`) || make('code', {}, job.kind)),
      make('td', {}, make('span', { class: 'chip', 'data-kind': state === 'failed' ? 'bad' : state === 'running' ? 'good' : null }, word(`jobState.${state}`))),
      make('td', { class: 'when' }, instant(job.runAfter)), make('td', {}, number(job.attempts)), make('td', { class: 'what' }, job.lastError ?? ''));
  }
}

customElements.define('job-list', JobList);

})();
modules['pages/health.js'] = (() => {






const { showPermitted, session } = modules['session.js'];
const { showCurrentTab } = modules['admin-table.js'];

showCurrentTab();
session().then(({ held }) => {
  showPermitted(document, held);
  showCurrentTab();
}, () => {});

})();
