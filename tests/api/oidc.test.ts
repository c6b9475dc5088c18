import { SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemClock } from '../../platform/clock.ts';
import { issued, people, suspendActor } from '../support/access.ts';
import { type Answer, type Client, type TestHub, testHub } from '../support/hub.ts';
import { AUDIENCE, type TestIssuer, testIssuer } from '../support/issuer.ts';
import { subscribeByWebSocket } from '../support/streams.ts';

let issuer: TestIssuer;
let hub: TestHub;
let coordinator: Client;
let actor: string;
let editor: Client;

beforeAll(async () => {
  issuer = await testIssuer();
  hub = await testHub({ oidc: issuer.config });
  coordinator = await hub.as('coordinator');
  actor = await hub.actor();
  editor = await hub.as('editor', actor);
  await grant(editor, 'amina', { role: 'PLANNER' });
});
afterAll(async () => {
  await hub.close();
  await issuer.close();
});

const VIEWER = '{ viewer { label role scopes actor { id } } }';
const nowS = (): number => Math.floor(systemClock.now() / 1000);

/** Lets a person in who must not have been; returns the membership's id. */
async function grant(client: Client, subject: string, as: object): Promise<string> {
  const input = { issuer: issuer.config.issuer, subject, label: `Example ${subject}`, ...as };
  const { id } = await people(client, 'grantMembership', input);
  if (typeof id !== 'string') throw new Error('no membership was granted');
  return id;
}

const ask = (token: string, as?: string): Promise<Answer> => hub.present(token, as).send(VIEWER);

describe('a token', () => {
  test.each(['RS256', 'ES256', 'EdDSA'])('signed by %s lets a member in as what the hub says', async (algorithm) => {
    const token = await issuer.token('amina', { role: 'coordinator', roles: ['coordinator'] }, algorithm);
    expect(await ask(token)).toMatchObject({
      status: 200,
      data: { viewer: { label: 'Example amina', role: 'PLANNER', scopes: ['WRITE'], actor: { id: actor } } },
    });
  });

  test.each([
    ['for another audience', { aud: 'another-program' }],
    ['for no audience', { aud: undefined }],
    ['of another issuer', { iss: 'https://id.example' }],
    ['that has expired', { exp: 1_000_000 }],
    ['that never expires', { exp: undefined }],
    ['without the time of its issue', { iat: undefined }],
    ['issued in the future', { iat: 4_000_000_000, exp: 4_000_003_600 }],
    ['issued long ago, whatever it says of its end', { iat: 1_000_000 }],
    ['that is not good yet', { nbf: 4_000_000_000 }],
    ['without an id', { jti: undefined }],
    ['without a subject', { sub: undefined }],
    ['with a subject that is no text', { sub: 7 }],
  ])('%s opens nothing', async (_what, claims) => {
    expect(await ask(await issuer.token('amina', claims))).toMatchObject({
      status: 401,
      errors: [{ extensions: { code: 'UNAUTHENTICATED' } }],
    });
  });

  test('of a clock a little ahead or behind is good', async () => {
    expect(await ask(await issuer.token('amina', { iat: nowS() + 2, nbf: nowS() + 2 }))).toMatchObject({ status: 200 });
    expect(await ask(await issuer.token('amina', { exp: nowS() - 2 }))).toMatchObject({ status: 200 });
  });

  test('signed by an algorithm that is not ours opens nothing', async () => {
    expect(await ask(await issuer.token('amina', {}, 'PS256'))).toMatchObject({ status: 401 });
  });

  test('without a signature, or signed with a public key as if it were a shared secret, opens nothing', async () => {
    const claims = { iss: issuer.config.issuer, aud: AUDIENCE, sub: 'amina', jti: '1', iat: nowS(), exp: nowS() + 600 };
    const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');
    const unsigned = `${encode({ alg: 'none', typ: 'JWT' })}.${encode(claims)}.`;
    expect(await ask(unsigned)).toMatchObject({ status: 401 });
    for (const key of issuer.publicKeys) {
      const confused = await new SignJWT(claims)
        .setProtectedHeader({ alg: 'HS256', kid: String(key['kid']) })
        .sign(new TextEncoder().encode(JSON.stringify(key)));
      expect(await ask(confused)).toMatchObject({ status: 401 });
    }
  });

  test('changed after it was signed opens nothing', async () => {
    const [header = '', payload = '', signature = ''] = (await issuer.token('nobody')).split('.');
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object;
    const forged = Buffer.from(JSON.stringify({ ...claims, sub: 'amina' })).toString('base64url');
    expect(await ask([header, forged, signature].join('.'))).toMatchObject({ status: 401 });
  });

  test('of another issuer that listens on this machine opens nothing, though its claims are right', async () => {
    const other = await testIssuer();
    const token = await other.token('amina', { iss: issuer.config.issuer });
    await other.close();
    expect(await ask(token)).toMatchObject({ status: 401 });
  });

  test('means nothing to a hub without an issuer', async () => {
    const closed = await testHub();
    expect(await closed.present(await issuer.token('amina')).send(VIEWER)).toMatchObject({ status: 401 });
    await closed.close();
  });

  test('cannot be judged while its issuer is away, and keys of the hub go on', async () => {
    const gone = await testIssuer();
    const token = await gone.token('amina');
    await gone.close();
    const lonely = await testHub({ oidc: gone.config });
    expect(await lonely.present(token).send(VIEWER)).toMatchObject({
      status: 503,
      errors: [{ extensions: { code: 'UNAVAILABLE' } }],
    });
    expect(await (await lonely.as('viewer')).send(VIEWER)).toMatchObject({ status: 200 });
    await lonely.close();
  });
});

