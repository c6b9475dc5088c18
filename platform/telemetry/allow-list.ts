import type { Attributes } from '@opentelemetry/api';
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace';

/**
 * Everything a span may carry out of the hub: who adds one decides here, in sight of a reviewer, that it holds nothing of a
 * person, a programme or a secret. Libraries say more of themselves, such as results and messages of errors: that stays here.
 */
const TELLABLE = new Set([
  'concord.operation',
  'concord.event',
  'concord.outcome',
  'bullmq.queue.name',
  'bullmq.queue.operation',
  'bullmq.job.name',
  'bullmq.job.attempts.made',
]);

/** What BullMQ does for itself, many times a second, is no step on the way of a write. */
const OPERATIONS = new Set(['add', 'process']);

/** An exporter that hands on what is on the list: no events, no links, no texts of errors. */
export function onlyTellable(exporter: SpanExporter): SpanExporter {
  return {
    export: (spans, done) => {
      exporter.export(spans.filter(isStep).map(tellable), done);
    },
    shutdown: () => exporter.shutdown(),
    ...(exporter.forceFlush && { forceFlush: () => exporter.forceFlush?.() ?? Promise.resolve() }),
  };
}

function isStep({ attributes }: ReadableSpan): boolean {
  const operation = attributes['bullmq.queue.operation'];
  return operation === undefined || OPERATIONS.has(String(operation));
}

function tellable(span: ReadableSpan): ReadableSpan {
  const attributes: Attributes = {};
  for (const [name, value] of Object.entries(span.attributes)) if (TELLABLE.has(name)) attributes[name] = value;
  // Everything else is read through to the span: it computes some of it when asked.
  return Object.create(span, {
    attributes: { value: attributes },
    events: { value: [] },
    links: { value: [] },
    status: { value: { code: span.status.code } },
  }) as ReadableSpan;
}
