import type { EpochDay } from '../../engine/index.ts';
import type { MatchingLevel, Visibility } from '../access/release.ts';
import { KEPT, presentQuarters } from './present-quarters.ts';

/** What the registry says of one record, as far as it bears on presence. */
export interface PresenceRecord {
  readonly ownerId: string;
  /** Vetted, not expired and not merged away. */
  readonly ownerListed: boolean;
  /** Withdrawn or cancelled, itself or what it is a part of. */
  readonly stopped: boolean;
  /** States nothing but days: then it dates its campaign and says nothing of its own. */
  readonly onlyDays: boolean;
  /** It, or what it is a part of, excludes somebody. */
  readonly excludes: boolean;
  readonly matching: MatchingLevel;
  /** Who sees the record itself. */
  readonly shown: Visibility;
  /** Codes; stated, else derived from its countries, as far as others may know them, and its themes. */
  readonly corridors: readonly string[];
  readonly statesCorridors: boolean;
  /** Whole days since 1970-01-01, both included; no last day where no end is planned. */
  readonly firstDay: number | null;
  readonly lastDay: number | null;
}

/** That an actor works on a corridor in a quarter. */
export interface PresentOwner {
  readonly corridor: string;
  readonly quarterStart: EpochDay;
  readonly ownerId: string;
  /** By a record of which nobody learns this otherwise. */
  readonly hidden: boolean;
}

/**
 * Who works where in the twelve quarters from `today` on: of each cell, hidden ones and others apart, the first four by id, since more
 * cannot change whether three others are there. By corridor, quarter, others before hidden ones, owner.
 */
export function findPresentOwners(records: readonly PresenceRecord[], today: EpochDay): PresentOwner[] {
  const found = new Map<string, PresentOwner>();
  for (const record of records) {
    if (!counts(record)) continue;
    for (const quarterStart of presentQuarters(record, today)) {
      for (const corridor of record.corridors) {
        const owner = { corridor, quarterStart, ownerId: record.ownerId, hidden: isHidden(record) };
        found.set(JSON.stringify(owner), owner);
      }
    }
  }
  const cells = Map.groupBy([...found.values()].sort(compareOwners), cellOf);
  return [...cells.values()].flatMap((owners) => owners.slice(0, KEPT));
}

/** Whether a record is told of together with others. What excludes anybody is in no aggregate, as it is in no suggestion: else two who see different cells would learn of it. */
export function counts(record: PresenceRecord): boolean {
  const { ownerListed, stopped, onlyDays, excludes, matching } = record;
  return ownerListed && !stopped && !onlyDays && !excludes && matching !== 'none';
}

/** Whether neither its row, to any member, nor its released form says that it is on its corridors: a coarse form states none. */
function isHidden({ matching, shown, statesCorridors }: PresenceRecord): boolean {
  if (shown === 'public' || shown === 'members') return false;
  return matching === 'existence' || (matching === 'coarse' && statesCorridors);
}

const cellOf = ({ corridor, quarterStart, hidden }: PresentOwner): string =>
  JSON.stringify([corridor, quarterStart, hidden]);

function compareOwners(a: PresentOwner, b: PresentOwner): number {
  return (
    compareText(a.corridor, b.corridor) ||
    a.quarterStart - b.quarterStart ||
    Number(a.hidden) - Number(b.hidden) ||
    compareText(a.ownerId, b.ownerId)
  );
}

export const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
