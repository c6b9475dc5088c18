import { createHash, randomBytes, randomFillSync } from 'node:crypto';

/** The only source of randomness; everything above `platform/` gets one passed in. */
export interface Randomness {
  /** `count` bytes that nobody can foresee. */
  bytes(count: number): Uint8Array;
}

/** Bytes drawn at once: asking the system costs more than what it gives. */
const POOL = 4_096;

/** The operating system's generator, fit for secrets. No byte is given twice, nor kept once it is given. */
export const systemRandomness: Randomness = drawing();

function drawing(): Randomness {
  const pool = new Uint8Array(POOL);
  let used = POOL;
  return {
    bytes: (count) => {
      if (count > POOL) return new Uint8Array(randomBytes(count));
      if (used + count > POOL) {
        randomFillSync(pool);
        used = 0;
      }
      const drawn = pool.slice(used, used + count);
      pool.fill(0, used, used + count);
      used += count;
      return drawn;
    },
  };
}

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
