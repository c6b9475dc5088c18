import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SignInEvent } from '../../core/access/sign-in-watch.ts';
import { systemClock } from '../../platform/clock.ts';
import { withClient } from '../../platform/database/with-client.ts';
import { issueApiKey, issued, people, revokeApiKey } from '../support/access.ts';
import { type Client, type TestHub, testHub } from '../support/hub.ts';

const DAY_MS = 86_400_000;
const events: SignInEvent[] = [];
let hub: TestHub;
let coordinator: Client;
let actor: string;
let editor: Client;

beforeAll(async () => {
  hub = await testHub({
    onSignIn: (event) => {
      events.push(event);
      return Promise.resolve();
    },
  });
  coordinator = await hub.as('coordinator');
  actor = await hub.actor();
  editor = await hub.as('editor', actor);
});
afterAll(() => hub.close());

const VIEWER = '{ viewer { label role scopes actor { id } } }';
const inDays = (days: number): string => new Date(systemClock.now() + days * DAY_MS).toISOString();
const registering = (client: Client): Promise<unknown> =>
  client.query(
    `mutation { registerActor(input: { name: "Example", kind: "media" }) { __typename ... on Problem { message } } }`,
  );

interface KeyPage {
  readonly apiKeys: { readonly nodes: readonly { readonly id: string; readonly lastUsedOn: string | null }[] };
}
const keysOf = async (client: Client): Promise<KeyPage['apiKeys']['nodes']> =>
  (await client.query<KeyPage>('{ apiKeys(first: 100) { nodes { id lastUsedOn } } }')).apiKeys.nodes;

