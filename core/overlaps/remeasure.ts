import type { EntityManager } from '@mikro-orm/postgresql';
import { measure } from '../../engine/index.ts';
import { type PlacedFootprint, readPlaced } from '../footprints/footprint.rows.ts';
import { forItsOwner, type ReleasableFootprint, toFootprint } from '../footprints/to-footprint.ts';
import type { Vocabulary } from '../vocabulary/vocabulary.ts';
import { describeOverlap } from './describe-overlap.ts';
import { type OverlapRecord, type OverlapView, pairKey } from './overlap.rows.ts';

/**
 * Stored overlaps measured and described anew, in the lists they are in, by natural key. What no longer meets stays as it is: the
 * matching that is on its way will see to it.
 */
export async function remeasure(
  em: EntityManager,
  stored: ReadonlyMap<string, OverlapRecord>,
  vocabulary: Vocabulary,
): Promise<ReadonlyMap<string, OverlapRecord>> {
  const ids = [...new Set([...stored.values()].flatMap(({ a_id, b_id }) => [a_id, b_id]))];
  const placed = new Map((await readPlaced(em, ids)).map((one) => [one.footprint.subject_id, one]));
  const anew = [...stored.values()].map((overlap) => {
    const { view, a_id, b_id, listed_by_a, listed_by_b } = overlap;
    const [a, b] = [faceOf('a', view, placed.get(a_id)), faceOf('b', view, placed.get(b_id))];
    const measured = a && b && measure(a, b, vocabulary.terrain());
    if (!a || !b || !measured) return overlap;
    return { ...describeOverlap(view, measured, a, b, vocabulary), listed_by_a, listed_by_b };
  });
  return new Map(anew.map((overlap) => [pairKey(overlap), overlap]));
}

/** A side of an overlap as it is compared in a view: an owner's list has its own record as it is. */
function faceOf(side: 'a' | 'b', view: OverlapView, placed: PlacedFootprint | undefined): ReleasableFootprint | null {
  if (placed === undefined) return null;
  if (view === 'own' && side === 'a') {
    const own = toFootprint(placed.footprint);
    return own && forItsOwner(own);
  }
  return placed.released && toFootprint(placed.released);
}
