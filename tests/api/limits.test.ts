import { getIntrospectionQuery } from 'graphql';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { clockSetTo } from '../../platform/clock.ts';
import { createLog } from '../../platform/log.ts';
import { withinTime } from '../../schema/limits/within-time.ts';
import { Budgets } from '../../server/limits/budgets.ts';
import { InFlight } from '../../server/limits/in-flight.ts';
import { Refusals } from '../../server/limits/refusals.ts';
import { SignInAttempts } from '../../server/limits/sign-in-attempts.ts';
import { type Client, type TestHub, testHub } from '../support/hub.ts';
import { closedAfter, openSocket, signIn } from '../support/sockets.ts';
import { type Stream, subscribeByEvents, subscribeByWebSocket } from '../support/streams.ts';

/** 2027-01-01T00:00:10Z */
const NOW_MS = 1_798_761_610_000;

let hub: TestHub;
let client: Client;

beforeAll(async () => {
  hub = await testHub();
  client = await hub.as('coordinator');
});
afterAll(() => hub.close());

interface Told {
  readonly status: number;
  readonly code: unknown;
  readonly limit: unknown;
  readonly found: unknown;
  readonly message: string;
}

async function told(document: string, variables: Record<string, unknown> = {}): Promise<Told> {
  const { status, errors = [] } = await client.send(document, variables);
  const [first] = errors.filter(({ extensions }) => extensions?.['limit'] !== undefined);
  if (!first) throw new Error(`no limit was passed: ${JSON.stringify(errors)}`);
  return { status, ...(first.extensions as { code: string; limit: string; found: number }), message: first.message };
}

const many = (count: number, text: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => text(index)).join(' ');

