import { type OverlapRecord, type Pair, pairKey, pairOf } from './overlap.rows.ts';
import type { Measured, RenewedLists } from './renew-lists.ts';

/** A pair of which renewed lists decide anew: whether either side lists it, or what is said of it. */
export interface TouchedPair extends Pair {
  /** Null: it says what it said before. */
  readonly measured: Measured | null;
  /** Null: as before, for the list of that side was not renewed. */
  readonly listed_by_a: boolean | null;
  readonly listed_by_b: boolean | null;
}

/** The pairs of which something may be different: what has come into a list or left it, and what was measured anew. */
export function touchedPairs({ view, lists, before, measured }: RenewedLists): TouchedPair[] {
  const held = new Map([...lists].map(([id, list]) => [id, new Set(list.map(({ other }) => other))]));
  const touched = new Map<string, TouchedPair>();
  const touch = (id: string, other: string, onlyMeasured: boolean): void => {
    const pair = pairOf(view, id, other);
    const key = pairKey(pair);
    const found = measured.get(key) ?? null;
    if (touched.has(key) || (onlyMeasured && found === null)) return;
    const { a_id, b_id } = pair;
    const listed_by_a = held.get(a_id)?.has(b_id) ?? null;
    const listed_by_b = view === 'own' ? false : (held.get(b_id)?.has(a_id) ?? null);
    touched.set(key, { ...pair, measured: found, listed_by_a, listed_by_b });
  };
  for (const [id, list] of lists) {
    const listed = before.get(id) ?? [];
    const had = new Set(listed.map(({ other }) => other));
    for (const { other } of list) touch(id, other, had.has(other));
    const has = held.get(id);
    for (const { other } of listed) if (!has?.has(other)) touch(id, other, false);
  }
  return [...touched.values()];
}

/** Who lists a touched pair, given what is stored of it. */
export function listingOf(
  { listed_by_a, listed_by_b }: TouchedPair,
  stored: OverlapRecord | undefined,
): Pick<OverlapRecord, 'listed_by_a' | 'listed_by_b'> {
  return {
    listed_by_a: listed_by_a ?? stored?.listed_by_a ?? false,
    listed_by_b: listed_by_b ?? stored?.listed_by_b ?? false,
  };
}
