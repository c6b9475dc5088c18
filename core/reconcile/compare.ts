import { isDeepStrictEqual } from 'node:util';

/** One thing that is not stored as it should be, in a line for people. */
export interface Difference {
  /** Its natural key. */
  readonly key: string;
  readonly message: string;
}

/** What comparing one kind of derived rows found. */
export interface Comparison {
  /** How many there should be. */
  readonly expected: number;
  readonly differences: readonly Difference[];
}

/**
 * Compares what is stored with what should be, key by key: missing, not expected, or other in these fields. Differences in the
 * order of their keys.
 */
export function compare(expected: ReadonlyMap<string, object>, stored: ReadonlyMap<string, object>): Comparison {
  const keys = [...new Set([...expected.keys(), ...stored.keys()])].sort();
  const differences = keys.flatMap((key): Difference[] => {
    const message = tellApart(expected.get(key), stored.get(key));
    return message === null ? [] : [{ key, message }];
  });
  return { expected: expected.size, differences };
}

/** How what is stored differs from what should be; null when it does not. */
function tellApart(expected: object | undefined, stored: object | undefined): string | null {
  if (stored === undefined) return 'is missing';
  if (expected === undefined) return 'is stored, but should not be';
  if (isDeepStrictEqual(expected, stored)) return null;
  const [is, should] = [new Map(Object.entries(stored)), new Map(Object.entries(expected))];
  const fields = [...should.keys()].filter((name) => !isDeepStrictEqual(is.get(name), should.get(name)));
  const shown = fields.slice(0, 3).map((name) => `${name} is ${say(is.get(name))}, should be ${say(should.get(name))}`);
  return shown.join('; ');
}

const LONGEST = 80;

function say(value: unknown): string {
  const text = JSON.stringify(value) ?? 'absent';
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
