import { performance } from 'node:perf_hooks';
import { type Client as SocketClient, createClient } from 'graphql-ws';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { withClient } from '../../platform/database/with-client.ts';
import { issued, people, revokeApiKey, suspendActor } from '../support/access.ts';
import { type Client, type TestHub, testHub } from '../support/hub.ts';
import { type TestIssuer, testIssuer } from '../support/issuer.ts';
import { subscribeByEvents, subscribeByWebSocket } from '../support/streams.ts';

/** S7: how long somebody who was shut out may still be listening. */
const LIMIT_MS = 1_000;
const FORBIDDEN = 4403;
const SUGGESTIONS = 'subscription { suggestionChanged { id } }';
const SUGGESTION = 'sug_0000000000000000000001';

const TRANSPORTS = [
  { transport: 'server-sent events', subscribe: subscribeByEvents, code: null },
  { transport: 'WebSocket', subscribe: subscribeByWebSocket, code: FORBIDDEN },
];

let issuer: TestIssuer;
let hub: TestHub;
let coordinator: Client;

beforeAll(async () => {
  issuer = await testIssuer();
  hub = await testHub({ oidc: issuer.config });
  coordinator = await hub.as('coordinator');
  await behindTheCurtain(`insert into app.composition values ('country:BD', 20000, 1, now());
    insert into app.suggestion (id, kind, status, scope, draft_key, score, start_day, end_day, starts_on, themes, audiences,
      countries, missing_roles, missing_countries, missing_languages, missing_channels, reasons, title, explanation, created_at, updated_at)
    values ('${SUGGESTION}', 'JOINT_CAMPAIGN', 'OPEN', 'country:BD', 'k', 0.5, 20000, 20010, '2024-10-04', '{}', '{}',
      '{BD}', '{}', '{}', '{}', '{}', '[]', 'Example', 'Example', now(), now())`);
});
afterAll(async () => {
  process.stdout.write(
    `S7: ${String(stopsMs.length)} streams shut out, the slowest ended after ${Math.max(...stopsMs).toFixed(0)} ms\n`,
  );
  await hub.close();
  await issuer.close();
});

/** As a superuser: what no role of the hub's can do. */
async function behindTheCurtain(statements: string): Promise<void> {
  await withClient(hub.database.adminUrl, (client) => client.query(statements));
}

/** Without the triggers that tell of it: as if the notice were lost. */
const silently = (statement: string): Promise<void> =>
  behindTheCurtain(`set session_replication_role = replica; ${statement}`);

const tellOfSuggestion = (): Promise<void> =>
  behindTheCurtain(`select pg_notify('concord_notice', 'suggestion.changed:${SUGGESTION}')`);

const loseNotices = (): Promise<void> =>
  behindTheCurtain(`select pg_terminate_backend(pid) from pg_stat_activity
    where application_name = 'concord-notices' and datname = current_database()`);

interface Way {
  readonly what: string;
  readonly status: number;
  /** Somebody who is let in, and how to shut them out. */
  arrange(): Promise<{ client: Client; shutOut: () => Promise<unknown> }>;
}

async function person(subject: string): Promise<{ client: Client; actor: string; membership: string }> {
  const actor = await hub.actor();
  const { id } = await people(coordinator, 'grantMembership', {
    issuer: issuer.config.issuer,
    subject,
    label: subject,
    role: 'EDITOR',
    actor,
  });
  return { client: hub.present(await issuer.token(subject)), actor, membership: String(id) };
}

let persons = 0;
const stopsMs: number[] = [];
const WAYS: readonly Way[] = [
  {
    what: 'its key was revoked',
    status: 401,
    arrange: async () => {
      const key = await issued(coordinator, { label: 'revoked', role: 'VIEWER', actor: await hub.actor() });
      return { client: hub.present(key.text), shutOut: () => revokeApiKey(coordinator, key.id) };
    },
  },
  {
    what: 'its actor was suspended',
    status: 401,
    arrange: async () => {
      const actor = await hub.actor();
      return { client: await hub.as('editor', actor), shutOut: () => suspendActor(coordinator, actor) };
    },
  },
  {
    what: 'its user was suspended',
    status: 403,
    arrange: async () => {
      const { client, membership } = await person(`suspended ${String((persons += 1))}`);
      return { client, shutOut: () => people(coordinator, 'suspendUser', { membership }) };
    },
  },
  {
    what: 'the user who issued its key was suspended',
    status: 401,
    arrange: async () => {
      const { client, membership } = await person(`issuer ${String((persons += 1))}`);
      const key = await issued(client, { label: 'of a person', role: 'VIEWER' });
      return {
        client: hub.present(key.text),
        shutOut: () => people(coordinator, 'suspendUser', { membership }),
      };
    },
  },
  {
    what: 'its membership was revoked',
    status: 403,
    arrange: async () => {
      const { client, membership } = await person(`leaving ${String((persons += 1))}`);
      return { client, shutOut: () => people(coordinator, 'revokeMembership', { id: membership }) };
    },
  },
];

