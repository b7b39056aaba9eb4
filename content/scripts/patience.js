import { Refusal } from './api.js';

/** What passes by itself: the connection is lost, or the portal is starting again or busy. */
const passing = new Set([429, 502, 503, 504]);
/** From the first try to the last, in milliseconds; the waiting doubles in between. */
const shortest = 500;
const longest = 8000;

/** @param {unknown} error @returns {error is Refusal} */
export function passes(error) {
  return error instanceof Refusal && (error.code === 'network' || passing.has(error.status));
}

/**
 * Waits before the next try; the connection's return ends the waiting.
 * @param {number} tries how many there were
 * @param {Refusal} refusal
 * @param {AbortSignal} signal
 */
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

/**
 * Does something until it is done or refused for good.
 * @template T
 * @param {() => Promise<T>} act
 * @param {{signal: AbortSignal, told: (trouble: ''|'lost'|'away') => void}} options `told` hears what keeps it from being done
 * @returns {Promise<T>}
 */
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
