import { get } from './api.js';

const remembered = 'permissions';

/**
 * Who is signed in. `held` names permissions, and those that hold for all patients once more with `OnAll` behind them.
 * `receiver` is where modalities send.
 * @typedef {{user: {id: string, email: string, name: string, language: string}, held: string[],
 *   receiver: {aeTitle: string, port: number, tlsPort: number|null}}} Session
 */

/** @type {Promise<Session>|undefined} */
let asked;

/** Who is signed in; asked once a page. @returns {Promise<Session>} */
export function session() {
  asked ??= get('/api/session').then(({ user, receiver }) => {
    const held = [...user.permissions, ...user.permissionsOnAll.map((/** @type {string} */ permission) => `${permission}OnAll`)];
    sessionStorage.setItem(remembered, JSON.stringify(held));
    return { user, held, receiver };
  });
  return asked;
}

/** What the last page knew, to paint the frame without waiting. The server decides anyway. @returns {string[]} */
export function rememberedPermissions() {
  try {
    return JSON.parse(sessionStorage.getItem(remembered) ?? '[]');
  } catch {
    return [];
  }
}

/** Leaves nothing about the account in this browser tab. */
export function forgetSession() {
  sessionStorage.removeItem(remembered);
}

/**
 * Shows what needs a permission to those who hold one of those named.
 * @param {ParentNode} root
 * @param {string[]} held
 */
export function showPermitted(root, held) {
  for (const element of root.querySelectorAll('[data-permission]')) {
    const needed = (element.getAttribute('data-permission') ?? '').split(' ');
    element.toggleAttribute('hidden', !needed.some(permission => held.includes(permission)));
  }
}
