import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SignInEvent } from '../../core/access/sign-in-watch.ts';
import { HUB_VIEWER } from '../../core/access/viewer.ts';
import { LONGEST_SESSION_MS } from '../../core/access/session.service.ts';
import { type Clock, systemClock } from '../../platform/clock.ts';
import { withClient } from '../../platform/database/with-client.ts';
import { createLog } from '../../platform/log.ts';
import { openNotices } from '../../platform/notices.ts';
import type { RequestContext } from '../../schema/context.ts';
import { OpenStreams } from '../../server/http/open-streams.ts';
import { issued, revokeApiKey } from '../support/access.ts';
import { type Client, type TestHub, testHub } from '../support/hub.ts';

const HOUR_MS = 3_600_000;
const PAGE = { 'concord-session': 'cookie', 'content-type': 'application/json' };
const VIEWER = '{ viewer { label role scopes } }';

let later = 0;
const clock: Clock = { now: () => systemClock.now() + later, today: () => systemClock.today() };
const events: SignInEvent[] = [];
let hub: TestHub;
let actor: string;
let editor: Client;
let demo: Record<string, string>;

beforeAll(async () => {
  hub = await testHub({
    clock,
    demoKeys: () => Promise.resolve(demo),
    onSignIn: (event) => {
      events.push(event);
      return Promise.resolve();
    },
  });
  actor = await hub.actor();
  editor = await hub.as('editor', actor);
  demo = { ngo: editor.key };
});
afterAll(() => hub.close());

/** Time goes by; who was let in just now is looked up again, as after half a second. */
async function pass(ms: number): Promise<void> {
  later += ms;
  await hub.app.services.unitOfWork.run(HUB_VIEWER, () => Promise.resolve());
}

