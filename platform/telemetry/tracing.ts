import { SpanKind, SpanStatusCode, context, propagation, trace } from '@opentelemetry/api';

const TRACER = 'concord';

/** What a span may say of itself: names of ours and codes, never what people wrote. See `allow-list.ts`. */
export type SpanAttributes = Readonly<Record<string, string | number>>;

/** Whether this process traces at all: only one that does has somebody to write down a `traceparent`. */
export function isTracing(): boolean {
  return propagation.fields().length > 0;
}

/** The W3C `traceparent` of the span under way (`00-<32 hex>-<16 hex>-<2 hex>`); null outside of one, and where nothing traces. */
export function currentTraceparent(): string | null {
  if (!isTracing()) return null;
  const carrier: { traceparent?: string } = {};
  propagation.inject(context.active(), carrier);
  return carrier.traceparent ?? null;
}

/** Runs the body as a continuation of what another process, or an earlier moment of this one, was about. */
export function continuing<T>(traceparent: string | null, body: () => T): T {
  if (traceparent === null || !isTracing()) return body();
  return context.with(propagation.extract(context.active(), { traceparent }), body);
}

/** Runs the body in a span of its own below the one under way. An error marks the span, by its kind alone, and is thrown on. */
export async function inSpan<T>(name: string, attributes: SpanAttributes, body: () => Promise<T> | T): Promise<T> {
  if (!isTracing()) return body();
  return trace.getTracer(TRACER).startActiveSpan(name, { kind: SpanKind.INTERNAL, attributes }, async (span) => {
    try {
      return await body();
    } catch (error) {
      span.setStatus({ code: SpanStatusCode.ERROR });
      throw error;
    } finally {
      span.end();
    }
  });
}
