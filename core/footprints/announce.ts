import type { Work } from '../access/unit-of-work.ts';
import { expiredOwners, overCommitments } from './registry.rows.ts';

/**
 * Has the footprints of records and actors rewritten and matched in the background, all of one transaction together, once it has
 * committed. Called by every service that changes something matching reads.
 */
export function announce(work: Work, ids: readonly string[]): void {
  for (const id of ids) work.changed.add(id);
}

/**
 * The same for everything that belongs to actors whose vetting has expired, and to what resources were committed until now: the only
 * changes that the mere passing of days makes.
 */
export async function announceExpired(work: Work): Promise<void> {
  announce(work, await expiredOwners(work.em, work.today));
  announce(work, await overCommitments(work.em, work.today));
}
