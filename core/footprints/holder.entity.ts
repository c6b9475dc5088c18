import { p } from '@mikro-orm/postgresql';
import type { MatchingLevel, PlacePrecision, Release, Visibility } from '../access/release.ts';
import type { InheritedFacet, StatedFootprint } from './stated-footprint.ts';

/**
 * The columns that programmes, campaigns and calendar entries have in common: what each is called, whose it is, and its footprint.
 * Builders are made anew for each entity, because an entity makes them its own.
 */
export function holderProperties() {
  return {
    id: p.text().primary(),
    ownerId: p.text(),
    name: p.text(),
    names: p.json<Record<string, string>>(),
    description: p.text(),
    descriptions: p.json<Record<string, string>>(),
    /** A code by which others know it, unique among its owner's records of the same kind. */
    externalScheme: p.text().nullable(),
    externalId: p.text().nullable(),
    /** Invented or dated for demonstration; shown wherever the record is shown. */
    illustrative: p.boolean(),
    source: p.text().nullable(),
    version: p.integer().version(),
    createdAt: p.datetime(),
    updatedAt: p.datetime(),
    /** As others may know it; see `exact_place` for the rest. */
    stated: p.json<StatedFootprint>(),
    visibility: p.text().$type<Visibility>(),
    matching: p.text().$type<MatchingLevel>(),
    placePrecision: p.text().$type<PlacePrecision>(),
    /** What the owner set itself of these three. */
    statedRelease: p.json<Partial<Release>>(),
    /** Both included; a null end is open. */
    startsOn: p.date().nullable(),
    endsOn: p.date().nullable(),
    places: p.array().$type<readonly string[]>(),
    countries: p.array().$type<readonly string[]>(),
    corridors: p.array().$type<readonly string[]>(),
    statedCorridors: p.array().$type<readonly string[]>(),
    audiences: p.array().$type<readonly string[]>(),
    themes: p.array().$type<readonly string[]>(),
    channels: p.array().$type<readonly string[]>(),
    languages: p.array().$type<readonly string[]>(),
    inherited: p.array().$type<readonly InheritedFacet[]>(),
  };
}

/** What every holder of a footprint has, whichever of the three it is. */
export interface Holder {
  readonly id: string;
  ownerId: string;
  name: string;
  names: Record<string, string>;
  description: string;
  descriptions: Record<string, string>;
  externalScheme?: string | null | undefined;
  externalId?: string | null | undefined;
  illustrative: boolean;
  source?: string | null | undefined;
  version: number;
  updatedAt: Date;
  stated: StatedFootprint;
  visibility: Visibility;
  matching: MatchingLevel;
  placePrecision: PlacePrecision;
  statedRelease: Partial<Release>;
}