describe.each(TRANSPORTS)('a subscription by $transport', ({ subscribe, code }) => {
  test.each(WAYS)('ends within a second after $what, and so does everything else', async ({ status, arrange }) => {
    const { client, shutOut } = await arrange();
    const stream = await subscribe(hub.url, client, SUGGESTIONS);
    const ended = stream.ended().then((how) => ({ how, atMs: performance.now() }));
    await shutOut();
    const shutOutMs = performance.now();
    expect((await client.send('{ viewer { label } }')).status).toBe(status);
    const { how, atMs } = await ended;
    expect(how).toBe(code);
    const tookMs = Math.max(0, atMs - shutOutMs);
    stopsMs.push(tookMs);
    expect(tookMs).toBeLessThan(LIMIT_MS);
  });

  test('of somebody else goes on', async () => {
    const staying = await subscribe<object>(hub.url, await hub.as('coordinator'), SUGGESTIONS);
    const leaving = await issued(coordinator, { label: 'leaving', role: 'COORDINATOR' });
    const other = await subscribe(hub.url, hub.present(leaving.text), SUGGESTIONS);
    const ended = other.ended();
    await revokeApiKey(coordinator, leaving.id);
    await ended;
    const event = staying.next();
    await tellOfSuggestion();
    expect(await event).toEqual({ suggestionChanged: { id: SUGGESTION } });
    await staying.close();
  });

  test('delivers nothing to somebody shut out, even when nobody told of it', async () => {
    const key = await issued(coordinator, { label: 'untold', role: 'COORDINATOR' });
    const stream = await subscribe(hub.url, hub.present(key.text), SUGGESTIONS);
    await silently(`update app.api_key set revoked_at = now() where id = '${key.id}'`);
    // Expected from the start: it may come before the telling returns.
    const refusal = expect(stream.next()).rejects.toThrow('the stream has ended');
    await tellOfSuggestion();
    await refusal;
    await stream.close();
  });

  test('ends when notices come again after an interruption in which its key was revoked', async () => {
    const key = await issued(coordinator, { label: 'interrupted', role: 'COORDINATOR' });
    const stream = await subscribe(hub.url, hub.present(key.text), SUGGESTIONS);
    const ended = stream.ended();
    await silently(`update app.api_key set revoked_at = now() where id = '${key.id}'`);
    await loseNotices();
    expect(await ended).toBe(code);
  });

  test('ends when its key may do less than before, so that its client begins anew', async () => {
    const key = await issued(coordinator, { label: 'narrowed', role: 'COORDINATOR' });
    const stream = await subscribe(hub.url, hub.present(key.text), SUGGESTIONS);
    const ended = stream.ended();
    await behindTheCurtain(`update app.api_key set scopes = '{}' where id = '${key.id}'`);
    expect(await ended).toBe(code);
  });
});

test('an operation on a WebSocket that is still open is refused once its key was revoked', async () => {
  const key = await issued(coordinator, { label: 'open socket', role: 'COORDINATOR' });
  const { client: socket, run } = openSocket(hub.present(key.text));
  expect(await run('{ viewer { label } }')).toEqual({ data: { viewer: { label: 'open socket' } } });
  await silently(`update app.api_key set revoked_at = now() where id = '${key.id}'`);
  const before = await countActors();
  await expect(
    run('mutation { registerActor(input: { name: "Example late", kind: "media" }) { __typename } }'),
  ).rejects.toMatchObject({ code: FORBIDDEN });
  expect(await countActors()).toEqual(before);
  await socket.dispose();
});

function openSocket(client: Client): { client: SocketClient; run: (query: string) => Promise<unknown> } {
  const socket = createClient({
    url: `${hub.url.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams: client.headers,
    retryAttempts: 0,
    lazy: false,
    onNonLazyError: () => undefined,
  });
  return { client: socket, run: async (query) => (await socket.iterate({ query }).next()).value };
}

async function countActors(): Promise<unknown> {
  const { rows } = await withClient(hub.database.adminUrl, (client) => client.query('select count(*) from app.actor'));
  return rows[0];
}
