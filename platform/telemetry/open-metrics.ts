import { PrometheusExporter } from '@opentelemetry/exporter-prometheus';
import { MeterProvider } from '@opentelemetry/sdk-metrics';
import type { RunningMetrics } from './start-metrics.ts';

/**
 * Labels are names of ours, so that no metric comes near this many series. Should one ever take something else for a label,
 * the rest of its series is one, and the hub's memory stays what it was.
 */
const SERIES_PER_METRIC = 200;

/** Metrics of this process alone. Loaded by `startMetrics` only, so that whoever shows none never pays for it. */
export function openMetrics(): RunningMetrics {
  const exporter = new PrometheusExporter({
    preventServerStart: true,
    withoutScopeInfo: true,
    withoutTargetInfo: true,
  });
  const provider = new MeterProvider({
    readers: [exporter],
    views: [{ instrumentName: '*', aggregationCardinalityLimit: SERIES_PER_METRIC }],
  });
  return {
    meter: provider.getMeter('concord'),
    page: (request, response) => {
      exporter.getMetricsRequestHandler(request, response);
    },
    close: () => provider.shutdown(),
  };
}
