// A worker process that takes one job and never ends it; to be killed. Argument: the URL of the worker login.
import { ApiKey } from '../../core/access/api-key.entity.ts';
import { UnitOfWork } from '../../core/access/unit-of-work.ts';
import { systemClock } from '../../platform/clock.ts';
import { openOrm } from '../../platform/database/orm.ts';
import { systemRandomness } from '../../platform/ids.ts';
import { createLog } from '../../platform/log.ts';
import { openQueues } from '../../platform/queue/queues.ts';
import { defineWorker } from '../../workers/runtime/define-worker.ts';
import { startQueueWorkers } from '../../workers/runtime/start-queue-workers.ts';

const url = process.argv[2] ?? '';
const log = createLog('silent');
const orm = await openOrm({ url, entities: [ApiKey], applicationName: 'hanging-worker' });
const hang = defineWorker({
  queue: 'match-footprint',
  handle: ({ subjectIds: [subjectId = ''] }) => {
    process.stdout.write(`${subjectId}\n`);
    return new Promise(() => undefined);
  },
});
const uow = new UnitOfWork(orm, systemClock, systemRandomness);
await startQueueWorkers([hang], await openQueues({ url, schema: 'queue', log }), { uow, clock: systemClock, log });
