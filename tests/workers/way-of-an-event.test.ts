import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { addJobs } from '../../core/jobs/add-jobs.ts';
import type { JobPayload } from '../../core/jobs/contract.ts';
import { queuePolicies } from '../../core/jobs/policies.ts';
import { append } from '../../core/outbox/outbox.ts';
import { relayBatch } from '../../workers/outbox-relay.ts';
import { type WorkerDefinition, defineWorker } from '../../workers/runtime/define-worker.ts';
import { discard, done, retry } from '../../workers/runtime/outcome.ts';
import { redisIsInstalled, startRedis, type TestRedis } from './redis.ts';
import { Seen, type World, failures, openWorld } from './world.ts';

const changed = (subjectId: string) => ({ kind: 'record.changed', subjectIds: [subjectId] }) as const;
const touched = (scope: `country:${string}`) => ({ kind: 'scope.touched', scope }) as const;

describe.each([
  { backend: 'postgres', available: true },
  { backend: 'redis', available: redisIsInstalled },
])('on $backend', ({ backend, available }) => {
  const on = test.skipIf(!available);
  let redis: TestRedis | undefined;
  let world: World;

  beforeAll(async () => {
    if (backend === 'redis' && available) redis = await startRedis();
  });
  afterAll(() => redis?.stop());
  beforeEach(async () => {
    if (available) world = await openWorld(redis?.url);
  });
  afterEach(async () => {
    if (available) await world.close();
  });

  /** A matcher that notes every payload it gets. */
  function noting(seen: Seen<JobPayload<'match-footprint'>>): WorkerDefinition {
    return defineWorker({
      queue: 'match-footprint',
      handle: (payload) => {
        seen.add(payload);
        return Promise.resolve(done);
      },
    });
  }

  on('what a committed transaction appends is handled once, with exactly its payload', async () => {
    const seen = new Seen<JobPayload<'match-footprint'>>();
    const workers = await world.start([noting(seen)]);
    expect(workers.queues.backend).toBe(backend);
    await world.write(changed('prg_1'));
    await workers.quiet();
    expect(seen.items).toEqual([{ subjectIds: ['prg_1'] }]);
  });

  on('what a transaction appends that is rolled back is never handled', async () => {
    const seen = new Seen<JobPayload<'match-footprint'>>();
    const workers = await world.start([noting(seen)]);
    await expect(
      world.transaction(async ({ em }) => {
        await append(em, changed('prg_undone'));
        throw new Error('undo');
      }),
    ).rejects.toThrow('undo');
    await world.write(changed('prg_kept'));
    await workers.quiet();
    expect(seen.items.map((job) => job.subjectIds[0])).toEqual(['prg_kept']);
  });

  on('events of one transaction are handed on in the order in which they were appended', async () => {
    const subjects = Array.from({ length: 50 }, (_, index) => `prg_${String(index)}`);
    await world.write(...subjects.map((subject) => changed(subject)));
    const seen = new Seen<JobPayload<'match-footprint'>>();
    const workers = await world.start([
      { ...noting(seen), policy: { ...queuePolicies['match-footprint'], concurrency: 1 } },
    ]);
    await workers.quiet();
    expect(seen.items.flatMap((job) => job.subjectIds)).toEqual(subjects);
  });

  on('a relay that dies between adding a job and marking its event makes nobody do it twice', async () => {
    const seen = new Seen<JobPayload<'match-footprint'>>();
    const workers = await world.start([noting(seen)]);
    await world.write(changed('prg_1'));
    await workers.quiet();
    await world.forgetDispatch();
    await workers.quiet();
    await world.write(changed('prg_2'));
    await workers.quiet();
    expect(seen.items.map((job) => job.subjectIds[0])).toEqual(['prg_1', 'prg_2']);
  });

  on('a scope that failed and is handed on again by a dying relay is still composed when touched later', async () => {
    const seen = new Seen<string>();
    const compose = defineWorker({
      queue: 'compose-suggestions',
      handle: ({ scope }) => {
        seen.add(scope);
        return Promise.resolve(seen.items.length === 1 ? discard('once') : done);
      },
    });
    const workers = await world.start([compose]);
    await world.write(touched('country:TH'));
    await workers.quiet();
    await world.forgetDispatch();
    await workers.quiet();
    const before = seen.items.length;
    await world.write(touched('country:TH'));
    await workers.quiet();
    expect(seen.items.length).toBe(before + 1);
  });

  on(
    'a scope touched while it is being composed is composed once more afterwards, however often it was touched',
    async () => {
      const started = new Seen<string>();
      const release = Promise.withResolvers<undefined>();
      const compose = defineWorker({
        queue: 'compose-suggestions',
        handle: async ({ scope }) => {
          started.add(scope);
          if (started.items.length === 1) await release.promise;
          return done;
        },
      });
      const workers = await world.start([compose]);
      await world.write(touched('country:TH'));
      await started.reached(1);
      for (let i = 0; i < 5; i += 1) {
        await world.write(touched('country:TH'));
        await relayBatch(world.relayDeps(workers));
      }
      release.resolve(undefined);
      await workers.quiet();
      expect(started.items).toEqual(['country:TH', 'country:TH']);
    },
  );

  on('every edit of one record is handled, also those made while one is', async () => {
    const started = new Seen<string>();
    const release = Promise.withResolvers<undefined>();
    const match = defineWorker({
      queue: 'match-footprint',
      handle: async ({ subjectIds: [subjectId = ''] }) => {
        started.add(subjectId);
        await release.promise;
        return done;
      },
    });
    const workers = await world.start([match]);
    await world.write(changed('prg_1'));
    await started.reached(1);
    // Both may be handled by one job, which begins after them.
    for (let edit = 0; edit < 2; edit += 1) await world.write(changed('prg_1'));
    release.resolve(undefined);
    await workers.quiet();
    expect(started.items.length).toBeGreaterThan(1);
    expect(new Set(started.items)).toEqual(new Set(['prg_1']));
  });

  on(
    'an unreadable payload stays visible as failed, is not tried again, and its contents are told nowhere',
    async () => {
      const seen = new Seen<JobPayload<'match-footprint'>>();
      const workers = await world.start([noting(seen)]);
      const queue = workers.queues.queue('match-footprint');
      await queue.add('match-footprint', { subjectIds: 7, kept: 'CANARY' }, { attempts: 5 });
      await workers.quiet();
      expect(await failures(queue)).toEqual([
        'unreadable payload: subjectIds: Invalid input: expected array, received number; payload: Unrecognized key: "kept"',
      ]);
      expect(seen.items).toEqual([]);
      expect(world.logged.filter((line) => line.includes('CANARY'))).toEqual([]);
    },
  );

  on('a job that fails is tried again after a pause, and done when it succeeds', async () => {
    const attempts = new Seen<{ attempt: number; atMs: number }>();
    const match = defineWorker({
      queue: 'match-footprint',
      handle: (_payload, { attempt, clock }) => {
        attempts.add({ attempt, atMs: clock.now() });
        if (attempt === 1) throw new Error('the network went away');
        return Promise.resolve(attempt === 2 ? retry('not yet') : done);
      },
    });
    const workers = await world.start([match]);
    await world.write(changed('prg_1'));
    await workers.quiet();
    expect(attempts.items.map(({ attempt }) => attempt)).toEqual([1, 2, 3]);
    const pauses = attempts.items.slice(1).map(({ atMs }, index) => atMs - (attempts.items[index]?.atMs ?? 0));
    expect(pauses[0]).toBeGreaterThanOrEqual(queuePolicies['match-footprint'].backoffMs / 2);
    expect(pauses[1]).toBeGreaterThanOrEqual(queuePolicies['match-footprint'].backoffMs);
    expect(await failures(workers.queues.queue('match-footprint'))).toEqual([]);
  });

  on('a job that keeps failing stays as failed, told without the values of a database statement', async () => {
    const match = defineWorker({
      queue: 'match-footprint',
      handle: (_payload, { transaction }) =>
        transaction(async ({ em }) => {
          await em.getConnection().execute(`select 'CANARY'::int`);
          return done;
        }),
    });
    const workers = await world.start([match]);
    await addJobs(workers.queues, []);
    await workers.queues.queue('match-footprint').add('match-footprint', { subjectIds: ['p'] }, { attempts: 2 });
    await workers.quiet();
    const failed = await workers.queues.queue('match-footprint').getFailed();
    expect(failed.map((job) => [job.failedReason, job.attemptsMade])).toEqual([['database error 22P02', 2]]);
    expect(JSON.stringify(failed.map((job) => job.asJSON()))).not.toContain('CANARY');
    expect(world.logged.filter((line) => line.includes('CANARY'))).toEqual([]);
  });

  on('a job beyond its time limit has its signal aborted and counts as failed', async () => {
    const reasons = new Seen<string>();
    const hang = defineWorker({
      queue: 'match-footprint',
      handle: (_payload, { signal }) =>
        new Promise((resolve) => {
          signal.addEventListener('abort', () => {
            reasons.add(signal.reason instanceof Error ? signal.reason.name : 'none');
            resolve(done);
          });
        }),
    });
    const workers = await world.start([{ ...hang, policy: { ...hang.policy, timeoutMs: 50 } }]);
    const queue = workers.queues.queue('match-footprint');
    await queue.add('match-footprint', { subjectIds: ['p'] }, { attempts: 1 });
    await workers.quiet();
    expect(reasons.items).toEqual(['TimeoutError']);
    expect(await failures(queue)).toEqual(['took longer than 50 ms']);
  });

  on('a discarded job is not tried again and says why', async () => {
    const attempts = new Seen<number>();
    const match = defineWorker({
      queue: 'match-footprint',
      handle: (_payload, { attempt }) => {
        attempts.add(attempt);
        return Promise.resolve(discard('prg_1 is gone'));
      },
    });
    const workers = await world.start([match]);
    await world.write(changed('prg_1'));
    await workers.quiet();
    expect(attempts.items).toEqual([1]);
    expect(await failures(workers.queues.queue('match-footprint'))).toEqual(['prg_1 is gone']);
  });

  on('closing waits for the job at work and takes no other', async () => {
    const started = new Seen<string>();
    const ended = new Seen<string>();
    const release = Promise.withResolvers<undefined>();
    const match = defineWorker({
      queue: 'match-footprint',
      handle: async ({ subjectIds: [subjectId = ''] }) => {
        started.add(subjectId);
        await release.promise;
        ended.add(subjectId);
        return done;
      },
    });
    const workers = await world.start([{ ...match, policy: { ...match.policy, concurrency: 1 } }]);
    await world.write(changed('prg_1'), changed('prg_2'));
    await started.reached(1);
    const closed = workers.close();
    release.resolve(undefined);
    await closed;
    expect(ended.items).toEqual(['prg_1']);
    expect(started.items).toEqual(['prg_1']);
  });

  on('quiet waits for what a job appends, and for what follows from that', async () => {
    const composed = new Seen<string>();
    const workers = await world.start([
      defineWorker({
        queue: 'match-footprint',
        handle: async (_payload, { transaction }) => {
          await transaction(({ em }) => append(em, touched('country:TH'), touched('country:MY')));
          return done;
        },
      }),
      defineWorker({
        queue: 'compose-suggestions',
        handle: ({ scope }) => {
          composed.add(scope);
          return Promise.resolve(done);
        },
      }),
    ]);
    await world.write(changed('prg_1'));
    await workers.quiet();
    expect([...composed.items].sort()).toEqual(['country:MY', 'country:TH']);
  });

  on('two processes share the work, and nothing is handled twice', async () => {
    const seen = new Seen<JobPayload<'match-footprint'>>();
    const [workers] = await Promise.all([world.start([noting(seen)]), world.start([noting(seen)])]);
    const subjects = Array.from({ length: 300 }, (_, index) => `prg_${String(index)}`);
    await Promise.all(subjects.map((subject) => world.write(changed(subject))));
    await workers.quiet();
    expect(seen.items.flatMap((job) => job.subjectIds).sort()).toEqual([...subjects].sort());
  });

  on('the day turns at midnight UTC, once for all processes, and at the first start of a day', async () => {
    const days = new Seen<number>();
    const advance = defineWorker({
      queue: 'advance-day',
      handle: (_payload, { clock }) => {
        days.add(clock.today());
        return Promise.resolve(done);
      },
    });
    const [workers] = await Promise.all([world.start([advance]), world.start([advance])]);
    await workers.quiet();
    expect(days.items).toHaveLength(1);
    const [schedule, ...others] = await workers.queues.queue('advance-day').getJobSchedulers();
    expect(others).toEqual([]);
    expect(schedule?.name).toBe('advance-day');
    expect((schedule?.next ?? 1) % 86_400_000).toBe(0);
  });
});
