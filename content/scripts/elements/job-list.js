import { get } from '../api.js';
import { head, labelled } from '../admin-table.js';
import { fill, make, scrolling } from '../dom.js';
import { instant, number } from '../format.js';
import { LivePanel } from '../live-panel.js';
import { word } from '../words.js';

const askEvery = 10_000;

/** What runs and waits in the background, what went wrong first. */
class JobList extends LivePanel {
  /** @param {AbortSignal} signal */
  load(signal) {
    return get('/api/jobs', signal);
  }

  /** @param {{items: any[]}} jobs */
  show({ items }) {
    const rows = [...items].sort((one, other) => Number(Boolean(other.lastError)) - Number(Boolean(one.lastError)));
    fill(this.place('list'), scrolling(labelled(make('table', {},
      ...head(word('health.jobs'), [word('jobs.kind'), word('jobs.state'), word('jobs.next'), word('jobs.attempts'), word('jobs.error')]),
      make('tbody', {}, rows.map(job => this.#row(job)))))));
    return askEvery;
  }

  /** @param {any} job */
  #row(job) {
    const state = job.lastError ? 'failed' : job.running ? 'running' : 'waiting';
    return make('tr', { 'data-job': job.kind }, make('th', { scope: 'row' }, word(`jobKind.${job.kind}`) || make('code', {}, job.kind)),
      make('td', {}, make('span', { class: 'chip', 'data-kind': state === 'failed' ? 'bad' : state === 'running' ? 'good' : null }, word(`jobState.${state}`))),
      make('td', { class: 'when' }, instant(job.runAfter)), make('td', {}, number(job.attempts)), make('td', { class: 'what' }, job.lastError ?? ''));
  }
}

customElements.define('job-list', JobList);
