import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { withClient } from '../../platform/database/with-client.ts';
import type { Client } from '../support/hub.ts';
import { type WorkingHub, workingHub } from '../support/working-hub.ts';
import { onEachBackend } from './each-backend.ts';

/** A whole hub with its workers: seconds, but many on a machine that does other things too. */
const BUSY_MACHINE_MS = 120_000;

const HIDDEN = `prg_${'0123456789abcdef'.repeat(2)}`;
const LIST = '{ failedJobs { totalCount nodes { id queue reason attempts addedAt failedAt asked } } }';

interface Listed {
  readonly failedJobs: {
    readonly totalCount: number;
    readonly nodes: readonly {
      id: string;
      queue: string;
      reason: string;
      attempts: number;
      failedAt: string;
      asked: string | null;
    }[];
  };
}

onEachBackend((redisUrl) => {
  let hub: WorkingHub;
  let coordinator: Client;
  beforeEach(async () => {
    hub = await workingHub({ redisUrl: redisUrl() });
    coordinator = await hub.as('coordinator');
    // Nobody knows these records: their jobs are given up at once.
    await hub.workers.queues.queue('match-footprint').add('match-footprint', { subjectIds: [HIDDEN] });
    await hub.workers.quiet();
  });
  afterEach(() => hub.close());

  /** Looks until the list is as wanted; the worker shows it every few seconds. */
  async function listed(
    wanted: (jobs: Listed['failedJobs']['nodes']) => boolean,
  ): Promise<Listed['failedJobs']['nodes']> {
    for (;;) {
      const { failedJobs } = await coordinator.query<Listed>(LIST);
      if (wanted(failedJobs.nodes)) return failedJobs.nodes;
      await delay(100);
    }
  }

  function ask(
    client: Client,
    mutation: 'retryJob' | 'discardJob',
    id: string,
  ): Promise<{ result: Record<string, unknown> }> {
    const input = mutation === 'retryJob' ? 'RetryJobInput' : 'DiscardJobInput';
    return client.query(
      `mutation ($input: ${input}!) { result: ${mutation}(input: $input) { __typename ... on FailedJob { id asked } ... on Problem { code } } }`,
      { input: { id } },
    );
  }

  test(
    'a coordinator sees jobs that failed, why, and nothing of what they were about; nobody else sees any',
    async () => {
      const [job] = await listed((jobs) => jobs.length === 1);
      expect(job).toMatchObject({ queue: 'match-footprint', reason: 'no record prg_…', attempts: 1, asked: null });
      const member = await hub.as('editor', await hub.actor());
      expect(await member.query(`{ hubHealth { workers } ${LIST.slice(1)}`)).toEqual({
        hubHealth: null,
        failedJobs: { totalCount: 0, nodes: [] },
      });
      expect((await ask(member, 'retryJob', job?.id ?? '')).result).toMatchObject({ __typename: 'Forbidden' });
      expect((await ask(coordinator, 'retryJob', 'match-footprint.none')).result).toMatchObject({
        __typename: 'NotFound',
      });
    },
    BUSY_MACHINE_MS,
  );

  test(
    'a job that is retried runs again, with all its attempts, and one that is discarded is gone; the audit knows of both',
    async () => {
      const [first] = await listed((jobs) => jobs.length === 1);
      const id = first?.id ?? '';
      expect((await ask(coordinator, 'retryJob', id)).result).toMatchObject({ __typename: 'FailedJob', id });
      const [again] = await listed(([job]) => job !== undefined && job.failedAt !== first?.failedAt);
      expect(again).toMatchObject({ id, attempts: 1, asked: null });
      expect((await ask(coordinator, 'discardJob', id)).result).toMatchObject({ __typename: 'FailedJob', id });
      expect(await listed((jobs) => jobs.length === 0)).toEqual([]);
      expect(await hub.workers.queues.queue('match-footprint').getFailedCount()).toBe(0);
      const { rows } = await withClient(hub.database.adminUrl, (client) =>
        client.query(`select action, subject_id as subject from app.audit where action like 'job.%' order by id`),
      );
      expect(rows).toEqual([
        { action: 'job.retried', subject: id },
        { action: 'job.discarded', subject: id },
      ]);
    },
    BUSY_MACHINE_MS,
  );

  test(
    'a coordinator sees how the hub stands',
    async () => {
      await listed((jobs) => jobs.length === 1);
      const { hubHealth } = await coordinator.query<{ hubHealth: Record<string, unknown> }>(
        `{ hubHealth { workers outboxPending outboxLagSeconds auditSealedAt auditUnsealed databaseBytes
      queues { name waiting active delayed failed } } }`,
      );
      expect(hubHealth).toMatchObject({ workers: 1, outboxPending: 0, outboxLagSeconds: 0 });
      expect(Number(hubHealth['databaseBytes'])).toBeGreaterThan(1_000_000);
      expect(hubHealth['queues']).toContainEqual({
        name: 'match-footprint',
        waiting: 0,
        active: 0,
        delayed: 0,
        failed: 1,
      });
    },
    BUSY_MACHINE_MS,
  );
});
