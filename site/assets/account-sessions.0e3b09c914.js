import { call, get, Refusal } from './api.06ac550977.js';
import { device } from './devices.c93909d736.js';
import { formDialog } from './dialogs.ef6d9ad20f.js';
import { announce, fill, make, notice } from './dom.71da60e761.js';
import { date, instant } from './format.4b266e2688.js';
import { word } from './words.ef487a8397.js';


export async function accountSessions(user) {
  const path = `/api/users/${encodeURIComponent(user.id)}/sessions`;
  const messages = make('div');
  const list = make('div', { class: 'stack' });

  const end = async (/** @type {any} */ one) => {
    fill(messages);
    try {
      await call('DELETE', `${path}/${encodeURIComponent(one.id)}`);
      announce(word('users.sessionEnded'));
      await show();
      list.closest('form')?.querySelector('button')?.focus();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      fill(messages, notice('bad', error.message));
    }
  };
  const row = (/** @type {any} */ one) => {
    const isToken = one.kind === 'token';
    const name = isToken ? one.name : device(one.userAgent);
    const label = isToken ? word('account.revoke') : word('account.endSession');
    const facts = [one.address, word('users.since', { date: instant(one.createdAt) }), one.lastSeenAt && word('account.lastSeen', { date: instant(one.lastSeenAt) }),
      isToken && word('users.until', { date: date(one.expiresAt) })];
    return make('li', {}, make('div', {}, make('strong', {}, name), make('p', { class: 'muted' }, facts.filter(Boolean).join(' · '))),
      make('button', { type: 'button', 'aria-label': `${label}, ${name}`, onclick: () => end(one) }, label));
  };
  const part = (/** @type {string} */ title, /** @type {any[]} */ ones, /** @type {string} */ none) => make('section', {}, make('h3', {}, title),
    ones.length === 0 ? make('p', { class: 'muted' }, none) : make('ul', { class: 'candidates' }, ones.map(row)));
  const show = async () => {
    const { items } = await get(path);
    fill(list, part(word('account.sessions'), items.filter((/** @type {any} */ one) => one.kind !== 'token'), word('users.noSession')),
      part(word('account.tokens'), items.filter((/** @type {any} */ one) => one.kind === 'token'), word('account.noToken')));
  };

  await show();
  return formDialog({
    title: word('users.sessionsOf', { name: user.name || user.email }), submit: word('dialog.done'), shows: true, wide: true,
    body: [messages, list], save: async () => true,
  });
}