const post = (path: string, body: unknown, headers: Record<string, string> = PAGE): Promise<Response> =>
  fetch(`${hub.url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });

/** The cookie that a browser would send from now on. */
async function signIn(key: string): Promise<string> {
  const response = await post('/session', { key });
  expect(response.status).toBe(200);
  return (response.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
}
const ask = (cookie: string, headers: Record<string, string> = PAGE): Promise<Response> =>
  post('/graphql', { query: VIEWER }, { ...headers, cookie });
const standing = async (cookie: string): Promise<unknown> =>
  (await fetch(`${hub.url}/session`, { headers: { cookie } })).json();

describe('a session', () => {
  test('opened by a key answers as that key, until it is ended', async () => {
    const cookie = await signIn(editor.key);
    const answer = (await (await ask(cookie)).json()) as unknown;
    expect(answer).toMatchObject({ data: await editor.query(VIEWER) });
    expect(await standing(cookie)).toEqual({ signedIn: true, demo: ['ngo'], issuer: null, unfinished: null });
    await fetch(`${hub.url}/session`, { method: 'DELETE', headers: { ...PAGE, cookie } });
    expect((await ask(cookie)).status).toBe(401);
    expect(await standing(cookie)).toEqual({ signedIn: false, demo: ['ngo'], issuer: null, unfinished: null });
  });

  test('travels in a cookie that scripts cannot read and other sites cannot send', async () => {
    const response = await post('/session', { key: editor.key });
    expect(response.headers.get('set-cookie')).toMatch(
      /^concord-session=[\w-]{64}; Path=\/; HttpOnly; SameSite=Strict; Max-Age=604800$/,
    );
    expect(await response.text()).not.toContain('ccd_');
  });

  test('is stored as a hash alone, and nobody can read the table as a request does', async () => {
    const [, token = ''] = (await signIn(editor.key)).split('=');
    await withClient(hub.database.adminUrl, async (client) => {
      const { rows } = await client.query<{ row: string }>('select s::text as row from app.session s');
      expect(rows.length).toBeGreaterThan(0);
      for (const { row } of rows) expect(row).not.toContain(token);
    });
    await withClient(hub.database.appUrl, (client) =>
      expect(client.query('select token_hash from app.session')).rejects.toMatchObject({ code: '42501' }),
    );
  });

  test('gets long answers compressed, where programs with a key get the same as it is', async () => {
    const query = '{ kinds: taxonomy(kind: ACTOR_KIND) { code label } themes: taxonomy(kind: THEME) { code label } }';
    const cookie = await signIn(editor.key);
    const [first, known, short] = [
      await post('/graphql', { query }, { ...PAGE, cookie }),
      await post('/graphql', { query }, { ...PAGE, cookie, accept: 'application/json' }),
      await ask(cookie),
    ];
    for (const answer of [first, known]) {
      expect(answer.headers.get('content-encoding')).toMatch(/^(?:br|gzip)$/);
      expect(answer.headers.get('vary')).toMatch(/accept-encoding/i);
      expect(await answer.json()).toMatchObject({ data: await editor.query(query) });
    }
    expect(short.headers.get('content-encoding')).toBeNull();
    const byKey = await post(
      '/graphql',
      { query },
      { 'content-type': 'application/json', authorization: `Bearer ${editor.key}` },
    );
    expect(byKey.headers.get('content-encoding')).toBeNull();
  });

  test('has no more than the scopes of its key', async () => {
    const { text } = await issued(editor, { label: 'reads', role: 'EDITOR', scopes: [] });
    const answer = (await (await ask(await signIn(text))).json()) as { data: { viewer: { scopes: unknown } } };
    expect(answer.data.viewer.scopes).toEqual([]);
  });

  test('ends with its key, at the next request and for what is open', async () => {
    const { id, text } = await issued(editor, { label: 'lost', role: 'EDITOR' });
    const cookie = await signIn(text);
    const stream = await post(
      '/graphql/stream',
      { query: 'subscription { suggestionChanged { id } }' },
      {
        ...PAGE,
        cookie,
        accept: 'text/event-stream',
      },
    );
    expect(stream.status).toBe(200);
    const ended = stream.text();
    await revokeApiKey(editor, id);
    expect((await ask(cookie)).status).toBe(401);
    await ended;
  });

  test('ends what it has open when its holder signs out', async () => {
    const cookie = await signIn(editor.key);
    const stream = await post(
      '/graphql/stream',
      { query: 'subscription { suggestionChanged { id } }' },
      {
        ...PAGE,
        cookie,
        accept: 'text/event-stream',
      },
    );
    const ended = stream.text();
    await fetch(`${hub.url}/session`, { method: 'DELETE', headers: { ...PAGE, cookie } });
    await ended;
  });

  test('lasts no longer for what is open, and takes that along when it expires', async () => {
    const { sessions } = hub.app.services;
    const token = (await signIn(editor.key)).split('=')[1] ?? '';
    const ended: string[] = [];
    const log = createLog('silent');
    const notices = await openNotices({ url: hub.database.appUrl, log });
    const streams = new OpenStreams(notices, log);
    const entitled = async (): Promise<boolean> => (await sessions.find(token, false)) !== null;
    const context = { entitled, requestId: 'r', viewer: HUB_VIEWER } as unknown as RequestContext;
    streams.add({ context, end: () => ended.push('ended') });
    await pass(11 * HOUR_MS);
    await streams.checkAll();
    expect(ended).toEqual([]);
    await pass(HOUR_MS);
    await streams.checkAll();
    expect(ended).toEqual(['ended']);
    await notices.close();
  });

  test('ends when it is not used for twelve hours, and after a week however much it is used', async () => {
    const idle = await signIn(editor.key);
    await pass(11 * HOUR_MS);
    expect((await ask(idle)).status).toBe(200);
    await pass(11 * HOUR_MS);
    expect((await ask(idle)).status).toBe(200);
    await pass(12 * HOUR_MS);
    expect((await ask(idle)).status).toBe(401);

    const used = await signIn(editor.key);
    for (let passed = 0; passed + 11 * HOUR_MS < LONGEST_SESSION_MS; passed += 11 * HOUR_MS) {
      await pass(11 * HOUR_MS);
      expect((await ask(used)).status).toBe(200);
    }
    await pass(11 * HOUR_MS);
    expect((await ask(used)).status).toBe(401);
  });

  test('that is over is taken out when another is opened', async () => {
    await pass(2 * LONGEST_SESSION_MS);
    await signIn(editor.key);
    await withClient(hub.database.adminUrl, async (client) => {
      expect((await client.query('select from app.session')).rowCount).toBe(1);
    });
  });
});

describe('by a cookie', () => {
  let cookie: string;
  beforeAll(async () => {
    cookie = await signIn(editor.key);
  });

  test.each<[string, Record<string, string>]>([
    ['without the header of our pages', { 'content-type': 'application/json' }],
    ['as a form would send it', { ...PAGE, 'content-type': 'text/plain' }],
    ['from a page of another site', { ...PAGE, origin: 'https://elsewhere.example' }],
    ['from a page on another port', { ...PAGE, origin: 'http://127.0.0.1:9' }],
    ['from another site, as the browser says', { ...PAGE, 'sec-fetch-site': 'cross-site' }],
    ['from a sibling site', { ...PAGE, 'sec-fetch-site': 'same-site' }],
  ])('a request %s is refused', async (_how, headers) => {
    expect((await ask(cookie, headers)).status).toBe(403);
  });

  test.each<[string, Record<string, string>]>([
    ['without the header of our pages', { 'content-type': 'application/json' }],
    ['from a page of another site', { ...PAGE, origin: 'https://elsewhere.example' }],
    ['from another site, as the browser says', { ...PAGE, 'sec-fetch-site': 'cross-site' }],
  ])('a stream of events %s is refused', async (_how, headers) => {
    const query = 'subscription { suggestionChanged { id } }';
    const response = await post('/graphql/stream', { query }, { ...headers, cookie, accept: 'text/event-stream' });
    expect(response.status).toBe(403);
  });

  test('a page of the hub is let in', async () => {
    const response = await ask(cookie, { ...PAGE, origin: hub.url, 'sec-fetch-site': 'same-origin' });
    expect(response.status).toBe(200);
  });

  test.each<[string, string | null, boolean]>([
    ['of the hub', 'own', true],
    ['of another site', 'https://elsewhere.example', false],
    ['that does not say whose it is', null, false],
  ])('a WebSocket from a page %s', async (_whose, origin, isLetIn) => {
    const { WebSocket } = await import('ws');
    const socket = new WebSocket(`${hub.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', {
      headers: { cookie, ...(origin !== null && { origin: origin === 'own' ? hub.url : origin }) },
    });
    const said = await new Promise<string>((resolve, reject) => {
      socket.on('open', () => {
        socket.send('{"type":"connection_init"}');
      });
      socket.on('message', (message: Buffer) => {
        resolve(String(message));
      });
      socket.on('close', (code) => {
        resolve(`closed ${String(code)}`);
      });
      socket.on('error', reject);
    });
    socket.close();
    expect(said).toBe(isLetIn ? '{"type":"connection_ack"}' : 'closed 4403');
  });

  test('a key that is presented beside it counts alone', async () => {
    const response = await ask(cookie, { ...PAGE, authorization: 'Bearer ccd_wrong' });
    expect(response.status).toBe(401);
  });
});

