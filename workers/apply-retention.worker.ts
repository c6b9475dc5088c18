import { forgetBatch } from '../core/retention/apply-retention.ts';
import { retentionRules } from '../core/retention/rules.ts';
import { defineWorker, type WorkerDefinition } from './runtime/define-worker.ts';
import { done } from './runtime/outcome.ts';

/** Forgets what the hub need not keep, in small transactions. Cut off, the rest goes with the next attempt or the next day. */
export function applyRetention(): WorkerDefinition {
  return defineWorker({
    queue: 'apply-retention',
    handle: async (_payload, { transaction, log, signal }) => {
      for (const rule of retentionRules) {
        let forgotten = 0;
        for (let more = true; more;) {
          signal.throwIfAborted();
          const batch = await transaction((work) => forgetBatch(work, rule));
          forgotten += batch.rows;
          more = batch.more;
        }
        if (forgotten > 0) log.info({ rule: rule.name, rows: forgotten }, 'forgotten');
      }
      return done;
    },
  });
}
