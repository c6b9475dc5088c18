import { buildColumns } from './columns/build-columns.ts';
import { forEachPairApart } from './columns/for-each-pair.ts';
import { describeAlignment, valueOfAlignment, type Alignment } from './describe-alignment.ts';
import type { Draft } from './draft.ts';
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
 * O(n log n) and the pairs within the horizon.
 */
export function composeAlignments(
  ground: Ground,
  footprints: readonly Footprint[],
  terrain: Terrain,
  asOf: EpochDay,
): Draft[] {
  const ahead = footprints.filter(({ days }) => days.end > asOf);
  const byId = new Map(ahead.map((footprint) => [footprint.id, footprint]));
  const apart = findApart(ground, ahead, terrain, asOf).filter(
    ({ earlier, later }) => !areTogether(withAncestors(earlier, byId), withAncestors(later, byId), terrain),
  );
  const told = toldByParts(apart);
  return keepBest(apart.filter((pair) => !told.has(pairKey(pair.earlier.id, pair.later.id)))).map((pair) =>
    describeAlignment(pair, ground),
  );
}

/** The pairs on the ground that fit well but for their days and could be brought together. */
function findApart(ground: Ground, footprints: readonly Footprint[], terrain: Terrain, asOf: EpochDay): Alignment[] {
  const { maxGapDays, strengthWithoutTime } = RULES.alignDates;
  const columns = buildColumns(footprints, terrain);
  const found: Alignment[] = [];
  forEachPairApart(columns, maxGapDays, (row, laterRow, strength) => {
    if (strength < strengthWithoutTime) return;
    const [earlier, later] = [columns.footprints[row], columns.footprints[laterRow]];
    if (earlier === undefined || later === undefined) return;
    const overlap = measure(earlier, { ...later, days: earlier.days }, terrain);
    const countries = overlap === null ? null : countriesOn(ground, earlier, later, overlap, terrain);
    if (overlap === null || countries === null) return;
    const alternatives = proposeAlternatives(earlier, later, asOf);
    if (alternatives.length > 0) found.push({ earlier, later, overlap, strength, countries, alternatives });
  });
  return found;
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

/** The keys of the pairs of which a part of either side is in a pair itself. */
function toldByParts(pairs: readonly Alignment[]): ReadonlySet<string> {
  const told = new Set<string>();
  for (const { earlier, later } of pairs) {
    for (const one of [earlier.id, ...earlier.ancestors]) {
      for (const other of [later.id, ...later.ancestors]) {
        if (one !== earlier.id || other !== later.id) told.add(pairKey(one, other));
      }
    }
  }
  return told;
}

function keepBest(pairs: readonly Alignment[]): Alignment[] {
  const { keep, keepPerOwner, keepPerScope } = RULES.alignDates;
  const kept = new Map<string, number>();
  const countOf = (key: string): number => kept.get(key) ?? 0;
  const best: Alignment[] = [];
  for (const pair of pairs.toSorted(compare)) {
    const { earlier, later } = pair;
    const lists = [earlier.id, later.id];
    const owners = [pairKey(earlier.id, later.owner), pairKey(later.id, earlier.owner)];
    if (lists.some((key) => countOf(key) >= keep) || owners.some((key) => countOf(key) >= keepPerOwner)) continue;
    for (const key of [...lists, ...owners]) kept.set(key, countOf(key) + 1);
    best.push(pair);
    if (best.length === keepPerScope) break;
  }
  return best;
}

function compare(a: Alignment, b: Alignment): number {
  return (
    valueOfAlignment(b) - valueOfAlignment(a) ||
    a.earlier.days.start - b.earlier.days.start ||
    (pairKey(a.earlier.id, a.later.id) < pairKey(b.earlier.id, b.later.id) ? -1 : 1)
  );
}

const pairKey = (one: string, other: string): string => (one < other ? `${one} ${other}` : `${other} ${one}`);
