import { createHash, randomBytes } from 'node:crypto';

/** The only source of randomness; everything above `platform/` gets one passed in. */
export interface Randomness {
  /** `count` bytes that nobody can foresee. */
  bytes(count: number): Uint8Array;
}

/** The operating system's generator, fit for secrets. */
export const systemRandomness: Randomness = {
  bytes: (count) => new Uint8Array(randomBytes(count)),
};

/**
 * The same bytes for the same seed on every machine, however the calls slice them: SHA-256 of the seed and a counter.
 * For tests and generated worlds, never for secrets.
 */
export function seededRandomness(seed: number | string): Randomness {
  let pool = Buffer.alloc(0);
  let blocks = 0;
  return {
    bytes: (count) => {
      while (pool.length < count) {
        const block = createHash('sha256')
          .update(`${String(seed)}:${String(blocks)}`)
          .digest();
        pool = Buffer.concat([pool, block]);
        blocks += 1;
      }
      const drawn = new Uint8Array(pool.subarray(0, count));
      pool = pool.subarray(count);
      return drawn;
    },
  };
}
