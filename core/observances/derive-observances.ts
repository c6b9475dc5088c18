import type Holidays from 'date-holidays';
import type { HolidaysTypes } from 'date-holidays';
import { type DayRange, type EpochDay, dayRange, epochDay, parseCalendarDate } from '../../engine/index.ts';
import type { DerivedObservance } from './observance.ts';
import { isBelieved } from './rules/not-believed.ts';
import { OWN_PUBLIC_HOLIDAYS } from './rules/public-holidays.ts';
import type { OwnRule, When } from './rules/rule.ts';
import { HOME_VISIT_PEAKS, INTERNATIONAL_DAYS, RELIGIOUS_PERIODS } from './rules/seasons-of-people.ts';

/** The library costs some 25 MB and 0.15 s: it is loaded when somebody first asks for a date. */
export type Library = typeof Holidays;

const OWN_RULES: readonly OwnRule[] = [
  ...INTERNATIONAL_DAYS,
  ...RELIGIOUS_PERIODS,
  ...HOME_VISIT_PEAKS,
  ...OWN_PUBLIC_HOLIDAYS,
];

const OF_LIBRARY = 'date-holidays (CC BY 3.0)';
const OF_HUB = 'Concord';
const HIJRI = /Muharram|Safar|Rabi|Jumada|Rajab|Shaban|Ramadan|Shawwal|Dhu al/;
const LUNAR_MONTHS = ['chinese 08-0-01', 'chinese 09-0-01', 'chinese 10-0-01'];

/** Days that are given off: of the Philippines also the "special non-working days", which the library calls optional. */
const isDayOff = (country: string, type: HolidaysTypes.HolidayType): boolean =>
  type === 'public' || (country === 'PH' && type === 'optional');

/** The countries whose public holidays the library knows: ISO 3166-1 alpha-2. */
export function countriesOf(library: Library): ReadonlySet<string> {
  return new Set(Object.keys(new library().getCountries()));
}

/** The public holidays that the library knows of a country and that begin in a year, by start. Takes some milliseconds. */
export function deriveFromLibrary(library: Library, country: string, year: number): DerivedObservance[] {
  return new library(country, { languages: ['en'] })
    .getHolidays(year, 'en')
    .filter(({ name, type }) => isDayOff(country, type) && isBelieved(country, name))
    .map((holiday) => ({
      kind: 'PUBLIC_HOLIDAY',
      name: holiday.name,
      days: daysOf(holiday),
      country,
      reason: null,
      source: OF_LIBRARY,
      estimated: HIJRI.test(holiday.rule),
      themes: [],
    }));
}

/** Everything of the hub's own that begins in a year, wherever. Takes some 30 milliseconds. */
export function deriveOwn(library: Library, year: number): DerivedObservance[] {
  const present = datesOf(library, [...new Set(OWN_RULES.flatMap(({ when }) => rulesOf(when)))], year);
  const next = datesOf(
    library,
    [...new Set(OWN_RULES.flatMap(({ when }) => ('until' in when ? when.until : [])))],
    year + 1,
  );
  return OWN_RULES.flatMap((rule) =>
    rangesOf(rule.when, year, present, next).flatMap((days) =>
      (rule.countries.length === 0 ? [null] : rule.countries).map((country) => ({
        kind: rule.kind,
        name: rule.name,
        days,
        country,
        reason: rule.reason ?? null,
        source: isComputed(rule.when) ? `${OF_HUB}, computed with ${OF_LIBRARY}` : OF_HUB,
        estimated: rule.estimated ?? false,
        themes: rule.themes ?? [],
      })),
    ),
  );
}

type Dates = ReadonlyMap<string, readonly DayRange[]>;

/** The days of some rules in a year, by rule. */
function datesOf(library: Library, rules: readonly string[], year: number): Dates {
  const holidays = new library();
  // A holiday is told apart by its name alone.
  for (const rule of rules) holidays.setHoliday(rule, { name: { en: rule }, type: 'public' });
  const found = Map.groupBy(holidays.getHolidays(year, 'en'), ({ name }) => name);
  return new Map([...found].map(([rule, same]) => [rule, same.map(daysOf)]));
}

function rulesOf(when: When): readonly string[] {
  if ('newMoonBetween' in when) return LUNAR_MONTHS;
  return 'until' in when ? [when.rule, when.until] : [when.rule];
}

const isComputed = (when: When): boolean => rulesOf(when).some((rule) => !/^\d\d-\d\d( P\d+D)?$/.test(rule));

function rangesOf(when: When, year: number, present: Dates, next: Dates): DayRange[] {
  const { before = 0, after = 0 } = when;
  return coresOf(when, year, present, next).map(({ start, end }) =>
    dayRange(epochDay(start - before), epochDay(end + after)),
  );
}

function coresOf(when: When, year: number, present: Dates, next: Dates): readonly DayRange[] {
  if ('newMoonBetween' in when) {
    const [first, last] = when.newMoonBetween.map((day) => dayOf(`${String(year)}-${day}`));
    const months = LUNAR_MONTHS.flatMap((rule) => present.get(rule) ?? []);
    const month = months.find(
      ({ start }) => first !== undefined && last !== undefined && first <= start && start <= last,
    );
    return month ? [month] : [];
  }
  const starts = present.get(when.rule) ?? [];
  if (!('until' in when)) return starts;
  const ends = [...(present.get(when.until) ?? []), ...(next.get(when.until) ?? [])];
  return starts.flatMap(({ start }) => {
    const end = ends.find((candidate) => candidate.start > start);
    return end ? [dayRange(start, end.start)] : [];
  });
}

const HOUR_MS = 3_600_000;

/** The civil days at the place, as the library writes them; what lasts some hours more than whole days is not a day longer. */
function daysOf({ date, start, end }: HolidaysTypes.Holiday): DayRange {
  const first = dayOf(date.slice(0, 10));
  // An hour may be missing where clocks are put forward.
  const days = Math.max(1, Math.floor(((end.getTime() - start.getTime()) / HOUR_MS + 1) / 24));
  return dayRange(first, epochDay(first + days));
}

function dayOf(text: string): EpochDay {
  const day = parseCalendarDate(text);
  if (day === null) throw new Error(`expected a day that exists, found ${text}`);
  return day;
}