describe('an operation over a limit is told which, what was counted, where, and what helps', () => {
  const nested = (levels: number): string =>
    levels === 0 ? 'id' : `programme { owner { programmes(first: 1) { nodes { ${nested(levels - 1)} } } } }`;

  test.each([
    {
      limit: 'tokens',
      found: 1_204,
      document: `{ viewer { ${many(1_199, () => 'label')} } }`,
      says: /1,204 tokens .* at most 1,000 are allowed\. Send values as variables/,
    },
    {
      limit: 'depth',
      found: 11,
      document: `{ campaigns(first: 1) { nodes { ${nested(2)} } } }`,
      says: /nests fields 11 deep, at campaigns\.nodes\.programme\.owner\.programmes.*node\(id:\)/,
    },
    {
      limit: 'aliases',
      found: 16,
      document: `{ viewer { ${many(16, (index) => `a${String(index)}: label`)} } }`,
      says: /16 aliases; at most 15 are allowed\. Ask for many records with one list/,
    },
    {
      limit: 'root fields',
      found: 11,
      document: `{ ${many(11, () => 'viewer { label }')} }`,
      says: /11 fields of the root; at most 10/,
    },
    {
      limit: 'directives',
      found: 6,
      document: `{ viewer { ${many(6, () => 'label @include(if: true)')} } }`,
      says: /6 directives; at most 5/,
    },
    {
      limit: 'objects',
      found: 1_020_201,
      document:
        '{ actors(first: 100) { nodes { programmes(first: 100) { nodes { campaigns(first: 100) { nodes { id } } } } } } }',
      says: /1,020,201 objects, most of them at actors\.nodes\.programmes\.nodes\.campaigns\.nodes; at most 10,000/,
    },
    {
      limit: 'cost',
      found: 1_032,
      document:
        '{ actors(first: 100) { nodes { programmes(first: 1) { totalCount } campaigns(first: 1) { totalCount } } } }',
      says: /costs 1,032 points, most of them at actors.*at most 1,000/,
    },
  ])('$limit', async ({ limit, document, says, ...expected }) => {
    const { status, code, message, found, ...rest } = await told(document);
    expect({ status, code, limit: rest.limit }).toEqual({ status: 200, code: 'LIMIT_EXCEEDED', limit });
    expect(message).toMatch(says);
    expect(found).toBe(expected.found);
  });

  test('a page given by a variable counts as what it is, and one that is left out as its default', async () => {
    const document =
      'query ($n: Int! = 100) { actors(first: $n) { nodes { programmes(first: $n) { nodes { id } } } } }';
    expect(await told(document)).toMatchObject({ limit: 'objects', found: 10_201 });
    expect((await client.send(document, { n: 10 })).errors).toBeUndefined();
    expect(await told(document, { n: 100 })).toMatchObject({ limit: 'objects', found: 10_201 });
  });

  test('fragments that double each other are counted without being followed each time', async () => {
    const levels = 60;
    const bomb = many(levels, (index) =>
      index + 1 < levels
        ? `fragment F${String(index)} on Actor { ...F${String(index + 1)} ...F${String(index + 1)} }`
        : `fragment F${String(index)} on Actor { programmes(first: 1) { nodes { id } } }`,
    );
    expect(await told(`{ actors { nodes { ...F0 } } } ${bomb}`)).toMatchObject({ limit: 'objects' });
  });

  test('those of leaves alone are small, and are answered as such', async () => {
    const doubling = (levels: number): string =>
      many(levels, (index) =>
        index + 1 < levels
          ? `fragment F${String(index)} on Viewer { ...F${String(index + 1)} ...F${String(index + 1)} }`
          : `fragment F${String(index)} on Viewer { label }`,
      );
    expect(await client.query(`{ viewer { ...F0 } } ${doubling(60)}`)).toEqual({
      viewer: { label: 'test coordinator' },
    });
  });

  test('an operation that is not in the document is said to be missing', async () => {
    const response = await fetch(`${hub.url}/graphql`, {
      method: 'POST',
      headers: { ...client.headers, 'content-type': 'application/json' },
      body: JSON.stringify({ query: 'query A { viewer { label } }', operationName: 'B' }),
    });
    expect(response.status).toBeLessThan(500);
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'OPERATION_RESOLUTION_FAILURE' } }] });
  });

  test('a body over 100 kB is refused, unpacked too', async () => {
    const body = JSON.stringify({ query: '{ viewer { label } }', variables: { x: 'x'.repeat(110_000) } });
    const packed = await new Response(
      new Blob([body]).stream().pipeThrough(new CompressionStream('gzip')),
    ).arrayBuffer();
    for (const [sent, encoding] of [
      [body, 'identity'],
      [packed, 'gzip'],
    ] as const) {
      const response = await fetch(`${hub.url}/graphql`, {
        method: 'POST',
        headers: { ...client.headers, 'content-type': 'application/json', 'content-encoding': encoding },
        body: sent,
      });
      expect(response.status).toBe(413);
      expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'LIMIT_EXCEEDED' } }] });
    }
  });

  test('whatever a tool asks about the schema passes, but not much more', async () => {
    const usual = getIntrospectionQuery({ schemaDescription: true, oneOf: true, inputValueDeprecation: true });
    expect((await client.send(usual)).errors).toBeUndefined();
    const twice =
      '{ a: __schema { ...S } b: __schema { ...S } } fragment S on __Schema { types { fields { args { type { fields { args { type { name } } } } } } } }';
    expect(await told(twice)).toMatchObject({ code: 'LIMIT_EXCEEDED', limit: 'objects' });
  });
});

