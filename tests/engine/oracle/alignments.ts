/**
 * The rules of ALIGN_DATES, written down a second time: every pair is compared with every other, day by day where days matter.
 * Nothing here may use the engine's functions beyond reading its values.
 */
import { OPEN_END, type Footprint, type Terrain } from '../../../engine/index.ts';
import * as overlaps from './overlaps.ts';

export interface ExpectedAlignment {
  readonly earlier: string;
  readonly later: string;
  readonly gap: number;
  readonly value: number;
}

/** Corridor bit, or country of what is on no common corridor. */
export type ExpectedGround = { readonly corridor: number } | { readonly country: number };

const WEIGHTS = [25, 25, 20, 0, 10, 5];

/** The same pair as if both were on the days of the first. */
const onSameDays = (a: Footprint, b: Footprint): [Footprint, Footprint] => [a, { ...b, days: a.days }];

function strengthWithoutTime(a: Footprint, b: Footprint, terrain: Terrain): number {
  const parts = overlaps.similarities(...onSameDays(a, b), terrain);
  return parts.reduce<number>((sum, part, at) => sum + (WEIGHTS[at] ?? NaN) * (part ?? 0), 0) / 100;
}

function isOnGround(a: Footprint, b: Footprint, ground: ExpectedGround, terrain: Terrain): boolean {
  const common = terrain.corridors
    .filter((corridor) =>
      [a, b].every((x) => overlaps.isOn(x, corridor) && overlaps.legCountries(x, corridor).size > 0),
    )
    .map(({ bit }) => bit);
  if (common.length > 0) return 'corridor' in ground && Math.min(...common) === ground.corridor;
  const countries = overlaps.sharedPlaces(a, b).map(({ country }) => country);
  return 'country' in ground && Math.min(...countries) === ground.country;
}

/** Can either be moved, now that it is `asOf`, so that they share a day? */
function canMeet(earlier: Footprint, later: Footprint, asOf: number): boolean {
  const tomorrow = asOf + 1;
  const lastDayOfEarlier = earlier.days.end - 1;
  return earlier.days.start > asOf || lastDayOfEarlier >= tomorrow;
}

export function alignments(
  all: readonly Footprint[],
  terrain: Terrain,
  ground: ExpectedGround,
  asOf: number,
): ExpectedAlignment[] {
  const living = all.filter(({ days }) => days.end > asOf);
  const family = (x: Footprint) =>
    living.filter((y) => y.id === x.id || (x.ancestors.includes(y.id) && y.days.end - y.days.start <= 366));
  const candidates = living.flatMap((earlier) =>
    living.flatMap((later) => {
      const gap = later.days.start - earlier.days.end;
      if (earlier.days.end === OPEN_END || gap < 1 || gap > 45) return [];
      if (!overlaps.meets(...onSameDays(earlier, later), terrain)) return [];
      const strength = strengthWithoutTime(earlier, later, terrain);
      if (strength < 0.5 || !isOnGround(earlier, later, ground, terrain) || !canMeet(earlier, later, asOf)) return [];
      if (family(earlier).some((x) => family(later).some((y) => overlaps.meets(x, y, terrain)))) return [];
      return [{ earlier, later, gap, value: strength + 0.15 * (1 - gap / 46) }];
    }),
  );
  const isPartOrSame = (part: Footprint, whole: Footprint) => part.id === whole.id || part.ancestors.includes(whole.id);
  const told = candidates.filter(
    (pair) =>
      !candidates.some(
        (other) =>
          other !== pair &&
          ((isPartOrSame(other.earlier, pair.earlier) && isPartOrSame(other.later, pair.later)) ||
            (isPartOrSame(other.earlier, pair.later) && isPartOrSame(other.later, pair.earlier))),
      ),
  );
  const ids = ({ earlier, later }: (typeof told)[number]) => [earlier.id, later.id].sort().join(' ');
  const ranked = told.toSorted(
    (a, b) => b.value - a.value || a.earlier.days.start - b.earlier.days.start || (ids(a) < ids(b) ? -1 : 1),
  );
  const kept: typeof told = [];
  for (const pair of ranked) {
    const withOne = ({ id }: Footprint) => kept.filter((k) => k.earlier.id === id || k.later.id === id);
    const between = (x: Footprint, owner: string) =>
      withOne(x).some((k) => (k.earlier.id === x.id ? k.later : k.earlier).owner === owner);
    if (withOne(pair.earlier).length >= 3 || withOne(pair.later).length >= 3) continue;
    if (between(pair.earlier, pair.later.owner) || between(pair.later, pair.earlier.owner)) continue;
    kept.push(pair);
  }
  return kept
    .slice(0, 200)
    .map(({ earlier, later, gap, value }) => ({ earlier: earlier.id, later: later.id, gap, value }));
}
