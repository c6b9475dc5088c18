import { epochDay } from '../../engine/index.ts';
import type { Work } from '../access/unit-of-work.ts';
import { findPresentOwners } from './find-present-owners.ts';
import { beginWeek, readPresenceRecords, writePresentOwners } from './presence.rows.ts';

/** 1970-01-01 was a Thursday. */
const DAYS_SINCE_MONDAY_AT_EPOCH = 3;

/**
 * Stores who works on which corridor in which quarter, unless that was done in this week (from Monday): whoever looks every day
 * must not see which of the week's changes changed a cell.
 * @returns whether it was stored
 */
export async function refreshPresence({ em, today }: Work): Promise<boolean> {
  if (!(await beginWeek(em, mondayOf(today)))) return false;
  await writePresentOwners(em, findPresentOwners(await readPresenceRecords(em, today), epochDay(today)));
  return true;
}

function mondayOf(day: number): number {
  return day - ((day + DAYS_SINCE_MONDAY_AT_EPOCH) % 7);
}
