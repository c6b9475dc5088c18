import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withClient } from '../../platform/database/with-client.ts';
import { issued, revokeApiKey } from '../support/access.ts';
import { type Client, clientWithKey } from '../support/hub.ts';
import { idOf, mutate } from '../support/mutate.ts';
import { type Stream, subscribeByEvents, subscribeByWebSocket } from '../support/streams.ts';
import { redisIsInstalled } from '../workers/redis.ts';
import { type Composed, startComposed } from './compose.ts';

const MINUTE = 60_000;
/** Within which a right that was taken away holds no more: security.md, S7. */
const SHUT_OUT_WITHIN_MS = 1_000;
const HELD_BEFORE_MS = 50;

describe.runIf(redisIsInstalled)('the shape of docker-compose.yml', () => {
  let hub: Composed;
  let coordinator: string;

  beforeAll(async () => {
    execFileSync('npm', ['run', '--silent', 'build'], { stdio: 'inherit' });
    hub = await startComposed();
    process.stdout.write(`compose: its processes are kept apart by ${hub.network}\n`);
    const { CONCORD_DATA, DATABASE_URL } = {
      CONCORD_DATA: hub.folder,
      DATABASE_URL: hub.cluster.adminUrl,
    };
    const admin = join(import.meta.dirname, '../../dist/commands/admin.js');
    coordinator = execFileSync(process.execPath, [admin, 'create-coordinator'], {
      env: { ...process.env, CONCORD_DATA, DATABASE_URL, REDIS_URL: hub.redis.url },
      encoding: 'utf8',
    }).trim();
  }, 4 * MINUTE);
  afterAll(() => hub.close(), MINUTE);

  const at = (server: string, key = coordinator, actorId: string | null = null): Client =>
    clientWithKey(hub.urls[server] ?? '', key, actorId);

  let actors = 0;
  /** An editor of a new verified actor, by a key made at the first server. */
  async function editor(): Promise<{ id: string; actorId: string; text: string }> {
    actors += 1;
    const input = { name: `Example actor ${String(actors)}`, kind: 'national_ngo' };
    const { actor } = await at('server-1').query<{ actor: { id: string } }>(
      'mutation ($input: RegisterActorInput!) { actor: registerActor(input: $input) { ... on Actor { id } } }',
      { input },
    );
    await at('server-1').query(
      'mutation ($input: VerifyActorInput!) { verifyActor(input: $input) { ... on Actor { id } ... on Problem { message } } }',
      { input: { id: actor.id, expectedVersion: 1, evidence: 'made for a test' } },
    );
    const key = await issued(at('server-1'), { label: 'test', role: 'EDITOR', actor: actor.id });
    return { ...key, actorId: actor.id };
  }

  test('is two servers and two workers on one PostgreSQL and one Redis', () => {
    expect(hub.commands).toEqual({
      'server-1': 'node dist/server/main.js',
      'server-2': 'node dist/server/main.js',
      'worker-1': 'node dist/workers/main.js',
      'worker-2': 'node dist/workers/main.js',
    });
    expect(Object.keys(hub.urls)).toEqual(['server-1', 'server-2']);
  });

  test.each([
    { transport: 'WebSocket', subscribe: subscribeByWebSocket },
    { transport: 'server-sent events', subscribe: subscribeByEvents },
  ])('what is written at one server is told by the other over $transport', async ({ subscribe }) => {
    const [one, other] = [await editor(), await editor()];
    const stream: Stream<{ overlapFound: { id: string } }> = await subscribe(
      hub.urls['server-2'] ?? '',
      at('server-2', one.text, one.actorId),
      'subscription { overlapFound { id } }',
    );
    const start = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
    const footprint = {
      places: ['BD'],
      days: { start, end: start },
      audiences: ['returnee'],
      themes: ['people_smuggling'],
    };
    for (const { text, actorId } of [one, other])
      await idOf(mutate(at('server-1', text, actorId), 'planCampaign', { name: 'Example campaign', footprint }));
    const { overlapFound } = await stream.next();
    expect(overlapFound.id).toMatch(/^ovl_/);
    await stream.close();
  });

  test('both workers take jobs', async () => {
    const { text, actorId } = await editor();
    const client = at('server-1', text, actorId);
    const done = async (worker: string): Promise<number> => {
      const metrics = await (await fetch(`${hub.operations[worker] ?? ''}/metrics`)).text();
      return [...metrics.matchAll(/^concord_job_duration_seconds_count\{[^}]*\} (\d+)/gm)].reduce(
        (sum, [, count]) => sum + Number(count),
        0,
      );
    };
    const before = [await done('worker-1'), await done('worker-2')];
    for (let round = 0; round < 20; round += 1) {
      await Promise.all(
        Array.from({ length: 5 }, () =>
          idOf(mutate(client, 'registerProgramme', { name: 'Example programme', footprint: { places: ['BD'] } })),
        ),
      );
      const now = [await done('worker-1'), await done('worker-2')];
      if (now.every((count, index) => count > (before[index] ?? 0))) return;
    }
    expect.fail('only one of them worked on 100 changes');
  });

  test('a key revoked at one server opens the other no more, and its subscriptions there end', async () => {
    const { id, text, actorId } = await editor();
    const there = at('server-2', text, actorId);
    const url = hub.urls['server-2'] ?? '';
    const socket = await subscribeByWebSocket(url, there, 'subscription { overlapFound { id } }');
    const events = await subscribeByEvents(url, there, 'subscription { overlapFound { id } }');
    expect((await there.send('{ viewer { label } }')).status).toBe(200);
    await revokeApiKey(at('server-1'), id);
    const revokedAt = performance.now();
    let openedUntil = 0;
    for (;;) {
      const askedAt = performance.now();
      const { status } = await there.send('{ viewer { label } }');
      if (status === 401) break;
      openedUntil = askedAt - revokedAt;
      if (openedUntil > SHUT_OUT_WITHIN_MS) break;
      await delay(HELD_BEFORE_MS);
    }
    expect(openedUntil).toBeLessThanOrEqual(SHUT_OUT_WITHIN_MS);
    expect(await socket.ended()).toBe(4403);
    await events.ended();
  });

  test('what a key spends at one server it cannot spend at the other', async () => {
    const { text, actorId } = await editor();
    const remaining = async (server: string): Promise<number> => {
      const response = await fetch(`${hub.urls[server] ?? ''}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...at(server, text, actorId).headers },
        body: JSON.stringify({ query: '{ programmes(first: 100) { nodes { id name owner { name } } } }' }),
      });
      await response.text();
      return Number(/r=(\d+)/.exec(response.headers.get('ratelimit') ?? '')?.[1]);
    };
    const first = await remaining('server-2');
    const cost = first - (await remaining('server-2'));
    expect(cost).toBeGreaterThan(0);
    for (let time = 0; time < 10; time += 1) await remaining('server-1');
    await withClient(hub.cluster.adminUrl, async (client) => {
      // Servers tell each other each second what was spent.
      for (;;) {
        const { rows } = await client.query<{ spent: number }>('select max(points)::int as spent from app.cost_spent');
        if ((rows[0]?.spent ?? 0) >= 12 * cost) return;
        await delay(100);
      }
    });
    // It hears of the others when it tells of its own.
    for (;;) {
      if ((await remaining('server-2')) <= first - 12 * cost) break;
      await delay(500);
    }
  });
});
