import { page } from '../addresses.6e921b8427.js';
import { Refusal } from '../api.06ac550977.js';
import { checkArchive } from '../archive-check.0fbe34283e.js';
import { formDialog } from '../dialogs.ef6d9ad20f.js';
import { fill, make, murmur, notice } from '../dom.71da60e761.js';
import { chosenFiles, commonName, droppedFiles, isArchive } from '../dropped-files.6211a9501a.js';
import { instant, number, size } from '../format.4b266e2688.js';
import { readHeaders } from '../header-reading.d628248fc4.js';
import { cancelJob, commitJob, createJob, findJob, heldFiles, isOver, matchFiles, refreshJob, rememberedJobs, rememberJobs } from '../import-jobs.72788ab94c.js';
import { askPlan, isSent } from '../import-plan.f335230f6d.js';
import { ImportProgress } from '../import-progress.65968b5053.js';
import { reportView } from '../import-report.5cbd9c40ac.js';
import { planView } from '../plan-view.ccfecf426a.js';
import { statuses } from '../statuses.e015b6dde7.js';
import { Transfer } from '../transfer.a6172b567d.js';
import { undoButton } from '../undoing.f5158e0609.js';
import { plural, word } from '../words.ef487a8397.js';







const paintEvery = 250;
const pollEvery = 1000;


class ImportPage extends HTMLElement {
  #listening = new AbortController();

  #work = new AbortController();

  #loose = [];

  #archives = [];

  #knownStudies = new Set();

  #checked = new Map();

  #jobs = [];
  #phase = 'choose';
  #progress = new ImportProgress(this);

  connectedCallback() {
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    for (const input of this.querySelectorAll('[data-choose]')) {
      input.addEventListener('change', event => this.#chosen(/** @type {HTMLInputElement} */ (event.target)), { signal });
    }
    const actions = /** @type {Record<string, () => unknown>} */ ({
      import: () => this.#begin(), check: () => this.#checkArchives(), clear: () => this.#clear(), pause: () => this.#turnPause(),
      cancel: () => this.#giveUp(), retry: () => this.#run(), abandon: () => this.#giveUp(), another: () => this.#another(),
    });
    for (const [name, act] of Object.entries(actions)) {
      for (const button of this.querySelectorAll(`[data-action="${name}"]`)) button.addEventListener('click', act, { signal });
    }
    this.querySelector('[data-existing]')?.addEventListener('change', async () => {
      await this.#plan();
      if (this.#checked.size > 0) await this.#checkArchives();
    }, { signal });
    for (const type of ['dragenter', 'dragover']) window.addEventListener(type, event => this.#over(/** @type {DragEvent} */ (event)), { signal });
    window.addEventListener('dragleave', event => {
      if (!event.relatedTarget) this.#part('veil').hidden = true;
    }, { signal });
    window.addEventListener('drop', event => this.#drop(event), { signal });
    window.addEventListener('beforeunload', event => {
      if (this.#isSending) event.preventDefault();
    }, { signal });
    this.#comeBack();
  }

  disconnectedCallback() {
    this.#listening.abort();
    this.#work.abort();
  }


  #part(name) {
    return /** @type {HTMLElement} */ (this.querySelector(`[data-${name}]`));
  }


  #go(phase) {
    this.#phase = phase;
    this.dataset.phase = phase;
    for (const part of this.querySelectorAll('[data-in]')) {
      part.toggleAttribute('hidden', !(part.getAttribute('data-in') ?? '').split(' ').includes(phase));
    }
  }

  get #isSending() {
    return this.#phase === 'running' && this.#jobs.some(({ state, transfer }) => state === 'receiving' && transfer);
  }


  get #takes() {
    return ['choose', 'resume', 'plan', 'report'].includes(this.#phase);
  }


  #over(event) {
    if (!this.#takes || !event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    this.#part('veil').hidden = false;
  }


  async #drop(event) {
    event.preventDefault();
    this.#part('veil').hidden = true;
    if (!this.#takes || !event.dataTransfer) return;
    murmur(word('import.reading'));
    await this.#take(await droppedFiles(event.dataTransfer));
  }


  async #chosen(input) {
    murmur(word('import.reading'));
    const files = await chosenFiles(input.files);
    input.value = '';
    await this.#take(files);
  }


  async #take(files) {
    this.#say();
    if (files.length === 0) return this.#say(notice('warn', word('import.noFile')));
    if (this.#phase === 'resume') return this.#continueWith(files);
    if (this.#phase === 'report') this.#forget();
    this.#forgetChecked();
    this.#archives = files.filter(({ path }) => isArchive(path));
    const others = files.filter(({ path }) => !isArchive(path));
    this.#title(files);
    fill(this.#part('preview'));
    if (others.length > 0 && !await this.#read(others)) return;
    if (others.length === 0) this.#loose = [];
    await this.#plan();
    this.#part('plan-title').focus();
  }


  #say(...content) {
    fill(this.#part('notice'), ...content);
    if (content.length > 0) this.#part('notice').scrollIntoView({ block: 'nearest' });
  }


  #title(files) {
    const bytes = files.reduce((sum, one) => sum + one.size, 0);
    this.#part('plan-title').textContent = [commonName(files), plural('import.files', files.length), size(bytes)].join(' · ');
  }


  async #read(files) {
    this.#work = new AbortController();
    this.#go('reading');
    const bar = /** @type {HTMLProgressElement} */ (this.querySelector('#reading-progress'));
    let painted = 0;
    try {
      this.#loose = await readHeaders(files, {
        signal: this.#work.signal,
        progress: done => {
          if (performance.now() - painted < 250 && done < files.length) return;
          painted = performance.now();
          bar.value = done / files.length;
          this.#part('reading-label').textContent = word('import.readingHeaders', { done: number(done), count: number(files.length) });
        },
      });
      return true;
    } catch (error) {
      if (!this.#work.signal.aborted) throw error;
      return false;
    }
  }

  get #onExisting() {
    return /** @type {HTMLInputElement} */ (this.querySelector('[name="onExisting"]:checked')).value;
  }


