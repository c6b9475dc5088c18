import { bestOverlaps, buildColumns, type Overlap, openDesk, probe, rankPartners } from '../../engine/index.ts';
import type { PlacedFootprint } from '../footprints/footprint.rows.ts';
import { isExcluded, type ReleasableFootprint, toFootprint } from '../footprints/to-footprint.ts';
import type { Vocabulary } from '../vocabulary/vocabulary.ts';
import { describeOverlap } from './describe-overlap.ts';
import { type OverlapRecord, type OverlapView, pairKey, pairOf } from './overlap.rows.ts';

/**
 * The overlaps that these footprints, all there are, should have stored: in each view every pair in the best list of either side,
 * by natural key. Pure; a few microseconds a pair that is listed, and the engine's columns for finding them.
 */
export function expectedOverlaps(
  placed: readonly PlacedFootprint[],
  vocabulary: Vocabulary,
): ReadonlyMap<string, OverlapRecord> {
  const expected = new Map<string, OverlapRecord>();
  const enter = (view: OverlapView, overlap: Overlap, one: ReleasableFootprint, other: ReleasableFootprint): void => {
    const pair = pairOf(view, one.id, other.id);
    const key = pairKey(pair);
    const known = expected.get(key) ?? {
      ...describeOverlap(view, overlap, one, other, vocabulary),
      listed_by_a: false,
      listed_by_b: false,
    };
    expected.set(key, pair.a_id === one.id ? { ...known, listed_by_a: true } : { ...known, listed_by_b: true });
  };
  const released = byId(placed.flatMap((one) => (one.released ? (toFootprint(one.released) ?? []) : [])));
  for (const [one, lists] of releasedLists(released, vocabulary)) {
    for (const { overlap, other } of lists) enter('released', overlap, one, other);
  }
  const own = placed.flatMap(({ footprint }) => toFootprint(footprint) ?? []);
  for (const [one, lists] of ownLists(own, released, vocabulary)) {
    for (const { overlap, other } of lists) enter('own', overlap, one, other);
  }
  return expected;
}

type ById = ReadonlyMap<string, ReleasableFootprint>;
type Lists = readonly { readonly overlap: Overlap; readonly other: ReleasableFootprint }[];

function releasedLists(released: ById, vocabulary: Vocabulary): [ReleasableFootprint, Lists][] {
  const best = bestOverlaps([...released.values()], vocabulary.terrain());
  return [...released.values()].map((one) => [one, withOthers(one, best.get(one.id) ?? [], released)]);
}

/** The list of each among its owner's records as they are and everybody else's as released. */
function ownLists(
  own: readonly ReleasableFootprint[],
  released: ById,
  vocabulary: Vocabulary,
): [ReleasableFootprint, Lists][] {
  const terrain = vocabulary.terrain();
  const columns = buildColumns([...released.values()], terrain);
  const desk = openDesk(columns);
  const ownById = byId(own);
  const partsOf = Map.groupBy(
    own.flatMap((part) => part.ancestors.map((ancestor) => ({ ancestor, part }))),
    ({ ancestor }) => ancestor,
  );
  return own.map((one) => {
    const parts = (partsOf.get(one.id) ?? []).flatMap(({ part }) =>
      part.owner === one.owner ? part : (released.get(part.id) ?? []),
    );
    const met = [one, ...parts].flatMap((seeker) => probe(columns, seeker, desk));
    const others = byId(met.flatMap(({ id, owner }) => (owner === one.owner ? ownById : released).get(id) ?? []));
    const candidates = [...byId([...parts, ...others.values()]).values()].filter((other) => !isExcluded(one, other));
    return [
      one,
      withOthers(one, rankPartners(one, candidates, terrain), new Map([...released, ...ownById, ...others])),
    ];
  });
}

function withOthers(one: ReleasableFootprint, overlaps: readonly Overlap[], known: ById): Lists {
  return overlaps.map((overlap) => {
    const other = known.get(overlap.a === one.id ? overlap.b : overlap.a);
    if (other === undefined) throw new Error(`${one.id} overlaps with what is not known`);
    return { overlap, other };
  });
}

function byId(footprints: readonly ReleasableFootprint[]): ById {
  return new Map(footprints.map((footprint) => [footprint.id, footprint]));
}
