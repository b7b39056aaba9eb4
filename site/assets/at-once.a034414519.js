
const longestTask = 40;


export class Breath {
  #since = performance.now();

  #pause = null;


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







export async function atOnce(things, most, act) {

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
