/** What the client takes from the world around it; the only place that draws randomness or waits. */
export interface Surroundings {
  readonly fetch: typeof fetch;
  /** At least 0, less than 1. */
  random(): number;
  /** Resolves after so many milliseconds. @throws the reason of the signal when that is aborted first */
  wait(ms: number, signal?: AbortSignal): Promise<void>;
  /** 128 random bits, for a mutation that must happen once. */
  newKey(): string;
}

/** The platform's own: Node.js 20.3, Deno, Bun and browsers have all of it. */
export function platformSurroundings(fetchGiven?: typeof fetch): Surroundings {
  return {
    // Bound: browsers refuse a `fetch` that is called as a method of something else.
    fetch: fetchGiven ?? globalThis.fetch.bind(globalThis),
    random: Math.random,
    wait: waitFor,
    newKey: () => {
      // Not randomUUID(): browsers have that on https only, and a hub may run in an office without.
      const bytes = crypto.getRandomValues(new Uint8Array(16));
      return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
    },
  };
}

function waitFor(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer);
      reject(signal?.reason as Error);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, ms);
    if (signal?.aborted === true) stop();
    else signal?.addEventListener('abort', stop, { once: true });
  });
}
