import { bitsOf, comparePlaces, OPEN_END } from '../../engine/index.ts';
import { isPublicBody } from '../actors/public-body.ts';
import { corridorScope, countryScope } from '../jobs/scope.ts';
import type { FacetKind } from '../vocabulary/code-kind.ts';
import type { Vocabulary } from '../vocabulary/vocabulary.ts';
import { type CellRow, type Face, type FootprintRow, type PlacedFootprint, placesOf } from './footprint.rows.ts';
import type { RegistryRow } from './registry.rows.ts';
import { corridorsFrom, matchesAtAll, releasedForm } from './released-form.ts';

/** The footprint of a record, and where it can be met. Pure: equal records and vocabularies give equal rows. */
export function buildFootprint(record: RegistryRow, vocabulary: Vocabulary): PlacedFootprint {
  const footprint = toRow(record, vocabulary);
  const released = releasedForm(footprint, record, vocabulary);
  const cells = [
    ...cellsOf('own', footprint, vocabulary),
    ...(released ? cellsOf('released', released, vocabulary) : []),
  ];
  return { footprint, released, cells };
}

function toRow(record: RegistryRow, vocabulary: Vocabulary): FootprintRow {
  const bits = (kind: FacetKind, codes: readonly string[]): number[] => bitsOf(vocabulary.toFacetSet(kind, codes));
  const places = [...vocabulary.toPlaces(record.places)].sort(comparePlaces);
  const themes = bits('theme', record.themes);
  const stated = bits('corridor', record.statedCorridors);
  const { firstDay, lastDay } = record;
  return {
    subject_id: record.id,
    subject_kind: record.kind,
    owner_id: record.ownerId,
    parent_id: record.ancestors[0] ?? null,
    ancestors: record.ancestors,
    matches: record.ownerVerified && !record.stopped && !record.onlyDays && firstDay !== null && matchesAtAll(record),
    start_day: firstDay,
    end_day: firstDay === null ? null : lastDay === null ? OPEN_END : lastDay + 1,
    tentative: record.tentative,
    public_body: isPublicBody(record.ownerKind),
    committed: record.committed,
    partners: [...new Set(record.partners)].filter((actor) => actor !== record.ownerId).sort(),
    place_countries: places.map(({ country }) => country),
    place_subdivisions: places.map(({ subdivision }) => subdivision),
    stated_corridors: stated,
    corridors: stated.length > 0 ? stated : corridorsFrom(places, themes, vocabulary),
    audiences: bits('audience', record.audiences),
    themes,
    channels: bits('channel', record.channels),
    languages: bits('language', record.languages),
    deters: bits('audience', record.deters),
    protects: bits('audience', record.protects),
    facts: record.facts.map(({ audiences, firstDay, lastDay, ...fact }) => ({
      ...fact,
      audiences: bits('audience', audiences),
      start_day: firstDay,
      end_day: lastDay === null ? null : lastDay + 1,
    })),
    owner_marks: [...record.ownerMarks].sort(),
    excludes: [...record.excludes].sort(),
    open: (record.shown === 'public' || record.shown === 'members') && record.excludes.length === 0,
    coarse: false,
  };
}

/**
 * The cells of a face of a footprint, by cell: its countries, and those of its corridors on which it has a country. None when it does not
 * match. Two footprints that meet have a cell in common.
 */
export function cellsOf(face: Face, footprint: FootprintRow, vocabulary: Vocabulary): CellRow[] {
  const { subject_id, owner_id, start_day, end_day, audiences, themes } = footprint;
  if (!footprint.matches || start_day === null || end_day === null) return [];
  const cell = (scope: CellRow['cell'], subdivisions: readonly number[]): CellRow => {
    return { face, cell: scope, subject_id, start_day, end_day, owner_id, subdivisions, audiences, themes };
  };
  const places = placesOf(footprint);
  const byCountry = [...Map.groupBy(places, ({ country }) => country)];
  const corridors = vocabulary
    .terrain()
    .corridors.filter(
      ({ bit, legs }) =>
        footprint.corridors.includes(bit) && legs.some((leg) => footprint.place_countries.includes(leg.country)),
    );
  return [
    ...byCountry.map(([country, within]) =>
      cell(
        countryScope(vocabulary.placeAt({ country, subdivision: 0 }).code),
        within.map((place) => place.subdivision),
      ),
    ),
    ...corridors.map(({ code }) => cell(corridorScope(code), [0])),
  ].sort((a, b) => (a.cell < b.cell ? -1 : 1));
}
