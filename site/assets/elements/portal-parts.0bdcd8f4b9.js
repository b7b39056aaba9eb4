import { get } from '../api.06ac550977.js';
import { fill, make } from '../dom.71da60e761.js';
import { instant } from '../format.4b266e2688.js';
import { LivePanel } from '../live-panel.23123bb03a.js';
import { word } from '../words.ef487a8397.js';

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
