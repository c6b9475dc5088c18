import {
  bitsOf,
  deriveCorridors,
  epochDay,
  facetSet,
  OPEN_END,
  type Place,
  startOfMonth,
  startOfNextMonth,
  WHOLE_COUNTRY,
} from '../../engine/index.ts';
import type { PlacePrecision, Release } from '../access/release.ts';
import type { Vocabulary } from '../vocabulary/vocabulary.ts';
import { type FootprintRow, placesOf } from './footprint.rows.ts';

/** What of a release bears on matching. */
export type MatchingRelease = Pick<Release, 'matching' | 'placePrecision'>;

/** Whether a record takes part in matching: whoever lets others see no more than that there is something gets no overlaps either. */
export function matchesAtAll({ matching }: MatchingRelease): boolean {
  return matching === 'full' || matching === 'coarse';
}

/**
 * The form of a footprint that matching may use for everybody but its owner; null where there is none. Field by field the coarser
 * of its place precision and its matching level: at FULL as stored at that precision, at COARSE its countries, whole calendar
 * months and themes. Pure: what follows from it can tell nothing that it does not say.
 */
export function releasedForm(own: FootprintRow, release: MatchingRelease, vocabulary: Vocabulary): FootprintRow | null {
  if (!own.matches || !matchesAtAll(release)) return null;
  const precision = release.matching === 'coarse' ? atMostCountry(release.placePrecision) : release.placePrecision;
  const places = released(placesOf(own), precision);
  // Facts could be guessed by trying where they diverge: others may compare only what they may read.
  const form = release.matching === 'coarse' ? coarse(own) : { ...own, facts: own.open ? own.facts : [] };
  return {
    ...form,
    place_countries: places.map(({ country }) => country),
    place_subdivisions: places.map(({ subdivision }) => subdivision),
    corridors:
      form.stated_corridors.length > 0 ? form.stated_corridors : corridorsFrom(places, form.themes, vocabulary),
  };
}

/** The corridors of a footprint that states none, as bits. */
export function corridorsFrom(places: readonly Place[], themes: readonly number[], vocabulary: Vocabulary): number[] {
  return bitsOf(deriveCorridors(places, facetSet(themes), vocabulary.terrain()));
}

/** Countries, months and themes: whatever else the record says is not said. */
function coarse(own: FootprintRow): FootprintRow {
  const { start_day: start, end_day: end } = own;
  return {
    ...own,
    start_day: start === null ? null : startOfMonth(epochDay(start)),
    end_day: end === null || end === OPEN_END ? end : startOfNextMonth(epochDay(end - 1)),
    tentative: false,
    public_body: false,
    committed: false,
    stated_corridors: [],
    audiences: [],
    channels: [],
    languages: [],
    deters: [],
    protects: [],
    facts: [],
    coarse: true,
  };
}

const atMostCountry = (precision: PlacePrecision): PlacePrecision => (precision === 'none' ? 'none' : 'country');

/** For matching a place stands for its first-level subdivision anyway, so that `exact` and `subdivision` are the same here. */
function released(places: readonly Place[], precision: PlacePrecision): Place[] {
  switch (precision) {
    case 'exact':
    case 'subdivision':
      return [...places];
    case 'country':
      return [...new Set(places.map(({ country }) => country))].map((country) => ({
        country,
        subdivision: WHOLE_COUNTRY,
      }));
    case 'none':
      return [];
  }
}