describe('issuing', () => {
  test('an editor issues a key for its own actor, and its text opens the hub', async () => {
    const answer = await issueApiKey(editor, { label: 'website', role: 'EDITOR' });
    expect(answer).toMatchObject({
      __typename: 'IssuedApiKey',
      key: {
        label: 'website',
        role: 'EDITOR',
        actor: { id: actor },
        scopes: ['WRITE', 'KEYS'],
        revokedAt: null,
        lastUsedOn: null,
      },
    });
    const { expiresAt, createdAt } = answer['key'] as { expiresAt: string; createdAt: string };
    expect(Date.parse(expiresAt) - Date.parse(createdAt)).toBe(365 * DAY_MS);
    const client = hub.present(String(answer['text']));
    expect(await client.query(VIEWER)).toEqual({
      viewer: { label: 'website', role: 'EDITOR', scopes: ['WRITE', 'KEYS'], actor: { id: actor } },
    });
  });

  test('the text is found under every alias, and nowhere else afterwards', async () => {
    const { data } = await editor.send<{ made: { one: string; other: string } }>(
      `mutation { made: issueApiKey(input: { label: "aliases", role: VIEWER }) {
        ... on IssuedApiKey { one: text other: text key { id } } } }`,
    );
    const text = data.made.one;
    expect(data.made.other).toBe(text);
    const stored = await withClient(hub.database.adminUrl, (client) =>
      client.query<{ dump: string }>(`select (select json_agg(k) from app.api_key k)::text
        || (select json_agg(a) from app.audit a)::text || coalesce((select json_agg(o) from app.outbox_event o)::text, '') as dump`),
    );
    const [, , , secret = ''] = text.split('_');
    expect(secret).toHaveLength(43);
    expect(stored.rows[0]?.dump).not.toContain(secret);
    expect(hub.logged.join('\n')).not.toContain(secret);
  });

  test('nobody gives more than they have', async () => {
    const other = await hub.actor();
    const refused = { __typename: 'Forbidden' };
    expect(await issueApiKey(editor, { label: 'x', role: 'COORDINATOR' })).toMatchObject(refused);
    expect(await issueApiKey(editor, { label: 'x', role: 'EDITOR', actor: other })).toMatchObject(refused);
    expect(await issueApiKey(editor, { label: 'x', role: 'EDITOR', actor: 'act_none' })).toMatchObject({
      __typename: 'NotFound',
    });
    for (const role of ['planner', 'viewer', 'observer'] as const) {
      expect(await issueApiKey(await hub.as(role, actor), { label: 'x', role: 'VIEWER' })).toMatchObject(refused);
    }
    const narrow = await issued(coordinator, { label: 'no vetting', role: 'COORDINATOR', scopes: ['WRITE', 'KEYS'] });
    const client = hub.present(narrow.text);
    expect(await issueApiKey(client, { label: 'x', role: 'COORDINATOR', scopes: ['WRITE', 'VET'] })).toMatchObject(
      refused,
    );
    expect(await issueApiKey(client, { label: 'heir', role: 'COORDINATOR' })).toMatchObject({
      key: { scopes: ['WRITE', 'KEYS'] },
    });
  });

  test('a coordinator issues any key, but an editor must act for an actor', async () => {
    expect(await issueApiKey(coordinator, { label: 'any', role: 'COORDINATOR' })).toMatchObject({
      key: { role: 'COORDINATOR', actor: null, scopes: ['WRITE', 'VET', 'KEYS', 'OPERATE'] },
    });
    const fresh = await hub.actor();
    expect(await issueApiKey(coordinator, { label: 'any', role: 'PLANNER', actor: fresh })).toMatchObject({
      key: { role: 'PLANNER', actor: { id: fresh }, scopes: ['WRITE'] },
    });
    expect(await issueApiKey(coordinator, { label: 'any', role: 'PLANNER' })).toMatchObject({
      __typename: 'InvalidInput',
      issues: [{ path: 'input.actor' }],
    });
  });

  test('a key lives at most 365 days, and has scopes that its role allows', async () => {
    const issues = async (input: object): Promise<unknown> =>
      (await issueApiKey(editor, { label: 'rules', role: 'PLANNER', ...input }))['issues'];
    expect(await issues({ expiresAt: inDays(366) })).toMatchObject([{ path: 'input.expiresAt' }]);
    expect(await issues({ expiresAt: inDays(-1) })).toMatchObject([{ path: 'input.expiresAt' }]);
    expect(await issues({ scopes: ['WRITE', 'VET'] })).toMatchObject([{ path: 'input.scopes[1]' }]);
    expect(await issues({ role: 'EDITOR', scopes: ['KEYS'] })).toMatchObject([{ path: 'input.scopes[0]' }]);
    expect(await issues({ expiresAt: inDays(364), scopes: ['WRITE'] })).toBeUndefined();
  });

  test('two alike may be active while programs change over; a third waits for one to go, even when all come at once', async () => {
    const like = { label: 'rotated', role: 'VIEWER' };
    const answers = await Promise.all(Array.from({ length: 5 }, () => issueApiKey(editor, like)));
    const keys = answers.flatMap(({ key }) => (key === undefined ? [] : [(key as { id: string }).id]));
    expect(keys).toHaveLength(2);
    const third = await issueApiKey(editor, like);
    expect(third.__typename).toBe('Conflict');
    for (const id of keys) expect(third['message']).toContain(id);
    await revokeApiKey(editor, String(keys[0]));
    expect(await issueApiKey(editor, like)).toMatchObject({ __typename: 'IssuedApiKey' });
  });
});

