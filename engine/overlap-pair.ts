import type { Reason } from './draft.ts';
import type { Footprint } from './footprint.ts';

/** A footprint that an overlap names. @throws when it is not among those given */
export function footprintOf(id: string, footprintsById: ReadonlyMap<string, Footprint>): Footprint {
  const footprint = footprintsById.get(id);
  if (footprint === undefined) throw new Error(`an overlap names footprint ${id}, which is not among those given`);
  return footprint;
}

/** That the dates of some of a pair are not confirmed, in the order given; nothing when all are. */
export function tentativeAmong(pair: readonly Footprint[]): Reason[] {
  const footprints = pair.filter((footprint) => footprint.tentative).map(({ id }) => id);
  return footprints.length === 0 ? [] : [{ code: 'TENTATIVE', footprints }];
}
