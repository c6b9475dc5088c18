import { execFileSync } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type FaultHub, openFaultHub, type RunningServer } from '../../faults/hub/hub.ts';
import { issued, people, revokeApiKey, suspendActor } from '../support/access.ts';
import { type Client, clientWithCookie, clientWithKey } from '../support/hub.ts';
import { type TestIssuer, testIssuer } from '../support/issuer.ts';
import { subscribeByEvents, subscribeByWebSocket } from '../support/streams.ts';

const MINUTE = 60_000;
/** Within which a session that one server ended holds at no other: docs/decisions/0023. */
const REFUSED_WITHIN_MS = 500;
const PAUSE_MS = 20;
const PAGE = { 'concord-session': 'cookie', 'content-type': 'application/json' };
const VIEWER = '{ viewer { label } }';
const NEWS = 'subscription { suggestionChanged { id } }';

/** What a session was opened with, and what ends it. */
interface Opened {
  readonly key: string;
  end(cookie: string): Promise<unknown>;
}

let issuer: TestIssuer;
let hub: FaultHub;
let here: RunningServer;
let there: RunningServer;
let coordinator: Client;

beforeAll(async () => {
  execFileSync('npm', ['run', '--silent', 'build'], { stdio: 'inherit' });
  issuer = await testIssuer(['ES256']);
  hub = await openFaultHub();
  const env = { OIDC_ISSUER: issuer.config.issuer, OIDC_AUDIENCE: issuer.config.audience };
  [here, there] = await Promise.all([hub.startServer({ env }), hub.startServer({ env })]);
  const [party] = await hub.parties(1, 'coordinator');
  coordinator = clientWithKey(here.url, party?.key ?? '', party?.actorId ?? null);
}, 4 * MINUTE);
afterAll(async () => {
  await hub.close();
  await issuer.close();
}, MINUTE);

async function editor(): Promise<Client & { readonly actorId: string }> {
  const [party] = await hub.parties(1);
  if (!party) throw new Error('no party');
  return { ...clientWithKey(here.url, party.key, party.actorId), actorId: party.actorId };
}

let persons = 0;
/** Somebody with a membership as an editor, and the token by which they come. */
async function person(): Promise<{ membership: string; token: string }> {
  persons += 1;
  const by = await editor();
  const subject = `person-${String(persons)}`;
  const who = { issuer: issuer.config.issuer, subject, label: `Example ${subject}` };
  const { id } = await people(by, 'grantMembership', { ...who, role: 'EDITOR', actor: by.actorId });
  return { membership: String(id), token: await issuer.token(subject, {}, 'ES256') };
}

const suspend = (membership: string): Promise<unknown> => people(coordinator, 'suspendUser', { membership });

const WAYS: readonly { readonly by: string; readonly open: () => Promise<Opened> }[] = [
  {
    by: 'signing out',
    open: async () => ({
      key: (await editor()).key,
      end: (cookie) => fetch(`${here.url}/session`, { method: 'DELETE', headers: { ...PAGE, cookie } }),
    }),
  },
  {
    by: 'revoking its key',
    open: async () => {
      const by = await editor();
      const { id, text } = await issued(by, { label: 'lost', role: 'EDITOR' });
      return { key: text, end: () => revokeApiKey(by, id) };
    },
  },
  {
    by: 'suspending its actor',
    open: async () => {
      const { key, actorId } = await editor();
      return { key, end: () => suspendActor(coordinator, actorId) };
    },
  },
  {
    by: 'suspending its person',
    open: async () => {
      const { membership, token } = await person();
      return { key: token, end: () => suspend(membership) };
    },
  },
  {
    by: 'revoking the membership of its person',
    open: async () => {
      const { membership, token } = await person();
      return { key: token, end: () => people(coordinator, 'revokeMembership', { id: membership }) };
    },
  },
  {
    by: 'suspending the person who issued its key',
    open: async () => {
      const { membership, token } = await person();
      const { text } = await issued(clientWithKey(here.url, token, null), { label: 'issued', role: 'EDITOR' });
      return { key: text, end: () => suspend(membership) };
    },
  },
];

test.each(WAYS)('a session ended at one server by $by is refused at the other', async ({ open }) => {
  const { key, end } = await open();
  const cookie = await signIn(key);
  const [pageHere, page] = [clientWithCookie(here.url, cookie), clientWithCookie(there.url, cookie)];
  const socket = await subscribeByWebSocket(there.url, page, NEWS);
  const events = await subscribeByEvents(there.url, page, NEWS);
  expect((await page.send(VIEWER)).status).toBe(200);

  await end(cookie);
  const endedAt = performance.now();
  expect((await pageHere.send(VIEWER)).status).toBe(401);
  expect(await openedUntil(page, endedAt)).toBeLessThanOrEqual(REFUSED_WITHIN_MS);
  expect(await socket.ended()).toBe(4403);
  await events.ended();

  const standing: unknown = await (await fetch(`${there.url}/session`, { headers: { cookie } })).json();
  expect(standing).toMatchObject({ signedIn: false });
  await expect(subscribeByEvents(there.url, page, NEWS)).rejects.toThrow('no stream: 401');
  await expect(subscribeByWebSocket(there.url, page, NEWS)).rejects.toMatchObject({ code: 4403 });
});

/** The cookie of a browser that signs in at the first server. */
async function signIn(key: string): Promise<string> {
  const response = await fetch(`${here.url}/session`, { method: 'POST', headers: PAGE, body: JSON.stringify({ key }) });
  expect(response.status).toBe(200);
  return (response.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
}

/** How long after an instant somebody asked who was still let in, in ms; gives up soon after it is too long. */
async function openedUntil(page: Client, since: number): Promise<number> {
  for (let until = 0; ;) {
    const askedAt = performance.now();
    const { status } = await page.send(VIEWER);
    if (status === 401) return until;
    until = askedAt - since;
    if (until > REFUSED_WITHIN_MS) return until;
    await delay(PAUSE_MS);
  }
}
