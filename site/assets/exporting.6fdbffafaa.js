import { call, Refusal } from './api.06ac550977.js';
import { formDialog } from './dialogs.ef6d9ad20f.js';
import { fill, make, notice } from './dom.71da60e761.js';
import { instant, size } from './format.4b266e2688.js';
import { plural, word } from './words.ef487a8397.js';





export async function exportDialog({ patients = [], studies = [] }) {
  const stage = make('div', { class: 'stack', 'data-export': true }, make('p', { class: 'muted' }, word('export.counting')));
  const closed = formDialog({
    title: patients.length > 0 ? plural('export.title', patients.length) : word('export.titleStudy'), submit: word('dialog.close'), shows: true,
    body: [stage], save: async () => true,
  });
  try {
    const { data } = await call('POST', '/api/exports', { body: { patients, studies } });
    const link = make('a', { class: 'button primary', href: `/api/exports/${encodeURIComponent(data.id)}`, download: '' }, word('export.download'));
    fill(stage, make('p', {}, word('export.text')), make('dl', { class: 'facts' },
      make('dt', {}, word('export.contents')), make('dd', {}, [data.patients > 0 && plural('undo.patients', data.patients), plural('patients.studies', data.studies),
        plural('study.images', data.instances)].filter(Boolean).join(' · ')),
      make('dt', {}, word('export.archiveSize')), make('dd', {}, size(data.bytes))),
    make('p', { class: 'buttons' }, link), make('p', { class: 'muted' }, word('export.until', { date: instant(data.expiresAt) })));
    link.focus();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    fill(stage, notice('bad', error.message));
  }
  await closed;
}
