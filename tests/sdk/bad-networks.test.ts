import { createServer } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { Concord, ConcordTransportError, type RowVerdict } from '@concord/client-sdk';
import { waitBefore } from '../../client-sdk/src/retry.ts';
import { withClient } from '../../platform/database/with-client.ts';
import { badLine, type BadLine } from '../support/bad-line.ts';
import { type TestHub, testHub } from '../support/hub.ts';

const SEED = process.env['CONCORD_SDK_SEED'] ?? 'bad networks 1';

let hub: TestHub;
let line: BadLine;
let key: string;

beforeAll(async () => {
  hub = await testHub();
  line = await badLine(hub.url, SEED);
  key = (await hub.as('editor', await hub.actor())).key;
});
afterAll(async () => {
  await line.close();
  await hub.close();
});
beforeEach(() => {
  line.breakUp(0);
  line.mend();
});

/** How many programmes with such a name are stored, whatever anybody was told. */
async function storedLike(name: string): Promise<{ all: number; names: number }> {
  const { rows } = await withClient(hub.database.adminUrl, (client) =>
    client.query<{ all: number; names: number }>(
      'select count(*)::int as all, count(distinct name)::int as names from app.programme where name like $1',
      [`${name} %`],
    ),
  );
  const [found] = rows;
  if (!found) throw new Error('a count answers one row');
  return found;
}

/** A client of a hub that answers what the test says, and what it was asked. */
function scripted(answers: (Response | Error)[], retries = 3): { client: Concord; asked: string[] } {
  const asked: string[] = [];
  const client = new Concord({
    url: 'http://hub.invalid',
    apiKey: 'k',
    retries,
    fetch: (_url, init) => {
      asked.push(typeof init?.body === 'string' ? init.body : '');
      const answer = answers.shift() ?? new Error('the test has no more answers');
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
    },
  });
  return { client, asked };
}

describe('on a line that breaks a third of all exchanges', () => {
  test('200 creates make exactly 200 records', async () => {
    const client = new Concord({ url: line.url, apiKey: key, retries: 20 });
    const rows = Array.from({ length: 200 }, (_, index) => ({ name: `Reset ${String(index)}` }));
    line.breakUp(1 / 3);
    const verdicts = await client.programmes.registerMany(rows, { concurrency: 8 });
    line.breakUp(0);
    const { requests, lostRequests, lostAnswers } = line.figures;
    const stored = await storedLike('Reset');
    process.stdout.write(
      `seed "${SEED}": 200 creates in ${String(requests)} requests, ${String(lostRequests)} reset before and ` +
        `${String(lostAnswers)} after the hub did them: ${String(stored.all)} records\n`,
    );
    expect(verdicts.filter(({ kind }) => kind !== 'saved')).toEqual([]);
    expect(stored).toEqual({ all: 200, names: 200 });
    const ids = verdicts.map((verdict) => (verdict.kind === 'saved' ? verdict.programme.id : verdict.kind));
    expect(new Set(ids).size).toBe(200);
    expect(lostRequests).toBeGreaterThan(20);
    expect(lostAnswers).toBeGreaterThan(20);
  }, 120_000);

  test('lists come whole', async () => {
    const client = new Concord({ url: line.url, apiKey: key, retries: 20 });
    const filter = { search: 'Reset' };
    const inOrder = await client.programmes.list({ first: 100, filter }).all();
    line.breakUp(1 / 3);
    expect(await client.programmes.list({ first: 10, filter }).all()).toEqual(inOrder);
  }, 60_000);

  test('rows whose fate is unknown can be sent once more, and are made once', async () => {
    const impatient = new Concord({ url: line.url, apiKey: key, retries: 0 });
    const rows = Array.from({ length: 40 }, (_, index) => ({ name: `Again ${String(index)}` }));
    line.breakUp(1 / 2);
    const verdicts = await impatient.programmes.registerMany(rows);
    const failed = verdicts.filter(({ kind }) => kind === 'failed');
    expect(failed.length).toBeGreaterThan(5);
    line.breakUp(0);
    const again = await impatient.programmes.registerMany(failed.map(({ row }) => row));
    expect(again.filter(({ kind }) => kind !== 'saved')).toEqual([]);
    expect(await storedLike('Again')).toEqual({ all: 40, names: 40 });
  });
});

