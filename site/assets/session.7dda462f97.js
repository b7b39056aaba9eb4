import { get } from './api.06ac550977.js';

const remembered = 'permissions';









let asked;


export function session() {
  asked ??= get('/api/session').then(({ user, receiver }) => {
    const held = [...user.permissions, ...user.permissionsOnAll.map((/** @type {string} */ permission) => `${permission}OnAll`)];
    sessionStorage.setItem(remembered, JSON.stringify(held));
    return { user, held, receiver };
  });
  return asked;
}


export function rememberedPermissions() {
  try {
    return JSON.parse(sessionStorage.getItem(remembered) ?? '[]');
  } catch {
    return [];
  }
}


export function forgetSession() {
  sessionStorage.removeItem(remembered);
}






export function showPermitted(root, held) {
  for (const element of root.querySelectorAll('[data-permission]')) {
    const needed = (element.getAttribute('data-permission') ?? '').split(' ');
    element.toggleAttribute('hidden', !needed.some(permission => held.includes(permission)));
  }
}
