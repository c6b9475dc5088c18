import { WHOLE_COUNTRY } from '../../engine/index.ts';
import { type PlacePrecision, type Release, releaseOf } from '../access/release.ts';
import type { Vocabulary } from '../vocabulary/vocabulary.ts';
import { type FacetColumns, type Facets, inherit } from './inherit.ts';
import type { StatedFootprint } from './stated-footprint.ts';

/** What a record is to those inside it. */
export interface Parent {
  readonly ownerId: string;
  /** As others may know them. */
  readonly facets: Facets;
  /** Null where others may know its places as they are, or the writer may not know better. */
  readonly exactPlaces: readonly string[] | null;
  readonly release: Release;
}

/** Where a record is beyond what its row may say: kept in a row of its own, for its owner. */
export interface ExactPlaces {
  /** Null: all come from the parent. */
  readonly stated: readonly string[] | null;
  readonly places: readonly string[];
}

/** A record as its row is to say it, and what the row may not say. */
export interface ResolvedHolder {
  readonly release: Release;
  readonly stated: StatedFootprint;
  readonly columns: FacetColumns;
  /** Null where the row says everything. */
  readonly exact: ExactPlaces | null;
}

/**
 * Fills in what a record has from its parent, and takes out of its row what others may not know of its places. Whoever works in
 * another's programme inherits its places as others know them.
 */
export function resolveHolder(
  record: {
    readonly ownerId: string;
    readonly ownerKind: string;
    readonly stated: StatedFootprint;
    readonly statedRelease: Partial<Release>;
  },
  parent: Parent | null,
  vocabulary: Vocabulary,
): ResolvedHolder {
  const { stated } = record;
  const release = releaseOf(record.statedRelease, { id: record.ownerId, kind: record.ownerKind }, parent);
  const known = parent && (record.ownerId === parent.ownerId ? parent.exactPlaces : null);
  const exact = inherit(stated, parent && { ...parent.facets, places: known ?? parent.facets.places }, vocabulary);
  const blur = (places: readonly string[]): string[] => coarser(places, release.placePrecision, vocabulary);
  const places = blur(exact.places);
  if (isSame(places, exact.places)) return { release, stated, columns: exact, exact: null };
  const shown = stated.places === undefined ? stated : { ...stated, places: blur(stated.places) };
  return {
    release,
    stated: shown,
    columns: inherit(shown, parent && { ...parent.facets, places }, vocabulary),
    exact: { stated: stated.places ?? null, places: exact.places },
  };
}

/** The codes of places as exactly as a precision allows, each once, in the order written. */
function coarser(places: readonly string[], precision: PlacePrecision, vocabulary: Vocabulary): string[] {
  if (precision === 'exact') return [...places];
  if (precision === 'none') return [];
  const codes = vocabulary.toPlaces(places).map(({ country, subdivision }) => {
    return vocabulary.placeAt({ country, subdivision: precision === 'country' ? WHOLE_COUNTRY : subdivision }).code;
  });
  return [...new Set(codes)];
}

const isSame = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((code, index) => code === other[index]);
