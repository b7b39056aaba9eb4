import { all } from './api.06ac550977.js';
import { page } from './addresses.6e921b8427.js';
import { copyable } from './copying.5720e91940.js';
import { formDialog } from './dialogs.ef6d9ad20f.js';
import { make } from './dom.71da60e761.js';
import { moment, patientName } from './format.4b266e2688.js';
import { session } from './session.7dda462f97.js';
import { statuses } from './statuses.e015b6dde7.js';
import { word } from './words.ef487a8397.js';


export const actions = {
  session: ['opened', 'refused', 'closed', 'revoked'],
  password: ['changed', 'reset'],
  token: ['made', 'revoked'],
  patient: ['viewed', 'made', 'changed', 'removed', 'restored', 'purged', 'merged', 'unmerged'],
  study: ['viewed', 'previewed', 'exported', 'received', 'attached', 'detached', 'corrected', 'removed', 'restored', 'purged'],
  user: ['made', 'changed', 'removed'],
  group: ['made', 'changed', 'removed'],
  member: ['added', 'removed'],
  grant: ['added', 'removed'],
  sender: ['changed'],
  status: ['made', 'changed', 'removed'],
  store: ['refused'],
  instance: ['conflict'],
  import: ['ended', 'undone'],
  export: ['made'],
  association: ['ended', 'rejected'],
  audit: ['exported'],
  conflict: ['resolved'],
  selftest: ['run'],
};


const summaryParts = 3;


const isId = /^[0-9a-f]{8}-[0-9a-f-]{27}$/;




let asked;


export function knownNames() {
  asked ??= session().then(async ({ held }) => {
    const lists = held.includes('manageUsers') ? [all('/api/users'), all('/api/groups')] : [];
    const [users = [], groups = []] = await Promise.all(lists);
    return new Map([...users.map(user => [user.id, user.name || user.email]), ...groups.map(group => [group.id, group.name]),
      ...(await statuses()).map(({ code, label }) => [code, label])]);
  }).catch(() => new Map());
  return asked;
}


export function actionLabel(code) {
  return word(`auditAction.${code}`) || code;
}


export function actorName({ actor, sender }) {
  if (actor) return actor.name || actor.email;
  return sender ? sender.aeTitle : '';
}


export function actorAddress(actor) {
  return page('admin/audit/', { actor: actor.id });
}


export function actorCell(entry, { linked }) {
  const name = actorName(entry);
  if (!name) return make('th', { scope: 'row', class: 'who muted' }, word('audit.nobody'));
  if (!entry.actor) return make('th', { scope: 'row', class: 'who' }, make('code', {}, name), make('span', { class: 'muted id' }, word('audit.sender')));
  return make('th', { scope: 'row', class: 'who' }, linked ? make('a', { href: actorAddress(entry.actor) }, name) : name,
    entry.actor.name && make('span', { class: 'muted id' }, entry.actor.email));
}


export function actionCell(entry, names) {
  const shown = Object.entries(entry.details ?? {}).filter(([, value]) => value !== '' && (names.has(String(value)) || !isId.test(String(value))))
    .slice(0, summaryParts);
  return make('td', { class: 'what' }, make('div', {}, actionLabel(entry.action),
    shown.length > 0 && make('span', { class: 'muted id' }, shown.map(([key, value]) => word('audit.pair', { label: detailLabel(key), value: detailText(key, value, names) })).join(' · '))));
}






export function showEntry(entry, names, { linked }) {
  const { actor, patient, study } = entry;
  const rows = /** @type {[string, unknown][]} */ ([
    [word('audit.at'), moment(entry.at)],
    [word('audit.actor'), actor ? [actor.name, actor.email].filter(Boolean).join(' · ') : actorName(entry) || word('audit.nobody')],
    [word('audit.patient'), patient && make('a', { href: page('patient/', { id: patient.id }) }, `${patientName(patient)} · ${patient.patientId}`)],
    [word('audit.study'), study && copyable(study, word('study.uid'))],
    [word('audit.address'), entry.address],
    ...Object.entries(entry.details ?? {}).map(([key, value]) => [detailLabel(key), detailText(key, value, names)]),
    [word('audit.code'), make('code', {}, entry.action)],
    [word('audit.seal'), entry.sealed ? word('audit.sealed') : word('audit.unsealed')],
  ]);
  const narrower = linked && [
    actor && make('a', { class: 'button', href: actorAddress(actor) }, word('audit.allOfActor')),
    patient && make('a', { class: 'button', href: page('admin/audit/', { patient: patient.id }) }, word('audit.allOfPatient')),
    study && make('a', { class: 'button', href: page('admin/audit/', { study }) }, word('audit.allOfStudy')),
  ].filter(Boolean);
  return formDialog({
    title: actionLabel(entry.action), submit: word('dialog.close'), shows: true, save: async () => true,
    body: [make('dl', { class: 'facts' }, ...rows.filter(([, value]) => value).map(([label, value]) =>
      [make('dt', {}, label), make('dd', {}, /** @type {any} */ (value))]).flat()),
    ...(narrower && narrower.length > 0 ? [make('p', { class: 'buttons' }, ...narrower)] : [])],
  });
}


function detailLabel(key) {
  return word(`auditDetail.${key}`) || key;
}


function detailText(key, value, names) {
  const text = String(value);
  if (key === 'route') return word(`auditRoute.${text}`) || text;
  return names.get(text) ?? text;
}
