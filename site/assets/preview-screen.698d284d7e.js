import { Refusal } from './api.4aac85d452.js';
import { fill } from './dom.cb1cc6f6ea.js';
import { FrameLoader } from './frame-loader.37a952f99f.js';
import { word } from './words.4bd9aa8b7e.js';

/** A picture that is later than this is waited for aloud; later still, the way is called slow (milliseconds). */
const late = 300;
const slow = 4000;

/** Where a preview shows its picture, or why there is none. */
export class PreviewScreen {
  #parts;
  #refused;
  #loader = new FrameLoader(address => this.#arrived(address));
  /** The picture that is to be seen, and the one that is. */
  #awaited = '';
  #shown = '';
  /** @type {string[]|null} */
  #next = null;
  /** @type {ReturnType<typeof setTimeout>[]} */
  #timers = [];

  /** @param {import('./preview-view.js').Parts} parts @param {(refusal: Refusal) => void} refused */
  constructor(parts, refused) {
    this.#parts = parts;
    this.#refused = refused;
  }

  /** Shows the first of these as soon as it is here, and has the others fetched. @param {string[]} addresses */
  show(addresses) {
    this.#next = null;
    if (addresses[0] !== this.#awaited) {
      this.#awaited = addresses[0];
      this.#stopWaiting();
      if (!this.#loader.have(this.#awaited)) this.#wait();
    }
    this.#loader.want(addresses);
    this.#arrived(this.#awaited);
  }

  /** The same for wishes that come faster than pictures: what is on its way is shown first. @param {string} address */
  showSoon(address) {
    if (this.#awaited === this.#shown) this.show([address]);
    else this.#next = [address];
  }

  /** @param {string} address */
  shows(address) {
    return this.#shown === address && address !== '';
  }

  /** @param {string} address */
  has(address) {
    return this.#loader.have(address) !== null;
  }

  /** Nothing yet: another series is being opened. */
  blank() {
    this.#hide();
    this.#loader.clear();
    this.#wait();
  }

  /** Says why there is nothing. @param {Node[]} content */
  trouble(content) {
    this.#hide();
    this.#parts.message.hidden = false;
    fill(this.#parts.message, ...content);
    this.#parts.said.textContent = content[0]?.textContent ?? '';
  }

  /** Places the picture: as large as it can be, then as the reader zoomed and moved it. @param {{zoom: number, x: number, y: number}} view */
  place({ zoom, x, y }) {
    const { canvas, stage } = this.#parts;
    const fit = Math.min(stage.clientWidth / canvas.width, stage.clientHeight / canvas.height);
    canvas.style.width = `${canvas.width * fit}px`;
    canvas.style.height = `${canvas.height * fit}px`;
    canvas.style.transform = `translate(${x}px, ${y}px) scale(${zoom})`;
  }

  /** Forgets every picture. */
  close() {
    this.#stopWaiting();
    this.#loader.close();
  }

  #hide() {
    const { canvas, message } = this.#parts;
    this.#stopWaiting();
    this.#awaited = '';
    this.#shown = '';
    this.#next = null;
    canvas.width = 1;
    canvas.height = 1;
    canvas.hidden = true;
    delete canvas.dataset.shown;
    message.hidden = true;
  }

  #stopWaiting() {
    this.#timers.forEach(clearTimeout);
    this.#parts.wait.hidden = true;
  }

  #wait() {
    const { wait } = this.#parts;
    const say = (/** @type {string} */ text) => () => {
      wait.textContent = text;
      wait.hidden = false;
    };
    this.#timers = [setTimeout(say(word('preview.loading')), late), setTimeout(say(word('preview.slow')), slow)];
  }

  /** @param {string} address */
  async #arrived(address) {
    const have = address === this.#awaited && address !== this.#shown ? this.#loader.have(address) : null;
    if (!have) return;
    if (have instanceof Refusal) return this.#refuse(have);
    const bitmap = await createImageBitmap(have).catch(() => null);
    // It may have been wished for twice while it was decoded.
    if (!bitmap || address !== this.#awaited || address === this.#shown) return bitmap?.close();
    this.#paint(bitmap);
    bitmap.close();
    this.#shown = address;
    this.#parts.canvas.dataset.shown = address;
    if (this.#next) this.show(this.#next);
  }

  /** What may not be seen any longer goes from the screen and from memory. @param {Refusal} refusal */
  #refuse(refusal) {
    if ([401, 403, 404].includes(refusal.status)) this.#loader.clear();
    this.#refused(refusal);
  }

  /** @param {ImageBitmap} bitmap */
  #paint(bitmap) {
    const { canvas, message } = this.#parts;
    this.#stopWaiting();
    message.hidden = true;
    canvas.hidden = false;
    if (canvas.width !== bitmap.width) canvas.width = bitmap.width;
    if (canvas.height !== bitmap.height) canvas.height = bitmap.height;
    canvas.getContext('2d')?.drawImage(bitmap, 0, 0);
    canvas.dispatchEvent(new CustomEvent('painted'));
  }
}
