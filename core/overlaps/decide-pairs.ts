import { type Pair, pairKey, pairOf } from './overlap.rows.ts';
import type { Measured, RenewedLists } from './renew-lists.ts';

/** What becomes of a pair: listed by either side, both, or none, which removes it. */
export interface Decision extends Pair {
  readonly listed_by_a: boolean;
  readonly listed_by_b: boolean;
  /** Null: it says what it said before. */
  readonly measured: Measured | null;
}

/** What becomes of the pairs that renewed lists decide about, but for those of which nothing can be different. */
export function decidePairs({ view, lists, measured, stored }: RenewedLists): Decision[] {
  const listings = new Set([...lists].flatMap(([id, list]) => list.map(({ other }) => `${id} ${other}`)));
  const isListed = (by: string, other: string, before: boolean | undefined): boolean =>
    lists.has(by) ? listings.has(`${by} ${other}`) : (before ?? false);
  const listed = [...lists].flatMap(([id, list]) => list.map(({ other }) => pairOf(view, id, other)));
  const pairs = new Map<string, Pair>([...stored.values(), ...listed].map((pair) => [pairKey(pair), pair]));
  return [...pairs].flatMap(([key, { a_id, b_id }]) => {
    const before = stored.get(key);
    const listed_by_a = isListed(a_id, b_id, before?.listed_by_a);
    const listed_by_b = view === 'released' && isListed(b_id, a_id, before?.listed_by_b);
    const found = measured.get(key) ?? null;
    const isSame = before?.listed_by_a === listed_by_a && before.listed_by_b === listed_by_b;
    return found === null && isSame ? [] : [{ view, a_id, b_id, listed_by_a, listed_by_b, measured: found }];
  });
}
