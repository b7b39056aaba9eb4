import { get } from '../api.4aac85d452.js';
import { fill, make } from '../dom.cb1cc6f6ea.js';
import { instant } from '../format.f26fd9ffc1.js';
import { LivePanel } from '../live-panel.99bc363d84.js';
import { word } from '../words.4bd9aa8b7e.js';

const askEvery = 15_000;
const kinds = /** @type {Record<string, string>} */ ({ ok: 'good', late: 'warn', away: 'bad' });

/** Every part of the portal, and whether it works now. */
class PortalParts extends LivePanel {
  /** @param {AbortSignal} signal */
  load(signal) {
    return get('/api/health/parts', signal);
  }

  /** @param {{items: any[]}} parts */
  show({ items }) {
    const wrong = items.filter(part => part.state === 'away' || part.state === 'late');
    fill(this.place('verdict'), make('span', { class: 'chip', 'data-kind': wrong.length === 0 ? 'good' : 'bad' },
      wrong.length === 0 ? word('health.allWell') : word('health.notAll')));
    fill(this.place('list'), make('ul', { class: 'parts' }, items.map(part => make('li', { 'data-part': part.name, 'data-state': part.state },
      make('span', { class: 'chip', 'data-kind': kinds[part.state] ?? null }, word(`partState.${part.state}`)),
      make('div', {}, make('strong', {}, word(`part.${part.name}`)), make('span', { class: 'muted id' }, this.#detail(part)))))));
    return askEvery;
  }

  /** @param {any} part */
  #detail({ name, state, detail, at }) {
    if (state !== 'ok') return [word(`partTrouble.${name}`), detail].filter(Boolean).join(' · ');
    if (name === 'database') return `PostgreSQL ${detail}`;
    return at ? word('health.lastAt', { date: instant(at) }) : detail;
  }
}

customElements.define('portal-parts', PortalParts);
