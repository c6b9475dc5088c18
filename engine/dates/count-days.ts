import type { DateBand } from '../propose-dates.ts';
import { type DayRange, lengthOf } from '../values/day-range.ts';

/** Of a window, so many. */
export type DayCount = (window: DayRange) => number;

/** In how many countries each day of a window lies in one of these bands, added up. Built in O(days × countries + bands × days). */
export function countCountryDays(within: DayRange, countries: readonly number[], bands: readonly DateBand[]): DayCount {
  const sums = new Uint32Array(lengthOf(within));
  for (const country of countries) {
    const covered = coveredDays(
      within,
      bands.filter((band) => band.country === null || band.country === country),
    );
    covered.forEach((isCovered, day) => {
      sums[day] = (sums[day] ?? 0) + isCovered;
    });
  }
  return addUp(within, sums);
}

/** On how many days of a window one of these bands lies in any of the countries. */
export function countDays(within: DayRange, countries: readonly number[], bands: readonly DateBand[]): DayCount {
  const anywhere = bands.filter((band) => band.country === null || countries.includes(band.country));
  return addUp(within, coveredDays(within, anywhere));
}

/** 1 for each day of `within` in one of the bands, else 0. */
function coveredDays(within: DayRange, bands: readonly DateBand[]): Uint32Array {
  const covered = new Uint32Array(lengthOf(within));
  for (const { days } of bands)
    covered.fill(1, Math.max(0, days.start - within.start), Math.max(0, days.end - within.start));
  return covered;
}

function addUp(within: DayRange, days: Uint32Array): DayCount {
  const until = new Uint32Array(days.length + 1);
  days.forEach((count, day) => {
    until[day + 1] = (until[day] ?? 0) + count;
  });
  return ({ start, end }) => (until[end - within.start] ?? 0) - (until[start - within.start] ?? 0);
}
