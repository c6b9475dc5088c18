import type { OverlapService } from '../core/overlaps/overlap.service.ts';
import { defineWorker, type WorkerDefinition } from './runtime/define-worker.ts';
import { discard, done } from './runtime/outcome.ts';

/** Brings the footprints and overlaps of what changed up to date. */
export function matchFootprint(overlaps: OverlapService): WorkerDefinition {
  return defineWorker({
    queue: 'match-footprint',
    handle: async (payload, { transaction }) => {
      const isKnown = await transaction((work) => overlaps.matchFootprint(work, payload));
      return isKnown ? done : discard(`no record ${payload.subjectIds.join(', ')}`);
    },
  });
}
