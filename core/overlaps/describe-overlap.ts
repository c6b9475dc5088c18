import {
  bitsOf,
  type FacetSet,
  type Footprint,
  formatCalendarDate,
  has,
  lastDayOf,
  lowestBit,
  type Overlap,
  type Place,
  RULES_VERSION,
  WHOLE_COUNTRY,
} from '../../engine/index.ts';
import type { ReleasableFootprint } from '../footprints/to-footprint.ts';
import { corridorScope, countryScope, type Scope } from '../jobs/scope.ts';
import type { FacetKind } from '../vocabulary/code-kind.ts';
import type { Vocabulary } from '../vocabulary/vocabulary.ts';
import { explainOverlap } from './explain-overlap.ts';
import { type OverlapContent, type OverlapSide, type OverlapView, pairOf } from './overlap.rows.ts';

/** An overlap in the words of the vocabulary, as it is stored. @param one the footprint in whose list it is @param other the one listed */
export function describeOverlap(
  view: OverlapView,
  overlap: Overlap,
  one: ReleasableFootprint,
  other: ReleasableFootprint,
  vocabulary: Vocabulary,
): OverlapContent {
  const [a, b] = pairOf(view, one.id, other.id).a_id === one.id ? [one, other] : [other, one];
  const codes = (kind: FacetKind, set: FacetSet): string[] => bitsOf(set).map((bit) => vocabulary.codeOf(kind, bit));
  const { shared, days, contradiction, divergence } = overlap;
  const last = lastDayOf(days);
  const content = {
    view,
    a_id: a.id,
    b_id: b.id,
    a_owner_id: a.owner,
    b_owner_id: b.owner,
    a_coarse: a.coarse,
    b_coarse: b.coarse,
    kind: overlap.kind,
    score: overlap.score,
    confidence: overlap.confidence,
    strength: overlap.strength,
    parts: overlap.parts.map((part) => ({ ...part, weight: part.weight / 100 })),
    start_day: days.start,
    end_day: days.end,
    starts_on: formatCalendarDate(days.start),
    ends_on: last === null ? null : formatCalendarDate(last),
    places: shared.places.map((place) => vocabulary.placeAt(place).code),
    countries: countriesOf(overlap, [a, b], vocabulary),
    corridors: codes('corridor', shared.corridors),
    audiences: codes('audience', shared.audiences),
    themes: codes('theme', shared.themes),
    channels: codes('channel', shared.channels),
    languages: codes('language', shared.languages),
    contradiction: contradiction && {
      audiences: codes('audience', contradiction.audiences),
      deterring: sideOf(contradiction.deterring, a),
      protecting: sideOf(contradiction.protecting, a),
    },
    divergence: divergence && { audiences: codes('audience', divergence.audiences), kinds: divergence.kinds },
    scope: scopeOf(overlap, vocabulary),
    tentative: a.tentative || b.tentative,
    rules_version: RULES_VERSION,
  };
  return { ...content, explanation: explainOverlap(content, vocabulary) };
}

const sideOf = (id: string, a: Footprint): OverlapSide => (id === a.id ? 'a' : 'b');

/** Where it happens, ascending: the countries of the shared places, and on the shared corridors those in which either side is. */
function countriesOf({ shared }: Overlap, pair: readonly Footprint[], vocabulary: Vocabulary): string[] {
  const ends = vocabulary
    .terrain()
    .corridors.filter(({ bit }) => has(shared.corridors, bit))
    .flatMap(({ legs }) => legs.map(({ country }) => country))
    .filter((country) => pair.some(({ places }) => places.some((place) => place.country === country)));
  const countries = new Set([...shared.places.map(({ country }) => country), ...ends]);
  return [...countries].map((country) => countryCode(country, vocabulary)).sort();
}

/** The lowest corridor of both, else the lowest country of both: where suggestions about it are composed. */
function scopeOf({ a, b, shared, corridor }: Overlap, vocabulary: Vocabulary): Scope {
  const bit = lowestBit(shared.corridors) ?? corridor;
  if (bit !== null) return corridorScope(vocabulary.codeOf('corridor', bit));
  if (shared.places.length === 0) throw new Error(`overlap of ${a} and ${b} shares neither corridor nor place`);
  return countryScope(countryCode(Math.min(...shared.places.map((place: Place) => place.country)), vocabulary));
}

function countryCode(country: number, vocabulary: Vocabulary): string {
  return vocabulary.placeAt({ country, subdivision: WHOLE_COUNTRY }).code;
}
