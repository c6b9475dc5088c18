import type { EntityManager } from '@mikro-orm/postgresql';
import type { Footprint, Overlap, Terrain } from '../../engine/index.ts';
import { bestOf, type Listed, renewBestList } from './best-list.ts';
import { pairKey, pairOf } from './overlap.rows.ts';
import { readPairsListedBy, readPairsOf, type StoredPair } from './overlap.store.ts';
import { readFamilies, Surroundings } from './surroundings.ts';

/** Two footprints and what has been measured of them. */
export interface Measured {
  readonly overlap: Overlap;
  readonly one: Footprint;
  readonly other: Footprint;
}

/** The best lists that a change may have changed, and all that is needed to store them. */
export interface RenewedLists {
  /** By the id of the footprint that lists. */
  readonly lists: ReadonlyMap<string, readonly Listed[]>;
  /** What was measured on the way, by pair: at least every listed pair that is not stored, or that a changed footprint is in. */
  readonly measured: ReadonlyMap<string, Measured>;
  /** The stored pairs that these lists decide about, by pair. */
  readonly stored: ReadonlyMap<string, StoredPair>;
}

const ALL = { k: Infinity, perOwner: Infinity } as const;

/**
 * Works out the best lists after some footprints have changed; equal to working out all lists anew.
 *
 * A change of `c` bears on the overlaps of its family F: of itself, and of its ancestors, for whether an overlap of theirs is listed
 * depends on those of their parts. So the lists of F are made anew; and of all others only those can change that list one of F,
 * or that one of F has an overlap with now. Most of these follow from what is stored (`renewBestList`). A list in which one of F
 * has lost its place may have room for somebody it does not hold: then it is made anew as well.
 *
 * Other changes may be stored already and wait for a matching of their own. They do no harm: whatever depends on such a footprint
 * is looked at again then, against what is stored by that time.
 */
export async function renewLists(
  em: EntityManager,
  changed: readonly string[],
  terrain: Terrain,
): Promise<RenewedLists> {
  const family = await readFamilies(em, changed);
  const around = await Surroundings.read(em, family, terrain);
  const storedOfFamily = await readPairsOf(em, family);
  const lists = new Map<string, readonly Listed[]>();
  const measured = new Map<string, Measured>();
  const given = new Map<string, Listed[]>();
  for (const id of family) {
    const found = measuredOf(around, id, ALL);
    lists.set(id, bestOf(found.map(toEntry)));
    for (const one of found) {
      measured.set(pairKey(pairOf(id, one.other.id)), one);
      append(given, one.other.id, toEntry({ ...one, other: one.one }));
    }
  }

  const familyIds = new Set(family);
  const partners = [...new Set([...given.keys(), ...storedOfFamily.flatMap(({ a_id, b_id }) => [a_id, b_id])])].filter(
    (id) => !familyIds.has(id),
  );
  const listed = await readPairsListedBy(em, partners);
  const before = listsOf(listed);
  const uncertain: string[] = [];
  for (const partner of partners) {
    const renewed = renewBestList(before.get(partner) ?? [], familyIds, given.get(partner) ?? []);
    if (renewed === null) uncertain.push(partner);
    else lists.set(partner, renewed);
  }
  if (uncertain.length > 0) {
    const aroundThem = await Surroundings.read(em, uncertain, terrain);
    for (const id of uncertain) {
      // It has changed itself: its own matching will make its list. Doing it here would store strengths of its new version in
      // the lists of others, which then say nothing of whom they left out.
      if (aroundThem.isUnmatched(id)) continue;
      const best = measuredOf(aroundThem, id);
      lists.set(id, best.map(toEntry));
      for (const one of best) measured.set(pairKey(pairOf(id, one.other.id)), one);
    }
  }
  // The pairs that may enter a list made anew may be stored because the other side lists them.
  const storedOfUncertain = await readPairsOf(em, uncertain);
  const stored = [...storedOfFamily, ...listed, ...storedOfUncertain];
  return { lists, measured, stored: new Map(stored.map((pair) => [pairKey(pair), pair])) };
}

function measuredOf(around: Surroundings, id: string, options = {}): Measured[] {
  const one = around.get(id);
  if (one === undefined) return [];
  return around.rank(id, options).flatMap((overlap) => {
    const other = around.get(overlap.a === id ? overlap.b : overlap.a);
    return other === undefined ? [] : [{ overlap, one, other }];
  });
}

/** The stored best lists, the best first, by the id of the footprint that lists. */
function listsOf(pairs: readonly StoredPair[]): ReadonlyMap<string, readonly Listed[]> {
  const entries = new Map<string, Listed[]>();
  for (const { a_id, b_id, a_owner_id, b_owner_id, strength, listed_by_a, listed_by_b } of pairs) {
    if (listed_by_a) append(entries, a_id, { other: b_id, owner: b_owner_id, strength });
    if (listed_by_b) append(entries, b_id, { other: a_id, owner: a_owner_id, strength });
  }
  return new Map([...entries].map(([id, list]) => [id, bestOf(list)]));
}

function toEntry({ overlap, other }: Measured): Listed {
  return { other: other.id, owner: other.owner, strength: overlap.strength };
}

function append<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}
