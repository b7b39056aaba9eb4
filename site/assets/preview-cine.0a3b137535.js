/** Shows one picture after the other at a rate; a way that is too slow makes it slower, and leaves nothing out. */
export class Cine {
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  #timer;
  #playing = false;
  #next;
  #told;

  /** @param {() => void} next shows the next picture if it is here @param {(playing: boolean) => void} told */
  constructor(next, told) {
    this.#next = next;
    this.#told = told;
  }

  get plays() {
    return this.#playing;
  }

  /** @param {number} rate in pictures a second */
  play(rate) {
    this.#set(true);
    this.#tick(1000 / rate);
  }

  stop() {
    clearTimeout(this.#timer);
    if (this.#playing) this.#set(false);
  }

  /** @param {boolean} playing */
  #set(playing) {
    this.#playing = playing;
    this.#told(playing);
  }

  /** @param {number} pause */
  #tick(pause) {
    this.#timer = setTimeout(() => {
      this.#tick(pause);
      this.#next();
    }, pause);
  }
}
