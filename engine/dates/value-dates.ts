import type { DateBandKind, DatesSought } from '../propose-dates.ts';
import type { DayRange } from '../values/day-range.ts';
import { countCountryDays, countDays, type DayCount } from './count-days.ts';
import { countNeighbours } from './count-neighbours.ts';
import { countTouching } from './count-touching.ts';
import { DATE_RULES } from './date-rules.ts';
import { aboutThemes } from './fitting-days.ts';
import { stageOf } from './stage-of-season.ts';

/** One merit of a window: its weight in hundredths, and how much of it a window has, 0 to 1. */
interface Merit {
  readonly weight: number;
  readonly of: (window: DayRange) => number;
}

/** Smaller differences come from the order in which fractions are added. */
const STEPS = 1e6;

/** How good a window is for what is sought, 0 to 1 in millionths: the weighted mean of the merits that apply. */
export function openScale(sought: DatesSought): (window: DayRange) => number {
  const merits = meritsOf(sought);
  const whole = merits.reduce((sum, { weight }) => sum + weight, 0);
  return (window) => {
    const value = merits.reduce((sum, { weight, of }) => sum + weight * of(window), 0) / whole;
    return Math.round(value * STEPS) / STEPS;
  };
}

function meritsOf(sought: DatesSought): Merit[] {
  const { weights, fullHolidayShare, fullNeighbours, fullLeadDays } = DATE_RULES;
  const { lengthDays, asOf, neighbours } = sought;
  const ofKinds = (...kinds: DateBandKind[]) => sought.bands.filter(({ kind }) => kinds.includes(kind));
  const countries = [...new Set(sought.countries)];
  const share = (...kinds: DateBandKind[]): DayCount => {
    const count = countCountryDays(sought.within, countries, ofKinds(...kinds));
    return (window) => count(window) / (Math.max(1, countries.length) * lengthDays);
  };
  const [religious, off, other] = [share('RELIGIOUS_PERIOD'), share('PUBLIC_HOLIDAY'), share('ELECTION', 'OTHER')];
  const crowd = (window: DayRange, where: 'here' | 'along'): number =>
    Math.min(countNeighbours(window, where, neighbours), fullNeighbours) / fullNeighbours;
  const always: Merit[] = [
    { weight: weights.religiousPeriods, of: (window) => 1 - religious(window) },
    { weight: weights.attention, of: (window) => 1 - crowd(window, 'here') },
    { weight: weights.holidays, of: (window) => 1 - Math.min(off(window) / fullHolidayShare, 1) },
    { weight: weights.interruptions, of: (window) => 1 - other(window) },
    { weight: weights.leadTime, of: ({ start }) => Math.min(start - asOf, fullLeadDays) / fullLeadDays },
    { weight: weights.company, of: (window) => crowd(window, 'along') },
  ];
  return [...always, ...seasonMerit(sought), ...homeVisitMerit(sought, countries), ...internationalDayMerit(sought)];
}

function seasonMerit({ corridors }: DatesSought): Merit[] {
  const seasons = corridors.flatMap(({ season }) => season ?? []);
  if (seasons.length === 0) return [];
  const merit = { before: 1, in: DATE_RULES.inSeasonMerit, out: 0 } as const;
  const of = (window: DayRange): number => Math.max(...seasons.map((season) => merit[stageOf(window, season).stage]));
  return [{ weight: DATE_RULES.weights.season, of }];
}

function homeVisitMerit(
  { reachableAtHome, within, bands, lengthDays }: DatesSought,
  countries: readonly number[],
): Merit[] {
  if (!reachableAtHome) return [];
  const peaks = bands.filter(({ kind }) => kind === 'HOME_VISIT_PEAK');
  const count = countDays(within, countries, peaks);
  const full = Math.min(DATE_RULES.fullHomeVisitDays, lengthDays);
  return [{ weight: DATE_RULES.weights.homeVisits, of: (window) => Math.min(count(window), full) / full }];
}

/** Applies where a day about these themes is among those known. */
function internationalDayMerit({ bands, themes, within }: DatesSought): Merit[] {
  const fitting = bands.filter(aboutThemes(themes));
  if (countTouching(within, fitting) === 0) return [];
  return [{ weight: DATE_RULES.weights.internationalDays, of: (window) => Number(countTouching(window, fitting) > 0) }];
}