describe('what clients are told without asking', () => {
  test('each answer says what it cost, from the document alone, and what is left', async () => {
    const query = '{ actors(first: 50) { nodes { id } totalCount } }';
    const answer = await client.send(query);
    expect(answer).toMatchObject({ extensions: { cost: { requested: 12, allowed: 1_000 } } });
    const response = await fetch(`${hub.url}/graphql`, {
      method: 'POST',
      headers: { ...client.headers, 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
    });
    expect(response.headers.get('ratelimit')).toMatch(/^"minute";r=\d+;t=\d+$/);
  });

  test.each(['GET', 'PUT', 'DELETE', 'PATCH', 'HEAD'])(
    '%s is not allowed where operations are sent',
    async (method) => {
      for (const path of ['/graphql', '/graphql/stream']) {
        const response = await fetch(`${hub.url}${path}`, { method, headers: client.headers });
        expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST, OPTIONS']);
      }
    },
  );

  test('a subscription is opened elsewhere', async () => {
    const { status, errors } = await client.send('subscription { suggestionChanged { id } }');
    expect(status).toBe(200);
    expect(errors).toMatchObject([
      { message: expect.stringContaining('/graphql/stream'), extensions: { code: 'BAD_USER_INPUT' } },
    ]);
  });

  test('OPTIONS says what is allowed', async () => {
    const response = await fetch(`${hub.url}/graphql`, { method: 'OPTIONS', headers: client.headers });
    expect([response.status, response.headers.get('allow')]).toEqual([204, 'POST, OPTIONS']);
  });

  test('what is no JSON is refused as such', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x']) {
      const response = await fetch(`${hub.url}/graphql`, {
        method: 'POST',
        headers: { ...client.headers, 'content-type': type },
        body: '{"query":"{ viewer { label } }"}',
      });
      expect(response.status).toBe(415);
      expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'BAD_REQUEST' } }] });
    }
  });

  test('several operations in one body and persisted queries are refused', async () => {
    const post = (body: unknown): Promise<Response> =>
      fetch(`${hub.url}/graphql`, {
        method: 'POST',
        headers: { ...client.headers, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    expect((await post([{ query: '{ viewer { label } }' }])).status).toBe(400);
    const persisted = await post({ extensions: { persistedQuery: { version: 1, sha256Hash: 'a'.repeat(64) } } });
    expect(await persisted.json()).toMatchObject({
      errors: [{ extensions: { code: 'PERSISTED_QUERY_NOT_SUPPORTED' } }],
    });
  });
});

describe('budgets', () => {
  test('whoever has spent theirs waits until the minute is over, and nobody else does', async () => {
    const clock = clockSetTo(NOW_MS);
    const small = await testHub({ clock, budget: { perMinute: 1_000, perHour: 100_000 } });
    try {
      const [spender, other] = [await small.as('coordinator'), await small.as('coordinator')];
      const ask = (who: Client): Promise<Response> =>
        fetch(`${small.url}/graphql`, {
          method: 'POST',
          headers: { ...who.headers, 'content-type': 'application/json' },
          body: JSON.stringify({
            query: '{ actors(first: 100) { nodes { programmes(first: 50) { nodes { id } } } } }',
          }),
        });
      expect((await ask(spender)).status).toBe(200);
      const refused = await ask(spender);
      expect(refused.status).toBe(429);
      const waitS = Number(refused.headers.get('retry-after'));
      expect(waitS).toBeGreaterThan(0);
      expect(waitS).toBeLessThanOrEqual(50);
      expect(await refused.json()).toMatchObject({
        errors: [{ extensions: { code: 'RATE_LIMITED', allowed: 1_000, retryAfterS: waitS } }],
      });
      expect((await ask(other)).status).toBe(200);
      await expect(
        subscribeByEvents(
          small.url,
          spender,
          '{ actors(first: 100) { nodes { programmes(first: 50) { nodes { id } } } } }',
        ),
      ).rejects.toThrow('429');
      clock.advance(60_000);
      expect((await ask(spender)).status).toBe(200);
    } finally {
      await small.close();
    }
  });

  test('what was spent at one server is known at another once both have settled', async () => {
    const log = createLog('silent');
    const clock = clockSetTo(NOW_MS);
    const shared = new Map<string, number>();
    const ledger = {
      add: (key: string, { name, number }: { name: string; number: number }, points: number) => {
        const account = `${key} ${name} ${String(number)}`;
        shared.set(account, (shared.get(account) ?? 0) + points);
        return Promise.resolve(shared.get(account) ?? 0);
      },
    };
    const budget = { perMinute: 1_000, perHour: 5_000 };
    const [one, two] = [new Budgets(budget, ledger, clock, log), new Budgets(budget, ledger, clock, log)];
    expect(one.charge('key_a', 900)).toMatchObject({ kind: 'granted', remaining: 100 });
    await one.settle();
    expect(two.charge('key_a', 50)).toMatchObject({ kind: 'granted' });
    await two.settle();
    expect(two.charge('key_a', 100)).toMatchObject({ kind: 'refused', window: 'minute' });
    expect(two.charge('key_a', 50)).toMatchObject({ kind: 'granted', remaining: 0 });
    await Promise.all([one.close(), two.close()]);
  });

  test('the database keeps what was spent, and a ledger that does not answer stops nobody', async () => {
    const small = await testHub({ budget: { perMinute: 1_000, perHour: 2_000 } });
    const who = await small.as('coordinator');
    await who.query('{ actors(first: 50) { nodes { id } totalCount } }');
    const { database, close } = small;
    await small.app.close();
    const { withClient } = await import('../../platform/database/with-client.ts');
    const rows = await withClient(database.adminUrl, async (admin) => {
      const answer = await admin.query<{ points: number }>('select points from app.cost_spent order by key');
      return answer.rows.map(({ points }) => points);
    });
    expect(rows).toEqual([12, 12]);
    await close().catch(() => undefined);

    const down = { add: () => Promise.reject(new Error('away')) };
    const alone = new Budgets({ perMinute: 100, perHour: 100 }, down, clockSetTo(NOW_MS), createLog('silent'));
    expect(alone.charge('key_a', 60)).toMatchObject({ kind: 'granted' });
    await alone.settle();
    expect(alone.charge('key_a', 60)).toMatchObject({ kind: 'refused' });
    await alone.close();
  });
});

describe('places', () => {
  test('are given while there are any, and given back once', () => {
    const places = new InFlight(2);
    const [one, two] = [places.enter(), places.enter()];
    expect([one, two, places.enter()]).toEqual([expect.any(Function), expect.any(Function), null]);
    one?.();
    one?.();
    expect(places.enter()).not.toBeNull();
    expect(places.enter()).toBeNull();
  });

  test('with all of them taken, whoever comes is told to come again, and those under way are answered', async () => {
    const answers = await Promise.all(
      Array.from({ length: 200 }, () =>
        fetch(`${hub.url}/graphql`, {
          method: 'POST',
          headers: { ...client.headers, 'content-type': 'application/json' },
          body: JSON.stringify({ query: '{ actors(first: 100) { nodes { id name } totalCount } }' }),
        }),
      ),
    );
    const busy = answers.filter(({ status }) => status === 503);
    expect(answers.every(({ status }) => status === 200 || status === 503)).toBe(true);
    expect(answers.length - busy.length).toBeGreaterThanOrEqual(32);
    for (const response of busy) {
      expect(response.headers.get('retry-after')).toBe('1');
      expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'UNAVAILABLE' } }] });
    }
    expect((await client.send('{ viewer { label } }')).status).toBe(200);
  });

  test('more wrong values than GraphQL counts are a mistake of the caller all the same', async () => {
    const document = 'mutation ($input: RegisterProgrammeInput!) { registerProgramme(input: $input) { __typename } }';
    const { errors = [] } = await client.send(document, { input: { name: 'x', names: Array(60).fill('x') } });
    expect(errors).toHaveLength(51);
    expect(new Set(errors.map(({ extensions }) => extensions?.['code']))).toEqual(new Set(['BAD_USER_INPUT']));
  });

  test('an operation that takes too long is answered without it', async () => {
    const never = new Promise<never>(() => undefined);
    await expect(withinTime({ cameAt: performance.now() }, never, 1)).rejects.toMatchObject({
      extensions: { code: 'LIMIT_EXCEEDED' },
    });
    expect(await withinTime({ cameAt: performance.now() }, Promise.resolve(7), 1_000)).toBe(7);
  });

  test('what was spent on finding out who asks counts too', async () => {
    const never = new Promise<never>(() => undefined);
    const cameAt = performance.now() - 60_000;
    await expect(withinTime({ cameAt }, never, 60_001)).rejects.toMatchObject({
      extensions: { code: 'LIMIT_EXCEEDED' },
    });
  });
});

