import { once } from 'node:events';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { type TestHub, testHub } from '../support/hub.ts';
import { closedAfter, openSocket } from '../support/sockets.ts';

let hub: TestHub;
beforeAll(async () => {
  hub = await testHub();
});
afterAll(() => hub.close());

test('a socket that breaks off is told to the log alone, without what was sent', async () => {
  const printed = vi.spyOn(console, 'error');
  const socket = await openSocket(hub.url);
  const [code] = await closedAfter(socket, `"ccd_test_${'x'.repeat(100_000)}"`);
  expect(code).toBe(1009);
  const lines = hub.logged.filter((line) => line.includes('WebSocket'));
  expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([
    { level: 'info', code: 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH', reason: 'Max payload size exceeded' },
  ]);
  expect(lines[0]).not.toContain('ccd_test_x');
  expect(printed).not.toHaveBeenCalled();
});

test('a client that asks for no protocol is told 4406', async () => {
  const socket = new WebSocket(`${hub.url.replace('http', 'ws')}/graphql`);
  const [code] = (await once(socket, 'close')) as [number];
  expect(code).toBe(4406);
});

test('of several protocols the one that is spoken here is chosen, of others none', async () => {
  const socket = await openSocket(hub.url, ['graphql-ws', 'graphql-transport-ws']);
  expect(socket.protocol).toBe('graphql-transport-ws');
  socket.close();
  // A client that gets none of those it asked for has to fail by itself (RFC 6455, 4.1).
  const other = new WebSocket(`${hub.url.replace('http', 'ws')}/graphql`, 'graphql-ws');
  const [error] = (await once(other, 'error')) as [Error];
  expect(error.message).toBe('Server sent no subprotocol');
});

test('a ping with what is nested too deeply to be sent back is a mistake of its sender', async () => {
  const deep = `{"a":${'['.repeat(45_000)}${']'.repeat(45_000)}}`;
  const closed = await closedAfter(await openSocket(hub.url), `{"type":"ping","payload":${deep}}`);
  expect(closed).toEqual([4400, 'Invalid message received']);
  expect(hub.logged.filter((line) => line.includes('"level":"error"'))).toEqual([]);
});
