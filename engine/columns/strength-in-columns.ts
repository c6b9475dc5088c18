import { FACET_WEIGHTS } from '../rules.ts';
import { popcount32 } from '../values/facet-set.ts';
import { CONTAINED_PLACE, SAME_CORRIDOR, SAME_PLACE } from '../values/place.ts';
import type { Columns, FacetColumn } from './columns.ts';
import type { Seeker, SoughtFacet } from './seeker.ts';

/** By place level. */
const PLACE_SIMILARITIES = Float64Array.of(0, SAME_CORRIDOR, CONTAINED_PLACE, SAME_PLACE);

const { place, audience, theme, time, channel, language } = FACET_WEIGHTS;

/**
 * The strength of a seeker's overlap with a row it has found, the same to the last bit as that of `measure`: the same terms
 * added in the same order, from popcounts.
 */
export function strengthOf(columns: Columns, seeker: Seeker, row: number, placeLevel: number): number {
  return addUp(columns, seeker, row, placeLevel, timeSimilarity(columns, row, seeker));
}

/** The same as if neither stated when: nothing for the days. */
export function strengthButForTime(columns: Columns, seeker: Seeker, row: number, placeLevel: number): number {
  return addUp(columns, seeker, row, placeLevel, 0);
}

function addUp(columns: Columns, seeker: Seeker, row: number, placeLevel: number, days: number): number {
  const sum =
    place * (PLACE_SIMILARITIES[placeLevel] ?? 0) +
    audience * jaccardOf(columns.audiences, row, seeker.audiences) +
    theme * jaccardOf(columns.themes, row, seeker.themes) +
    time * days +
    channel * jaccardOf(columns.channels, row, seeker.channels) +
    language * jaccardOf(columns.languages, row, seeker.languages);
  return sum / 100;
}

function jaccardOf({ bits, words, sizes }: FacetColumn, row: number, sought: SoughtFacet): number {
  const offset = row * words;
  let shared = 0;
  for (let word = 0; word < words; word++) {
    shared += popcount32((bits[offset + word] ?? 0) & (sought.bits[sought.offset + word] ?? 0));
  }
  return shared === 0 ? 0 : shared / ((sizes[row] ?? 0) + sought.size - shared);
}

function timeSimilarity({ starts, ends }: Columns, row: number, seeker: Seeker): number {
  const start = starts[row] ?? 0;
  const end = ends[row] ?? 0;
  const shared = Math.min(end, seeker.end) - Math.max(start, seeker.start);
  return shared / Math.min(end - start, seeker.end - seeker.start);
}