describe('a person', () => {
  test('whom nobody let in is told whom to ask', async () => {
    const answer = await ask(await issuer.token('stranger'));
    expect(answer).toMatchObject({ status: 403, errors: [{ extensions: { code: 'FORBIDDEN' } }] });
    expect(answer.errors?.[0]?.message).toContain('ask an editor of your actor');
  });

  test('with several memberships says for whom, in a header or a connection parameter', async () => {
    const other = await hub.actor();
    const first = await hub.actor();
    await grant(coordinator, 'busy', { role: 'EDITOR', actor: first });
    await grant(coordinator, 'busy', { role: 'VIEWER', actor: other });
    await grant(coordinator, 'busy', { role: 'COORDINATOR' });
    const token = await issuer.token('busy');
    const unsaid = await ask(token);
    expect(unsaid).toMatchObject({ status: 403 });
    for (const name of ['Concord-Actor', first, other, 'none']) expect(unsaid.errors?.[0]?.message).toContain(name);
    expect(await ask(token, first)).toMatchObject({ data: { viewer: { role: 'EDITOR', actor: { id: first } } } });
    expect(await ask(token, other)).toMatchObject({ data: { viewer: { role: 'VIEWER', actor: { id: other } } } });
    expect(await ask(token, 'none')).toMatchObject({ data: { viewer: { role: 'COORDINATOR', actor: null } } });
    expect(await ask(token, 'act_0000000000000000000000')).toMatchObject({ status: 403 });
    const stream = await subscribeByWebSocket(
      hub.url,
      hub.present(token, other),
      'subscription { suggestionChanged { id } }',
    );
    await stream.close();
  });

  test('who is suspended is out of everything, with the keys they issued, until a coordinator lets them back in', async () => {
    const membership = await grant(editor, 'suspect', { role: 'EDITOR' });
    const token = await issuer.token('suspect');
    const key = await issued(hub.present(token), { label: 'back door', role: 'VIEWER' });
    expect(await people(editor, 'suspendUser', { membership })).toMatchObject({ __typename: 'Forbidden' });
    expect(await people(coordinator, 'suspendUser', { membership })).toMatchObject({
      suspendedAt: expect.any(String) as string,
    });
    expect(await ask(token)).toMatchObject({ status: 403 });
    expect(await ask(key.text)).toMatchObject({ status: 401 });
    expect(await people(coordinator, 'reinstateUser', { membership })).toMatchObject({ suspendedAt: null });
    expect(await ask(token)).toMatchObject({ status: 200 });
    expect(await ask(key.text)).toMatchObject({ status: 200 });
  });

  test('whose membership was revoked, or whose actor is suspended, is out', async () => {
    const id = await grant(editor, 'leaving', { role: 'EDITOR' });
    const key = await issued(hub.present(await issuer.token('leaving')), { label: 'kept', role: 'VIEWER' });
    expect(await people(editor, 'revokeMembership', { id })).toMatchObject({ revokedAt: expect.any(String) as string });
    expect(await ask(await issuer.token('leaving'))).toMatchObject({ status: 403 });
    expect(await ask(key.text)).toMatchObject({ status: 401 });

    const bad = await hub.actor();
    await grant(coordinator, 'posing', { role: 'EDITOR', actor: bad });
    expect(await ask(await issuer.token('posing'))).toMatchObject({ status: 200 });
    await suspendActor(coordinator, bad);
    expect(await ask(await issuer.token('posing'))).toMatchObject({ status: 403 });
  });
});