describe('scopes', () => {
  test('a key without any reads and changes nothing', async () => {
    const { text } = await issued(editor, { label: 'reader', role: 'EDITOR', scopes: [] });
    const client = hub.present(text);
    expect(await client.query(VIEWER)).toMatchObject({ viewer: { scopes: [] } });
    const refused = { __typename: 'Forbidden', message: 'This key may only read.' };
    expect(await registering(client)).toEqual({ registerActor: refused });
    expect(await issueApiKey(client, { label: 'x', role: 'VIEWER' })).toMatchObject(refused);
  });

  test('a key without KEYS lets nobody in and shuts nobody out', async () => {
    const { text, id } = await issued(editor, { label: 'writer', role: 'EDITOR', scopes: ['WRITE'] });
    const client = hub.present(text);
    expect(await registering(client)).toMatchObject({ registerActor: { __typename: 'Actor' } });
    const refused = { __typename: 'Forbidden' };
    expect(await issueApiKey(client, { label: 'x', role: 'VIEWER' })).toMatchObject(refused);
    expect(await revokeApiKey(client, id)).toMatchObject(refused);
    const person = { issuer: 'https://id.example', subject: 's', label: 'l', role: 'VIEWER' };
    expect(await people(client, 'grantMembership', person)).toMatchObject(refused);
    expect(await people(client, 'revokeMembership', { id: 'mem_x' })).toMatchObject(refused);
  });

  test('a key without VET vets nobody', async () => {
    const { text } = await issued(coordinator, { label: 'clerk', role: 'COORDINATOR', scopes: ['WRITE'] });
    const client = hub.present(text);
    const input = { id: actor, expectedVersion: 1 };
    const answers = await Promise.all([
      client.query(`mutation ($i: VerifyActorInput!) { r: verifyActor(input: $i) { __typename } }`, {
        i: { ...input, evidence: 'seen' },
      }),
      client.query(`mutation ($i: SuspendActorInput!) { r: suspendActor(input: $i) { __typename } }`, {
        i: { ...input, reason: 'seen' },
      }),
      client.query(`mutation ($i: MergeActorsInput!) { r: mergeActors(input: $i) { __typename } }`, {
        i: { survivor: actor, duplicate: actor, expectedVersion: 1 },
      }),
    ]);
    for (const answer of answers) expect(answer).toEqual({ r: { __typename: 'Forbidden' } });
    expect(await people(client, 'suspendUser', { membership: 'mem_x' })).toMatchObject({ __typename: 'Forbidden' });
  });

  test('a coordinator lets in the first editor of an actor, and nobody where there is one', async () => {
    const fresh = await hub.actor();
    await issued(coordinator, { label: 'first', role: 'EDITOR', actor: fresh });
    for (const role of ['EDITOR', 'VIEWER', 'COORDINATOR']) {
      expect(await issueApiKey(coordinator, { label: 'second', role, actor: fresh })).toMatchObject({
        __typename: 'Forbidden',
      });
    }
  });

  test('keys from before there were scopes have all that their role allows', async () => {
    const { text, id } = await issued(editor, { label: 'old', role: 'PLANNER', actor });
    await withClient(hub.database.adminUrl, (client) =>
      client.query(`update app.api_key set scopes = default where id = $1`, [id]),
    );
    expect(await hub.present(text).query(VIEWER)).toMatchObject({ viewer: { scopes: ['WRITE'] } });
  });
});

