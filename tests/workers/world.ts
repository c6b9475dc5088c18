import type { MikroORM } from '@mikro-orm/postgresql';
import { ApiKey } from '../../core/access/api-key.entity.ts';
import { UnitOfWork, type Work } from '../../core/access/unit-of-work.ts';
import { hubSecrets } from '../../core/access/hub-secrets.ts';
import { HUB_VIEWER } from '../../core/access/viewer.ts';
import { append } from '../../core/outbox/outbox.ts';
import type { OutboxEvent } from '../../core/outbox/events.ts';
import { systemClock } from '../../platform/clock.ts';
import { withClient } from '../../platform/database/with-client.ts';
import { openOrm } from '../../platform/database/orm.ts';
import { systemRandomness } from '../../platform/ids.ts';
import { createLog, type Log } from '../../platform/log.ts';
import type { HubQueue } from '../../platform/queue/queues.ts';
import type { RelayDeps } from '../../workers/outbox-relay.ts';
import type { WorkerDefinition } from '../../workers/runtime/define-worker.ts';
import { type RunningWorkers, startWorkers } from '../../workers/start-workers.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';

/** A migrated database, a writer on the app login, and workers on the worker login. */
export interface World {
  readonly database: TestDatabase;
  readonly orm: MikroORM;
  readonly log: Log;
  /** Every line logged so far. */
  readonly logged: string[];
  /** Appends events in one committed transaction of the app login. */
  write(...events: OutboxEvent[]): Promise<void>;
  /** Runs a body in one transaction of the app login. */
  transaction<T>(body: (work: Work) => Promise<T>): Promise<T>;
  /** Starts all background work of one process; closed with the world at the latest. */
  start(definitions: readonly WorkerDefinition[]): Promise<RunningWorkers>;
  relayDeps(workers: RunningWorkers): RelayDeps;
  /** What the death of a relay between adding a job and marking its event leaves behind: the job exists, the event is pending. */
  forgetDispatch(): Promise<void>;
  /** One statement as the owner of the database. */
  admin(statement: string): Promise<readonly Record<string, unknown>[]>;
  close(): Promise<void>;
}

let processes = 0;

export async function openWorld(redisUrl?: string): Promise<World> {
  const database = await testDatabase();
  const logged: string[] = [];
  const log = createLog('debug', { write: (line: string) => logged.push(line) });
  const orm = await openOrm({ url: database.workerUrl, entities: [ApiKey], applicationName: 'test-worker' });
  const appOrm = await openOrm({ url: database.appUrl, entities: [ApiKey], applicationName: 'test-app' });
  const app = new UnitOfWork(appOrm, systemClock, systemRandomness);
  const uow = new UnitOfWork(orm, systemClock, systemRandomness);
  const started: RunningWorkers[] = [];
  // Redis has no databases to clone: a prefix of its own keeps the worlds apart.
  const queueSchema = redisUrl === undefined ? 'queue' : `world-${database.name}`;
  return {
    database,
    orm,
    log,
    logged,
    transaction: (body) => app.run(HUB_VIEWER, body),
    write: (...events) => app.run(HUB_VIEWER, ({ em }) => append(em, ...events)),
    start: async (definitions) => {
      processes += 1;
      const workers = await startWorkers({
        url: database.workerUrl,
        redisUrl,
        queueSchema,
        orm,
        uow,
        clock: systemClock,
        log,
        processId: `test-${String(processes)}`,
        secrets: hubSecrets('test'),
        definitions,
      });
      started.push(workers);
      return workers;
    },
    relayDeps: (workers) => ({ orm, queues: workers.queues, log }),
    forgetDispatch: async () => {
      await withClient(database.adminUrl, async (client) => {
        await client.query('update app.outbox_event set dispatched_at = null');
        await client.query(`select pg_notify('concord_outbox', '')`);
      });
    },
    admin: (statement) => withClient(database.adminUrl, async (client) => (await client.query(statement)).rows),
    close: async () => {
      await Promise.all(started.map((workers) => workers.close()));
      await Promise.all([orm.close(), appOrm.close()]);
      await database.drop();
    },
  };
}

/** Resolves with the reasons of the failed jobs of a queue, oldest first. */
export async function failures(queue: HubQueue): Promise<string[]> {
  const jobs = await queue.getFailed();
  return jobs.map((job) => job.failedReason).reverse();
}

/** A list that others can wait for: `reached(n)` resolves once it holds n items. */
export class Seen<T> {
  readonly items: T[] = [];
  private readonly waiting: { count: number; resolve: () => void }[] = [];

  add(item: T): void {
    this.items.push(item);
    for (const { count, resolve } of this.waiting) if (this.items.length >= count) resolve();
  }

  async reached(count: number): Promise<readonly T[]> {
    if (this.items.length < count) {
      await new Promise<void>((resolve) => this.waiting.push({ count, resolve }));
    }
    return this.items;
  }
}
