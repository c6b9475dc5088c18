import type { RequestListener, ServerResponse } from 'node:http';
import type { Config } from '../config.ts';
import { openOperationsPort } from '../operations-port.ts';
import { type PoolUse, measureProcess } from './process-metrics.ts';
import type { RunningMetrics } from './start-metrics.ts';

export interface OperationsOptions {
  /** Null: nothing is shown. */
  readonly at: Config['operations'];
  readonly metrics: RunningMetrics;
  /** Why the process cannot do its work, or null when it can. */
  readonly notReady: () => Promise<string | null>;
  readonly pools: Readonly<Record<string, () => Promise<PoolUse>>>;
  /** What else this process has to show, by the first segment of its path. */
  readonly pages?: Readonly<Record<string, RequestListener>>;
}

/** Shows operators how this process is: `/metrics`, `/healthz`, `/readyz` and its pages, on the port that is theirs. */
export async function openOperations(
  options: OperationsOptions,
): Promise<{ readonly port: number | null; close(): Promise<void> }> {
  const { at, metrics, notReady, pools, pages = {} } = options;
  if (at === null || metrics.page === null) return { port: null, close: () => Promise.resolve() };
  const stopMeasuring = measureProcess(metrics.meter, pools);
  const port = await openOperationsPort({
    ...at,
    routes: {
      '/metrics': metrics.page,
      '/healthz': (_request, response) => {
        answer(response, 200, { status: 'ok' });
      },
      '/readyz': (_request, response) => {
        void notReady().then((reason) => {
          if (reason === null) answer(response, 200, { status: 'ready' });
          else answer(response, 503, { status: 'not ready', reason });
        });
      },
      ...pages,
    },
  });
  return {
    port: port.port,
    close: async () => {
      stopMeasuring();
      await port.close();
      await metrics.close();
    },
  };
}

function answer(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
