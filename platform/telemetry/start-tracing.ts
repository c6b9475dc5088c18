/** Tracing of this process, to be closed last: only then is all told. */
export interface RunningTracing {
  /** Hands over what is finished, within some seconds, and ends. */
  close(): Promise<void>;
}

const OFF: RunningTracing = { close: () => Promise.resolve() };

export interface TracingOptions {
  /** Where OTLP is taken in over HTTP, such as `http://collector:4318`; null: nothing traces, and nothing is loaded for it. */
  readonly endpoint: string | null;
  /** What this process is in the hub: `hub`, `server` or `worker`. */
  readonly service: string;
  readonly version: string;
}

/** Begins to trace. To be called before queues are opened and schemas are built. */
export async function startTracing(options: TracingOptions): Promise<RunningTracing> {
  const { endpoint } = options;
  if (endpoint === null) return OFF;
  const { openTracing } = await import('./open-tracing.ts');
  return openTracing({ ...options, endpoint });
}
