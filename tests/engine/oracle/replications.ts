/**
 * Practices to replicate, written down a second time from the words of the domain, without regard to speed. Uses the other oracles,
 * and the engine only to read its values.
 */
import { bitsOf, type Corridor, type FacetSet, type Footprint, type Practice } from '../../../engine/index.ts';
import { isOn, legCountries } from './overlaps.ts';

export interface ExpectedReplication {
  readonly about: string;
  readonly value: number;
  readonly window: { start: number; end: number };
  readonly themes: number[];
  readonly audiences: number[];
  readonly unused: number[];
  /** `id@country`. */
  readonly participants: string[];
}

const common = (a: FacetSet, b: FacetSet): number[] => bitsOf(a).filter((bit) => bitsOf(b).includes(bit));
const jaccard = (a: FacetSet, b: FacetSet): number =>
  common(a, b).length / new Set([...bitsOf(a), ...bitsOf(b)]).size || 0;
const ascending = (numbers: Iterable<number>): number[] => [...new Set(numbers)].sort((a, b) => a - b);
const average = (numbers: number[]): number => numbers.reduce((sum, one) => sum + one, 0) / numbers.length;

/** Those on a corridor, or those of a country that name no corridor; in no order. */
export function replications(
  where: Corridor | number,
  practices: readonly Practice[],
  footprints: readonly Footprint[],
  asOf: number,
): ExpectedReplication[] {
  const found: ExpectedReplication[] = [];
  for (const practice of practices) {
    const offered =
      typeof where === 'number'
        ? bitsOf(practice.corridors).length === 0
        : bitsOf(practice.corridors).includes(where.bit);
    if (!offered) continue;
    const countriesOf = (x: Footprint): number[] => {
      const all =
        typeof where === 'number'
          ? x.places.map(({ country }) => country).filter((country) => country === where)
          : isOn(x, where)
            ? [...legCountries(x, where)]
            : [];
      return ascending(all).filter((country) => !practice.countries.includes(country));
    };
    const there = footprints.filter(
      (x) =>
        x.days.end > asOf &&
        countriesOf(x).length > 0 &&
        common(x.audiences, practice.audiences).length > 0 &&
        common(x.themes, practice.themes).length > 0,
    );
    const unused = bitsOf(practice.channels).filter((bit) => !there.some((x) => bitsOf(x.channels).includes(bit)));
    if (unused.length === 0 || unused.length * 2 < bitsOf(practice.channels).length) continue;
    const fit = (x: Footprint): number =>
      (25 * jaccard(practice.audiences, x.audiences) + 20 * jaccard(practice.themes, x.themes)) / 45;
    const better = (x: Footprint, y: Footprint): boolean => fit(x) > fit(y) || (fit(x) === fit(y) && x.id < y.id);
    const could = there.filter((x) => x.owner !== practice.owner && bitsOf(x.channels).length > 0);
    const seats = ascending(could.flatMap(countriesOf)).flatMap((country) => {
      const here = could.filter((x) => countriesOf(x).includes(country));
      const best = here.filter((x) => !here.some((y) => y.owner === x.owner && better(y, x)));
      return best
        .filter((x) => best.filter((y) => better(y, x)).length < 3)
        .sort((a, b) => (a.id < b.id ? -1 : 1))
        .map((x) => ({ x, country }));
    });
    if (seats.length === 0) continue;
    const seated = seats.map(({ x }) => x);
    found.push({
      about: practice.id,
      value:
        (50 * average(seated.map(fit)) +
          20 * (unused.length / bitsOf(practice.channels).length) +
          (practice.evidenced ? 20 : 0) +
          (seated.some((x) => x.committed) ? 10 : 0)) /
        100,
      window: {
        start: Math.max(asOf, Math.min(...seated.map((x) => x.days.start))),
        end: Math.max(...seated.map((x) => x.days.end)),
      },
      themes: ascending(seated.flatMap((x) => common(x.themes, practice.themes))),
      audiences: ascending(seated.flatMap((x) => common(x.audiences, practice.audiences))),
      unused,
      participants: seats.map(({ x, country }) => `${x.id}@${String(country)}`),
    });
  }
  return found;
}
