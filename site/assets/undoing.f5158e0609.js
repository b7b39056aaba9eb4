import { call, Refusal } from './api.06ac550977.js';
import { formDialog } from './dialogs.ef6d9ad20f.js';
import { announce, fill, make, notice } from './dom.71da60e761.js';
import { plural, word } from './words.ef487a8397.js';






export function undoButton({ id, name }, messages) {
  const button = make('button', { type: 'button', class: 'danger', 'data-action': 'undo' }, word('undo.open'));
  button.addEventListener('click', async () => {
    const done = await formDialog({
      title: word('undo.title', { name }), submit: word('undo.open'), danger: true, body: [make('p', {}, word('undo.text')), make('p', { class: 'muted' }, word('undo.touched'))],
      save: async (_, say) => {
        try {
          return (await call('POST', `/api/imports/${encodeURIComponent(id)}/undo`, { body: {} })).data;
        } catch (error) {
          if (!(error instanceof Refusal && error.code === 'import.touched')) throw error;
          const touched = [error.details.studies, error.details.patients].join(' ').split(' ').filter(Boolean);
          say(notice('bad', error.message), make('ul', { class: 'bullets' }, touched.map(one => make('li', {}, make('code', {}, one)))));
          return undefined;
        }
      },
    });
    if (!done) return;
    button.remove();
    const parts = [plural('undo.instances', done.instances ?? 0), plural('undo.studies', done.studies ?? 0), plural('undo.patients', done.patients ?? 0)];
    const said = notice('good', `${word('undo.done')} ${parts.join(' · ')}`);
    said.toggleAttribute('data-undone', true);
    fill(messages, said);
    announce(word('undo.done'));
    document.dispatchEvent(new CustomEvent('inbox-changed'));
    document.dispatchEvent(new CustomEvent('imports-changed'));
  });
  return button;
}
