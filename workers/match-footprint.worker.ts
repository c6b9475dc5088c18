import type { OverlapService } from '../core/overlaps/overlap.service.ts';
import { defineWorker, type JobContext, type WorkerDefinition } from './runtime/define-worker.ts';
import { discard, done } from './runtime/outcome.ts';
import { together } from './runtime/together.ts';

/** Records matched in one transaction: a few seconds among 100,000 others. */
const MATCHED_AT_ONCE = 50;

/**
 * Brings the footprints and overlaps of what changed up to date. Matching is one at a time over the whole hub, so jobs that come while
 * one is at it are matched together afterwards: the more there are, the less each costs.
 */
export function matchFootprint(overlaps: OverlapService): WorkerDefinition {
  const match = together(
    (subjectIds: readonly string[], { transaction }: JobContext) =>
      transaction((work) => overlaps.matchFootprint(work, { subjectIds })),
    MATCHED_AT_ONCE,
  );
  return defineWorker({
    queue: 'match-footprint',
    handle: async ({ subjectIds }, context) => {
      const isKnown = await match(subjectIds, context).catch((fault: unknown) => {
        if (subjectIds.length === 1) throw fault;
        // Written by several, who are not to wait for the one that cannot be matched.
        return everyOne(subjectIds.map((id) => match([id], context)));
      });
      return isKnown ? done : discard(`no record ${subjectIds.join(', ')}`);
    },
  });
}

/** Whether one of them is true, when all have come to an end. @throws the first fault */
async function everyOne(answers: readonly Promise<boolean>[]): Promise<boolean> {
  const settled = await Promise.allSettled(answers);
  for (const one of settled) if (one.status === 'rejected') throw one.reason;
  return settled.some((one) => one.status === 'fulfilled' && one.value);
}
