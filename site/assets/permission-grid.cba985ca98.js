import { call, Refusal } from './api.06ac550977.js';
import { announce, fill, make, notice } from './dom.71da60e761.js';
import { plural, word } from './words.ef487a8397.js';


export const permissions = ['view', 'editPatients', 'import', 'export', 'share', 'delete', 'manageUsers', 'administer'];


export class PermissionChanges {

  #changed = new Map();
  #bar;
  #saved;


  constructor(bar, saved) {
    this.#bar = bar;
    this.#saved = saved;
  }

  get isEmpty() {
    return this.#changed.size === 0;
  }


  cell(group, permission) {
    const held = (group.permissions ?? []).includes(permission);
    const wanted = this.#changed.get(group.id)?.wanted.has(permission) ?? held;
    const box = /** @type {HTMLInputElement} */ (make('input', { type: 'checkbox', checked: wanted, 'aria-label': `${group.name}, ${word(`permission.${permission}`)}` }));
    const cell = make('td', { class: 'tick', 'data-changed': wanted !== held }, make('label', {}, box));
    box.addEventListener('change', () => {
      this.#note(group, permission, box.checked);
      cell.toggleAttribute('data-changed', box.checked !== held);
      this.#show();
    });
    return cell;
  }


  #note(group, permission, isWanted) {
    const { wanted } = this.#changed.get(group.id) ?? { wanted: new Set(group.permissions ?? []) };
    if (isWanted) wanted.add(permission);
    else wanted.delete(permission);
    if (difference(group, wanted) > 0) this.#changed.set(group.id, { group, wanted });
    else this.#changed.delete(group.id);
  }


  #show(...more) {
    if (this.isEmpty) return fill(this.#bar, ...more);
    const count = [...this.#changed.values()].reduce((sum, { group, wanted }) => sum + difference(group, wanted), 0);
    const save = make('button', { type: 'button', class: 'primary', 'data-action': 'save-grid' }, word('admin.save'));
    const drop = make('button', { type: 'button', 'data-action': 'drop-grid' }, word('groups.dropChanges'));
    save.addEventListener('click', () => this.#save(save));
    drop.addEventListener('click', () => {
      this.#changed.clear();
      this.#show();
      this.#saved();
    });
    fill(this.#bar, make('strong', {}, plural('groups.changes', count)), save, drop, ...more);
  }


  async #save(button) {
    button.toggleAttribute('disabled', true);
    try {
      for (const [id, { group, wanted }] of this.#changed) {
        await savePermissions(group, wanted);
        this.#changed.delete(id);
      }
      this.#show();
      announce(word('admin.saved'));
      await this.#saved();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.#show(notice('bad', error.message));
    }
  }
}


function difference(group, wanted) {
  const held = new Set(group.permissions ?? []);
  return permissions.filter(permission => held.has(permission) !== wanted.has(permission)).length;
}


async function savePermissions(group, wanted) {
  const path = `/api/groups/${encodeURIComponent(group.id)}`;
  const { data, etag } = await call('GET', path);
  if (difference(data, new Set(group.permissions ?? [])) > 0) throw new Refusal(word('groups.changedMeanwhile', { name: group.name }));
  await call('PATCH', path, { body: { permissions: permissions.filter(one => wanted.has(one)) }, etag });
}
