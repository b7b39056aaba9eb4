import { Refusal } from './api.06ac550977.js';


const passing = new Set([429, 502, 503, 504]);

const shortest = 500;
const longest = 8000;


export function passes(error) {
  return error instanceof Refusal && (error.code === 'network' || passing.has(error.status));
}







export function pause(tries, refusal, signal) {
  const wait = Math.max(Math.min(shortest * 2 ** tries, longest), Math.min(refusal.retryAfter * 1000, 30_000));
  return new Promise((resolve, reject) => {
    const done = new AbortController();
    const end = () => {
      clearTimeout(timer);
      done.abort();
      if (signal.aborted) reject(signal.reason);
      else resolve(undefined);
    };
    const timer = setTimeout(end, wait);
    window.addEventListener('online', end, { signal: done.signal });
    signal.addEventListener('abort', end, { signal: done.signal });
    if (signal.aborted) end();
  });
}








export async function patiently(act, { signal, told }) {
  for (let tries = 0; ; tries += 1) {
    try {
      const done = await act();
      told('');
      return done;
    } catch (error) {
      if (!passes(error)) throw error;
      told(error.code === 'network' ? 'lost' : 'away');
      await pause(tries, error, signal);
    }
  }
}
