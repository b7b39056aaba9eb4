import { Refusal } from './api.06ac550977.js';
import { fill } from './dom.71da60e761.js';
import { FrameLoader } from './frame-loader.fb805ac639.js';
import { word } from './words.ef487a8397.js';


const late = 300;
const slow = 4000;


export class PreviewScreen {
  #parts;
  #refused;
  #loader = new FrameLoader(address => this.#arrived(address));

  #awaited = '';
  #shown = '';

  #next = null;

  #timers = [];


  constructor(parts, refused) {
    this.#parts = parts;
    this.#refused = refused;
  }


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


  showSoon(address) {
    if (this.#awaited === this.#shown) this.show([address]);
    else this.#next = [address];
  }


  shows(address) {
    return this.#shown === address && address !== '';
  }


  has(address) {
    return this.#loader.have(address) !== null;
  }


  blank() {
    this.#hide();
    this.#loader.clear();
    this.#wait();
  }


  trouble(content) {
    this.#hide();
    this.#parts.message.hidden = false;
    fill(this.#parts.message, ...content);
    this.#parts.said.textContent = content[0]?.textContent ?? '';
  }


  place({ zoom, x, y }) {
    const { canvas, stage } = this.#parts;
    const fit = Math.min(stage.clientWidth / canvas.width, stage.clientHeight / canvas.height);
    canvas.style.width = `${canvas.width * fit}px`;
    canvas.style.height = `${canvas.height * fit}px`;
    canvas.style.transform = `translate(${x}px, ${y}px) scale(${zoom})`;
  }


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


  async #arrived(address) {
    const have = address === this.#awaited && address !== this.#shown ? this.#loader.have(address) : null;
    if (!have) return;
    if (have instanceof Refusal) return this.#refuse(have);
    const bitmap = await createImageBitmap(have).catch(() => null);

    if (!bitmap || address !== this.#awaited || address === this.#shown) return bitmap?.close();
    this.#paint(bitmap);
    bitmap.close();
    this.#shown = address;
    this.#parts.canvas.dataset.shown = address;
    if (this.#next) this.show(this.#next);
  }


  #refuse(refusal) {
    if ([401, 403, 404].includes(refusal.status)) this.#loader.clear();
    this.#refused(refusal);
  }


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
