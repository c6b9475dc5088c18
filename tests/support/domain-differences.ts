import { isDeepStrictEqual } from 'node:util';
import type { PlacedFootprint } from '../../core/footprints/footprint.rows.ts';
import { type ReleasableFootprint, toFootprint } from '../../core/footprints/to-footprint.ts';
import type { OverlapRecord } from '../../core/overlaps/overlap.rows.ts';
import type { Terrain } from '../../engine/index.ts';
import { bestPartners, kind, score } from '../engine/oracle/overlaps.ts';

/** What is released of all footprints that match. */
export function releasedOf(placed: readonly PlacedFootprint[]): ReleasableFootprint[] {
  return placed.flatMap(({ released }) => (released ? (toFootprint(released) ?? []) : []));
}

/**
 * The world in which the list of a record is made: its owner's as they are, of everybody else's what is released to it. Whom the
 * owner names as partners counts only against those whom everybody may know to be the owner.
 */
function worldOf(x: ReleasableFootprint, placed: readonly PlacedFootprint[]): ReleasableFootprint[] {
  const own = placed
    .flatMap(({ footprint }) => toFootprint(footprint) ?? [])
    .filter((one) => one.owner === x.owner)
    .map((one) => ({ ...one, partners: [] }));
  const others = releasedOf(placed).filter(
    (one) =>
      one.owner !== x.owner &&
      !one.excludes.some((mark) => x.ownerMarks.includes(mark)) &&
      !(one.open && x.partners.includes(one.owner)),
  );
  return [...own, ...others];
}

/**
 * Where lists, kinds and scores are not those that the domain's words give, in each view, a sentence each; slow, for it compares
 * every pair with every part.
 */
export function differencesFromTheDomain(
  placed: readonly PlacedFootprint[],
  overlaps: readonly OverlapRecord[],
  terrain: Terrain,
): string[] {
  const released = releasedOf(placed);
  const all = placed.flatMap(({ footprint }) => toFootprint(footprint) ?? []);
  const worlds = new Map(all.map((x) => [x.id, worldOf(x, placed)]));
  const listed = new Set(
    overlaps.flatMap(({ view, a_id, b_id, listed_by_a, listed_by_b }) => [
      ...(listed_by_a ? [`${view} ${a_id} ${b_id}`] : []),
      ...(listed_by_b ? [`${view} ${b_id} ${a_id}`] : []),
    ]),
  );
  const best = new Set([
    ...released.flatMap((x) => bestPartners(x, released, terrain).map((y) => `released ${x.id} ${y}`)),
    ...[...worlds].flatMap(([id, world]) =>
      world.filter((x) => x.id === id).flatMap((x) => bestPartners(x, world, terrain).map((y) => `own ${id} ${y}`)),
    ),
  ]);
  return [
    ...[...best].filter((one) => !listed.has(one)).map((one) => `not listed: ${one}`),
    ...[...listed].filter((one) => !best.has(one)).map((one) => `listed, and should not be: ${one}`),
    ...overlaps.flatMap((overlap) => differenceOf(overlap, worlds, released, terrain)),
  ];
}

function differenceOf(
  overlap: OverlapRecord,
  worlds: ReadonlyMap<string, readonly ReleasableFootprint[]>,
  released: readonly ReleasableFootprint[],
  terrain: Terrain,
): string[] {
  const world = overlap.view === 'own' ? (worlds.get(overlap.a_id) ?? []) : released;
  const [a, b] = [overlap.a_id, overlap.b_id].map((id) => world.find((one) => one.id === id));
  const name = `${overlap.view} ${overlap.a_id} ${overlap.b_id}`;
  if (!a || !b) return [`an overlap of what does not match: ${name}`];
  const expected = { kind: kind(a, b, terrain), ...score(a, b, terrain) };
  const found = Object.fromEntries(Object.keys(expected).map((key) => [key, Reflect.get(overlap, key) as unknown]));
  return isDeepStrictEqual(found, expected)
    ? []
    : [`${name}: ${JSON.stringify(expected)} expected, found ${JSON.stringify(found)}`];
}
