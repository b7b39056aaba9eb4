import { page } from './addresses.f20333e5ad.js';
import { call } from './api.4aac85d452.js';
import { copyButton } from './copying.aa33a12f0a.js';
import { formDialog } from './dialogs.fd421aa959.js';
import { announce, make } from './dom.cb1cc6f6ea.js';
import { exportDialog } from './exporting.6b9ade3cae.js';
import { studyTitle } from './study-card.d5d7857afe.js';
import { word } from './words.4bd9aa8b7e.js';

/**
 * What can be done with a study of a patient: the files in a click, the rest in a menu.
 * @param {any} study @param {string} patient its id
 * @param {{held: string[], detached: () => void, remove: () => void}} options
 */
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

/** @param {string} uid @param {() => void} detached */
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
