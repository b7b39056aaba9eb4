import { number, size } from './format.4b266e2688.js';
import { plural, word } from './words.ef487a8397.js';


const windowSeconds = 12;
const leastSeconds = 2;


export class Pace {

  #samples = [];


  reset() {
    this.#samples = [];
  }


  note(bytes, at = performance.now() / 1000) {
    const newest = this.#samples.at(-1);
    if (newest && at - newest.at < 0.2) return;
    this.#samples.push({ at, bytes });
    while (this.#samples.length > 2 && at - this.#samples[0].at > windowSeconds) this.#samples.shift();
  }


  get speed() {
    const first = this.#samples[0];
    const newest = this.#samples.at(-1);
    if (!first || !newest || newest.at - first.at < leastSeconds) return 0;
    return Math.max(0, (newest.bytes - first.bytes) / (newest.at - first.at));
  }


  text(left) {
    const { speed } = this;
    if (speed <= 0) return '';
    return `${word('import.speed', { size: size(speed) })} · ${timeLeft(left / speed)}`;
  }
}


function timeLeft(seconds) {
  if (seconds < 10) return word('import.nearlyDone');
  if (seconds < 90) return plural('import.secondsLeft', Math.ceil(seconds / 10) * 10);
  if (seconds < 5400) return plural('import.minutesLeft', Math.round(seconds / 60));
  return word('import.hoursLeft', { hours: number(Math.round(seconds / 360) / 10) });
}