  async #plan() {
    this.#work.abort();
    this.#work = new AbortController();
    const { signal } = this.#work;
    this.#go('plan');
    this.#knownStudies.clear();
    const archives = this.#part('archives');
    archives.hidden = this.#archives.length === 0;
    archives.textContent = plural('import.archives', this.#archives.length);
    for (const button of this.querySelectorAll('[data-action="check"]')) button.toggleAttribute('hidden', this.#archives.length === 0);
    const place = this.#part('preview');
    if (this.#loose.length === 0) return fill(place);
    place.setAttribute('aria-busy', 'true');
    if (place.childElementCount === 0) fill(place, make('p', { class: 'muted' }, word('plan.asking')));
    try {
      const [plan, known] = await Promise.all([askPlan(this.#loose, { onExisting: this.#onExisting, signal }), statuses()]);
      if (signal.aborted) return;
      for (const study of plan.studies) if (study.new < study.instances) this.#knownStudies.add(study.studyInstanceUID);
      fill(place, ...planView(plan, this.#loose, known));
      murmur(place.querySelector('.notice')?.textContent ?? '');
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof Refusal)) throw error;
      fill(place, notice('bad', error.message, make('button', { type: 'button', onclick: () => this.#plan() }, word('errors.again'))));
    } finally {
      if (!signal.aborted) place.setAttribute('aria-busy', 'false');
    }
  }


  async #checkArchives() {
    this.#work = new AbortController();
    const { signal } = this.#work;
    this.#go('reading');
    const bar = /** @type {HTMLProgressElement} */ (this.querySelector('#reading-progress'));
    const views = [];
    try {
      for (const archive of this.#archives) {
        const total = archive.size;
        const report = await checkArchive(await this.#checkedJob(archive, signal), {
          onExisting: this.#onExisting, signal,
          progress: sent => {
            bar.value = sent / total;
            this.#part('reading-label').textContent = sent < total
              ? word('import.sent', { sent: size(sent), total: size(total), percent: Math.floor((100 * sent) / total) }) : word('import.checking', { name: archive.path });
          },
        });
        views.push(make('section', { class: 'report-part' }, reportView(report, { title: archive.path })));
      }
      this.#go('plan');
      const place = this.#part('preview');
      for (const old of place.querySelectorAll('.report-part')) old.remove();
      place.append(...views);
      /** @type {HTMLElement|null} */ (views[0]?.querySelector('h2'))?.focus();
      murmur(views[0]?.querySelector('.notice')?.textContent ?? '');
    } catch (error) {
      this.#go('plan');
      if (error instanceof Refusal) this.#say(notice('bad', error.message));
      else if (!signal.aborted) throw error;
    }
  }


  async #checkedJob(archive, signal) {
    const job = this.#checked.get(archive.path) ?? await createJob(archive.path, [{ ...archive, mayBeKnown: false }], this.#onExisting, signal);
    this.#checked.set(archive.path, job);
    return job;
  }


  #forgetChecked() {
    for (const job of this.#checked.values()) cancelJob(job).catch(error => this.#say(notice('bad', error.message)));
    this.#checked.clear();
  }

  #clear() {
    const wasReading = this.#phase === 'reading';
    this.#work.abort();
    if (wasReading && this.#archives.length > 0) return;
    this.#forgetChecked();
    this.#loose = [];
    this.#archives = [];
    fill(this.#part('preview'));
    this.#say();
    this.#go('choose');
  }


  async #begin() {
    if (this.#phase !== 'plan') return;
    this.#work.abort();
    this.#work = new AbortController();
    const { signal } = this.#work;
    this.#say();
    const files = this.#loose.filter(isSent).map(one => ({
      ...one, mayBeKnown: one.header !== undefined && this.#knownStudies.has(one.header.studyInstanceUID),
    }));
    if (files.length + this.#archives.length === 0) return this.#say(notice('warn', word('plan.noImage')));
    this.#jobs = [];
    this.#go('running');
    this.#progress.restart();
    this.#progress.showPreparing();
    try {
      if (files.length > 0) this.#jobs.push(await createJob(commonName(files), files, this.#onExisting, signal));
      for (const archive of this.#archives) this.#jobs.push({ ...await this.#checkedJob(archive, signal), onExisting: this.#onExisting });
      this.#checked.clear();
      this.#remember();
    } catch (error) {
      await Promise.allSettled(this.#jobs.map(cancelJob));
      this.#jobs = [];
      this.#checked.clear();
      this.#go('plan');
      if (signal.aborted) return;
      if (!(error instanceof Refusal)) throw error;
      return this.#say(notice('bad', error.message));
    }
    await this.#run();
  }


  #remember() {
    const ids = this.#jobs.map(({ id }) => id);
    rememberJobs(ids);
    history.replaceState(null, '', page('import/', { id: ids.join(',') }));
  }

  #forget() {
    rememberJobs([]);
    this.#jobs = [];
    history.replaceState(null, '', page('import/'));
  }


  async #run() {
    this.#work = new AbortController();
    const { signal } = this.#work;
    this.#say();
    this.#go('running');
    this.#progress.restart();
    for (const job of this.#jobs) {
      job.transfer = job.files.length > 0 ? new Transfer(job.id, job.files, { changed: () => {} }) : null;
    }
    const painting = setInterval(() => this.#paint(), paintEvery);
    this.#paint();
    try {
      for (const job of this.#jobs) if (job.state === 'receiving') await this.#sendJob(job, signal);
      this.#progress.restart();
      for (const job of this.#jobs) await this.#follow(job, signal);
      this.#showReports();
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof Refusal)) throw error;
      this.#go('stopped');
      this.#say(notice('bad', error.message));
    } finally {
      clearInterval(painting);
    }
  }


  #trouble = '';

  #paint() {
    if (this.#phase !== 'running') return;
    if (this.#isSending) this.#progress.showSending(this.#jobs);
    else this.#progress.showFiling(this.#jobs, this.#trouble);
  }


  async #sendJob(job, signal) {
    const told = (/** @type {''|'lost'|'away'} */ trouble) => { this.#trouble = trouble; };
    await job.transfer?.run(signal);
    const lacking = job.transfer?.lacking ?? [];
    if (lacking.length > 0 && !await this.#acceptsPart(lacking, signal)) return;
    await commitJob(job, { isPartial: lacking.length > 0, signal, told });
    document.dispatchEvent(new CustomEvent('imports-changed'));
  }


  #acceptsPart(lacking, signal) {
    return new Promise((resolve, reject) => {
      const goOn = make('button', { type: 'button', class: 'primary', 'data-action': 'partial' }, word('import.partial'));
      const box = notice('warn', plural('import.lacking', lacking.length), goOn);
      box.append(make('ul', {}, lacking.slice(0, 5).map(path => make('li', {}, path))));
      goOn.addEventListener('click', () => {
        this.#say();
        resolve(true);
      });
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
      this.#say(box);
      goOn.focus();
    });
  }


  async #follow(job, signal) {
    const told = (/** @type {''|'lost'|'away'} */ trouble) => { this.#trouble = trouble; };
    for (let asked = 0; ; asked += 1) {
      await refreshJob(job, { signal, told });
      if (isOver(job)) return;
      await new Promise(resolve => { setTimeout(resolve, asked < 3 ? pollEvery / 3 : pollEvery); });
      signal.throwIfAborted();
    }
  }

  #turnPause() {
    const transfers = this.#jobs.map(({ transfer }) => transfer);
    const isPaused = transfers.some(one => one?.isPaused);
    for (const transfer of transfers) {
      if (isPaused) transfer?.resume();
      else transfer?.pause();
    }
    this.#paint();
  }


  async #giveUp() {
    const jobs = this.#jobs.filter(job => !isOver(job));
    const isFiling = jobs.every(({ state }) => state !== 'receiving');
    const done = await formDialog({
      title: word('import.cancelTitle'), submit: word('import.cancel'), danger: true,
      body: [make('p', {}, isFiling ? word('import.cancelFiling') : word('import.cancelText'))],
      save: async () => {
        this.#work.abort();
        await Promise.all(jobs.map(cancelJob));
        return true;
      },
    });
    if (!done) {

      if (this.#work.signal.aborted && this.#phase === 'running') this.#go('stopped');
      return;
    }
    if (isFiling && jobs.length > 0) return this.#run();
    this.#forget();
    this.#loose = [];
    this.#archives = [];
    this.#go('choose');
    this.#say(notice('warn', word('import.cancelled')));
    document.dispatchEvent(new CustomEvent('imports-changed'));
  }


  #another() {
    this.#work.abort();
    this.#forget();
    this.#say();
    fill(this.#part('preview'));
    this.#go('choose');
    document.dispatchEvent(new CustomEvent('imports-changed'));
  }


  async #comeBack() {
    const named = (new URLSearchParams(location.search).get('id') ?? '').split(',').filter(Boolean);
    const ids = named.length > 0 ? named : rememberedJobs();
    this.#go('choose');
    if (ids.length === 0) return;
    try {
      const found = (await Promise.all(ids.map(id => findJob(id, this.#listening.signal)))).filter(job => job !== null);
      const wanted = named.length > 0 ? found : found.filter(job => !isOver(job));
      if (wanted.length === 0) {
        if (named.length > 0) this.#say(notice('warn', word('import.absent')));
        return this.#forget();
      }
      this.#jobs = wanted;
      if (wanted.every(isOver)) return this.#showReports();
      this.#remember();
      if (wanted.some(({ state }) => state === 'receiving')) this.#offerToContinue();
      else await this.#run();
    } catch (error) {
      if (this.#listening.signal.aborted) return;
      if (!(error instanceof Refusal)) throw error;
      this.#say(notice('bad', error.message, make('button', { type: 'button', onclick: () => this.#comeBack() }, word('errors.again'))));
    }
  }

  #offerToContinue() {
    this.#go('resume');
    const jobs = this.#jobs.filter(({ state }) => state === 'receiving');
    const sum = (/** @type {string} */ name) => jobs.reduce((total, { document }) => total + (document?.[name] ?? 0), 0);
    this.#part('resume-name').textContent = jobs.map(({ name }) => name).join(', ');
    this.#part('resume-text').textContent = word('import.resumeText', {
      received: number(sum('filesReceived')), files: number(sum('filesTotal')), bytes: size(sum('bytesReceived')),
    });
  }


  async #continueWith(found) {
    const { signal } = this.#listening;
    try {
      let matched = 0;
      for (const job of this.#jobs) {
        if (job.state !== 'receiving') continue;
        job.files = await heldFiles(job.id, signal);
        matched += matchFiles(job.files, found);
      }
      if (matched === 0) return this.#say(notice('warn', word('import.otherFiles')));
      this.#title(found);
      await this.#run();
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof Refusal)) throw error;
      this.#say(notice('bad', error.message));
    }
  }

  #showReports() {
    rememberJobs([]);
    this.#go('report');
    fill(this.#part('report'), this.#jobs.map((job, index) => this.#reportSection(job, index)));
    /** @type {HTMLElement|null} */ (this.querySelector('[data-report] h2'))?.focus();
    murmur(this.querySelector('[data-report] .notice')?.textContent ?? '');
    document.dispatchEvent(new CustomEvent('inbox-changed'));
    document.dispatchEvent(new CustomEvent('imports-changed'));
  }


  #reportSection(job, index) {
    const { document: shown } = job;
    const report = { counts: shown.counts, ...shown.report };
    const path = `/api/imports/${encodeURIComponent(job.id)}`;
    const messages = make('div', { 'data-notice': true });
    const actions = make('p', { class: 'buttons' }, make('a', { class: 'button', href: `${path}/report.csv`, download: '' }, word('report.csv')),
      make('a', { class: 'button', href: `${path}/report.json`, download: '' }, word('report.json')),
      (shown.counts?.stored ?? 0) > 0 && !shown.undoneAt && undoButton(job, messages));
    const ended = [shown.state !== 'done' && notice('warn', word(`importEnd.${shown.state}`)),
      shown.undoneAt && notice('info', word('undo.at', { date: instant(shown.undoneAt) }))].filter(one => one instanceof Node);
    const view = reportView(report, { title: job.name, more: [...ended, messages, actions] });
    const heading = /** @type {HTMLElement} */ (view[0]);
    heading.id = `report-heading-${index}`;
    return make('section', { class: 'report-part', 'data-import': job.id, 'aria-labelledby': heading.id }, view);
  }
}

customElements.define('import-page', ImportPage);
