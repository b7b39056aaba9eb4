import { number, size } from './format.f26fd9ffc1.js';
import { plural, word } from './words.4bd9aa8b7e.js';

/** The speed is that of the last seconds; before there are as many, nothing is promised. */
const windowSeconds = 12;
const leastSeconds = 2;

/** How fast something goes, and how long it will take. */
export class Pace {
  /** @type {{at: number, bytes: number}[]} */
  #samples = [];

  /** Begins anew, as after a pause. */
  reset() {
    this.#samples = [];
  }

  /** @param {number} bytes that are done @param {number} [at] in seconds */
  note(bytes, at = performance.now() / 1000) {
    const newest = this.#samples.at(-1);
    if (newest && at - newest.at < 0.2) return;
    this.#samples.push({ at, bytes });
    while (this.#samples.length > 2 && at - this.#samples[0].at > windowSeconds) this.#samples.shift();
  }

  /** In bytes per second; 0 while it is not known. */
  get speed() {
    const first = this.#samples[0];
    const newest = this.#samples.at(-1);
    if (!first || !newest || newest.at - first.at < leastSeconds) return 0;
    return Math.max(0, (newest.bytes - first.bytes) / (newest.at - first.at));
  }

  /** @param {number} left bytes that are not done @returns {string} */
  text(left) {
    const { speed } = this;
    if (speed <= 0) return '';
    return `${word('import.speed', { size: size(speed) })} · ${timeLeft(left / speed)}`;
  }
}

/** @param {number} seconds */
function timeLeft(seconds) {
  if (seconds < 10) return word('import.nearlyDone');
  if (seconds < 90) return plural('import.secondsLeft', Math.ceil(seconds / 10) * 10);
  if (seconds < 5400) return plural('import.minutesLeft', Math.round(seconds / 60));
  return word('import.hoursLeft', { hours: number(Math.round(seconds / 360) / 10) });
}
