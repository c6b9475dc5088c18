import { SpanStatusCode, trace } from '@opentelemetry/api';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { withClient } from '../../platform/database/with-client.ts';
import { startTracing } from '../../platform/telemetry/start-tracing.ts';
import { isTracing } from '../../platform/telemetry/tracing.ts';
import { mutate } from '../support/mutate.ts';
import { type OtlpCollector, otlpCollector } from '../support/otlp-collector.ts';
import { type WorkingHub, workingHub } from '../support/working-hub.ts';
import { onEachBackend } from './each-backend.ts';

/** A whole hub with its workers: seconds, but many on a machine that does other things too. */
const BUSY_MACHINE_MS = 120_000;

const CANARY = 'Canary-91c4';
const FOOTPRINT = {
  days: { start: '2027-03-01', end: '2027-03-20' },
  places: ['BD'],
  corridors: ['rohingya_andaman'],
  audiences: ['prospective_migrant'],
  themes: ['people_smuggling'],
  languages: ['bn'],
};

onEachBackend((redisUrl) => {
  let collector: OtlpCollector;
  beforeEach(async () => {
    collector = await otlpCollector();
  });
  afterEach(() => collector.close());

  async function plan(hub: WorkingHub, name: string): Promise<void> {
    const owner = await hub.as('editor', await hub.actor({ description: CANARY }));
    // Changes that wait are matched together, in the trace of the first of them: here, that it is no other's.
    await hub.workers.quiet();
    const planned = await mutate(owner, 'planCampaign', { name, description: CANARY, footprint: FOOTPRINT });
    expect(planned.__typename).toBe('Campaign');
    await hub.workers.quiet();
  }

  test(
    'one trace leads from a mutation through the outbox to matching and composing, and says nothing of what was written',
    async () => {
      const tracing = await startTracing({ endpoint: collector.endpoint, service: 'hub', version: '0' });
      const hub = await workingHub({ redisUrl: redisUrl() });
      try {
        // Composing follows where something meets.
        await plan(hub, CANARY);
        await plan(hub, `${CANARY} too`);
        const { rows } = await withClient(hub.database.adminUrl, (client) =>
          client.query<{ traceparent: string }>(
            `select distinct traceparent from app.outbox_event where traceparent is not null`,
          ),
        );
        expect(rows.length).toBeGreaterThan(0);
        // What a library might say of itself one day.
        trace.getTracer('chatty').startActiveSpan('chatty', { attributes: { 'db.statement': CANARY } }, (span) => {
          span.recordException(new Error(CANARY));
          span.setStatus({ code: SpanStatusCode.ERROR, message: CANARY });
          span.end();
        });
      } finally {
        await hub.close();
        await tracing.close();
      }
      const mutations = collector.spans.filter(({ name }) => name === 'mutation planCampaign');
      expect(mutations).toHaveLength(2);
      const names = new Set(
        collector.spans.filter(({ traceId }) => traceId === mutations[1]?.traceId).map(({ name }) => name),
      );
      for (const step of ['mutation planCampaign', 'outbox', 'process match-footprint', 'process compose-suggestions'])
        expect([...names]).toContain(step);
      // Every step but the first has one before it that was told too.
      const ids = new Set(collector.spans.map(({ spanId }) => spanId));
      for (const span of collector.spans.filter(({ traceId }) => traceId === mutations[1]?.traceId)) {
        if (span !== mutations[1]) expect(ids).toContain(span.parentSpanId);
      }
      expect([...collector.spans].map(({ name }) => name)).toContain('chatty');
      expect(collector.bodies.join(' ')).not.toMatch(/Canary|ccd_|(prg|cmp|act|key)_[0-9A-Za-z]{20}/);
    },
    BUSY_MACHINE_MS,
  );

  test(
    'a hub that is told of no collector traces nothing, and writes nothing down for it',
    async () => {
      const tracing = await startTracing({ endpoint: null, service: 'hub', version: '0' });
      expect(isTracing()).toBe(false);
      const hub = await workingHub({ redisUrl: redisUrl() });
      try {
        await plan(hub, CANARY);
        const { rows } = await withClient(hub.database.adminUrl, (client) =>
          client.query<{ events: number; traced: number }>(
            `select count(*)::int as events, count(traceparent)::int as traced from app.outbox_event`,
          ),
        );
        expect(rows[0]?.events).toBeGreaterThan(0);
        expect(rows[0]?.traced).toBe(0);
      } finally {
        await hub.close();
        await tracing.close();
      }
      expect(collector.bodies).toEqual([]);
    },
    BUSY_MACHINE_MS,
  );
});
