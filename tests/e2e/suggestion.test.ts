import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Client } from '../support/hub.ts';
import { idOf, mutate } from '../support/mutate.ts';
import { type Stream, subscribeByEvents, subscribeByWebSocket } from '../support/streams.ts';
import { type WorkingHub, workingHub } from '../support/working-hub.ts';
import { redisIsInstalled, startRedis, type TestRedis } from '../workers/redis.ts';

interface Changed {
  readonly suggestionChanged: {
    readonly id: string;
    readonly kind: string;
    readonly status: string;
    readonly version: number;
    readonly title: string;
    readonly countries: readonly { readonly code: string }[];
    readonly participants: readonly {
      readonly actor: { readonly id: string };
      readonly place: { readonly name: string };
      readonly role: string;
      readonly subject: { readonly __typename: string; readonly id: string; readonly name: string };
    }[];
  };
}

const CHANGED = `subscription ($corridor: String, $addressedToMe: Boolean) {
  suggestionChanged(corridor: $corridor, addressedToMe: $addressedToMe) {
    id kind status version title
    countries { code }
    participants { actor { id } place { name } role subject { __typename id name } }
  }
}`;

describe.each([
  { backend: 'postgres', available: true },
  { backend: 'redis', available: redisIsInstalled },
])('with queues on $backend', ({ backend, available }) => {
  const on = test.skipIf(!available);
  let redis: TestRedis | undefined;
  let hub: WorkingHub;
  let streams: Stream<Changed>[];

  beforeAll(async () => {
    if (backend === 'redis' && available) redis = await startRedis();
  });
  afterAll(() => redis?.stop());
  beforeEach(async () => {
    if (available) hub = await workingHub(redis ? { redisUrl: redis.url } : {});
    streams = [];
  });
  afterEach(async () => {
    await Promise.all(streams.map((stream) => stream.close()));
    if (available) await hub.close();
  });

  async function subscribe(
    by: typeof subscribeByWebSocket,
    client: Client,
    variables: Record<string, unknown> = {},
  ): Promise<Stream<Changed>> {
    const stream = await by<Changed>(hub.url, client, CHANGED, variables);
    streams.push(stream);
    return stream;
  }

  /** A campaign of a year from tomorrow, on the Andaman Sea. */
  function planIn(client: Client, place: string): Promise<string> {
    const footprint = {
      days: { start: dayFromNow(1), end: dayFromNow(366) },
      places: [place],
      corridors: ['rohingya_andaman'],
      audiences: ['refugee_in_camp'],
      themes: ['people_smuggling'],
    };
    return idOf(mutate(client, 'planCampaign', { name: `Example campaign in ${place}`, footprint }));
  }

  on(
    'what two actors plan in two countries reaches subscribers as a suggestion, over WebSocket and as server-sent events',
    async () => {
      expect(hub.workers.queues.backend).toBe(backend);
      const [bd, my] = [await hub.actor(), await hub.actor()];
      const [editorBd, editorMy] = [await hub.as('editor', bd), await hub.as('editor', my)];
      const coordinator = await hub.as('coordinator');
      const onCorridor = await subscribe(subscribeByWebSocket, coordinator, { corridor: 'rohingya_andaman' });
      const toBangladesh = await subscribe(subscribeByEvents, editorBd, { addressedToMe: true });

      const first = await planIn(editorBd, 'BD');
      const second = await planIn(editorMy, 'MY');
      const expected = {
        kind: 'JOINT_CAMPAIGN',
        status: 'OPEN',
        version: 1,
        countries: [{ code: 'BD' }, { code: 'MY' }],
        participants: [
          {
            actor: { id: bd },
            place: { name: 'Bangladesh' },
            role: 'ORIGIN',
            subject: { __typename: 'Campaign', id: first, name: 'Example campaign in BD' },
          },
          {
            actor: { id: my },
            place: { name: 'Malaysia' },
            role: 'DESTINATION',
            subject: { __typename: 'Campaign', id: second, name: 'Example campaign in MY' },
          },
        ],
      };
      const { suggestionChanged: seen } = await onCorridor.next();
      expect(seen).toMatchObject(expected);
      expect((await toBangladesh.next()).suggestionChanged).toEqual(seen);

      await hub.workers.quiet();
      await mutate(editorMy, 'cancelCampaign', { id: second, expectedVersion: 1 });
      expect((await onCorridor.next()).suggestionChanged).toMatchObject({ id: seen.id, status: 'LAPSED', version: 2 });
      expect((await toBangladesh.next()).suggestionChanged).toMatchObject({ id: seen.id, status: 'LAPSED' });
    },
  );

  on('what is not for a subscriber is not delivered to it', async () => {
    const [bd, my, other] = [await hub.actor(), await hub.actor(), await hub.actor()];
    const elsewhere = await subscribe(subscribeByWebSocket, await hub.as('editor', other), { addressedToMe: true });
    const mine = await subscribe(subscribeByWebSocket, await hub.as('editor', bd), { addressedToMe: true });
    await planIn(await hub.as('editor', bd), 'BD');
    await planIn(await hub.as('editor', my), 'MY');
    const { suggestionChanged: first } = await mine.next();
    await hub.workers.quiet();
    await planIn(await hub.as('editor', other), 'TH');
    // The first that reaches the third actor is the one in which it takes part.
    const { suggestionChanged: seen } = await elsewhere.next();
    expect(first.participants.map(({ actor }) => actor.id)).not.toContain(other);
    expect(seen.participants.map(({ actor }) => actor.id)).toContain(other);
  });
});

function dayFromNow(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}
