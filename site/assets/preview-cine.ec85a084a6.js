
export class Cine {

  #timer;
  #playing = false;
  #next;
  #told;


  constructor(next, told) {
    this.#next = next;
    this.#told = told;
  }

  get plays() {
    return this.#playing;
  }


  play(rate) {
    this.#set(true);
    this.#tick(1000 / rate);
  }

  stop() {
    clearTimeout(this.#timer);
    if (this.#playing) this.#set(false);
  }


  #set(playing) {
    this.#playing = playing;
    this.#told(playing);
  }


  #tick(pause) {
    this.#timer = setTimeout(() => {
      this.#tick(pause);
      this.#next();
    }, pause);
  }
}
