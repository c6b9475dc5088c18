import type { EpochDay } from '../../engine/index.ts';
import { corridorScope, countryScope, type Scope } from '../jobs/scope.ts';
import { primaryLanguage } from '../vocabulary/language.ts';
import { compareText, counts, type PresenceRecord } from './find-present-owners.ts';
import { KEPT, presentQuarters } from './present-quarters.ts';

/** By what coverage is told. */
export const COVERAGE_FACETS = ['audience', 'theme', 'channel', 'language'] as const;
export type CoverageFacet = (typeof COVERAGE_FACETS)[number];

/** A record with what others may know of it: of its places in countries, and of its facets. */
export interface CoverageRecord extends PresenceRecord {
  readonly countries: readonly string[];
  readonly audiences: readonly string[];
  readonly themes: readonly string[];
  readonly channels: readonly string[];
  /** BCP 47. */
  readonly languages: readonly string[];
}

/** That an actor, by something that not every member sees, works on this in a corridor or country in a quarter. */
export interface CoveringOwner {
  readonly area: Scope;
  readonly facet: CoverageFacet;
  /** Of a language its primary subtag. */
  readonly code: string;
  readonly quarterStart: EpochDay;
  readonly ownerId: string;
}

/**
 * Who covers what by records that not every member sees, as their released forms say: a coarse one states its countries, its themes and
 * the corridors that follow from them, nothing else, and where a record is at EXISTENCE nothing is said. Of each cell the first four
 * owners by id, as in `findPresentOwners`. By area, facet, code, quarter, owner.
 */
export function findCoveringOwners(records: readonly CoverageRecord[], today: EpochDay): CoveringOwner[] {
  const found = new Map<string, CoveringOwner>();
  for (const record of records) {
    if (!counts(record) || !isReleasedUnseen(record)) continue;
    for (const quarterStart of presentQuarters(record, today)) {
      for (const area of areasOf(record)) {
        for (const { facet, code } of facetsOf(record)) {
          const owner = { area, facet, code, quarterStart, ownerId: record.ownerId };
          found.set(JSON.stringify(owner), owner);
        }
      }
    }
  }
  const cells = Map.groupBy([...found.values()].sort(compareOwners), cellOf);
  return [...cells.values()].flatMap((owners) => owners.slice(0, KEPT));
}

/** Whether there is a released form, of a record that not every member can read for itself. */
function isReleasedUnseen({ matching, shown }: CoverageRecord): boolean {
  return (matching === 'full' || matching === 'coarse') && shown !== 'public' && shown !== 'members';
}

function areasOf({ matching, corridors, statesCorridors, countries }: CoverageRecord): Scope[] {
  // What a coarse form would derive in the place of stated corridors is not in the row: less is said than could be.
  const told = matching === 'coarse' && statesCorridors ? [] : corridors;
  return [...told.map(corridorScope), ...countries.map(countryScope)];
}

function facetsOf(record: CoverageRecord): { readonly facet: CoverageFacet; readonly code: string }[] {
  const { matching, audiences, themes, channels, languages } = record;
  const of = (facet: CoverageFacet, codes: readonly string[]) => codes.map((code) => ({ facet, code }));
  if (matching === 'coarse') return of('theme', themes);
  const spoken = languages.flatMap((tag) => primaryLanguage(tag) ?? []);
  return [...of('audience', audiences), ...of('theme', themes), ...of('channel', channels), ...of('language', spoken)];
}

const cellOf = ({ area, facet, code, quarterStart }: CoveringOwner): string =>
  JSON.stringify([area, facet, code, quarterStart]);

function compareOwners(a: CoveringOwner, b: CoveringOwner): number {
  return (
    compareText(a.area, b.area) ||
    compareText(a.facet, b.facet) ||
    compareText(a.code, b.code) ||
    a.quarterStart - b.quarterStart ||
    compareText(a.ownerId, b.ownerId)
  );
}
