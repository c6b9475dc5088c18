import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  Concord,
  ConcordProblemError,
  ConcordProtocolError,
  ConcordTransportError,
  type Programme,
  type TypedDocument,
} from '@concord/client-sdk';
import { type TestHub, testHub } from '../support/hub.ts';

let hub: TestHub;
let actorId: string;
let ngo: Concord;
let coordinator: Concord;

beforeAll(async () => {
  hub = await testHub();
  actorId = await hub.actor({ name: 'Example Delta Voices' });
  ngo = new Concord({ url: hub.url, apiKey: (await hub.as('editor', actorId)).key });
  coordinator = new Concord({ url: `${hub.url}/`, apiKey: (await hub.as('coordinator')).key });
});
afterAll(() => hub.close());

/** A client whose requests and their answers are kept. */
function recorded(key: string): { client: Concord; sent: { body: string; answer: string }[] } {
  const sent: { body: string; answer: string }[] = [];
  const client = new Concord({
    url: hub.url,
    apiKey: key,
    fetch: async (input, init) => {
      const response = await fetch(input, init);
      const answer = await response.clone().text();
      sent.push({ body: typeof init?.body === 'string' ? init.body : '', answer });
      return response;
    },
  });
  return { client, sent };
}

describe('a change', () => {
  test('answers the record', async () => {
    const programme = await ngo.programmes.register({ name: 'Radio at the coast', footprint: { places: ['BD-10'] } });
    expect(programme).toMatchObject({
      __typename: 'Programme',
      id: expect.stringMatching(/^prg_/) as unknown,
      version: 1,
      owner: { id: actorId },
      footprint: { places: [{ code: 'BD-10' }] },
    });
    const campaign = await ngo.campaigns.plan({ name: 'Spring', programme: programme.id });
    const days = { start: '2031-03-01', end: '2031-03-02' };
    const entry = await ngo.calendar.add({ campaign: campaign.id, name: 'First day', footprint: { days } });
    expect(entry).toMatchObject({ campaign: { id: campaign.id }, statedDays: days });
    const moved = { start: '2031-04-01', end: '2031-04-30' };
    const rescheduled = await ngo.campaigns.reschedule({ id: campaign.id, expectedVersion: 1, days: moved });
    expect(rescheduled.footprint.days).toEqual(moved);
    const cancelled = await ngo.calendar.cancel(entry);
    expect(cancelled.status).toBe('CANCELLED');
    expect(await ngo.calendar.tryCancel(entry)).toMatchObject({ __typename: 'StaleVersion' });
    expect(await ngo.campaigns.cancel(rescheduled, { reason: 'No funds.' })).toMatchObject({ status: 'CANCELLED' });
    expect(await ngo.programmes.withdraw(programme)).toMatchObject({ status: 'WITHDRAWN' });
  });

  test('throws a problem with everything the hub says about it', async () => {
    const error: unknown = await ngo.programmes
      .register({ name: '', footprint: { places: ['XX'] } })
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ConcordProblemError);
    expect(error).toMatchObject({ code: 'INVALID_INPUT', problem: { __typename: 'InvalidInput' } });
    expect(String(error)).toContain('input.name');
  });

  test('answers the problem where it was only tried', async () => {
    const { id } = await ngo.programmes.register({ name: 'Tried' });
    const tried = await ngo.programmes.tryRevise({ id, expectedVersion: 7, name: 'Too late' });
    expect(tried).toMatchObject({ __typename: 'StaleVersion', expected: 7, stored: 1 });
    const refused = await ngo.suggestions.tryEndorse({ id: 'sug_0000000000000000000000', version: 1 });
    expect(refused).toMatchObject({ __typename: 'NotFound', unknownId: 'sug_0000000000000000000000' });
  });

  test('carries a key of its own each time, and the caller’s where one was given', async () => {
    const input = { name: 'Once', clientMutationKey: 'my own key' };
    const [first, again] = [await ngo.programmes.register(input), await ngo.programmes.register(input)];
    expect(again.id).toBe(first.id);
    const other = await ngo.programmes.register({ name: 'Once' });
    const another = await ngo.programmes.register({ name: 'Once' });
    expect(new Set([first.id, other.id, another.id]).size).toBe(3);
  });

  test('exchanges less than 10 kB to register a programme with everything a footprint has', async () => {
    const { client, sent } = recorded((await hub.as('editor', actorId)).key);
    await client.programmes.register({
      name: 'Voices along the way',
      description: 'Three hundred volunteers talk with families before anybody decides to leave. '.repeat(5),
      identifier: { scheme: 'own', value: 'P-1' },
      footprint: {
        days: { start: '2031-01-01', end: '2031-12-31' },
        places: ['BD-10', 'BD-11', 'MY'],
        corridors: ['rohingya_andaman'],
        audiences: ['refugee_in_camp', 'prospective_migrant'],
        themes: ['people_smuggling'],
        channels: ['radio'],
        languages: ['rhg', 'bn'],
      },
    });
    const bytes = sent.reduce((sum, { body, answer }) => sum + Buffer.byteLength(body) + Buffer.byteLength(answer), 0);
    process.stdout.write(`registering a programme exchanges ${String(bytes)} bytes\n`);
    expect(sent).toHaveLength(1);
    expect(bytes).toBeLessThan(10_000);
  });
});