describe('letting in', () => {
  test('is for editors of the actor, up to their own rights, and for coordinators', async () => {
    const other = await hub.actor();
    const input = { issuer: issuer.config.issuer, subject: 'new', label: 'New', role: 'VIEWER' };
    const refused = { __typename: 'Forbidden' };
    expect(await people(editor, 'grantMembership', { ...input, role: 'COORDINATOR' })).toMatchObject(refused);
    expect(await people(editor, 'grantMembership', { ...input, actor: other })).toMatchObject(refused);
    expect(await people(await hub.as('planner', actor), 'grantMembership', input)).toMatchObject(refused);
    expect(await people(coordinator, 'grantMembership', input)).toMatchObject({
      __typename: 'InvalidInput',
      issues: [{ path: 'input.actor' }],
    });
    expect(await people(coordinator, 'grantMembership', { ...input, role: 'OBSERVER' })).toMatchObject({ actor: null });
  });

  test('one person has one role for one actor', async () => {
    await grant(editor, 'twice', { role: 'VIEWER' });
    const input = { issuer: issuer.config.issuer, subject: 'twice', label: 'Again', role: 'EDITOR' };
    const answers = await Promise.all([1, 2].map(() => people(editor, 'grantMembership', input)));
    expect(answers).toMatchObject([{ __typename: 'Conflict' }, { __typename: 'Conflict' }]);
  });

  test('nobody learns from it that another actor knows the person', async () => {
    const other = await hub.actor();
    const stranger = await hub.as('editor', other);
    const mine = await grant(editor, 'known', { role: 'VIEWER', label: 'My name for them' });
    const theirs = await grant(stranger, 'known', { role: 'VIEWER', label: 'Another name' });
    const seen = async (client: Client): Promise<string> =>
      JSON.stringify(await client.query('{ memberships(first: 100) { nodes { id label } } }'));
    expect(await seen(stranger)).toBe(
      JSON.stringify({ memberships: { nodes: [{ id: theirs, label: 'Another name' }] } }),
    );
    expect(await seen(editor)).not.toContain(theirs);
    for (const role of ['planner', 'viewer'] as const) {
      expect(await seen(await hub.as(role, actor))).toBe(JSON.stringify({ memberships: { nodes: [] } }));
    }
    const person = hub.present(await issuer.token('known'), actor);
    expect(await seen(person)).toContain(mine);
    expect(await seen(person)).toContain(theirs);
  });

  test('a merge takes the people of the duplicate along, each once', async () => {
    const [survivor, duplicate] = [await hub.actor(), await hub.actor()];
    await grant(coordinator, 'of both', { role: 'EDITOR', actor: survivor });
    await grant(coordinator, 'of both', { role: 'VIEWER', actor: duplicate });
    await grant(coordinator, 'of one', { role: 'PLANNER', actor: duplicate });
    await coordinator.query('mutation ($input: MergeActorsInput!) { mergeActors(input: $input) { __typename } }', {
      input: { survivor, duplicate, expectedVersion: 2 },
    });
    const as = async (subject: string): Promise<unknown> => (await ask(await issuer.token(subject))).data;
    expect(await as('of both')).toMatchObject({ viewer: { role: 'EDITOR', actor: { id: survivor } } });
    expect(await as('of one')).toMatchObject({ viewer: { role: 'PLANNER', actor: { id: survivor } } });
  });
});
