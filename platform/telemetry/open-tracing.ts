import { context, propagation, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { onlyTellable } from './allow-list.ts';
import type { RunningTracing, TracingOptions } from './start-tracing.ts';

/** A collector that does not answer must not keep the process from ending. */
const LAST_EXPORT_MS = 3_000;

/** Registers OpenTelemetry for this process. Loaded by `startTracing` only, so that whoever does not trace never pays for it. */
export function openTracing({
  endpoint,
  service,
  version,
}: TracingOptions & { readonly endpoint: string }): RunningTracing {
  const exporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/+$/, '')}/v1/traces` });
  const provider = new TracerProvider({
    // Named by us alone: what the SDK would find out of itself includes the command line.
    resource: resourceFromAttributes({ 'service.name': `concord-${service}`, 'service.version': version }),
    spanProcessors: [new BatchSpanProcessor({ exporter: onlyTellable(exporter), exportTimeoutMillis: LAST_EXPORT_MS })],
  });
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  trace.setGlobalTracerProvider(provider);
  return {
    close: async () => {
      await provider.shutdown();
      trace.disable();
      propagation.disable();
      context.disable();
    },
  };
}
