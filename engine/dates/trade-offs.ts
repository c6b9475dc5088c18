import type { DateBand, DateBandKind, DatesSought } from '../propose-dates.ts';
import type { Season } from '../terrain.ts';
import { intersect, type DayRange } from '../values/day-range.ts';
import type { EpochDay } from '../values/epoch-day.ts';
import { countDays } from './count-days.ts';
import { countNeighbours } from './count-neighbours.ts';
import { DATE_RULES } from './date-rules.ts';
import { aboutThemes } from './fitting-days.ts';
import { stageOf } from './stage-of-season.ts';

/** Several bands of one kind and name: one observance, in these countries, ascending; null among them is everywhere. */
interface Observed {
  readonly kind: DateBandKind;
  readonly name: string;
  readonly countries: readonly (number | null)[];
}

/** What speaks for or against a window, as codes with parameters; whoever shows it makes the words. */
export type TradeOff = { readonly favourable: boolean } & (
  | (Observed & {
      readonly code: 'INSIDE_OBSERVANCE';
      /** Of the window, in any of the countries. */ readonly days: number;
    })
  | (Observed & { readonly code: 'AVOIDS_OBSERVANCE' })
  | { readonly code: 'PUBLIC_HOLIDAYS'; readonly days: number; readonly countries: readonly (number | null)[] }
  | (Observed & { readonly code: 'HOME_VISIT_PEAK'; readonly days: number })
  | { readonly code: 'ON_INTERNATIONAL_DAY'; readonly name: string; readonly day: EpochDay }
  | { readonly code: 'BEFORE_SEASON'; readonly corridor: number; readonly season: Season; readonly days: number }
  | { readonly code: 'IN_SEASON'; readonly corridor: number; readonly season: Season }
  | { readonly code: 'COMPETES_WITH' | 'JOINS'; readonly count: number }
  | { readonly code: 'LEAD_TIME'; readonly days: number }
);

/** What one should know of a window before choosing it; in the order of the codes above, then by name or corridor. */
export function describeTradeOffs(window: DayRange, sought: DatesSought): TradeOff[] {
  const { countries, asOf, neighbours } = sought;
  const here = sought.bands.filter(({ country }) => country === null || countries.includes(country));
  const hindering = group(here.filter(({ kind }) => HINDERING.includes(kind)));
  const competing = countNeighbours(window, 'here', neighbours);
  const joined = countNeighbours(window, 'along', neighbours);
  const leadDays = window.start - asOf;
  return [
    ...hindering.flatMap((bands) => insideOf(window, bands)),
    ...hindering.flatMap((bands) => avoiding(window, sought.within, bands)),
    ...publicHolidays(
      window,
      here.filter(({ kind }) => kind === 'PUBLIC_HOLIDAY'),
    ),
    ...(sought.reachableAtHome ? homeVisits(window, here) : []),
    ...internationalDays(window, here.filter(aboutThemes(sought.themes))),
    ...seasons(window, sought),
    ...(competing > 0 ? [{ code: 'COMPETES_WITH', favourable: false, count: competing } as const] : []),
    ...(joined > 0 ? [{ code: 'JOINS', favourable: true, count: joined } as const] : []),
    { code: 'LEAD_TIME', favourable: leadDays >= DATE_RULES.fullLeadDays, days: leadDays },
  ];
}

const HINDERING: readonly DateBandKind[] = ['RELIGIOUS_PERIOD', 'ELECTION', 'OTHER'];

/** By kind and name, ascending. */
function group(bands: readonly DateBand[]): (readonly DateBand[])[] {
  const groups = [...Map.groupBy(bands, ({ kind, name }) => `${kind} ${name}`)];
  return groups.sort(([a], [b]) => (a < b ? -1 : 1)).map(([, same]) => same);
}

const touching = (window: DayRange, bands: readonly DateBand[]): readonly DateBand[] =>
  bands.filter(({ days }) => intersect(window, days) !== null);

function insideOf(window: DayRange, bands: readonly DateBand[]): TradeOff[] {
  const inside = touching(window, bands);
  if (inside.length === 0) return [];
  return [{ code: 'INSIDE_OBSERVANCE', favourable: false, ...observed(inside), days: daysOf(window, inside) }];
}

/** Told where it could have been otherwise: the observance lies within the days from which one may choose. */
function avoiding(window: DayRange, within: DayRange, bands: readonly DateBand[]): TradeOff[] {
  const possible = touching(within, bands);
  if (possible.length === 0 || touching(window, bands).length > 0) return [];
  return [{ code: 'AVOIDS_OBSERVANCE', favourable: true, ...observed(possible) }];
}

function publicHolidays(window: DayRange, bands: readonly DateBand[]): TradeOff[] {
  const inside = touching(window, bands);
  if (inside.length === 0) return [];
  const { countries } = observed(inside);
  return [{ code: 'PUBLIC_HOLIDAYS', favourable: false, days: daysOf(window, inside), countries }];
}

function homeVisits(window: DayRange, bands: readonly DateBand[]): TradeOff[] {
  return group(
    touching(
      window,
      bands.filter(({ kind }) => kind === 'HOME_VISIT_PEAK'),
    ),
  ).map((peaks) => ({
    code: 'HOME_VISIT_PEAK',
    favourable: true,
    ...observed(peaks),
    days: daysOf(window, peaks),
  }));
}

function internationalDays(window: DayRange, bands: readonly DateBand[]): TradeOff[] {
  return touching(window, bands)
    .map(({ name, days }) => ({ code: 'ON_INTERNATIONAL_DAY', favourable: true, name, day: days.start }) as const)
    .sort((a, b) => a.day - b.day || (a.name < b.name ? -1 : 1));
}

function seasons(window: DayRange, { corridors }: DatesSought): TradeOff[] {
  return [...corridors]
    .sort((a, b) => a.bit - b.bit)
    .flatMap(({ bit, season }): TradeOff[] => {
      if (season === null) return [];
      const lie = stageOf(window, season);
      if (lie.stage === 'in') return [{ code: 'IN_SEASON', favourable: true, corridor: bit, season }];
      if (lie.stage === 'out') return [];
      return [{ code: 'BEFORE_SEASON', favourable: true, corridor: bit, season, days: lie.daysBefore }];
    });
}

function observed(bands: readonly DateBand[]): Observed {
  const [first] = bands;
  if (first === undefined) throw new Error('expected a band');
  const countries = [...new Set(bands.map(({ country }) => country))].sort((a, b) => (a ?? -1) - (b ?? -1));
  return { kind: first.kind, name: first.name, countries };
}

/** The days of the window in any of the bands. */
function daysOf(window: DayRange, bands: readonly DateBand[]): number {
  const everywhere = bands.map((band) => ({ ...band, country: null }));
  return countDays(window, [], everywhere)(window);
}
