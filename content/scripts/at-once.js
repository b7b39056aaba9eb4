/** How long the page may be busy at a time, in milliseconds. */
const longestTask = 40;

/** Lets the page answer in between: a loop waits for `taken` in each of its rounds. */
export class Breath {
  #since = performance.now();
  /** @type {Promise<void>|null} */
  #pause = null;

  /** @returns {Promise<void>|null} until the page had its turn; null while it has not been kept waiting for long */
  taken() {
    if (!this.#pause && performance.now() - this.#since > longestTask) {
      this.#pause = new Promise(resolve => {
        setTimeout(() => {
          this.#since = performance.now();
          this.#pause = null;
          resolve();
        });
      });
    }
    return this.#pause;
  }
}

/**
 * Does something with each of many things, some at a time, and lets the page answer in between.
 * @template One, Result
 * @param {One[]} things @param {number} most how many at a time @param {(thing: One) => Promise<Result>} act
 * @returns {Promise<Result[]>} in their order
 */
export async function atOnce(things, most, act) {
  /** @type {Result[]} */
  const results = new Array(things.length);
  const breath = new Breath();
  let next = 0;
  const lane = async () => {
    while (next < things.length) {
      const index = next++;
      results[index] = await act(things[index]);
      await breath.taken();
    }
  };
  await Promise.all(Array.from({ length: most }, lane));
  return results;
}
