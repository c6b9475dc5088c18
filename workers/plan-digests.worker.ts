import type { DigestService } from '../core/notifications/digest.service.ts';
import { defineWorker, type WorkerDefinition } from './runtime/define-worker.ts';
import { done } from './runtime/outcome.ts';

const HOUR_MS = 3_600_000;

/** Plans the digests of the day, from their hour on. A hub that was down at that hour plans them when it starts. */
export function planDigests(digests: DigestService, hour: number): WorkerDefinition {
  return defineWorker({
    queue: 'plan-digests',
    handle: async (_payload, { transaction, log, clock }) => {
      if (Math.floor(clock.now() / HOUR_MS) % 24 < hour) return done;
      const count = await transaction((work) => digests.plan(work));
      log.info({ count }, 'digests planned');
      return done;
    },
  });
}
