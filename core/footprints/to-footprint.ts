import { dayRange, epochDay, facetSet, type Footprint } from '../../engine/index.ts';
import type { FootprintRow } from './footprint.rows.ts';

/** A footprint as the engine sees it, with what decides who may be told of it. */
export interface ReleasableFootprint extends Footprint {
  /** By what others may exclude its owner. */
  readonly ownerMarks: readonly string[];
  /** The marks of those who are told nothing of it. */
  readonly excludes: readonly string[];
  readonly coarse: boolean;
}

/** A stored footprint as the engine sees it; null when it does not match. */
export function toFootprint(row: FootprintRow): ReleasableFootprint | null {
  if (!row.matches || row.start_day === null || row.end_day === null) return null;
  return {
    id: row.subject_id,
    ancestors: row.ancestors,
    owner: row.owner_id,
    partners: row.partners,
    publicBody: row.public_body,
    committed: row.committed,
    tentative: row.tentative,
    days: dayRange(epochDay(row.start_day), epochDay(row.end_day)),
    places: row.place_countries.map((country, i) => ({ country, subdivision: row.place_subdivisions[i] ?? 0 })),
    corridors: facetSet(row.stated_corridors),
    audiences: facetSet(row.audiences),
    themes: facetSet(row.themes),
    channels: facetSet(row.channels),
    languages: facetSet(row.languages),
    deters: facetSet(row.deters),
    protects: facetSet(row.protects),
    ownerMarks: row.owner_marks,
    excludes: row.excludes,
    coarse: row.coarse,
  };
}

/** Whether the owner of one is excluded from knowing of the other. */
export function isExcluded(one: ReleasableFootprint, other: ReleasableFootprint): boolean {
  return other.excludes.length > 0 && one.ownerMarks.some((mark) => other.excludes.includes(mark));
}
