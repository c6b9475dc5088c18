import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SignInEvent } from '../../core/access/sign-in-watch.ts';
import { type Clock, systemClock } from '../../platform/clock.ts';
import { people } from '../support/access.ts';
import { type Client, type TestHub, testHub } from '../support/hub.ts';
import { CLIENT, type TestIssuer, testIssuer } from '../support/issuer.ts';

/** What the hub takes for its address: the issuer leads there, and tests bring it to where the hub listens. */
const PUBLIC = 'http://127.0.0.1:4000';
const PAGE = { 'concord-session': 'cookie', 'content-type': 'application/json', origin: PUBLIC };

let later = 0;
const clock: Clock = { now: () => systemClock.now() + later, today: () => systemClock.today() };
const events: SignInEvent[] = [];
let issuer: TestIssuer;
let hub: TestHub;
let actor: string;
let coordinator: Client;

beforeAll(async () => {
  issuer = await testIssuer(['RS256']);
  hub = await testHub({
    clock,
    oidc: { ...issuer.config, client: CLIENT },
    onSignIn: (event) => {
      events.push(event);
      return Promise.resolve();
    },
  });
  actor = await hub.actor({ name: 'Example Trust' });
  coordinator = await hub.as('coordinator');
  await grant('amina', { role: 'EDITOR', actor });
});
afterAll(async () => {
  await hub.close();
  await issuer.close();
});

async function grant(subject: string, as: object): Promise<void> {
  const input = { issuer: issuer.config.issuer, subject, label: `Example ${subject}`, ...as };
  expect(await people(coordinator, 'grantMembership', input)).toMatchObject({ __typename: 'Membership' });
}

/** A browser as far as it matters: it keeps the hub's cookies. */
class Browser {
  readonly cookies = new Map<string, string>();

  async ask(path: string, init: RequestInit = {}): Promise<Response> {
    const cookie = [...this.cookies].map((pair) => pair.join('=')).join('; ');
    const headers = { ...(init.headers as Record<string, string> | undefined), cookie };
    const response = await fetch(hub.url + path, { ...init, headers, redirect: 'manual' });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === '') this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    return response;
  }

  post(path: string, body: unknown, headers: Record<string, string> = PAGE): Promise<Response> {
    return this.ask(path, { method: 'POST', headers, body: JSON.stringify(body) });
  }

  async begin(at = '/'): Promise<URL> {
    const { to } = (await (await this.post('/session/issuer', { at })).json()) as { to: string };
    return new URL(to);
  }

  /** To the issuer, as a person whom it knows by this name. @returns the path with which it leads back */
  async prove(subject: string, to: URL, claims: Record<string, unknown> = {}): Promise<string> {
    issuer.service.removeAllListeners('beforeTokenSigning');
    issuer.service.on('beforeTokenSigning', ({ payload }: { payload: object }) =>
      Object.assign(payload, { sub: subject }, claims),
    );
    const led = await fetch(to, { redirect: 'manual' });
    const back = new URL(led.headers.get('location') ?? '');
    expect(back.origin + back.pathname).toBe(`${PUBLIC}/session/issuer`);
    return back.pathname + back.search;
  }

  async signIn(subject: string, at = '/'): Promise<Response> {
    return this.ask(await this.prove(subject, await this.begin(at)));
  }

  async standing(): Promise<Record<string, unknown>> {
    return (await (await this.ask('/session')).json()) as Record<string, unknown>;
  }

  async viewer(): Promise<unknown> {
    return (await this.post('/graphql', { query: '{ viewer { label role actor { id } } }' })).json();
  }
}

