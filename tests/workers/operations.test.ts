import { afterEach, beforeEach, expect, test } from 'vitest';
import { queueNames } from '../../core/jobs/contract.ts';

import { openOrm, poolUse } from '../../platform/database/orm.ts';
import { onePepper } from '../../core/access/peppers.ts';
import { entities } from '../../core/entities.ts';
import { openOperations } from '../../platform/telemetry/open-operations.ts';
import { NO_METRICS, type RunningMetrics, startMetrics } from '../../platform/telemetry/start-metrics.ts';
import { RequestMetrics } from '../../server/telemetry/request-metrics.ts';
import { boardPages } from '../../workers/board-pages.ts';
import { HUB_VIEWER } from '../../core/access/viewer.ts';
import { type WorkingHub, workingHub } from '../support/working-hub.ts';
import { onEachBackend } from './each-backend.ts';

/** A whole hub with its workers: seconds, but many on a machine that does other things too. */
const BUSY_MACHINE_MS = 120_000;

const CANARY = 'Canary-57aa';

onEachBackend((redisUrl) => {
  let hub: WorkingHub;
  let metrics: RunningMetrics;
  let url: string;
  let closeAll: () => Promise<void>;
  beforeEach(async () => {
    metrics = await startMetrics(true);
    hub = await workingHub({ redisUrl: redisUrl(), meter: metrics.meter });
    const orm = await openOrm({ url: hub.database.appUrl, entities, applicationName: 'test-board' });
    const operations = await openOperations({
      at: { host: '127.0.0.1', port: 0 },
      metrics,
      notReady: () => Promise.resolve('no worker gives a sign of life'),
      pools: { board: poolUse(orm) },
      pages: boardPages({
        orm,
        unitOfWork: hub.app.services.unitOfWork,
        peppers: onePepper(hub.secrets.pepper),
        queues: hub.workers.queues,
      }),
    });
    url = `http://127.0.0.1:${String(operations.port)}`;
    closeAll = async () => {
      await operations.close();
      await orm.close();
      await hub.close();
    };
  });
  afterEach(() => closeAll());

  async function scrape(): Promise<string> {
    const response = await fetch(`${url}/metrics`);
    expect(response.status).toBe(200);
    return response.text();
  }

  test(
    'Prometheus reads how requests, jobs, the outbox, the queues, the audit and the process are',
    async () => {
      const owner = await hub.as('editor', await hub.actor());
      await owner.query('mutation ($name: String!) { registerProgramme(input: { name: $name }) { __typename } }', {
        name: CANARY,
      });
      const counted = await owner.send(`query ${CANARY.replace('-', '_')} { programmes { totalCount } }`);
      const { cost } = (counted as unknown as { extensions: { cost: { requested: number } } }).extensions;
      await owner.send('{ nothingLikeThis }');
      await hub.present('ccd_live_abcd1234_wrong').send('{ viewer { label } }');
      await hub.workers.quiet();
      const text = await scrape();
      for (const line of [
        /concord_request_duration_seconds_count\{operation="mutation",status="answered"\} 1\b/,
        /concord_request_duration_seconds_count\{operation="query",status="answered"\} [1-9]/,
        /concord_request_duration_seconds_count\{operation="none",status="refused"\} 1\b/,
        /concord_denials_total\{reason="[a-z-]+"\} 1\b/,
        new RegExp(`concord_operation_cost_sum\\{operation="query"\\} ${String(cost.requested)}\\b`),
        /concord_job_duration_seconds_count\{(queue="match-footprint",outcome="done"|outcome="done",queue="match-footprint")\} [1-9]/,
        /concord_outbox_pending 0\b/,
        /concord_outbox_lag_seconds 0\b/,
        /concord_audit_unsealed \d/,
        /concord_audit_seal_lag_seconds \d/,
        /concord_event_loop_lag_seconds\{quantile="0.99"\} \d/,
        /concord_resident_memory_bytes \d{7}/,
        /concord_pool_connections\{pool="board",state="idle"\} \d/,
      ])
        expect(text).toMatch(line);
      for (const queue of queueNames)
        expect(text).toMatch(new RegExp(`concord_queue_jobs\\{queue="${queue}",state="failed"\\} 0`));
      expect(text).not.toMatch(/Canary|ccd_|nothingLikeThis/);
    },
    BUSY_MACHINE_MS,
  );

  test(
    'whatever becomes a label, a metric keeps to some hundred series',
    async () => {
      const counted = new RequestMetrics(metrics.meter);
      for (let reason = 0; reason < 5_000; reason += 1) counted.recordDenial(`reason-${String(reason)}`);
      const series = (await scrape()).split('\n').filter((line) => line.startsWith('concord_denials_total{'));
      expect(series.length).toBeGreaterThan(100);
      expect(series.length).toBeLessThanOrEqual(200);
      expect(series.join('\n')).toMatch(/overflow/);
    },
    BUSY_MACHINE_MS,
  );

  test(
    'the port tells whether the process lives and is ready, knows nothing else, and is there only when asked for',
    async () => {
      expect(await (await fetch(`${url}/healthz`)).json()).toEqual({ status: 'ok' });
      const ready = await fetch(`${url}/readyz`);
      expect(ready.status).toBe(503);
      expect(await ready.json()).toEqual({ status: 'not ready', reason: 'no worker gives a sign of life' });
      expect((await fetch(`${url}/graphql`)).status).toBe(404);
      expect((await fetch(`${url}/__proto__`)).status).toBe(404);
      const none = await openOperations({
        at: null,
        metrics: NO_METRICS,
        notReady: () => Promise.resolve(null),
        pools: {},
      });
      expect(none.port).toBeNull();
    },
    BUSY_MACHINE_MS,
  );

  async function look(path: string, key: string | null, init: RequestInit = {}): Promise<Response> {
    const headers = key === null ? {} : { authorization: `Basic ${Buffer.from(`me:${key}`).toString('base64')}` };
    return fetch(`${url}/jobs${path}`, { ...init, headers: { ...headers, 'content-type': 'application/json' } });
  }

  test(
    'the board shows operators their queues without payloads, changes nothing, and is closed to everybody else',
    async () => {
      const queue = hub.workers.queues.queue('match-footprint');
      const hidden = `prg_${'0123456789abcdef'.repeat(2)}`;
      await queue.add('match-footprint', { subjectIds: [hidden] });
      const answered = `sug_${'0123456789abcdef'.repeat(2)}`;
      const later = { delay: 3_600_000, deduplication: { id: answered } };
      await hub.workers.queues.queue('reveal-endorsers').add('reveal-endorsers', { suggestionId: answered }, later);
      await hub.workers.quiet();
      const operator = await hub.as('coordinator');
      expect((await look('/', null)).status).toBe(401);
      expect((await look('/', 'ccd_test_abcd1234_wrong')).status).toBe(401);
      expect((await look('/api/queues', (await hub.as('observer')).key)).status).toBe(403);
      const { unitOfWork, access } = hub.app.services;
      const without = await unitOfWork.run(HUB_VIEWER, async (work) => {
        const text = access.issue(work, {
          label: 'vets only',
          role: 'coordinator',
          actorId: null,
          environment: 'test',
          scopes: ['write', 'vet', 'keys'],
        });
        await work.em.flush();
        return text;
      });
      expect((await look('/api/queues', without)).status).toBe(403);

      const page = await look('/', operator.key);
      expect(page.status).toBe(200);
      expect(page.headers.get('content-security-policy')).toContain("default-src 'self'");
      expect(await page.text()).toContain('Concord');
      const shown = await look(
        '/api/queues?activeQueue=match-footprint&status=failed&page=1&jobsPerPage=10',
        operator.key,
      );
      const text = await shown.text();
      expect(text).toContain('no record prg_…');
      expect(text).toContain('not shown');
      expect(text).not.toContain(hidden);
      const waiting = await look(
        '/api/queues?activeQueue=reveal-endorsers&status=delayed&page=1&jobsPerPage=10',
        operator.key,
      );
      const revealing = await waiting.text();
      expect(revealing).toMatch(/"delay":3600000/);
      expect(revealing).not.toContain('sug_');
      const [failed] = await queue.getFailed();
      const changing = await look(`/api/queues/match-footprint/${String(failed?.id)}/retry`, operator.key, {
        method: 'PUT',
      });
      expect(changing.status).toBe(405);
      expect(await queue.getFailedCount()).toBe(1);
    },
    BUSY_MACHINE_MS,
  );
});
