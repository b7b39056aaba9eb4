import { get } from '../api.4aac85d452.js';
import { head, labelled } from '../admin-table.69df7a7b2a.js';
import { fill, make } from '../dom.cb1cc6f6ea.js';
import { instant, number } from '../format.f26fd9ffc1.js';
import { LivePanel } from '../live-panel.99bc363d84.js';
import { word } from '../words.4bd9aa8b7e.js';

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
    fill(this.place('list'), make('div', { class: 'scroll' }, labelled(make('table', {},
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
