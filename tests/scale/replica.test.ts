import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { percentile } from '../../faults/hub/ask.ts';
import { type Cluster, startCluster } from '../../faults/hub/cluster.ts';
import { prepareDatabase } from '../../core/migrations/prepare-database.ts';
import { ensureLogins } from '../../platform/database/logins.ts';
import { withClient } from '../../platform/database/with-client.ts';
import type { TestDatabase } from '../support/database.ts';
import { type Client, testHub, type TestHub } from '../support/hub.ts';
import { idOf, mutate } from '../support/mutate.ts';
import { startStandby, type Standby } from './standby.ts';

let cluster: Cluster;
let standby: Standby;
let database: TestDatabase;
/** Two servers on one database, which both read from its replica. */
let hub: TestHub;
let other: TestHub;
let owner: Client;
let member: Client;
/** The same keys at the other server. */
let ownerThere: Client;
let memberThere: Client;

beforeAll(async () => {
  cluster = await startCluster();
  const logins = await ensureLogins(cluster.adminUrl, join(cluster.folder, 'secrets'));
  await prepareDatabase(logins);
  database = { name: 'concord', adminUrl: cluster.adminUrl, ...logins, drop: () => Promise.resolve() };
  standby = await startStandby(cluster);
  hub = await testHub({ database, replicaUrl: standby.adminUrl });
  other = await testHub({ database, replicaUrl: standby.adminUrl });
  owner = await hub.as('editor', await hub.actor());
  member = await hub.as('editor', await hub.actor());
  ownerThere = other.present(owner.key);
  memberThere = other.present(member.key);
}, 120_000);
afterAll(async () => {
  await hub.close();
  await other.close();
  await standby.stop();
  await cluster.close();
});

/** Reads by the app login and by nobody else: of them the standby counts its own. */
async function readsOfReplica(): Promise<number> {
  return withClient(standby.adminUrl, async (client) => {
    const { rows } = await client.query<{ reads: number }>(
      `select count(*)::int as reads from pg_stat_activity where usename = 'concord_app' and query like '%programme%'`,
    );
    return rows[0]?.reads ?? 0;
  });
}
const onStandby = (statement: string): Promise<unknown> =>
  withClient(standby.adminUrl, (client) => client.query(statement));

/** What the standby itself shows of a programme to whoever reads past every policy. */
async function storedThere(id: string): Promise<number> {
  return withClient(standby.adminUrl, async (client) => {
    const { rowCount } = await client.query('select from app.programme where id = $1', [id]);
    return rowCount ?? 0;
  });
}
const register = (client: Client, fields: object = {}): Promise<string> =>
  idOf(mutate(client, 'registerProgramme', { name: 'Example programme', ...fields }));

async function seen(client: Client, id: string): Promise<string | null> {
  const { node } = await client.query<{ node: { name: string } | null }>(
    'query ($id: ID!) { node(id: $id) { ... on Programme { name } } }',
    { id },
  );
  return node?.name ?? null;
}

/** After a replica was behind or away it is left alone for half a second. */
async function untilReplicaAnswers(): Promise<void> {
  for (;;) {
    const before = hub.app.services.readers?.answered.replica ?? 0;
    await owner.query('{ viewer { label } programmes(first: 1) { nodes { id } } }');
    if ((hub.app.services.readers?.answered.replica ?? 0) > before) return;
    await delay(20);
  }
}
beforeEach(untilReplicaAnswers);
let isAway = false;
afterEach(async () => {
  if (!isAway) await onStandby('select pg_wal_replay_resume()');
});

test('reads are answered by the replica, under the same policies', async () => {
  const id = await register(owner);
  const hidden = await register(owner, { release: { visibility: 'PARTNERS' } });
  await expect.poll(() => storedThere(hidden), { timeout: 30_000 }).toBe(1);
  const before = { ...hub.app.services.readers?.answered };
  for (let time = 0; time < 20; time += 1) {
    expect(await seen(owner, id)).toBe('Example programme');
    expect(await seen(member, hidden)).toBeNull();
    expect(await seen(owner, hidden)).toBe('Example programme');
  }
  const { replica = 0, primary = 0 } = hub.app.services.readers?.answered ?? {};
  // What was confirmed a moment ago a busy machine may not have there yet: then the primary answers.
  expect(replica - (before.replica ?? 0)).toBeGreaterThan(primary - (before.primary ?? 0));
  expect(await readsOfReplica()).toBeGreaterThan(0);
});

test('whoever wrote reads it at once, at any server, while the replica stands still', async () => {
  await onStandby('select pg_wal_replay_pause()');
  const id = await register(owner);
  expect(await storedThere(id)).toBe(0);
  expect(await seen(owner, id)).toBe('Example programme');
  expect(await seen(ownerThere, id)).toBe('Example programme');
  await mutate(owner, 'reviseProgramme', { id, expectedVersion: 1, name: 'Example programme, revised' });
  expect(await seen(ownerThere, id)).toBe('Example programme, revised');
});

test('after each of many writes at one server the other shows it, mostly by the replica', async () => {
  const tookMs: number[] = [];
  const before = other.app.services.readers?.answered.replica ?? 0;
  for (let time = 0; time < 50; time += 1) {
    const name = `Example programme ${String(time)}`;
    const id = await register(owner, { name });
    const startedAt = performance.now();
    expect(await seen(ownerThere, id)).toBe(name);
    tookMs.push(performance.now() - startedAt);
  }
  const fromReplica = (other.app.services.readers?.answered.replica ?? 0) - before;
  process.stdout.write(
    `replica: a read right after a write, p50 ${String(percentile(tookMs, 50).toFixed(1))} ms, p99 ${String(percentile(tookMs, 99).toFixed(1))} ms, ` +
      `${String(fromReplica)} of 50 answered by the replica\n`,
  );
  expect(fromReplica).toBeGreaterThan(0);
});

test('what somebody may no longer see is hidden at once, although the replica still shows it', async () => {
  const id = await register(owner);
  expect(await seen(member, id)).toBe('Example programme');
  await onStandby('select pg_wal_replay_pause()');
  await mutate(owner, 'reviseProgramme', { id, expectedVersion: 1, release: { visibility: 'PARTNERS' } });
  expect(await seen(member, id)).toBeNull();
  expect(await seen(memberThere, id)).toBeNull();
});

test('a suspended actor is not seen, and does not get in, although the replica knows nothing of it', async () => {
  const coordinator = await hub.as('coordinator');
  const actorId = await hub.actor();
  const editor = await hub.as('editor', actorId);
  const id = await register(editor);
  expect(await seen(memberThere, id)).toBe('Example programme');
  await onStandby('select pg_wal_replay_pause()');
  const input = { id: actorId, expectedVersion: 2, reason: 'for a test' };
  const { suspended } = await coordinator.query<{ suspended: { __typename: string } }>(
    'mutation ($input: SuspendActorInput!) { suspended: suspendActor(input: $input) { __typename } }',
    { input },
  );
  expect(suspended.__typename).toBe('Actor');
  expect(await seen(member, id)).toBeNull();
  expect(await seen(memberThere, id)).toBeNull();
  // By the key of an actor that is suspended nobody gets in, at either server.
  for (const there of [editor, other.present(editor.key)])
    expect((await there.send('{ viewer { label } }')).status).toBe(401);
});

test('while the replica is away the primary answers', async () => {
  const id = await register(owner);
  isAway = true;
  await standby.stop();
  for (let time = 0; time < 20; time += 1) expect(await seen(owner, id)).toBe('Example programme');
});
