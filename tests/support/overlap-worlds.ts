import { expect } from 'vitest';
import type { PlacedFootprint } from '../../core/footprints/footprint.rows.ts';
import { type ReleasableFootprint, toFootprint } from '../../core/footprints/to-footprint.ts';
import type { OverlapRecord } from '../../core/overlaps/overlap.rows.ts';
import type { Terrain } from '../../engine/index.ts';
import { bestPartners, kind, score } from '../engine/oracle/overlaps.ts';

/** What is released of all footprints that match. */
export function releasedOf(placed: readonly PlacedFootprint[]): ReleasableFootprint[] {
  return placed.flatMap(({ released }) => (released ? (toFootprint(released) ?? []) : []));
}

/** The world in which the lists of an owner's records are made: its own as they are, of everybody else's what is released to it. */
function worldOf(owner: string, placed: readonly PlacedFootprint[]): ReleasableFootprint[] {
  const own = placed.flatMap(({ footprint }) => toFootprint(footprint) ?? []).filter((one) => one.owner === owner);
  const marks = own[0]?.ownerMarks ?? [];
  const others = releasedOf(placed).filter(
    (one) => one.owner !== owner && !one.excludes.some((mark) => marks.includes(mark)),
  );
  return [...own, ...others];
}

/** Fails unless lists, kinds and scores are those that the domain's words give, in each view; slow, for it compares every pair with every part. */
export function expectWhatTheDomainSays(
  placed: readonly PlacedFootprint[],
  overlaps: readonly OverlapRecord[],
  terrain: Terrain,
): void {
  const released = releasedOf(placed);
  const owners = [...new Set(placed.map(({ footprint }) => footprint.owner_id))];
  const worlds = new Map(owners.map((owner) => [owner, worldOf(owner, placed)]));
  const listed = overlaps.flatMap(({ view, a_id, b_id, listed_by_a, listed_by_b }) => [
    ...(listed_by_a ? [`${view} ${a_id} ${b_id}`] : []),
    ...(listed_by_b ? [`${view} ${b_id} ${a_id}`] : []),
  ]);
  const best = [
    ...released.flatMap((x) => bestPartners(x, released, terrain).map((y) => `released ${x.id} ${y}`)),
    ...[...worlds].flatMap(([owner, world]) =>
      world
        .filter((x) => x.owner === owner)
        .flatMap((x) => bestPartners(x, world, terrain).map((y) => `own ${x.id} ${y}`)),
    ),
  ];
  expect(listed.sort()).toEqual(best.sort());
  for (const overlap of overlaps) {
    const world = overlap.view === 'own' ? (worlds.get(overlap.a_owner_id) ?? []) : released;
    const [a, b] = [overlap.a_id, overlap.b_id].map((id) => world.find((one) => one.id === id));
    if (!a || !b) throw new Error('an overlap of what does not match');
    expect(overlap).toMatchObject({ kind: kind(a, b, terrain), ...score(a, b, terrain) });
  }
}