describe('what fails', () => {
  test('is repeated with the same key when it makes something new', async () => {
    const programme = { __typename: 'Programme', id: 'prg_1' };
    const answers = [
      new TypeError('reset'),
      new Response('', { status: 502 }),
      Response.json({ data: { result: programme } }),
    ];
    const { client, asked } = scripted(answers);
    expect(await client.programmes.register({ name: 'One' })).toEqual(programme);
    expect(asked).toHaveLength(3);
    expect(new Set(asked).size).toBe(1);
    expect(asked[0]).toMatch(/"clientMutationKey":"[0-9a-f]{32}"/);
  });

  test('is sent once when it changes something and a repetition would not be the same', async () => {
    const { client, asked } = scripted([new TypeError('reset')]);
    const revising = client.programmes.revise({ id: 'prg_1', expectedVersion: 1, name: 'New' });
    await expect(revising).rejects.toThrow(ConcordTransportError);
    expect(asked).toHaveLength(1);
  });

  test('of one’s own is repeated when it is a query or carries a key, else sent once', async () => {
    const done = (): Response => Response.json({ data: {} });
    const mutation = 'mutation ($input: X!) { x(input: $input) { id } }';
    const cases = [
      { document: '{ a(text: "mutation") # mutation\n }', variables: {}, times: 2 },
      { document: mutation, variables: { input: { clientMutationKey: 'mine' } }, times: 2 },
      { document: mutation, variables: { input: {} }, times: 1 },
    ];
    for (const { document, variables, times } of cases) {
      const { client, asked } = scripted([new TypeError('reset'), done()]);
      await client.query(document, variables).catch(() => undefined);
      expect(asked).toHaveLength(times);
    }
  });

  test('waits longer each time, by chance, and never less than the hub asks for', () => {
    const waits = fc.record({
      retry: fc.integer({ min: 0, max: 40 }),
      retryAfterMs: fc.option(fc.integer({ min: 0, max: 60_000 })),
      chance: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
    });
    fc.assert(
      fc.property(waits, ({ retry, retryAfterMs, chance }) => {
        const ms = waitBefore(retry, new ConcordTransportError('busy', { status: 429, retryAfterMs }), () => chance);
        const asked = retryAfterMs ?? 0;
        expect(ms).toBeGreaterThanOrEqual(asked);
        expect(ms).toBeLessThanOrEqual(asked + Math.min(10_000, 250 * 2 ** retry));
      }),
    );
  });

  test('is told at once when the hub asks for more than a minute, or when waiting does not help', async () => {
    const late = new Response('{"errors":[{"message":"Too much."}]}', {
      status: 429,
      headers: { 'retry-after': '3600' },
    });
    const { client, asked } = scripted([late]);
    await expect(client.viewer()).rejects.toMatchObject({ message: 'Too much.', status: 429, retryAfterMs: 3_600_000 });
    expect(asked).toHaveLength(1);
    const refused = scripted([new Response('', { status: 403 })]);
    await expect(refused.client.viewer()).rejects.toMatchObject({ status: 403 });
    expect(refused.asked).toHaveLength(1);
  });

  test('is told after the last attempt', async () => {
    const { client, asked } = scripted(
      [1, 2, 3].map(() => new TypeError('reset')),
      2,
    );
    await expect(client.viewer()).rejects.toMatchObject({ name: 'ConcordTransportError', status: null });
    expect(asked).toHaveLength(3);
  });
});

describe('a hub that does not answer', () => {
  let silent: string;

  beforeAll(async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const address = server.address();
    silent = `http://127.0.0.1:${typeof address === 'object' && address ? String(address.port) : ''}`;
    return () => server.close();
  });

  test('is given up after the time that was set', async () => {
    const client = new Concord({ url: silent, apiKey: 'k', timeoutMs: 100, retries: 0 });
    await expect(client.viewer()).rejects.toThrow('did not answer within 100 ms');
  });

  test('is left when the caller says so, with the caller’s reason', async () => {
    const client = new Concord({ url: silent, apiKey: 'k' });
    const reason = new Error('enough');
    await expect(client.viewer({ signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    const abort = new AbortController();
    const asking = client.viewer({ signal: abort.signal });
    abort.abort(reason);
    await expect(asking).rejects.toBe(reason);
    const verdicts: RowVerdict[] = [];
    const registering = client.programmes.registerMany([{ name: 'A' }], {
      signal: abort.signal,
      onProgress: ({ verdict }) => verdicts.push(verdict),
    });
    await expect(registering).rejects.toBe(reason);
    expect(verdicts).toEqual([]);
  });

  test('is left while it is waited for between two attempts', async () => {
    const { client } = scripted([new Response('', { status: 503, headers: { 'retry-after': '50' } })]);
    const abort = new AbortController();
    const asking = client.viewer({ signal: abort.signal });
    setImmediate(() => {
      abort.abort(new Error('enough'));
    });
    await expect(asking).rejects.toThrow('enough');
  });
});