describe('a programme known by a code of its owner', () => {
  const identifier = { scheme: 'sheet', value: 'row 1' };

  test('is registered once, revised when it says something else, and left alone when it says the same', async () => {
    const fields = { name: 'From a sheet', footprint: { places: ['MY', 'BD'], languages: ['bn'] } };
    const first = await ngo.programmes.upsertByExternalId(identifier, fields);
    const same = await ngo.programmes.upsertByExternalId(identifier, fields);
    expect(same).toMatchObject({ id: first.id, version: 1 });
    const revised = await ngo.programmes.upsertByExternalId(identifier, { ...fields, footprint: { places: ['MY'] } });
    expect(revised).toMatchObject({ id: first.id, version: 2, footprint: { places: [{ code: 'MY' }] } });
    const described = await ngo.programmes.upsertByExternalId(identifier, { name: fields.name, description: 'New.' });
    expect(described).toMatchObject({ version: 3 });
  });

  test('is one, however many say it at the same time', async () => {
    const value = 'row 2';
    const all = await Promise.all(
      ['a', 'b', 'c', 'd'].map((name) => ngo.programmes.upsertByExternalId({ scheme: 'sheet', value }, { name })),
    );
    expect(new Set(all.map(({ id }) => id)).size).toBe(1);
    const found = await ngo.programmes.list({ filter: { identifier: { scheme: 'sheet', value } } }).all();
    expect(found).toHaveLength(1);
  });

  test('of another owner with the same code stays as it is', async () => {
    const otherId = await hub.actor({ name: 'Example Hill Radio' });
    const other = new Concord({ url: hub.url, apiKey: (await hub.as('editor', otherId)).key });
    const theirs = await other.programmes.upsertByExternalId(identifier, { name: 'Theirs' });
    const ours = await ngo.programmes.upsertByExternalId(identifier, { name: 'Ours' });
    expect(theirs.id).not.toBe(ours.id);
  });
});

describe('many rows', () => {
  test('get a verdict each, in their order, and one bad row stops no other', async () => {
    const rows = ['Row 1', '', 'Row 3', 'Row 4', 'Row 5'].map((name) => ({ name }));
    let drawn = 0;
    let ahead = 0;
    const progress: number[] = [];
    async function* source(): AsyncGenerator<{ name: string }> {
      for (const row of rows) {
        drawn += 1;
        ahead = Math.max(ahead, drawn - progress.length);
        yield await Promise.resolve(row);
      }
    }
    const verdicts = await ngo.programmes.registerMany(source(), {
      concurrency: 2,
      onProgress: ({ done }) => progress.push(done),
    });
    expect(verdicts.map(({ kind, index, row }) => [kind, index, row.name])).toEqual(
      rows.map(({ name }, index) => [name === '' ? 'refused' : 'saved', index, name]),
    );
    expect(progress).toEqual([1, 2, 3, 4, 5]);
    // Two are under way, and a third is drawn by whoever has just become free.
    expect(ahead).toBeLessThanOrEqual(3);
  });

  test('that are known by codes can be sent again and again', async () => {
    const rows = ['one', 'two'].map((value) => ({ name: `Known ${value}`, identifier: { scheme: 'many', value } }));
    for (let night = 0; night < 2; night += 1) {
      const verdicts = await ngo.programmes.registerMany(rows, { upsert: true });
      expect(verdicts).toMatchObject([{ programme: { version: 1 } }, { programme: { version: 1 } }]);
    }
    expect(await ngo.programmes.registerMany(rows)).toMatchObject([
      { kind: 'refused', problem: { __typename: 'Conflict' } },
      { kind: 'refused' },
    ]);
  });
});

