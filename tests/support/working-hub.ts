import type { Meter } from '@opentelemetry/api';
import { UnitOfWork } from '../../core/access/unit-of-work.ts';
import { entities } from '../../core/entities.ts';
import { type Clock, systemClock } from '../../platform/clock.ts';
import { openOrm } from '../../platform/database/orm.ts';
import { systemRandomness } from '../../platform/ids.ts';
import { createLog } from '../../platform/log.ts';
import type { Outbound } from '../../workers/outbound.ts';
import { type RunningWorkers, startWorkers } from '../../workers/start-workers.ts';
import { type TestHub, testHub } from './hub.ts';

/** A hub whose background process runs beside it: real queues, nothing left out. */
export interface WorkingHub extends TestHub {
  readonly workers: RunningWorkers;
}

/** On BullMQ's PostgreSQL backend, or on Redis where its URL is given. */
export async function workingHub(
  options: { clock?: Clock; redisUrl?: string | undefined; outbound?: Outbound; meter?: Meter } = {},
): Promise<WorkingHub> {
  const clock = options.clock ?? systemClock;
  const hub = await testHub({
    clock,
    webhooksToLoopback: options.outbound?.webhooksToLoopback ?? false,
    ...(options.meter && { meter: options.meter }),
  });
  const { workerUrl, name } = hub.database;
  const orm = await openOrm({ url: workerUrl, entities, applicationName: 'test-worker' });
  const workers = await startWorkers({
    url: workerUrl,
    redisUrl: options.redisUrl,
    // Redis has no databases to clone: a prefix of its own keeps the hubs apart.
    queueSchema: options.redisUrl === undefined ? 'queue' : `hub-${name}`,
    orm,
    uow: new UnitOfWork(orm, clock, systemRandomness),
    clock,
    log: createLog('debug', { write: (line: string) => hub.logged.push(line) }),
    processId: `test-${name}`,
    secrets: hub.secrets,
    inSendersName: hub.app.services.unitOfWork,
    ...(options.outbound && { outbound: options.outbound }),
    ...(options.meter && { meter: options.meter }),
  });
  return {
    ...hub,
    workers,
    close: async () => {
      await workers.close();
      await orm.close();
      await hub.close();
    },
  };
}
