import { describeAlignment, valueOfAlignment, type Alignment, type Apart } from './describe-alignment.ts';
import type { Draft } from './draft.ts';
import { buildColumns } from './columns/build-columns.ts';
import { forEachPairApart } from './columns/for-each-pair.ts';
import type { Footprint } from './footprint.ts';
import { countriesOn, type Ground } from './ground.ts';
import { measure } from './measure-overlap.ts';
import { proposeAlternatives } from './propose-alternatives.ts';
import { RULES } from './rules.ts';
import type { Terrain } from './terrain.ts';
import { lengthOf } from './values/day-range.ts';
import type { EpochDay } from './values/epoch-day.ts';

/**
 * The drafts to align dates on one ground as of a day: of pairs that would meet if it were not for a gap of some days, and that fit well
 * but for it. Left out are pairs whose works are together already (records that they are parts of meet, and neither is standing
 * work), and what a part of either side could align instead. Of each footprint the best few, of one other owner fewer; by value,
 * the highest first, then by start, then by ids. `footprints` are those on the ground, and may be more. What is over is not looked at.
 * O(n log n) and the pairs within the horizon; only those that might be kept are measured in full.
 */
export function composeAlignments(
  ground: Ground,
  footprints: readonly Footprint[],
  terrain: Terrain,
  asOf: EpochDay,
): Draft[] {
  const ahead = footprints.filter(({ days }) => days.end > asOf);
  const byId = new Map(ahead.map((footprint) => [footprint.id, footprint]));
  const align = remember((pair: Apart): Alignment | null => {
    const { earlier, later } = pair;
    const overlap = measure(earlier, { ...later, days: earlier.days }, terrain);
    const countries = overlap === null ? null : countriesOn(ground, earlier, later, overlap, terrain);
    if (overlap === null || countries === null) return null;
    const alternatives = proposeAlternatives(earlier, later, asOf);
    if (alternatives.length === 0) return null;
    if (areTogether(withAncestors(earlier, byId), withAncestors(later, byId), terrain)) return null;
    return { ...pair, overlap, countries, alternatives };
  });
  return keepBest(findApart(ahead, terrain), ahead, align).map((pair) => describeAlignment(pair, ground));
}

/** The pairs that fit well but for their days. */
function findApart(footprints: readonly Footprint[], terrain: Terrain): Apart[] {
  const { maxGapDays, strengthWithoutTime } = RULES.alignDates;
  const columns = buildColumns(footprints, terrain);
  const found: Apart[] = [];
  forEachPairApart(columns, maxGapDays, (row, laterRow, strength) => {
    if (strength < strengthWithoutTime) return;
    const [earlier, later] = [columns.footprints[row], columns.footprints[laterRow]];
    if (earlier !== undefined && later !== undefined) found.push({ earlier, later, strength });
  });
  return found;
}

type Align = (pair: Apart) => Alignment | null;

function keepBest(pairs: readonly Apart[], footprints: readonly Footprint[], align: Align): Alignment[] {
  const { keep, keepPerOwner, keepPerScope } = RULES.alignDates;
  const isTold = toldByParts(pairs, footprints, align);
  const kept = new Map<string, number>();
  const countOf = (key: string): number => kept.get(key) ?? 0;
  const best: Alignment[] = [];
  for (const pair of pairs.toSorted(compare)) {
    const { earlier, later } = pair;
    const lists = [earlier.id, later.id];
    const owners = [pairKey(earlier.id, later.owner), pairKey(later.id, earlier.owner)];
    if (lists.some((key) => countOf(key) >= keep) || owners.some((key) => countOf(key) >= keepPerOwner)) continue;
    const alignment = align(pair);
    if (alignment === null || isTold(pair)) continue;
    for (const key of [...lists, ...owners]) kept.set(key, countOf(key) + 1);
    best.push(alignment);
    if (best.length === keepPerScope) break;
  }
  return best;
}

/** Whether a part of either side of a pair could be aligned with the other side or with a part of it. */
function toldByParts(
  pairs: readonly Apart[],
  footprints: readonly Footprint[],
  align: Align,
): (pair: Apart) => boolean {
  const byKey = new Map(pairs.map((pair) => [pairKey(pair.earlier.id, pair.later.id), pair]));
  const partsOf = Map.groupBy(
    footprints.flatMap(({ id, ancestors }) => ancestors.map((ancestor) => ({ id, ancestor }))),
    ({ ancestor }) => ancestor,
  );
  const withParts = (id: string): string[] => [id, ...(partsOf.get(id) ?? []).map((part) => part.id)];
  return (pair) =>
    withParts(pair.earlier.id).some((one) =>
      withParts(pair.later.id).some((other) => {
        const told = byKey.get(pairKey(one, other));
        return told !== undefined && told !== pair && align(told) !== null;
      }),
    );
}

/** Whether something of the one family meets something of the other as it is. */
function areTogether(ones: readonly Footprint[], others: readonly Footprint[], terrain: Terrain): boolean {
  return ones.some((one) => others.some((other) => measure(one, other, terrain) !== null));
}

/** A footprint and what it is a part of, but for standing work. */
function withAncestors(footprint: Footprint, byId: ReadonlyMap<string, Footprint>): Footprint[] {
  const ancestors = footprint.ancestors.flatMap((id) => byId.get(id) ?? []);
  return [footprint, ...ancestors.filter(({ days }) => lengthOf(days) <= RULES.alignDates.standingDays)];
}

function compare(a: Apart, b: Apart): number {
  return (
    valueOfAlignment(b) - valueOfAlignment(a) ||
    a.earlier.days.start - b.earlier.days.start ||
    (pairKey(a.earlier.id, a.later.id) < pairKey(b.earlier.id, b.later.id) ? -1 : 1)
  );
}

const pairKey = (one: string, other: string): string => (one < other ? `${one} ${other}` : `${other} ${one}`);

/** The same function, computed once for each argument. */
function remember<A extends object, B>(compute: (argument: A) => B): (argument: A) => B {
  const known = new Map<A, { readonly result: B }>();
  return (argument) => {
    const before = known.get(argument);
    if (before !== undefined) return before.result;
    const result = compute(argument);
    known.set(argument, { result });
    return result;
  };
}
