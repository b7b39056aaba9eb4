import { get } from '../api.06ac550977.js';
import { fill, make, scrolling } from '../dom.71da60e761.js';
import { date, instant, number, size } from '../format.4b266e2688.js';
import { growthPlot } from '../growth-plot.18f11a3b1e.js';
import { LivePanel } from '../live-panel.23123bb03a.js';
import { plural, word } from '../words.ef487a8397.js';

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