describe('somebody whom the issuer proves', () => {
  test('is signed in as what the hub says, and led to where they were', async () => {
    const browser = new Browser();
    const to = await browser.begin('/registry/x?y=z');
    expect(to.origin).toBe(issuer.config.issuer);
    expect(Object.fromEntries(to.searchParams)).toMatchObject({
      client_id: CLIENT.id,
      response_type: 'code',
      scope: 'openid',
      code_challenge_method: 'S256',
      state: expect.stringMatching(/^[\w-]{43}$/) as string,
      nonce: expect.stringMatching(/^[\w-]{43}$/) as string,
    });
    const before = events.length;
    const response = await browser.ask(await browser.prove('amina', to));
    expect([response.status, response.headers.get('location')]).toEqual([303, `${PUBLIC}/registry/x?y=z`]);
    expect([...browser.cookies.keys()]).toEqual(['concord-session']);
    expect(await browser.viewer()).toMatchObject({
      data: { viewer: { label: 'Example amina', role: 'EDITOR', actor: { id: actor } } },
    });
    expect(events.slice(before)).toMatchObject([{ kind: 'signed-in', reason: 'issuer' }]);
  });

  test('gets a session of their own, whatever the browser held, and the former ends', async () => {
    const browser = new Browser();
    await browser.signIn('amina');
    const former = browser.cookies.get('concord-session') ?? '';
    await browser.signIn('amina');
    expect(browser.cookies.get('concord-session')).not.toBe(former);
    const left = new Browser();
    left.cookies.set('concord-session', former);
    expect((await left.post('/graphql', { query: '{ viewer { label } }' })).status).toBe(401);
  });

  test.each(['https://elsewhere.example/x', '//elsewhere.example', '/\\elsewhere.example', '/.//elsewhere.example'])(
    'is led nowhere else than to the hub: %s',
    async (at) => {
      const response = await new Browser().signIn('amina', at);
      expect(response.headers.get('location')).toMatch(/^http:\/\/127\.0\.0\.1:4000\//);
    },
  );

  test('and nobody let in is told by which name to be let in, once', async () => {
    const browser = new Browser();
    const before = events.length;
    await browser.signIn('stranger');
    expect(browser.cookies.has('concord-session')).toBe(false);
    expect(events.slice(before)).toMatchObject([{ kind: 'denied', reason: 'no-membership' }]);
    const person = { issuer: issuer.config.issuer, subject: 'stranger' };
    expect(await browser.standing()).toMatchObject({
      signedIn: false,
      issuer: new URL(issuer.config.issuer).host,
      unfinished: { kind: 'failed', why: 'unknown', person },
    });
    expect(await browser.standing()).toMatchObject({ unfinished: null });
  });

  test('with several memberships says for whom', async () => {
    const other = await hub.actor({ name: 'Another Trust' });
    await grant('busy', { role: 'EDITOR', actor: other });
    await grant('busy', { role: 'COORDINATOR' });
    const browser = new Browser();
    await browser.signIn('busy', '/map');
    expect(await browser.standing()).toMatchObject({
      signedIn: false,
      unfinished: {
        kind: 'choose',
        memberships: [
          { actorId: other, actorName: 'Another Trust', role: 'editor' },
          { actorId: null, actorName: null, role: 'coordinator' },
        ],
      },
    });
    expect((await browser.post('/session/actor', { actor: 'act_0000000000000000000000' })).status).toBe(403);
    expect((await browser.post('/session/actor', { actor: 'none' })).status).toBe(200);
    expect(await browser.viewer()).toMatchObject({ data: { viewer: { role: 'COORDINATOR', actor: null } } });
    expect([...browser.cookies.keys()]).toEqual(['concord-session']);
  });
});

describe('a sign-in by the issuer', () => {
  const failed = (why: string): object => ({ signedIn: false, unfinished: { kind: 'failed', why } });

  test('is kept in a cookie that scripts cannot read, and that says nothing to whoever has it', async () => {
    const response = await new Browser().post('/session/issuer', { at: '/' });
    const [cookie = ''] = response.headers.getSetCookie();
    expect(cookie).toMatch(/^concord-sign-in=[\w-]+; Path=\/; HttpOnly; SameSite=Lax; Max-Age=600$/);
    const { to } = (await response.json()) as { to: string };
    const state = new URL(to).searchParams.get('state') ?? '-';
    expect(Buffer.from(/=([^;]*)/.exec(cookie)?.[1] ?? '', 'base64url').toString('latin1')).not.toContain(state);
  });

  test.each<[string, Record<string, string>]>([
    ['by a page of another site', { ...PAGE, origin: 'https://elsewhere.example' }],
    ['from another site, as the browser says', { ...PAGE, 'sec-fetch-site': 'cross-site' }],
    ['as a form would', { origin: PUBLIC, 'content-type': 'text/plain' }],
  ])('cannot be begun %s', async (_how, headers) => {
    expect((await new Browser().post('/session/issuer', { at: '/' }, headers)).status).toBe(403);
    expect((await new Browser().post('/session/actor', { actor: 'none' }, headers)).status).toBe(403);
  });

  test('that another browser began does not end in this one, so that nobody is signed in as an attacker', async () => {
    const attacker = new Browser();
    const path = await attacker.prove('amina', await attacker.begin());
    const victim = new Browser();
    await victim.ask(path);
    expect(await victim.standing()).toMatchObject(failed('expired'));
    await victim.begin();
    const before = events.length;
    await victim.ask(path);
    expect(events.slice(before)).toMatchObject([{ kind: 'denied', reason: 'sign-in.OAUTH_INVALID_RESPONSE' }]);
    expect(await victim.standing()).toMatchObject(failed('refused'));
  });

  test.each<[string, Record<string, unknown>]>([
    ['with another nonce', { nonce: 'another' }],
    ['for another client', { aud: 'another' }],
    ['of another issuer', { iss: 'https://elsewhere.example' }],
    ['that has expired', { exp: 1_000_000 }],
    ['without a subject', { sub: undefined }],
  ])('does not believe a token %s', async (_what, claims) => {
    const browser = new Browser();
    await browser.ask(await browser.prove('amina', await browser.begin(), claims));
    expect(await browser.standing()).toMatchObject(failed('refused'));
  });

  test('does not believe a token that was changed after it was signed', async () => {
    const browser = new Browser();
    const path = await browser.prove('stranger', await browser.begin());
    issuer.service.once('beforeResponse', ({ body }: { body: { id_token: string } }) => {
      const [header = '', payload = '', signature = ''] = body.id_token.split('.');
      const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object;
      const forged = Buffer.from(JSON.stringify({ ...claims, sub: 'amina' })).toString('base64url');
      body.id_token = [header, forged, signature].join('.');
    });
    await browser.ask(path);
    expect(await browser.standing()).toMatchObject(failed('refused'));
  });

  test('ends with what the issuer says: refused, used already, or away for a while', async () => {
    const said = async (error: string): Promise<unknown> => {
      const browser = new Browser();
      const state = (await browser.begin()).searchParams.get('state') ?? '';
      await browser.ask(`/session/issuer?error=${error}&state=${state}`);
      return browser.standing();
    };
    expect(await said('access_denied')).toMatchObject(failed('refused'));
    expect(await said('temporarily_unavailable')).toMatchObject(failed('away'));
    const answered = async (statusCode: number, body: object): Promise<unknown> => {
      const browser = new Browser();
      const path = await browser.prove('amina', await browser.begin());
      issuer.service.once('beforeResponse', (response: { statusCode: number; body: object }) =>
        Object.assign(response, { statusCode, body }),
      );
      await browser.ask(path);
      return browser.standing();
    };
    expect(await answered(400, { error: 'invalid_grant' })).toMatchObject(failed('expired'));
    expect(await answered(401, { error: 'invalid_client' })).toMatchObject(failed('away'));
    expect(await answered(500, {})).toMatchObject(failed('away'));
  });

  test('takes ten minutes at most', async () => {
    const browser = new Browser();
    const path = await browser.prove('amina', await browser.begin());
    later += 600_000;
    await browser.ask(path);
    later -= 600_000;
    expect(await browser.standing()).toMatchObject(failed('expired'));
  });

  test('begun at another address of the hub goes on at the one that the issuer knows', async () => {
    const response = await new Browser().post('/session/issuer', { at: '/map' }, { ...PAGE, origin: hub.url });
    expect(await response.json()).toEqual({ to: `${PUBLIC}/map` });
  });

  test('cannot begin while the issuer is away, and keys go on', async () => {
    const gone = await testIssuer(['RS256']);
    await gone.close();
    const lonely = await testHub({ oidc: { ...gone.config, client: CLIENT } });
    const headers = { ...PAGE, origin: lonely.url };
    const at = (origin: string): Promise<Response> =>
      fetch(`${lonely.url}/session/issuer`, { method: 'POST', headers: { ...headers, origin }, body: '{"at":"/"}' });
    expect((await at(PUBLIC)).status).toBe(503);
    expect(await (await lonely.as('viewer')).send('{ viewer { label } }')).toMatchObject({ status: 200 });
    await lonely.close();
  });

  test('is not offered by a hub that is no client of an issuer', async () => {
    const plain = await testHub({ oidc: issuer.config });
    expect(await (await fetch(`${plain.url}/session`)).json()).toMatchObject({ issuer: null });
    const path = { method: 'POST', headers: { ...PAGE }, body: '{"at":"/"}' };
    expect((await fetch(`${plain.url}/session/issuer`, path)).status).toBe(401);
    await plain.close();
  });

  test('fails so often from one address and no more', async () => {
    const busy = await testHub({ oidc: { ...issuer.config, client: CLIENT } });
    const whys = new Set<unknown>();
    for (let tries = 0; tries < 32; tries += 1) {
      const response = await fetch(`${busy.url}/session/issuer?code=${String(tries)}`, { redirect: 'manual' });
      const [cookie = ''] = response.headers.getSetCookie();
      const standing = await fetch(`${busy.url}/session`, { headers: { cookie: cookie.split(';')[0] ?? '' } });
      whys.add(((await standing.json()) as { unfinished: { why: string } }).unfinished.why);
    }
    expect([...whys]).toEqual(['expired', 'too-many']);
    await busy.close();
  });
});
