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
