// A background process whose jobs do what their payload says. Everything around them is the hub's own: queue, policy but for its
// figures, time limit, process of its own with its limit of memory.
import { setTimeout as delay } from 'node:timers/promises';
import { sql } from 'kysely';
import { UnitOfWork } from '../../core/access/unit-of-work.ts';
import { entities } from '../../core/entities.ts';
import { readApart } from '../../core/imports/read-apart.ts';
import { queuePolicies } from '../../core/jobs/policies.ts';
import { systemClock } from '../../platform/clock.ts';
import { moduleBeside } from '../../platform/module-beside.ts';
import { openOrm } from '../../platform/database/orm.ts';
import { systemRandomness } from '../../platform/ids.ts';
import { createLog } from '../../platform/log.ts';
import { openQueues } from '../../platform/queue/queues.ts';
import { runMain } from '../../platform/run-main.ts';
import { endOnSignals, Shutdown } from '../../platform/shutdown.ts';
import { defineWorker } from '../../workers/runtime/define-worker.ts';
import { done } from '../../workers/runtime/outcome.ts';
import { startQueueWorkers } from '../../workers/runtime/start-queue-workers.ts';

/** What another's machine takes to answer. */
const SOUND_JOB_MS = 100;
const TIME_LIMIT_MS = 1_000;
const MEMORY_MB = 64;

await runMain(async () => {
  const url = process.env['DATABASE_WORKER_URL'] ?? '';
  const log = createLog('fatal');
  const shutdown = new Shutdown({ log, stepLimitMs: 11_000 });
  endOnSignals(shutdown, log);
  const orm = await openOrm({ url, entities, applicationName: 'poisoned-worker' });
  shutdown.add('database', () => orm.close());
  const definition = defineWorker({
    queue: 'deliver-webhook',
    handle: async ({ deliveryId }, { transaction, signal }) => {
      const [kind] = deliveryId.split('-');
      if (kind === 'throw') throw new Error('this job always throws');
      // It does not even heed its signal.
      if (kind === 'hang') await new Promise(() => undefined);
      if (kind === 'memory') {
        const limits = { memoryMb: MEMORY_MB, seconds: 30 };
        const endless = moduleBeside(import.meta.url, 'endless');
        await readApart(endless, null, deliveryId, { limits, signal }).next();
      }
      await delay(SOUND_JOB_MS);
      await transaction(({ em }) => sql`select 1`.execute(em.getKysely()));
      return done;
    },
  });
  const policy = { ...queuePolicies['deliver-webhook'], timeoutMs: TIME_LIMIT_MS };
  const queues = await openQueues({ url, schema: 'queue', log });
  shutdown.add('queues', () => queues.close());
  const uow = new UnitOfWork(orm, systemClock, systemRandomness);
  const workers = await startQueueWorkers([{ ...definition, policy }], queues, { uow, clock: systemClock, log });
  shutdown.add('workers', () => workers.close());
});
