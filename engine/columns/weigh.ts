import { FACET_WEIGHTS } from '../rules.ts';
import { popcount32 } from '../values/facet-set.ts';
import { CONTAINED_PLACE, SAME_CORRIDOR, SAME_PLACE } from '../values/place.ts';
import { LEVELS, type Desk } from './desk.ts';
import type { FacetColumn, Rows } from './rows.ts';

/** By place level, weighted. */
const PLACE_PARTS = Float64Array.of(0, SAME_CORRIDOR, CONTAINED_PLACE, SAME_PLACE).map(
  (similarity) => FACET_WEIGHTS.place * similarity,
);

/**
 * Weighs what the desk's last search found: the strength of each overlap with the searching row, the same to the last bit as that of
 * `measure`, because the same terms are added in the same order. Facet after facet, each in a loop of its own.
 */
export function weigh(rows: Rows, own: Rows, ownRow: number, desk: Desk): void {
  addTopics(rows, own, ownRow, desk);
  addTime(rows, own.starts[ownRow] ?? 0, own.ends[ownRow] ?? 0, desk);
  addManner(rows, own, ownRow, desk);
}

/** The same as if neither stated when: nothing for the days. */
export function weighButForTime(rows: Rows, own: Rows, ownRow: number, desk: Desk): void {
  addTopics(rows, own, ownRow, desk);
  addManner(rows, own, ownRow, desk);
}

function addTopics(rows: Rows, own: Rows, ownRow: number, desk: Desk): void {
  const { found, strengths, stamps, count } = desk;
  for (let at = 0; at < count; at++) strengths[at] = PLACE_PARTS[(stamps[found[at] ?? 0] ?? 0) & (LEVELS - 1)] ?? 0;
  addFacet(rows.audiences, own.audiences, ownRow, FACET_WEIGHTS.audience, desk);
  addFacet(rows.themes, own.themes, ownRow, FACET_WEIGHTS.theme, desk);
}

function addTime({ starts, ends }: Rows, ownStart: number, ownEnd: number, desk: Desk): void {
  const { found, strengths, count } = desk;
  for (let at = 0; at < count; at++) {
    const row = found[at] ?? 0;
    const start = starts[row] ?? 0;
    const end = ends[row] ?? 0;
    const shared = Math.min(end, ownEnd) - Math.max(start, ownStart);
    const similarity = shared / Math.min(end - start, ownEnd - ownStart);
    strengths[at] = (strengths[at] ?? 0) + FACET_WEIGHTS.time * similarity;
  }
}

function addManner(rows: Rows, own: Rows, ownRow: number, desk: Desk): void {
  const { strengths, count } = desk;
  addFacet(rows.channels, own.channels, ownRow, FACET_WEIGHTS.channel, desk);
  addFacet(rows.languages, own.languages, ownRow, FACET_WEIGHTS.language, desk);
  for (let at = 0; at < count; at++) strengths[at] = (strengths[at] ?? 0) / 100;
}

/** Adds what the elements that two share, by all they have, count. */
function addFacet(column: FacetColumn, own: FacetColumn, ownRow: number, weight: number, desk: Desk): void {
  const ownSize = own.sizes[ownRow] ?? 0;
  if (ownSize === 0) return;
  const { bits, words, sizes } = column;
  const { found, strengths, count } = desk;
  const ownWord = own.bits[ownRow * words] ?? 0;
  for (let at = 0; at < count; at++) {
    const row = found[at] ?? 0;
    let shared = popcount32((bits[row * words] ?? 0) & ownWord);
    for (let word = 1; word < words; word++)
      shared += popcount32((bits[row * words + word] ?? 0) & (own.bits[ownRow * words + word] ?? 0));
    if (shared === 0) continue;
    strengths[at] = (strengths[at] ?? 0) + weight * (shared / ((sizes[row] ?? 0) + ownSize - shared));
  }
}
