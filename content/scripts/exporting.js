import { call, Refusal } from './api.js';
import { fetchArchive, isFetchable } from './archive-fetch.js';
import { formDialog } from './dialogs.js';
import { announce, fill, make, notice } from './dom.js';
import { instant, size } from './format.js';
import { plural, word } from './words.js';

/**
 * Counts what an export holds, and gives the archive, with progress where the browser lets a page do that.
 * @param {{patients?: string[], studies?: string[]}} selection ids of patients, UIDs of studies
 */
export async function exportDialog({ patients = [], studies = [] }) {
  const closing = new AbortController();
  const stage = make('div', { class: 'stack', 'data-export': true }, make('p', { class: 'muted' }, word('export.counting')));
  const closed = formDialog({
    title: patients.length > 0 ? plural('export.title', patients.length) : word('export.titleStudy'), submit: word('dialog.close'), shows: true,
    body: [stage], save: async () => true,
  });
  try {
    const { data } = await call('POST', '/api/exports', { body: { patients, studies } });
    const link = make('a', { class: 'button primary', href: `/api/exports/${encodeURIComponent(data.id)}`, download: '' }, word('export.download'));
    const buttons = make('p', { class: 'buttons' }, link);
    const progress = make('div', { class: 'stack', 'data-progress': true });
    fill(stage, make('p', {}, word('export.text')), make('dl', { class: 'facts' },
      make('dt', {}, word('export.contents')), make('dd', {}, [data.patients > 0 && plural('undo.patients', data.patients), plural('patients.studies', data.studies),
        plural('study.images', data.instances)].filter(Boolean).join(' · ')),
      make('dt', {}, word('export.archiveSize')), make('dd', {}, size(data.bytes))),
    buttons, progress, make('p', { class: 'muted' }, word('export.until', { date: instant(data.expiresAt) })));
    if (isFetchable(data.bytes)) {
      link.addEventListener('click', event => {
        event.preventDefault();
        download(link.href, data, buttons, progress, closing.signal);
      });
    }
    link.focus();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    fill(stage, notice('bad', error.message));
  }
  await closed;
  closing.abort();
}

/**
 * Fetches the archive while a bar tells how far it is, and gives it to the browser's downloads.
 * @param {string} address @param {{id: string, bytes: number}} made the export @param {HTMLElement} buttons @param {HTMLElement} place of the progress
 * @param {AbortSignal} closed
 */
async function download(address, made, buttons, place, closed) {
  const stopping = new AbortController();
  const signal = AbortSignal.any([closed, stopping.signal]);
  const bar = /** @type {HTMLProgressElement} */ (make('progress', { max: 1, 'aria-labelledby': 'export-progress' }));
  const label = make('p', { class: 'progress-label', id: 'export-progress' });
  // The archive's frame makes it a little larger than its files, and what it compresses smaller.
  const progress = (/** @type {number} */ received) => {
    bar.value = Math.min(received / made.bytes, 1);
    label.textContent = word('export.fetching', { received: size(received), total: size(made.bytes) });
  };
  const stop = make('button', { type: 'button', 'data-action': 'stop', onclick: () => stopping.abort() }, word('export.stop'));
  progress(0);
  buttons.hidden = true;
  fill(place, label, bar, make('p', { class: 'buttons' }, stop));
  stop.focus();
  try {
    const file = await fetchArchive(address, `${made.id}.zip`, { signal, progress });
    const source = URL.createObjectURL(file);
    make('a', { href: source, download: 'export.zip' }).click();
    setTimeout(() => URL.revokeObjectURL(source), 60_000);
    const done = word('export.fetched', { size: size(file.size) });
    fill(place, notice('good', done));
    announce(done);
  } catch (error) {
    if (signal.aborted) fill(place);
    else if (error instanceof Refusal) fill(place, notice('bad', error.message));
    else throw error;
  } finally {
    buttons.hidden = false;
    if (!closed.aborted) /** @type {HTMLElement} */ (buttons.querySelector('a')).focus();
  }
}
