import { afterEach, expect, inject, test } from 'vitest';
import { startProxy } from '../../faults/hub/proxy.ts';
import { testDatabase } from '../support/database.ts';
import { type TestHub, testHub } from '../support/hub.ts';
import { closedAfter, openSocket, signIn } from '../support/sockets.ts';

let close: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const one of close.reverse()) await one();
  close = [];
});

/** A hub that reaches its database through a line which can be cut. */
async function hubOnALine(): Promise<{ hub: TestHub; cut: () => Promise<void>; hush: () => () => void }> {
  const database = await testDatabase();
  const proxy = await startProxy(Number(new URL(inject('cluster').adminUrl).port));
  const appUrl = new URL(database.appUrl);
  appUrl.port = String(proxy.port);
  const hub = await testHub({ database: { ...database, appUrl: appUrl.href } });
  close = [() => database.drop(), () => hub.close()];
  return { hub, cut: () => proxy.close(), hush: () => proxy.stallAll() };
}

test('whoever asks while the database is away is told to come back, not that the hub has a fault', async () => {
  const { hub, cut } = await hubOnALine();
  const client = await hub.as('editor', await hub.actor());
  await client.query('{ viewer { label } }');
  await cut();
  // Let in a moment ago, and so turned away by the query itself.
  const known = await client.send('{ viewer { label } }');
  expect([known.status, known.errors?.[0]?.extensions?.['code']]).toEqual([503, 'UNAVAILABLE']);
  const response = await fetch(`${hub.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...client.headers, 'concord-actor': 'act_another' },
    body: '{"query":"{ viewer { label } }"}',
  });
  expect([response.status, response.headers.get('retry-after')]).toEqual([503, '1']);
  expect(hub.logged.filter((line) => line.includes('"level":"error"'))).toEqual([]);
});

test('a line that falls silent keeps nobody waiting for who they are', async () => {
  const { hub, hush } = await hubOnALine();
  const client = await hub.as('editor', await hub.actor());
  const speak = hush();
  const askedAt = performance.now();
  const { status, errors } = await client.send('{ viewer { label } }');
  expect([status, errors?.[0]?.extensions?.['code']]).toEqual([503, 'UNAVAILABLE']);
  // Less than a statement may take, so that the time that is left is enough for what was asked.
  expect(performance.now() - askedAt).toBeLessThan(5_000);
  speak();
  await expect.poll(async () => (await client.send('{ viewer { label } }')).status, { timeout: 10_000 }).toBe(200);
});

test('whoever signs in on a WebSocket or subscribes there while the database is away is told to come back, and no more', async () => {
  const { hub, cut } = await hubOnALine();
  const client = await hub.as('editor', await hub.actor());
  const known = await openSocket(hub.url);
  await signIn(known, client.headers);
  const unknown = await openSocket(hub.url);
  await cut();
  const comeBack = [4503, 'Service unavailable, try again'];
  const subscribe = '{"id":"a","type":"subscribe","payload":{"query":"subscription { suggestionChanged { id } }"}}';
  expect(await closedAfter(known, subscribe)).toEqual(comeBack);
  const payload = { ...client.headers, 'concord-actor': 'act_another' };
  expect(await closedAfter(unknown, JSON.stringify({ type: 'connection_init', payload }))).toEqual(comeBack);
  expect(hub.logged.filter((line) => line.includes('"level":"error"'))).toEqual([]);
});
