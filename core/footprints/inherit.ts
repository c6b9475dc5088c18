import { bitsOf, deriveCorridors } from '../../engine/index.ts';
import type { Vocabulary } from '../vocabulary/vocabulary.ts';
import { INHERITED_FACETS, type InheritedFacet, type StatedFootprint } from './stated-footprint.ts';

/** The lists of a footprint with what the parent gives filled in. Its corridors are those somebody stated, never derived ones. */
export type Facets = Readonly<Record<InheritedFacet, readonly string[]>>;

/** The columns that show a record's footprint, all but its days. */
export interface FacetColumns {
  readonly places: readonly string[];
  /** ISO 3166-1 alpha-2, in order. */
  readonly countries: readonly string[];
  /** Stated by it or an ancestor, else derived. */
  readonly corridors: readonly string[];
  readonly statedCorridors: readonly string[];
  readonly audiences: readonly string[];
  readonly themes: readonly string[];
  readonly channels: readonly string[];
  readonly languages: readonly string[];
  readonly inherited: readonly InheritedFacet[];
}

/**
 * Fills in what a record does not state: each list it leaves out is its parent's. Countries follow from the places; the
 * corridors, where nobody states any, from countries and themes. Without a parent, unstated lists are empty.
 * @throws for a code that is not in the vocabulary.
 */
export function inherit(stated: StatedFootprint, parent: Facets | null, vocabulary: Vocabulary): FacetColumns {
  const listOf = (facet: InheritedFacet): readonly string[] => stated[facet] ?? parent?.[facet] ?? [];
  const places = listOf('places');
  const themes = listOf('themes');
  const statedCorridors = listOf('corridors');
  return {
    places,
    countries: [...new Set(places.map((code) => countryOf(vocabulary, code)))].sort(),
    corridors: statedCorridors.length > 0 ? statedCorridors : derive(places, themes, vocabulary),
    statedCorridors,
    audiences: listOf('audiences'),
    themes,
    channels: listOf('channels'),
    languages: listOf('languages'),
    inherited: INHERITED_FACETS.filter((facet) => stated[facet] === undefined && listOf(facet).length > 0),
  };
}

/** What a record gives to those below it that do not state it themselves. */
export function toFacets(columns: Omit<FacetColumns, 'inherited' | 'countries' | 'corridors'>): Facets {
  const { places, statedCorridors, audiences, themes, channels, languages } = columns;
  return { places, corridors: statedCorridors, audiences, themes, channels, languages };
}

function derive(places: readonly string[], themes: readonly string[], vocabulary: Vocabulary): readonly string[] {
  const derived = deriveCorridors(
    vocabulary.toPlaces(places),
    vocabulary.toFacetSet('theme', themes),
    vocabulary.terrain(),
  );
  return bitsOf(derived).map((bit) => vocabulary.codeOf('corridor', bit));
}

function countryOf(vocabulary: Vocabulary, code: string): string {
  const place = vocabulary.place(code);
  if (place === undefined) throw new Error(`no place ${code} in the vocabulary`);
  return place.country;
}
