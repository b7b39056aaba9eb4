import { page } from './addresses.6e921b8427.js';
import { call } from './api.06ac550977.js';
import { copyButton } from './copying.5720e91940.js';
import { formDialog } from './dialogs.ef6d9ad20f.js';
import { announce, make } from './dom.71da60e761.js';
import { exportDialog } from './exporting.6fdbffafaa.js';
import { studyTitle } from './study-card.8d50e83e10.js';
import { word } from './words.ef487a8397.js';






export function studyActions(study, patient, { held, detached, remove }) {
  const uid = study.studyInstanceUID;
  const named = (/** @type {string} */ text) => `${text}, ${studyTitle(study)}`;
  const button = (/** @type {string} */ name, /** @type {string} */ text, /** @type {() => void} */ onclick) => make(
    'button', { type: 'button', 'data-action': name, 'aria-label': named(text), onclick }, text);
  const exports = held.includes('export');
  return [
    exports && make('a', { class: 'button', href: `/dicomweb/studies/${uid}?accept=application/zip`, download: '', 'aria-label': named(word('study.zip')) }, word('study.zip')),
    make('details', { class: 'menu deeds' }, make('summary', { class: 'button', 'aria-label': named(word('patient.more')) }, word('patient.more')),
      make('div', { class: 'menu-panel' },
        exports && button('export-study', word('export.open'), () => exportDialog({ studies: [uid] })),
        (held.includes('editPatients') || held.includes('administerOnAll'))
          && make('a', { href: page('patient/access/', { id: patient, study: uid }), 'aria-label': named(word('study.seen')) }, word('study.seen')),
        held.includes('editPatientsOnAll') && button('detach', word('study.detach'), () => detach(uid, detached)),
        copyButton(uid, word('study.uid'), word('copy.uid')),
        held.includes('delete') && button('delete-study', word('study.delete'), remove))),
  ];
}


async function detach(uid, detached) {
  const done = await formDialog({
    title: word('study.detachTitle'), submit: word('study.detach'), body: [make('p', {}, word('study.detachText'))],
    save: async () => {
      await call('POST', `/api/inbox/${encodeURIComponent(uid)}/detach`, { body: {} });
      return true;
    },
  });
  if (!done) return;
  announce(word('study.detached'));
  document.dispatchEvent(new CustomEvent('inbox-changed'));
  detached();
}
