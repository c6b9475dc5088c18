import { Agent, request } from 'node:http';
import { expect, test } from 'vitest';
import { testHub } from '../support/hub.ts';
import { subscribeByEvents, subscribeByWebSocket } from '../support/streams.ts';

test.each([
  { transport: 'server-sent events', subscribe: subscribeByEvents },
  { transport: 'WebSocket', subscribe: subscribeByWebSocket },
])('a hub that closes ends the streams that are open by $transport', async ({ subscribe }) => {
  const hub = await testHub();
  const client = await hub.as('viewer');
  const stream = await subscribe(hub.url, client, 'subscription { suggestionChanged { id } }');
  const ended = expect(stream.next()).rejects.toBeDefined();
  await hub.close();
  await ended;
});

const CONNECTIONS = 8;

test('a hub that closes answers what comes on connections that are never idle, and ends them', async () => {
  const hub = await testHub();
  const client = await hub.as('viewer');
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const ask = (): Promise<number> =>
    new Promise((resolve, reject) => {
      const headers = { 'content-type': 'application/json', ...client.headers };
      const asked = request(`${hub.url}/graphql`, { method: 'POST', agent, headers }, (response) => {
        response.resume().once('end', () => {
          resolve(response.statusCode ?? 0);
        });
      });
      asked.once('error', reject).end('{"query":"{ viewer { label } }"}');
    });
  const statuses: number[] = [];
  const open = Promise.withResolvers<undefined>();
  // Each until there is nobody to connect to.
  const over = Promise.all(
    Array.from({ length: CONNECTIONS }, async () => {
      try {
        for (;;) if (statuses.push(await ask()) === 10 * CONNECTIONS) open.resolve(undefined);
      } catch {
        // The hub is gone.
      }
    }),
  );
  await open.promise;
  await hub.close();
  await over;
  agent.destroy();
  expect(new Set(statuses)).toEqual(new Set([200]));
});
