import type { Work } from '../access/unit-of-work.ts';
import { append } from '../outbox/outbox.ts';
import { expiredOwners } from './registry.rows.ts';

/**
 * Has the footprints of records and actors rewritten and matched in the background, once the caller's transaction has committed.
 * Called by every service that changes something matching reads.
 */
export async function announce(work: Work, ids: readonly string[]): Promise<void> {
  await append(work.em, ...ids.map((subjectId) => ({ kind: 'record.changed' as const, subjectId })));
}

/** The same for everything that belongs to actors whose vetting has expired: the only change that the mere passing of days makes. */
export async function announceExpired(work: Work): Promise<void> {
  await announce(work, await expiredOwners(work.em, work.today));
}