describe('refusals', () => {
  test('whoever goes on sending what is refused waits, as one of few, and nobody else does', async () => {
    const refusals = new Refusals(2, 200);
    const other = vi.fn();
    refusals.note('a');
    await refusals.turn('a').then(other);
    expect(other).toHaveBeenCalledWith(true);
    refusals.note('a');
    const turns = Array.from({ length: 9 }, () => refusals.turn('a'));
    expect(await Promise.race([...turns, refusals.turn('b').then(() => 'the other')])).toBe(false);
    expect((await Promise.all(turns)).filter((gets) => gets)).toHaveLength(8);
    expect(await refusals.turn('a')).toBe(true);
  });

  test('mistakes are counted by whatever way they come, and answers are not', async () => {
    const strict = await testHub({ budget: { refusedPerMinute: 5 } });
    try {
      const [clumsy, careful] = [await strict.as('coordinator'), await strict.as('coordinator')];
      const took = async (one: Client): Promise<number> => {
        const from = performance.now();
        await one.send('{ viewer { label } }');
        return performance.now() - from;
      };
      for (let index = 0; index < 6; index += 1) await careful.send('{ viewer { label } }');
      await clumsy.send('{ viewer {');
      await clumsy.send('{ nobody }');
      const post = (path: string, headers: Readonly<Record<string, string>>): Promise<Response> =>
        fetch(`${strict.url}${path}`, { method: 'POST', headers: { ...clumsy.headers, ...headers }, body: '{' });
      expect((await post('/graphql', { 'content-type': 'application/json' })).status).toBe(400);
      expect((await post('/graphql/stream', { 'content-type': 'text/plain' })).status).toBe(415);
      const socket = await openSocket(strict.url);
      await signIn(socket, clumsy.headers);
      expect((await closedAfter(socket, 'no JSON'))[0]).toBe(4400);
      await expect.poll(() => took(clumsy), { timeout: 5_000 }).toBeGreaterThan(900);
      expect(await took(careful)).toBeLessThan(900);
    } finally {
      await strict.close();
    }
  });
});

