import { page } from '../addresses.6e921b8427.js';
import { get } from '../api.06ac550977.js';
import { fill, make } from '../dom.71da60e761.js';
import { instant, number, size } from '../format.4b266e2688.js';
import { LivePanel } from '../live-panel.23123bb03a.js';
import { word } from '../words.ef487a8397.js';

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
