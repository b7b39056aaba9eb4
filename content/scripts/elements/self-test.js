import { call, get, Refusal } from '../api.js';
import { announce, fill, make, notice, scrolling } from '../dom.js';
import { moment, number } from '../format.js';
import { LivePanel } from '../live-panel.js';
import { word } from '../words.js';

const askEvery = 400;
/** A run without an end is forgotten then, in milliseconds. */
const longest = 300_000;
const doors = ['web', 'dicom', 'import'];
const steps = ['store', 'find', 'metadata', 'frame', 'rendered', 'thumbnail', 'remove'];
const fronts = ['functions', 'pages', 'viewer', 'uploads'];

/** Sends a synthetic study through every door and shows, step by step, what works. */
class SelfTest extends LivePanel {
  /** The run that this page began. */
  #begun = '';

  connectedCallback() {
    super.connectedCallback();
    this.place('begin').addEventListener('click', () => this.#begin(), { signal: this.listening.signal });
  }

  /** @param {AbortSignal} signal */
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

  /** @param {{run: any}} shown */
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

  /** @param {any} run @param {boolean} goesOn @param {number} failed */
  #verdict(run, goesOn, failed) {
    if (goesOn) return make('p', { class: 'muted', 'data-verdict': 'running' }, word('selfTest.running'));
    const isWell = failed === 0 && run.finishedAt;
    return make('p', { 'data-verdict': isWell ? 'passed' : 'failed' }, make('span', { class: 'chip', 'data-kind': isWell ? 'good' : 'bad' },
      isWell ? word('selfTest.passed') : word('selfTest.failed')), ' ', make('span', { class: 'muted' }, moment(run.startedAt)));
  }

  /** @param {Map<string, any>} done */
  #fronts(done) {
    return make('ul', { class: 'self-fronts' }, fronts.map(name => make('li', { 'data-step': `front.${name}` }, word(`selfTestFront.${name}`), ' ', this.#result(done.get(`front.${name}`)))));
  }

  /** Doors beside steps. @param {Map<string, any>} done */
  #grid(done) {
    return scrolling(make('table', { class: 'self-grid' }, make('caption', { class: 'visually-hidden' }, word('selfTest.title')),
      make('thead', {}, make('tr', {}, make('th', { scope: 'col' }, word('selfTest.door')), steps.map(step => make('th', { scope: 'col' }, word(`selfTestStep.${step}`))))),
      make('tbody', {}, doors.map(door => make('tr', {}, make('th', { scope: 'row' }, word(`selfTestDoor.${door}`)),
        steps.map(step => make('td', { 'data-step': `${door}.${step}` }, this.#result(done.get(`${door}.${step}`)))))))));
  }

  /** @param {any} step */
  #result(step) {
    if (!step) return make('span', { class: 'muted', 'data-outcome': 'open' }, '…');
    const time = step.outcome === 'skipped' ? '' : word('selfTest.milliseconds', { count: number(step.milliseconds) });
    return make('span', { class: 'self-result', 'data-outcome': step.outcome }, make('span', { class: 'visually-hidden' }, word(`selfTestOutcome.${step.outcome}`)), time);
  }

  /** @param {any[]} failed */
  #troubles(failed) {
    return make('ul', { class: 'bullets' }, failed.map(({ name, detail }) => {
      const [where, what] = name.split('.');
      const label = where === 'front' ? word(`selfTestFront.${what}`) : `${word(`selfTestDoor.${where}`)}, ${word(`selfTestStep.${what}`)}`;
      return make('li', {}, label, ' · ', make('code', {}, detail));
    }));
  }
}

customElements.define('self-test', SelfTest);
