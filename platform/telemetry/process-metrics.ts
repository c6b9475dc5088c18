import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Meter } from '@opentelemetry/api';

/** Connections of one pool, as node-postgres counts them. */
export interface PoolUse {
  readonly totalCount: number;
  readonly idleCount: number;
  /** Callers that wait for a connection. */
  readonly waitingCount: number;
}

const RESOLUTION_MS = 10;
const NANOSECONDS = 1e9;

/**
 * Measures what any process has: how long its event loop keeps work waiting, its memory, and its pools, by name. What is said of the
 * event loop is about the time since it was last asked for.
 */
export function measureProcess(meter: Meter, pools: Readonly<Record<string, () => Promise<PoolUse>>>): () => void {
  const loop = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  loop.enable();
  meter
    .createObservableGauge('concord_event_loop_lag_seconds', {
      description: 'How late timers run, since the last look.',
    })
    .addCallback((result) => {
      for (const quantile of [50, 99, 100]) {
        const late = Math.max(0, loop.percentile(quantile) / NANOSECONDS - RESOLUTION_MS / 1000);
        result.observe(late, { quantile: String(quantile / 100) });
      }
      loop.reset();
    });
  meter
    .createObservableGauge('concord_resident_memory_bytes', { description: 'Memory of this process.' })
    .addCallback((result) => {
      result.observe(process.memoryUsage.rss());
    });
  meter
    .createObservableGauge('concord_pool_connections', {
      description: 'Connections to PostgreSQL in use and idle, and callers that wait for one.',
    })
    .addCallback(async (result) => {
      for (const [pool, use] of Object.entries(pools)) {
        const { totalCount, idleCount, waitingCount } = await use();
        result.observe(totalCount - idleCount, { pool, state: 'used' });
        result.observe(idleCount, { pool, state: 'idle' });
        result.observe(waitingCount, { pool, state: 'awaited' });
      }
    });
  return () => {
    loop.disable();
  };
}
