/** Numbers from a seed: the same seed, the same numbers, on every machine. */
export interface Random {
  /** At least 0, below 1. */
  next(): number;
  /** A whole number from 0 to `below` - 1. */
  below(below: number): number;
  /** One of a list, each as likely. */
  of<T>(list: readonly T[]): T;
  /** A whole number from 0 to `below` - 1, `k` with a weight of 1 / (k + 1), as Zipf found words to be used. */
  zipf(below: number): number;
  /** Log-normal with this median; `sigma` is the standard deviation of its logarithm. */
  logNormal(median: number, sigma: number): number;
}

/** mulberry32: 32 bits of state, plenty for a benchmark's world. */
export function seeded(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  return {
    next,
    below,
    of: (list) => {
      const value = list[below(list.length)];
      if (value === undefined) throw new Error('nothing to choose from');
      return value;
    },
    // The inverse of the harmonic sum, which the logarithm comes close to.
    zipf: (limit) => Math.min(limit - 1, Math.floor((limit + 1) ** next()) - 1),
    logNormal: (median, sigma) => {
      const normal = Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
      return median * Math.exp(sigma * normal);
    },
  };
}
