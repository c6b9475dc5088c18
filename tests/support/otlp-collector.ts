import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';

const exported = z.object({
  resourceSpans: z.array(
    z.object({
      scopeSpans: z.array(
        z.object({
          spans: z.array(
            z.object({
              traceId: z.string(),
              spanId: z.string(),
              parentSpanId: z.string().optional(),
              name: z.string(),
              attributes: z.array(z.object({ key: z.string() })).optional(),
            }),
          ),
        }),
      ),
    }),
  ),
});

/** One span as OTLP tells it. */
export type ToldSpan = z.infer<typeof exported>['resourceSpans'][number]['scopeSpans'][number]['spans'][number];

/** What takes traces in, on this machine: real HTTP, and everything that came. */
export interface OtlpCollector {
  readonly endpoint: string;
  readonly spans: ToldSpan[];
  /** All bodies, as they came. */
  readonly bodies: string[];
  close(): Promise<void>;
}

export async function otlpCollector(): Promise<OtlpCollector> {
  const spans: ToldSpan[] = [];
  const bodies: string[] = [];
  const server = createServer((request, response) => {
    void (async () => {
      let body = '';
      for await (const chunk of request) body += String(chunk);
      bodies.push(body);
      if (request.url === '/v1/traces') {
        const { resourceSpans } = exported.parse(JSON.parse(body));
        spans.push(...resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans)));
      }
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    })();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${String(port)}`,
    spans,
    bodies,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
