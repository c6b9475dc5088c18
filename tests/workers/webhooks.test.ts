import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { HUB_VIEWER } from '../../core/access/viewer.ts';
import { notify } from '../../core/notifications/notify.ts';
import type { NotificationKind } from '../../core/notifications/notification-kind.ts';
import { withClient } from '../../platform/database/with-client.ts';
import { NO_OUTBOUND } from '../../workers/outbound.ts';
import type { Client } from '../support/hub.ts';
import { idOf, mutate } from '../support/mutate.ts';
import { type WorkingHub, workingHub } from '../support/working-hub.ts';

interface Called {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

let hub: WorkingHub;
let receiver: Server;
let base: string;
let editor: Client;
let called: Called[] = [];
/** What the receiver answers, call by call; then 200. */
let statuses: number[] = [];

beforeAll(async () => {
  hub = await workingHub({ outbound: { ...NO_OUTBOUND, webhooksToLoopback: true } });
  receiver = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      called.push({ headers: request.headers, body: Buffer.concat(chunks).toString('utf8') });
      response.writeHead(statuses.shift() ?? 200).end();
    });
  });
  await new Promise<void>((resolve) => {
    receiver.listen(0, '127.0.0.1', () => {
      resolve();
    });
  });
  const address = receiver.address();
  base = `http://127.0.0.1:${String(typeof address === 'object' && address ? address.port : 0)}`;
});
afterAll(async () => {
  await hub.close();
  receiver.closeAllConnections();
  receiver.close();
});
beforeEach(async () => {
  called = [];
  statuses = [];
  editor = await hub.as('editor', await hub.actor());
});

type Result = Record<string, unknown> & { readonly __typename: string };
const PROBLEM = '... on Problem { code message } ... on InvalidInput { issues { path message } }';
const WEBHOOK = 'id url kinds state createdAt lastDelivery { id kind state attempts lastResult lastAttemptAt }';

async function register(client: Client, input: object): Promise<Result> {
  const { result } = await client.query<{ result: Result }>(
    `mutation ($input: RegisterWebhookInput!) { result: registerWebhook(input: $input) { __typename
      ... on RegisteredWebhook { key: secret webhook { ${WEBHOOK} } } ${PROBLEM} } }`,
    { input },
  );
  return result;
}

/** A webhook that must have been registered, with its secret. */
async function registered(client: Client, input: object): Promise<{ id: string; secret: string }> {
  const { webhook, key } = await register(client, input);
  return { id: (webhook as { id: string }).id, secret: String(key) };
}

async function about(client: Client, name: 'revokeWebhook' | 'pingWebhook', id: string): Promise<Result> {
  const type = name === 'revokeWebhook' ? 'RevokeWebhookInput' : 'PingWebhookInput';
  const { result } = await client.query<{ result: Result }>(
    `mutation ($input: ${type}!) { result: ${name}(input: $input) { __typename ... on Webhook { ${WEBHOOK} } ${PROBLEM} } }`,
    { input: { id } },
  );
  return result;
}

interface Listed {
  readonly id: string;
  readonly state: string;
  readonly lastDelivery: {
    readonly id: string;
    readonly kind: string;
    readonly state: string;
    readonly attempts: number;
    readonly lastResult: string;
  } | null;
}
const list = async (client: Client): Promise<readonly Listed[]> =>
  (await client.query<{ webhooks: Listed[] }>(`{ webhooks { ${WEBHOOK} } }`)).webhooks;

const admin = (statement: string): Promise<Record<string, unknown>[]> =>
  withClient(hub.database.adminUrl, async (client) => (await client.query<Record<string, unknown>>(statement)).rows);

let told = 0;
/** Tells the editor's actor of a new programme of its own; returns the programme. */
async function tell(notice: NotificationKind = 'INVITATION', visibility = 'MEMBERS'): Promise<string> {
  told += 1;
  const release = { visibility, matching: 'NONE', placePrecision: 'NONE' };
  const subjectId = await idOf(mutate(editor, 'registerProgramme', { name: 'Canary programme q7x', release }));
  await hub.app.services.unitOfWork.run(HUB_VIEWER, (work) =>
    notify(work, { recipient: editor.actorId, notice, subjectId, occasion: String(told) }),
  );
  await hub.workers.quiet();
  return subjectId;
}

/** Runs the attempts that wait for their time now, one after the other. */
async function hurry(times: number): Promise<void> {
  for (let time = 0; time < times; time += 1) {
    for (const job of await hub.workers.queues.queue('deliver-webhook').getDelayed()) await job.promote();
    await hub.workers.quiet();
  }
}

