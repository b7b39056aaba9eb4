import { murmur } from './dom.71da60e761.js';
import { number, size } from './format.4b266e2688.js';
import { Pace } from './pace.41ae15cc55.js';
import { plural, word } from './words.ef487a8397.js';




export class ImportProgress {
  #root;
  #pace = new Pace();
  #said = '';


  constructor(root) {
    this.#root = root;
  }


  #part(name) {
    return /** @type {HTMLElement} */ (this.#root.querySelector(`[data-${name}]`));
  }


  restart() {
    this.#pace.reset();
  }


  showPreparing() {
    this.#bar(null);
    this.#part('progress-label').textContent = word('import.preparing');
    for (const name of ['pace', 'accepted']) this.#part(name).textContent = '';
    this.#part('state').hidden = true;
    this.#part('pausing').hidden = true;
    this.#part('sending-hint').hidden = true;
  }


  showSending(jobs) {
    const transfers = jobs.map(({ transfer }) => transfer).filter(transfer => transfer !== null && transfer !== undefined);
    const sum = (/** @type {(one: import('./transfer.js').Transfer) => number} */ count) => transfers.reduce((total, one) => total + count(one), 0);
    const [sent, total, received, known, files] = [sum(one => one.sent), sum(one => one.total), sum(one => one.received), sum(one => one.known), sum(one => one.files)];
    const isPaused = transfers.some(one => one.isPaused);
    const trouble = transfers.map(one => one.trouble).find(Boolean) ?? '';
    this.#bar(total > 0 ? sent / total : 0);
    const label = this.#part('progress-label');
    label.dataset.sent = String(sent);
    label.dataset.total = String(total);
    label.textContent = word('import.sent', { sent: size(sent), total: size(total), percent: total > 0 ? Math.floor((100 * sent) / total) : 0 });
    const accepted = this.#part('accepted');
    accepted.dataset.received = String(received);
    accepted.textContent = [plural('import.received', received, { files: number(files) }), known > 0 && plural('import.known', known)].filter(Boolean).join(' · ');
    if (isPaused || trouble) this.#pace.reset();
    else this.#pace.note(sent);
    this.#part('pace').textContent = this.#pace.text(total - sent);
    this.#state(isPaused ? word('import.paused') : trouble ? word(`importTrouble.${trouble}`) : '', isPaused ? 'info' : 'warn');
    this.#part('pausing').hidden = false;
    this.#part('pausing').textContent = isPaused ? word('import.resume') : word('import.pause');
    this.#part('sending-hint').hidden = false;
  }


  showFiling(jobs, trouble) {
    const sum = (/** @type {(one: any) => number} */ count) => jobs.reduce((total, { document }) => total + (count(document) || 0), 0);
    const [done, total] = [sum(one => one?.bytesDone), sum(one => one?.bytesTotal)];
    const [stored, identical] = [sum(one => one?.counts?.stored), sum(one => one?.counts?.identical)];
    this.#bar(done > 0 && total > 0 ? Math.min(1, done / total) : null);
    const label = this.#part('progress-label');
    label.dataset.sent = label.dataset.total;
    label.textContent = done > 0 && total > 0 ? word('import.filed', { percent: Math.min(100, Math.floor((100 * done) / total)) }) : word('import.filing');
    this.#part('accepted').textContent = stored + identical > 0
      ? [plural('import.accepted', stored), identical > 0 && plural('import.identical', identical)].filter(Boolean).join(' · ') : '';
    this.#pace.note(done);
    this.#part('pace').textContent = done < total ? this.#pace.text(total - done) : '';
    this.#state(trouble ? word(`importTrouble.${trouble}`) : '', 'warn');
    this.#part('pausing').hidden = true;
    this.#part('sending-hint').hidden = true;
  }


  #bar(part) {
    const bar = /** @type {HTMLProgressElement} */ (this.#root.querySelector('#upload-progress'));
    if (part === null) bar.removeAttribute('value');
    else bar.value = part;
  }


  #state(text, kind) {
    const place = this.#part('state');
    place.hidden = !text;
    place.dataset.kind = kind;
    if (place.textContent !== text) place.textContent = text;
    if (text !== this.#said) murmur(text || word('import.goesOn'));
    this.#said = text;
  }
}
