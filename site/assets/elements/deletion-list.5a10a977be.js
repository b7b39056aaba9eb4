import { AdminTable, head, rowButton } from '../admin-table.8ff24418e7.js';
import { all, call } from '../api.06ac550977.js';
import { restore } from '../deletion.b5d20ca161.js';
import { confirmByName } from '../dialogs.ef6d9ad20f.js';
import { announce, make } from '../dom.71da60e761.js';
import { date, instant, patientName } from '../format.4b266e2688.js';
import { plural, word } from '../words.ef487a8397.js';


class DeletionList extends AdminTable {
  load() {
    return all('/api/deletions', this.listening.signal);
  }

  empty() {
    return make('div', { class: 'empty' }, make('h2', {}, word('deleted.emptyTitle')), make('p', {}, word('deleted.emptyText')));
  }


  table(deletions) {
    return make('table', {}, ...head(word('deleted.title'), [word('deleted.what'), word('deleted.holds'), word('deleted.at'), word('deleted.until'), word('admin.actions')]),
      make('tbody', {}, deletions.map(one => this.#row(one))));
  }


  #row(one) {
    const { patient } = one;
    const isStudy = one.kind === 'study';
    const whose = patient ? [patientName(patient), patient.patientId].join(' · ') : word('deleted.noPatient');
    const title = isStudy ? one.description || word('study.untitled') : patientName(patient ?? {});
    const below = isStudy ? whose : [patient?.patientId, date(patient?.birthDate)].filter(Boolean).join(' · ');
    return make('tr', {},
      make('th', { scope: 'row', class: 'who' }, title, make('span', { class: 'muted id' }, `${word(`deletedKind.${one.kind}`)} · ${below}`)),
      make('td', {}, [plural('patients.studies', one.studies), plural('study.images', one.instances)].join(', ')),
      make('td', {}, make('div', {}, instant(one.deletedAt), one.deletedBy && make('span', { class: 'muted id' }, one.deletedBy))),
      make('td', {}, date(one.restorableUntil)),
      make('td', { class: 'actions' }, rowButton(word('deleted.restore'), title, () => this.attempt(async () => {
        await restore(one);
        announce(word('deletion.restored'));
      })), rowButton(word('deleted.purge'), title, () => this.#purge(one, title))));
  }


  async #purge(one, title) {
    const count = plural('study.images', one.instances);
    await this.attempt(() => confirmByName({
      title: word('deleted.purgeTitle', { name: title }), text: word('deleted.purgeText', { images: count }), submit: word('deleted.purge'),
      name: one.patient ? patientName(one.patient) : title,
      act: async () => {
        await call('DELETE', `/api/deletions/${encodeURIComponent(one.id)}`);
        announce(word('deleted.purged'));
      },
    }));
  }
}

customElements.define('deletion-list', DeletionList);
