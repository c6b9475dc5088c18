import { setImmediate } from 'node:timers/promises';
import { type DayRange, epochDay, intersect, toCivil } from '../../engine/index.ts';
import type { Clock } from '../../platform/clock.ts';
import { countriesOf, deriveFromLibrary, deriveOwn, type Library } from './derive-observances.ts';
import type { DerivedObservance } from './observance.ts';

/** Years beside the present one that are worked out. Further ahead laws change, and what the moon does is uncertain enough. */
const YEARS_BACK = 1;
const YEARS_AHEAD = 5;

/**
 * The observances that follow from calendars. Pure functions of country and year, kept by this process once they were asked for:
 * at most 250 countries and 8 years of some 20 days each. It needs no network, and lets others run between one country and the next.
 */
export class ObservanceCalendar {
  private library: Promise<Library> | null = null;
  private readonly years = new Map<string, Promise<readonly DerivedObservance[]>>();

  constructor(private readonly clock: Clock) {}

  /**
   * What falls into these days in these countries (ISO 3166-1 alpha-2), and what is observed everywhere; by start, kind, country, name.
   * From the year before the hub's present one to five years after it.
   */
  async between(days: DayRange, countries: readonly string[]): Promise<readonly DerivedObservance[]> {
    const found: DerivedObservance[] = [];
    const asked = new Set(countries);
    for (const year of this.yearsOf(days)) {
      found.push(...(await this.own(year)).filter(({ country }) => country === null || asked.has(country)));
      for (const country of asked) found.push(...(await this.ofCountry(country, year)));
    }
    return found.filter((one) => intersect(one.days, days) !== null).sort(compare);
  }

  /** An observance can have begun in the year before. */
  private yearsOf({ start, end }: DayRange): number[] {
    const present = toCivil(epochDay(this.clock.today())).year;
    const first = Math.max(toCivil(start).year - 1, present - YEARS_BACK - 1);
    const last = Math.min(toCivil(epochDay(end - 1)).year, present + YEARS_AHEAD);
    return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
  }

  private own(year: number): Promise<readonly DerivedObservance[]> {
    return this.once(String(year), (library) => deriveOwn(library, year));
  }

  private ofCountry(country: string, year: number): Promise<readonly DerivedObservance[]> {
    return this.once(`${country} ${String(year)}`, (library) =>
      countriesOf(library).has(country) ? deriveFromLibrary(library, country, year) : [],
    );
  }

  private once(
    key: string,
    derive: (library: Library) => readonly DerivedObservance[],
  ): Promise<readonly DerivedObservance[]> {
    const kept = this.years.get(key);
    if (kept) return kept;
    this.library ??= import('date-holidays').then((module) => module.default);
    const derived = this.library.then(async (library) => {
      await setImmediate();
      return derive(library);
    });
    this.years.set(key, derived);
    return derived;
  }
}

function compare(a: DerivedObservance, b: DerivedObservance): number {
  return a.days.start - b.days.start || compareText(keyOf(a), keyOf(b));
}

const keyOf = ({ kind, country, name }: DerivedObservance): string => `${kind} ${country ?? ''} ${name}`;
const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