describe('a list', () => {
  let lister: Concord;

  beforeAll(async () => {
    const listerId = await hub.actor({ name: 'Example Lister' });
    lister = new Concord({ url: hub.url, apiKey: (await hub.as('editor', listerId)).key });
    for (const name of ['A', 'B', 'C', 'D', 'E']) await lister.programmes.register({ name: `List ${name}` });
  });

  test('is fetched page by page while it is iterated, and no further', async () => {
    const { client, sent } = recorded((await hub.as('coordinator')).key);
    const names: string[] = [];
    for await (const { name } of client.programmes.list({ first: 2, filter: { search: 'List ' } })) {
      names.push(name);
      if (names.length === 3) break;
    }
    expect(names).toEqual(['List A', 'List B', 'List C']);
    expect(sent).toHaveLength(2);
  });

  test('comes whole, or as one page with what the next needs', async () => {
    const list = coordinator.programmes.list({ first: 2, filter: { search: 'List ' } });
    expect((await list.all()).map(({ name }) => name)).toEqual(['List A', 'List B', 'List C', 'List D', 'List E']);
    const page = await list.page({ withTotal: true });
    expect(page).toMatchObject({ nodes: [{ name: 'List A' }, { name: 'List B' }], total: 5 });
    const second = await list.page({ after: page.next });
    expect(second).toMatchObject({ nodes: [{ name: 'List C' }, { name: 'List D' }], total: null });
  });

  test('since a change token holds what was written after it', async () => {
    const { changeToken } = await coordinator.programmes.list({ first: 1 }).page();
    await lister.programmes.register({ name: 'Written later' });
    const later = await coordinator.programmes.list({ filter: { changedAfter: changeToken } }).all();
    expect(later.map(({ name }) => name)).toEqual(['Written later']);
  });

  test('whose hub gives one cursor for ever ends with an error', async () => {
    const page = { nodes: [{ name: 'again' }], pageInfo: { hasNextPage: true, endCursor: 'x' }, changeToken: 't' };
    const client = new Concord({
      url: 'http://hub.invalid',
      apiKey: 'k',
      fetch: () => Promise.resolve(Response.json({ data: { list: page } })),
    });
    await expect(client.programmes.list().all()).rejects.toThrow(ConcordProtocolError);
  });

  test('of every kind can be read, and its records by id', async () => {
    const [actor] = await coordinator.actors.list({ filter: { search: 'Delta' } }).all();
    expect(await coordinator.actors.get(actor?.id ?? '')).toEqual(actor);
    expect(await coordinator.programmes.get(actor?.id ?? '')).toBeNull();
    expect(await coordinator.campaigns.list({ filter: { search: 'Spring' } }).all()).toHaveLength(1);
    expect(await coordinator.calendar.between('2031-03-01', '2031-03-01').all()).toHaveLength(1);
    expect(await coordinator.overlaps.of(actorId).all()).toEqual([]);
    expect(await coordinator.suggestions.list().all()).toEqual([]);
    expect((await coordinator.guidance.for(actorId).page()).nodes[0]?.because).toEqual(expect.any(String));
    expect((await coordinator.corridors()).map(({ code }) => code)).toContain('rohingya_andaman');
    expect((await coordinator.taxonomy('CHANNEL')).map(({ code }) => code)).toContain('radio');
  });
});

describe('other calls', () => {
  test('say who is asking, and what a footprint would meet', async () => {
    expect(await ngo.viewer()).toMatchObject({ role: 'EDITOR', actor: { id: actorId } });
    expect(await ngo.preview({ places: ['NZ'], days: { start: '2031-01-01', end: '2031-01-31' } })).toEqual([]);
  });

  test('send a document of one’s own with its types', async () => {
    const Names: TypedDocument<{ programmes: { nodes: Pick<Programme, 'name'>[] } }, { first: number }> =
      'query Names($first: Int!) { programmes(first: $first) { nodes { name } } }';
    const { programmes } = await coordinator.query(Names, { first: 1 });
    const [{ name } = { name: '' }] = programmes.nodes;
    expect(name).toEqual(expect.any(String));
    expect(await coordinator.query('{ hub { version } }')).toEqual({ hub: { version: expect.any(String) as unknown } });
  });

  test('say what is wrong with a document, a key and an address', async () => {
    await expect(coordinator.query('{ nothing }')).rejects.toMatchObject({
      name: 'ConcordProtocolError',
      code: 'GRAPHQL_VALIDATION_FAILED',
    });
    const stranger = new Concord({ url: hub.url, apiKey: 'ccd_test_00000000' });
    await expect(stranger.viewer()).rejects.toMatchObject({ name: 'ConcordTransportError', status: 401 });
    const nowhere = new Concord({ url: 'http://127.0.0.1:1', apiKey: 'k', retries: 0 });
    const error: unknown = await nowhere.viewer().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ConcordTransportError);
    expect(error).toMatchObject({ status: null, retryAfterMs: null });
  });
});
