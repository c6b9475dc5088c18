import { dayRange, epochDay, type Fact, facetSet, type Footprint, OPEN_END } from '../../engine/index.ts';
import { type FactRow, type FootprintRow, placesOf } from './footprint.rows.ts';

/** A footprint as the engine sees it, with what decides who may be told of it. */
export interface ReleasableFootprint extends Footprint {
  /** By what others may exclude its owner. */
  readonly ownerMarks: readonly string[];
  /** The marks of those who are told nothing of it. */
  readonly excludes: readonly string[];
  readonly coarse: boolean;
  /** Every member may see the record itself, and so whose it is. */
  readonly open: boolean;
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
    places: placesOf(row),
    corridors: facetSet(row.stated_corridors),
    audiences: facetSet(row.audiences),
    themes: facetSet(row.themes),
    channels: facetSet(row.channels),
    languages: facetSet(row.languages),
    deters: facetSet(row.deters),
    protects: facetSet(row.protects),
    facts: row.facts.map(toFact),
    ownerMarks: row.owner_marks,
    excludes: row.excludes,
    coarse: row.coarse,
    open: row.open,
  };
}

function toFact({ audiences, start_day: start, end_day: end, ...fact }: FactRow): Fact {
  const days =
    start === null && end === null
      ? null
      : dayRange(epochDay(start ?? FIRST_DAY), end === null ? OPEN_END : epochDay(end));
  return { ...fact, audiences: facetSet(audiences), days };
}

/** Before everything that can be dated. */
const FIRST_DAY = -10_000_000;

/**
 * A footprint as the lists of its own owner are made with it. Whom an owner names as partners decides nothing there: an overlap that
 * goes when somebody is named would tell whose the other side is.
 */
export function forItsOwner(footprint: ReleasableFootprint): ReleasableFootprint {
  return { ...footprint, partners: [] };
}

/**
 * Whether the lists of an owner leave a record of somebody else out: it excludes the owner, or it is a partner's and its owner is
 * no secret anyway.
 */
export function isLeftOut(lister: ReleasableFootprint, other: ReleasableFootprint): boolean {
  if (other.excludes.length > 0 && lister.ownerMarks.some((mark) => other.excludes.includes(mark))) return true;
  return other.open && lister.partners.includes(other.owner);
}
