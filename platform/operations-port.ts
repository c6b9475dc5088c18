import { type RequestListener, createServer } from 'node:http';
import { listenOn } from './listen-on.ts';

export interface OperationsPortOptions {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** What answers below each first segment of a path, such as `/metrics`. */
  readonly routes: Readonly<Record<string, RequestListener>>;
}

/**
 * A port for operators beside the one for everybody: what it shows is nobody else's business, so it belongs on a network of its own
 * and on 127.0.0.1 unless told otherwise.
 */
export async function openOperationsPort({
  host,
  port,
  routes,
}: OperationsPortOptions): Promise<{ readonly port: number; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    const [, first = ''] = (request.url ?? '').split(/[/?]/);
    const route = Object.hasOwn(routes, `/${first}`) ? routes[`/${first}`] : undefined;
    response.setHeader('cache-control', 'no-store');
    response.setHeader('x-content-type-options', 'nosniff');
    if (route) route(request, response);
    else response.writeHead(404).end();
  });
  const taken = await listenOn(server, { host, port, variable: 'METRICS_PORT' });
  return {
    port: taken,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}
