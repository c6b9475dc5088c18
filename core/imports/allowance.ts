import type { Work } from '../access/unit-of-work.ts';
import { mayCurate } from '../access/viewer.ts';
import type { Refused } from '../outcome.ts';
import { writtenToday } from './import-run.rows.ts';

/**
 * Records that imports of one party may write on one day (UTC), beside the budget of looks: the largest real sheet of one
 * organisation has some hundreds. What others release is compared with each, so that it stays no way to search.
 */
const RECORDS_A_DAY = 2_000;

/** Refuses what is beyond it. Coordinators are not counted: they enter records for everybody. */
export async function overAllowance(work: Work, records: number): Promise<Refused | null> {
  if (mayCurate(work.viewer) || records === 0) return null;
  const found = (await writtenToday(work)) + records;
  return found <= RECORDS_A_DAY
    ? null
    : { kind: 'limit-exceeded', limit: 'records written by imports a day', allowed: RECORDS_A_DAY, found };
}