describe('a webhook', () => {
  test('is called with ids and a kind alone, signed by a secret that is shown once', async () => {
    const { id, secret } = await registered(editor, { url: `${base}/hook`, kinds: ['INVITATION'] });
    expect(secret).toMatch(/^whsec_[\w-]{43}$/);
    const subject = await tell();
    const [call, ...others] = called;
    expect(others).toEqual([]);
    const body = JSON.parse(call?.body ?? '') as Record<string, unknown>;
    expect(Object.keys(body).sort()).toEqual(['id', 'kind', 'notification', 'occurredAt', 'subject']);
    expect(body).toMatchObject({ kind: 'INVITATION', subject, id: call?.headers['concord-delivery'] });
    const [, seconds, digest] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(call?.headers['concord-signature'])) ?? [];
    expect(digest).toBe(
      createHmac('sha256', secret)
        .update(`${String(seconds)}.${String(call?.body)}`)
        .digest('hex'),
    );
    expect(Math.abs(Number(seconds) - Date.now() / 1_000)).toBeLessThan(60);
    expect(call?.body).not.toContain('Canary');
    expect(await list(editor)).toMatchObject([
      {
        id,
        state: 'ACTIVE',
        lastDelivery: { id: body['id'], state: 'DELIVERED', attempts: 1, lastResult: 'http-200' },
      },
    ]);
    const { notifications } = await editor.query<{ notifications: { nodes: { id: string }[] } }>(
      '{ notifications { nodes { id } } }',
    );
    expect(notifications.nodes.map((node) => node.id)).toEqual([body['notification']]);
  });

  test('is told of the kinds it asked for only, and of nothing of others', async () => {
    await registered(editor, { url: `${base}/hook`, kinds: ['ENDS_SOON'] });
    const stranger = await hub.as('editor', await hub.actor());
    await registered(stranger, { url: `${base}/stranger` });
    await tell('INVITATION');
    expect(called).toEqual([]);
    await tell('ENDS_SOON');
    expect(called).toHaveLength(1);
  });

  test('is told of nothing restricted, nor of what is no longer there when it is called', async () => {
    const { id } = await registered(editor, { url: `${base}/hook` });
    await tell('INVITATION', 'RESTRICTED');
    expect(called).toEqual([]);
    expect(await list(editor)).toMatchObject([{ id, lastDelivery: { state: 'DROPPED', attempts: 0 } }]);
    statuses = [500];
    const programme = await tell();
    await admin(`update app.programme set visibility = 'restricted' where id = '${programme}'`);
    await hurry(1);
    expect(called).toHaveLength(1);
    expect(await list(editor)).toMatchObject([{ id, lastDelivery: { state: 'DROPPED', attempts: 1 } }]);
  });

  test('that answers with an error is called again with the same delivery, until it answers', async () => {
    const { id } = await registered(editor, { url: `${base}/hook` });
    statuses = [500, 503, 307];
    await tell();
    expect(await list(editor)).toMatchObject([
      { id, state: 'FAILING', lastDelivery: { state: 'PENDING', lastResult: 'http-500' } },
    ]);
    const [waiting] = await hub.workers.queues.queue('deliver-webhook').getDelayed();
    expect(waiting?.opts.attempts).toBe(6);
    expect(waiting?.delay).toBeGreaterThanOrEqual(300_000);
    await hurry(3);
    expect(called).toHaveLength(4);
    expect(new Set(called.map(({ headers }) => headers['concord-delivery'])).size).toBe(1);
    expect(new Set(called.map(({ body }) => body)).size).toBe(1);
    expect(await list(editor)).toMatchObject([
      { id, state: 'ACTIVE', lastDelivery: { state: 'DELIVERED', attempts: 4, lastResult: 'http-200' } },
    ]);
  });

  test('that keeps failing is called no more, says so, and works again once it answers a ping', async () => {
    const { id } = await registered(editor, { url: `${base}/hook` });
    statuses = Array.from({ length: 100 }, () => 500);
    await tell();
    await hurry(6);
    expect(called).toHaveLength(6);
    expect(await list(editor)).toMatchObject([
      { id, state: 'FAILING', lastDelivery: { state: 'FAILED', attempts: 6 } },
    ]);
    await admin(`update app.webhook set failures = 4 where id = '${id}'`);
    await tell();
    await hurry(6);
    expect(await list(editor)).toMatchObject([{ id, state: 'DISABLED' }]);
    called = [];
    await tell();
    expect(called).toEqual([]);
    expect(await about(editor, 'pingWebhook', id)).toMatchObject({ __typename: 'Webhook', state: 'DISABLED' });
    await hub.workers.quiet();
    expect(await list(editor)).toMatchObject([
      { id, state: 'DISABLED', lastDelivery: { kind: 'PING', state: 'FAILED', attempts: 1 } },
    ]);
    statuses = [];
    await about(editor, 'pingWebhook', id);
    await hub.workers.quiet();
    expect(JSON.parse(called.at(-1)?.body ?? '')).toMatchObject({ kind: 'PING', subject: id, notification: null });
    expect(await list(editor)).toMatchObject([
      { id, state: 'ACTIVE', lastDelivery: { kind: 'PING', state: 'DELIVERED' } },
    ]);
    called = [];
    await tell();
    expect(called).toHaveLength(1);
  });

  test('that was revoked is not called, what waits included, and its secret is gone', async () => {
    const { id } = await registered(editor, { url: `${base}/hook` });
    statuses = [500];
    await tell();
    expect(await about(editor, 'revokeWebhook', id)).toMatchObject({ __typename: 'Webhook', state: 'REVOKED' });
    expect(await about(editor, 'revokeWebhook', id)).toMatchObject({ __typename: 'Webhook', state: 'REVOKED' });
    await hurry(1);
    await tell();
    expect(called).toHaveLength(1);
    expect(await list(editor)).toEqual([]);
    expect(await admin(`select 1 from app.webhook_secret where webhook_id = '${id}'`)).toEqual([]);
    expect(await about(editor, 'pingWebhook', id)).toMatchObject({ code: 'CONFLICT' });
  });

  test('of a suspended actor is not called', async () => {
    const { id } = await registered(editor, { url: `${base}/hook` });
    statuses = [500];
    await tell();
    await admin(`update app.actor set vetting = 'suspended' where id = '${String(editor.actorId)}'`);
    await hurry(1);
    expect(called).toHaveLength(1);
    expect(await admin(`select state from app.webhook_delivery where webhook_id = '${id}'`)).toEqual([
      { state: 'DROPPED' },
    ]);
  });
});