describe('ending', () => {
  test('unknown, wrong, expired and revoked keys are told the same', async () => {
    const text = async (label: string): Promise<string> =>
      (await issued(editor, { label, role: 'VIEWER', expiresAt: inDays(1) })).text;
    const revoked = await issued(editor, { label: 'revoked', role: 'VIEWER' });
    await revokeApiKey(editor, revoked.id);
    const expired = await issued(editor, { label: 'expired', role: 'VIEWER' });
    await withClient(hub.database.adminUrl, (client) =>
      client.query(`update app.api_key set expires_at = now() where id = $1`, [expired.id]),
    );
    const foreign = await testHub();
    const unknown = (await foreign.as('viewer')).key;
    await foreign.close();
    // The public id of one key with the secret of another: well formed, and wrong.
    const { text: one } = await issued(editor, { label: 'one', role: 'VIEWER' });
    const wrong = await withSecretOf(one, await text('other'));
    events.length = 0;
    const answers = await Promise.all(
      [unknown, wrong, expired.text, revoked.text, 'nonsense'].map((key) => hub.present(key).send(VIEWER)),
    );
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]).toMatchObject({ status: 401, errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
    expect(events.map(({ kind }) => kind)).toEqual(Array(5).fill('denied'));
    expect(events.map(({ reason }) => reason).sort()).toEqual([
      'expired',
      'not-a-key',
      'revoked',
      'unknown-key',
      'wrong-secret',
    ]);
  });

  test('a key that another process revoked opens nothing any more before a second is over', async () => {
    const client = hub.present((await issued(editor, { label: 'elsewhere', role: 'VIEWER' })).text);
    await client.query(VIEWER);
    await withClient(hub.database.adminUrl, (other) =>
      other.query(`update app.api_key set revoked_at = now() where label = 'elsewhere'`),
    );
    await expect.poll(async () => (await client.send(VIEWER)).status, { timeout: 1_000, interval: 50 }).toBe(401);
  });

  test('revoking twice is revoking once, and is for those who may let in', async () => {
    const { id } = await issued(editor, { label: 'twice', role: 'VIEWER' });
    const first = await revokeApiKey(editor, id);
    expect(first).toMatchObject({ __typename: 'ApiKey', revokedAt: expect.any(String) as string });
    expect(await revokeApiKey(coordinator, id)).toEqual(first);
    const planner = await hub.as('planner', actor);
    expect(await revokeApiKey(planner, id)).toMatchObject({ __typename: 'Forbidden' });
    const stranger = await hub.as('editor', await hub.actor());
    expect(await revokeApiKey(stranger, id)).toMatchObject({ __typename: 'NotFound' });
    const fresh = await hub.actor();
    const rso = await issued(coordinator, { label: 'rso', role: 'COORDINATOR', actor: fresh });
    const theirs = await hub.as('editor', fresh);
    expect(await revokeApiKey(theirs, rso.id)).toMatchObject({ __typename: 'Forbidden' });
  });

  test('what was done to keys is in the audit, with who did it', async () => {
    const { id } = await issued(editor, { label: 'audited', role: 'VIEWER' });
    await revokeApiKey(coordinator, id);
    const { rows } = await withClient(hub.database.adminUrl, (client) =>
      client.query(`select action, actor_id from app.audit where subject_id = $1 order by id`, [id]),
    );
    expect(rows).toEqual([
      { action: 'key.issued', actor_id: actor },
      { action: 'key.revoked', actor_id: null },
    ]);
  });
});

describe('listing', () => {
  test("an actor's people see its keys and no others, coordinators all", async () => {
    const other = await hub.actor();
    const stranger = await hub.as('editor', other);
    const { id } = await issued(stranger, { label: 'hidden', role: 'VIEWER' });
    expect((await keysOf(stranger)).map((key) => key.id)).toContain(id);
    expect((await keysOf(editor)).map((key) => key.id)).not.toContain(id);
    expect((await keysOf(coordinator)).map((key) => key.id)).toContain(id);
    expect(await editor.query('query ($id: ID!) { node(id: $id) { id } }', { id })).toEqual({ node: null });
  });

  test('the day of the last use is written once a day', async () => {
    const { id, text } = await issued(editor, { label: 'used', role: 'VIEWER' });
    const used = async (): Promise<unknown> => (await keysOf(editor)).find((key) => key.id === id)?.lastUsedOn;
    expect(await used()).toBeNull();
    const client = hub.present(text);
    await client.query(VIEWER);
    expect(await used()).toBe(new Date(systemClock.now()).toISOString().slice(0, 10));
    const version = (): Promise<unknown> =>
      withClient(hub.database.adminUrl, async (admin) => {
        const { rows } = await admin.query(`select xmin::text from app.api_key where id = $1`, [id]);
        return rows;
      });
    const before = await version();
    await client.query(VIEWER);
    expect(await version()).toEqual(before);
  });

  test('a sign-in is told once an hour', async () => {
    const { id, text } = await issued(editor, { label: 'told', role: 'VIEWER' });
    events.length = 0;
    const client = hub.present(text);
    await client.query(VIEWER);
    await client.query(VIEWER);
    expect(events.filter(({ keyId }) => keyId === id)).toMatchObject([
      {
        kind: 'signed-in',
        publicId: text.split('_')[2],
        reason: 'key',
        viewer: { keyId: id, actorId: editor.actorId },
      },
    ]);
  });
});

/** A key with the public id of one and the secret of another, and a right checksum. */
async function withSecretOf(one: string, other: string): Promise<string> {
  const { crc32 } = await import('node:zlib');
  const [head, environment, publicId] = one.split('_');
  const body = [head, environment, publicId, other.split('_')[3]].join('_');
  return `${body}_${crc32(body).toString(16).padStart(8, '0')}`;
}
