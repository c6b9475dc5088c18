import { seededRandomness } from '../../platform/ids.ts';

/** Draws from a seed: the same seed, the same draws. */
export interface Draw {
  /** A whole number from 0 up to but without `limit`. */
  below(limit: number): number;
  of<T>(values: readonly T[]): T;
  shuffled<T>(values: readonly T[]): T[];
}

export function drawing(seed: number | string): Draw {
  const randomness = seededRandomness(`faults ${String(seed)}`);
  const below = (limit: number): number => {
    const [a = 0, b = 0, c = 0] = randomness.bytes(3);
    return ((a << 16) | (b << 8) | c) % limit;
  };
  return {
    below,
    of: (values) => {
      const value = values[below(values.length)];
      if (value === undefined) throw new Error('nothing to choose from');
      return value;
    },
    shuffled: (values) =>
      values
        .map((value) => ({ value, key: below(1 << 20) }))
        .sort((x, y) => x.key - y.key)
        .map(({ value }) => value),
  };
}