describe('signing in', () => {
  test('by a key that opens nothing is refused, and noted like any wrong key', async () => {
    const before = events.length;
    const response = await post('/session', { key: 'ccd_test_wrong' });
    expect([response.status, response.headers.get('set-cookie')]).toEqual([401, null]);
    expect(events.slice(before)).toMatchObject([{ kind: 'denied', reason: 'not-a-key' }]);
  });

  test('by a cookie that is none is noted as a denial', async () => {
    const before = events.length;
    expect((await ask(`concord-session=${'x'.repeat(43)}`)).status).toBe(401);
    expect(events.slice(before)).toMatchObject([{ kind: 'denied', reason: 'no-session' }]);
  });

  test('from a page of another site is refused', async () => {
    const elsewhere = { ...PAGE, origin: 'https://elsewhere.example' };
    expect((await post('/session', { key: editor.key }, elsewhere)).status).toBe(403);
    expect((await post('/session', { key: editor.key }, { 'content-type': 'application/json' })).status).toBe(403);
  });

  test('as somebody of the demo takes a name, and tells no key', async () => {
    const response = await post('/session', { demo: 'ngo' });
    expect(response.status).toBe(200);
    expect(await response.text()).toBe('{"signedIn":true}');
    expect((await post('/session', { demo: 'nobody' })).status).toBe(401);
  });

  test('as somebody of the demo is for this machine alone, whatever name or proxy leads here', async () => {
    const forwarded = await post('/session', { demo: 'ngo' }, { ...PAGE, 'x-forwarded-for': '203.0.113.9' });
    expect(forwarded.status).toBe(401);
    expect(await rebound()).toBe(401);
  });
});

/** Signs in under another site's name that leads here: `fetch` would not send such a Host. */
async function rebound(): Promise<number | undefined> {
  const { request } = await import('node:http');
  return new Promise((resolve, reject) => {
    const { port } = new URL(hub.url);
    const headers = { ...PAGE, host: `rebound.example:${port}` };
    const asking = request({ host: '127.0.0.1', port, path: '/session', method: 'POST', headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    asking.on('error', reject);
    asking.end('{"demo":"ngo"}');
  });
}

// Last: nobody is let in from this address for a minute.
test('to come with the cookie of a session that is over shuts nobody out, however often; with made up ones it does', async () => {
  const over = await signIn(editor.key);
  const signedOut = await signIn(editor.key);
  await fetch(`${hub.url}/session`, { method: 'DELETE', headers: { ...PAGE, cookie: signedOut } });
  await pass(2 * LONGEST_SESSION_MS);
  // Whoever opens a session takes out those that are over: nobody remembers them.
  await signIn(editor.key);
  for (let time = 0; time < 20; time += 1) {
    expect((await ask(over)).status).toBe(401);
    expect((await ask(signedOut)).status).toBe(401);
  }
  const [name = '', token = ''] = over.split('=');
  const madeUp = `${name}=${token.startsWith('A') ? 'B' : 'A'}${token.slice(1)}`;
  for (let time = 0; time < 30; time += 1) await ask(madeUp);
  expect((await ask(madeUp)).status).toBe(429);
  expect((await ask(over)).status).toBe(429);
});
