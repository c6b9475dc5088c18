import type { RequestListener } from 'node:http';
import { type Meter, createNoopMeter } from '@opentelemetry/api';

/** What a process counts, and where it shows it. */
export interface RunningMetrics {
  /** Makes instruments; where nothing is measured they cost next to nothing. */
  readonly meter: Meter;
  /** Answers in the text format of Prometheus; null where nothing is measured. */
  readonly page: RequestListener | null;
  close(): Promise<void>;
}

/** A process that measures nothing. */
export const NO_METRICS: RunningMetrics = { meter: createNoopMeter(), page: null, close: () => Promise.resolve() };

/** Begins to measure, if anybody is to see it. */
export async function startMetrics(wanted: boolean): Promise<RunningMetrics> {
  if (!wanted) return NO_METRICS;
  const { openMetrics } = await import('./open-metrics.ts');
  return openMetrics();
}
