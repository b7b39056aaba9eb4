import { get } from '../api.06ac550977.js';
import { head, labelled } from '../admin-table.8ff24418e7.js';
import { fill, make, scrolling } from '../dom.71da60e761.js';
import { instant, number } from '../format.4b266e2688.js';
import { LivePanel } from '../live-panel.23123bb03a.js';
import { word } from '../words.ef487a8397.js';

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
