import { epochDay } from '../../engine/index.ts';
import type { Work } from '../access/unit-of-work.ts';
import { findCoveringOwners } from './find-covering-owners.ts';
import { findPresentOwners } from './find-present-owners.ts';
import { beginWeek, readPresenceRecords, writeCoveringOwners, writePresentOwners } from './presence.rows.ts';

/** 1970-01-01 was a Thursday. */
const DAYS_SINCE_MONDAY_AT_EPOCH = 3;

/**
 * Stores who works on which corridor in which quarter, and what is covered by whom, unless that was done in this week (from Monday): whoever looks every day
 * must not see which of the week's changes changed a cell.
 * @returns whether it was stored
 */
export async function refreshPresence({ em, today }: Work): Promise<boolean> {
  if (!(await beginWeek(em, mondayOf(today)))) return false;
  const records = await readPresenceRecords(em, today);
  await writePresentOwners(em, findPresentOwners(records, epochDay(today)));
  await writeCoveringOwners(em, findCoveringOwners(records, epochDay(today)));
  return true;
}

function mondayOf(day: number): number {
  return day - ((day + DAYS_SINCE_MONDAY_AT_EPOCH) % 7);
}