describe('subscriptions', () => {
  const SUGGESTIONS = 'subscription { suggestionChanged { id } }';

  test.each([
    { accept: 'text/event-stream', status: 200 },
    { accept: 'application/json, text/event-stream;q=0.5', status: 200 },
    { accept: '*/*', status: 200 },
    { accept: 'application/json', status: 406 },
    { accept: ';;;', status: 406 },
  ])('whoever accepts "$accept" is answered $status', async ({ accept, status }) => {
    const response = await fetch(`${hub.url}/graphql/stream`, {
      method: 'POST',
      headers: { ...client.headers, 'content-type': 'application/json', accept },
      body: JSON.stringify({ query: SUGGESTIONS }),
    });
    expect(response.status).toBe(status);
    if (status === 200) await response.body?.cancel();
    else expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'BAD_REQUEST' } }] });
  });

  test.each([
    { transport: 'server-sent events', subscribe: subscribeByEvents },
    { transport: 'WebSocket', subscribe: subscribeByWebSocket },
  ])('a key has five at once, by $transport too, and one more once one has ended', async ({ subscribe }) => {
    const key = await hub.as('coordinator');
    const open: Stream<unknown>[] = [];
    try {
      for (let index = 0; index < 5; index += 1) open.push(await subscribeByEvents(hub.url, key, SUGGESTIONS));
      const sixth = async (): Promise<Stream<unknown>> => {
        const stream = await subscribe(hub.url, key, SUGGESTIONS);
        open.push(stream);
        await Promise.race([stream.next(), stream.ended()]);
        return stream;
      };
      await expect(sixth()).rejects.toThrow();
      const other = await hub.as('coordinator');
      open.push(await subscribeByEvents(hub.url, other, SUGGESTIONS));
    } finally {
      await Promise.all(open.map((stream) => stream.close()));
    }
    // The server hears of the end a moment later.
    await expect
      .poll(async () => {
        const again = await subscribeByEvents(hub.url, key, SUGGESTIONS).catch(() => null);
        await again?.close();
        return again !== null;
      })
      .toBe(true);
  });

  test('limits of operations hold there too', async () => {
    const aliases = `subscription { suggestionChanged { ${many(16, (index) => `a${String(index)}: id`)} } }`;
    await expect(subscribeByEvents(hub.url, client, aliases)).rejects.toThrow('400');
    const stream = await subscribeByWebSocket(hub.url, client, aliases);
    await expect(stream.next()).rejects.toSatisfy((error) => JSON.stringify(error).includes('16 aliases'));
    await stream.close();
  });
});

describe('guessing', () => {
  test('whoever sends many wrong keys from one address waits; who came in before goes on', async () => {
    const own = await testHub();
    try {
      const good = await own.as('coordinator');
      expect((await good.send('{ viewer { label } }')).status).toBe(200);
      const statuses: number[] = [];
      for (let index = 0; index < 35; index += 1)
        statuses.push(
          (await fetch(`${own.url}/graphql`, { headers: { authorization: `Bearer ccd_x${String(index)}` } })).status,
        );
      expect(statuses.slice(0, 30).every((status) => status === 401)).toBe(true);
      expect(statuses.slice(30)).toEqual([429, 429, 429, 429, 429]);
      const response = await fetch(`${own.url}/graphql`, { headers: { authorization: 'Bearer ccd_y' } });
      expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
      expect((await good.send('{ viewer { label } }')).status).toBe(200);
    } finally {
      await own.close();
    }
  });

  test('addresses of one IPv6 network count as one, and a secret that was good is looked at from anywhere', async () => {
    const attempts = new SignInAttempts();
    for (let index = 0; index < 30; index += 1) await attempts.noteWrong(`2001:db8:1:2::${String(index)}`);
    expect(await attempts.blockedForS('2001:db8:1:2:ffff::1', 'secret')).toBeGreaterThan(0);
    expect(await attempts.blockedForS('2001:db8:1:3::1', 'secret')).toBeNull();
    attempts.noteGood('secret');
    expect(await attempts.blockedForS('2001:db8:1:2::9', 'secret')).toBeNull();
  });
});
