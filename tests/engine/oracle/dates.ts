import type { DateBand, DatesSought } from '../../../engine/index.ts';
import { toCivil } from '../../../engine/index.ts';
import type { Season } from '../../../engine/index.ts';
import { bitsOf, epochDay } from '../../../engine/index.ts';

/** A window by its first day, and what it is worth: worked out day by day from the words of the rules. */
export interface Valued {
  readonly start: number;
  readonly score: number;
}

/** Every window that may be proposed, with its score; in no order. */
export function valueEveryWindow(sought: DatesSought): Valued[] {
  const { within, asOf, lengthDays } = sought;
  const windows: Valued[] = [];
  for (let start = within.start as number; start + lengthDays <= within.end; start++) {
    const days = Array.from({ length: lengthDays }, (_, at) => start + at);
    if (start < asOf || days.some((day) => isAvoided(day, sought))) continue;
    windows.push({ start, score: score(days, sought) });
  }
  return windows;
}

const covers = ({ days }: { readonly days: { readonly start: number; readonly end: number } }, day: number): boolean =>
  days.start <= day && day < days.end;

const isHere = ({ country }: DateBand, { countries }: DatesSought): boolean =>
  country === null || countries.includes(country);

function isAvoided(day: number, sought: DatesSought): boolean {
  return sought.bands.some((band) => sought.avoid.includes(band.kind) && isHere(band, sought) && covers(band, day));
}

function score(days: readonly number[], sought: DatesSought): number {
  const { bands, asOf, corridors, themes } = sought;
  const countries = [...new Set(sought.countries)];
  const share = (kinds: readonly string[]): number => {
    if (countries.length === 0) return 0;
    let inside = 0;
    for (const country of countries)
      for (const day of days)
        if (
          bands.some((b) => kinds.includes(b.kind) && (b.country === null || b.country === country) && covers(b, day))
        )
          inside += 1;
    return inside / (countries.length * days.length);
  };
  const others = (where: string): number => {
    const met = sought.neighbours.filter((n) => n.where === where && days.some((day) => covers(n, day)));
    const hidden = met.filter((n) => n.hidden);
    const told = new Set(hidden.map((n) => n.owner)).size >= 3 ? met.length : met.length - hidden.length;
    return Math.min(told, 3) / 3;
  };
  const first = days[0] ?? 0;
  const parts: [weight: number, merit: number][] = [
    [20, 1 - share(['RELIGIOUS_PERIOD'])],
    [20, 1 - others('here')],
    [10, 1 - Math.min(3 * share(['PUBLIC_HOLIDAY']), 1)],
    [10, 1 - share(['ELECTION', 'OTHER'])],
    [10, Math.min(first - asOf, 30) / 30],
    [10, others('along')],
  ];
  const seasons = corridors.map(({ season }) => season).filter((season) => season !== null);
  if (seasons.length > 0) parts.push([20, Math.max(...seasons.map((season) => seasonMerit(days, season)))]);
  if (sought.reachableAtHome) {
    const peaks = bands.filter((band) => band.kind === 'HOME_VISIT_PEAK' && isHere(band, sought));
    const full = Math.min(7, days.length);
    parts.push([15, Math.min(days.filter((day) => peaks.some((peak) => covers(peak, day))).length, full) / full]);
  }
  const fitting = bands.filter(
    (band) =>
      band.kind === 'INTERNATIONAL_DAY' &&
      (bitsOf(band.themes).length === 0 || bitsOf(band.themes).some((bit) => bitsOf(themes).includes(bit))),
  );
  const known = fitting.some((band) => band.days.start < sought.within.end && band.days.end > sought.within.start);
  if (known) parts.push([5, days.some((day) => fitting.some((band) => covers(band, day))) ? 1 : 0]);
  return (
    parts.reduce((sum, [weight, merit]) => sum + weight * merit, 0) / parts.reduce((sum, [weight]) => sum + weight, 0)
  );
}

function seasonMerit(days: readonly number[], season: Season): number {
  const isOn = (day: number): boolean => {
    const { month } = toCivil(epochDay(day));
    return season.fromMonth <= season.toMonth
      ? season.fromMonth <= month && month <= season.toMonth
      : month >= season.fromMonth || month <= season.toMonth;
  };
  if (days.some(isOn)) return 0.6;
  let opens = (days.at(-1) ?? 0) + 1;
  while (!isOn(opens)) opens += 1;
  return opens - (days[0] ?? 0) <= 90 ? 1 : 0;
}
