import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { stageJobId, STAGES } from '../../core/recomputation/add-stage.ts';
import { startRecomputation } from '../../core/recomputation/start-recomputation.ts';
import { sayReport } from '../../core/reconcile/report.ts';
import { systemClock } from '../../platform/clock.ts';
import { withClient } from '../../platform/database/with-client.ts';
import { createLog } from '../../platform/log.ts';
import { recompute, recomputeBlock, recomputeScope } from '../../workers/recompute.worker.ts';
import { type RunningWorkers, startWorkers } from '../../workers/start-workers.ts';
import { generatedWorld } from '../support/generated-world.ts';
import { recomputingOf } from '../support/recomputing.ts';
import type { SuggestingWorld } from '../support/suggesting.ts';
import { reconcile } from '../support/world-checks.ts';
import { redisIsInstalled, startRedis, type TestRedis } from './redis.ts';

const MINUTES = 60_000;

describe.each([
  { backend: 'postgres', available: true },
  { backend: 'redis', available: redisIsInstalled },
])('a recomputation by jobs on $backend', ({ backend, available }) => {
  let redis: TestRedis | undefined;
  let world: SuggestingWorld;
  const processes: RunningWorkers[] = [];

  beforeAll(async () => {
    if (!available) return;
    if (backend === 'redis') redis = await startRedis();
    world = await generatedWorld(21, 0.25);
    const { orm, unitOfWork } = world.worker;
    const secret = new Uint8Array(32).fill(3);
    for (const name of ['one', 'two']) {
      // Two processes that share nothing but database and queues.
      const recomputing = recomputingOf(world, 15);
      processes.push(
        await startWorkers({
          url: world.database.workerUrl,
          redisUrl: redis?.url,
          queueSchema: redis ? 'recompute' : 'queue',
          orm,
          uow: unitOfWork,
          clock: systemClock,
          log: createLog('silent'),
          processId: `test-recompute-${name}`,
          secrets: { pepper: secret, cursor: secret, derivedIds: secret, contacts: secret, signIns: secret },
          definitions: [recompute(recomputing), recomputeBlock(recomputing), recomputeScope(world.composing)],
        }),
      );
    }
  }, 5 * MINUTES);
  afterAll(async () => {
    await Promise.all(processes.map((one) => one.close()));
    if (available) await world.close();
    await redis?.stop();
  });

  test.runIf(available)(
    'restores footprints, overlaps, gaps and suggestions, and tells how far it is',
    async () => {
      await withClient(world.database.adminUrl, (client) =>
        client.query(`set search_path = app, public;
          update footprint set channels = '{0}' where hashtext(subject_id) % 5 = 1;
          delete from overlap where hashtext(id) % 3 = 0;
          delete from gap where hashtext(id) % 2 = 0`),
      );
      const [workers] = processes;
      if (!workers) throw new Error('expected workers');
      const id = await startRecomputation(world.worker.unitOfWork, workers.queues, recomputingOf(world, 15));
      await workers.quiet();
      for (const stage of STAGES) {
        const job = await workers.queues.queue('recompute').getJob(stageJobId(id, stage));
        expect(await job?.getState()).toBe('completed');
        const { processed = 0 } = (await job?.getDependenciesCount({ processed: true })) ?? {};
        expect(processed).toBeGreaterThan(3);
        // Whoever does the last parts may tell of it after the next stage has begun.
        expect(job?.progress).toMatchObject({ done: expect.any(Number), total: processed });
      }
      expect(sayReport(await reconcile(world))).toContain('Everything stored is what the registry says.');
      const em = world.worker.orm.em.fork();
      const { rows } = await sql`select finished_at is not null as ended from recomputation where id = ${id}`.execute(
        em.getKysely(),
      );
      expect(rows).toEqual([{ ended: true }]);
    },
    2 * MINUTES,
  );
});