describe('registering', () => {
  test('takes hosts on the public internet by https, or this machine where that is allowed', async () => {
    const bad = [
      ...[
        'http://example.org/',
        'https://example.org:8443/',
        'https://user:secret@example.org/',
        'https://example.org/#a',
      ],
      ...[
        'https://10.0.0.1/',
        'https://[fd00::1]/',
        'https://169.254.169.254/',
        'https://intranet/',
        'ftp://example.org/',
        'nothing',
      ],
    ];
    for (const url of bad) expect(await register(editor, { url }), url).toMatchObject({ __typename: 'InvalidInput' });
    expect(await register(editor, { url: 'https://example.org/concord?token=1' })).toMatchObject({
      __typename: 'RegisteredWebhook',
    });
    expect(await register(editor, { url: `${base}/hook`, kinds: [] })).toMatchObject({ __typename: 'InvalidInput' });
  });

  test('is for editors and their own actor, once a URL, ten times at most; others see and change nothing of it', async () => {
    const { id } = await registered(editor, { url: `${base}/hook` });
    expect(await register(editor, { url: `${base}/hook` })).toMatchObject({ code: 'CONFLICT' });
    const outsiders = await Promise.all([
      hub.as('planner', editor.actorId),
      hub.as('coordinator'),
      hub.as('coordinator', editor.actorId),
      hub.as('editor', await hub.actor()),
    ]);
    for (const [index, client] of outsiders.entries()) {
      expect(await list(client)).toEqual([]);
      expect(await about(client, 'revokeWebhook', id)).toMatchObject({ __typename: 'NotFound' });
      expect(await about(client, 'pingWebhook', id)).toMatchObject({ __typename: 'NotFound' });
      const { node } = await client.query<{ node: unknown }>('query ($id: ID!) { node(id: $id) { id } }', { id });
      expect(node).toBeNull();
      if (index < 3) expect(await register(client, { url: `${base}/other` })).toMatchObject({ code: 'FORBIDDEN' });
    }
    for (let n = 1; n < 10; n += 1) await registered(editor, { url: `${base}/${String(n)}` });
    expect(await register(editor, { url: `${base}/eleventh` })).toMatchObject({
      code: 'LIMIT_EXCEEDED',
      __typename: 'LimitExceeded',
    });
  });

  test('leaves the secret in no row, job or log, and no request can read what is stored of it', async () => {
    const { secret } = await registered(editor, { url: `${base}/hook` });
    await tell();
    const tables =
      await admin(`select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = relnamespace
      where relkind = 'r' and nspname in ('app', 'queue')`);
    const rows: Awaited<ReturnType<typeof admin>>[] = [];
    for (const { name } of tables) rows.push(await admin(`select t::text from ${String(name)} t`));
    expect(JSON.stringify(rows)).not.toContain(secret.slice(6));
    expect(hub.logged.join('\n')).not.toContain(secret.slice(6));
    await expect(
      withClient(hub.database.appUrl, async (client) => {
        await client.query('select sealed from app.webhook_secret');
      }),
    ).rejects.toThrow('permission denied');
  });
});
