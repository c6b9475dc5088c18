import { bestOverlaps } from '../../engine/index.ts';
import type { FootprintRow } from '../footprints/footprint.rows.ts';
import { toFootprint } from '../footprints/to-footprint.ts';
import type { Vocabulary } from '../vocabulary/vocabulary.ts';
import { describeOverlap } from './describe-overlap.ts';
import { type OverlapRecord, pairKey } from './overlap.rows.ts';

/**
 * The overlaps that these footprints, all there are, should have stored: every pair in the best list of either side, by natural
 * key. Pure; a few microseconds a pair that is listed, and the engine's columns for finding them.
 */
export function expectedOverlaps(
  rows: readonly FootprintRow[],
  vocabulary: Vocabulary,
): ReadonlyMap<string, OverlapRecord> {
  const footprints = new Map(
    rows.flatMap((row) => toFootprint(row) ?? []).map((footprint) => [footprint.id, footprint]),
  );
  const expected = new Map<string, OverlapRecord>();
  for (const [id, overlaps] of bestOverlaps([...footprints.values()], vocabulary.terrain())) {
    for (const overlap of overlaps) {
      const key = pairKey({ a_id: overlap.a, b_id: overlap.b });
      const a = footprints.get(overlap.a);
      const b = footprints.get(overlap.b);
      if (a === undefined || b === undefined) throw new Error(`overlap ${key} of footprints that were not given`);
      const known = expected.get(key) ?? {
        ...describeOverlap(overlap, a, b, vocabulary),
        listed_by_a: false,
        listed_by_b: false,
      };
      expected.set(key, id === overlap.a ? { ...known, listed_by_a: true } : { ...known, listed_by_b: true });
    }
  }
  return expected;
}
