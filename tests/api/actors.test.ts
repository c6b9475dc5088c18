import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Client, type TestHub, testHub } from '../support/hub.ts';
import { statementsDuring } from '../support/statements.ts';

let hub: TestHub;
let coordinator: Client;

beforeAll(async () => {
  hub = await testHub();
  coordinator = await hub.as('coordinator');
});
afterAll(() => hub.close());

const REGISTER = `mutation ($input: RegisterActorInput!) {
  registerActor(input: $input) {
    __typename
    ... on Actor { id version name kind { code label } vetting basedIn { code name } identifiers { scheme value } commitments { kind amount currency } }
    ... on InvalidInput { code message issues { path message } }
    ... on Problem { code message }
  }
}`;

async function register(client: Client, input: Record<string, unknown>): Promise<Record<string, unknown>> {
  const { registerActor } = await client.query<{ registerActor: Record<string, unknown> }>(REGISTER, { input });
  return registerActor;
}

describe('registering', () => {
  test('an actor comes back as it was stored, pending, with labels for its codes', async () => {
    const actor = await register(coordinator, {
      name: 'Example Coast Watch',
      kind: 'national_ngo',
      basedIn: ['bd-10', 'BD'],
      identifiers: [{ scheme: 'iati', value: 'XX-1' }],
      commitments: [{ kind: 'FUNDS', description: 'radio spots', amount: 1200.5, currency: 'USD' }],
    });
    expect(actor).toMatchObject({
      __typename: 'Actor',
      version: 1,
      name: 'Example Coast Watch',
      kind: { code: 'national_ngo', label: 'National NGO' },
      vetting: 'PENDING',
      basedIn: [{ code: 'BD', name: 'Bangladesh' }, { code: 'BD-10' }],
      identifiers: [{ scheme: 'iati', value: 'XX-1' }],
      commitments: [{ kind: 'FUNDS', amount: 1200.5, currency: 'USD' }],
    });
  });

  test('a wrong code is refused with its place and the nearest codes', async () => {
    const problem = await register(coordinator, { name: 'Example', kind: 'national_ngoo', basedIn: ['BD', 'BDD'] });
    expect(problem).toMatchObject({ __typename: 'InvalidInput', code: 'INVALID_INPUT' });
    const issues = problem['issues'] as { path: string; message: string }[];
    expect(issues.map((issue) => issue.path)).toEqual(['input.kind', 'input.basedIn[1]']);
    expect(issues[0]?.message).toContain('national_ngo');
    expect(issues[1]?.message).toContain('BD');
  });

  test('the same intention sent twice makes one record, with other input a conflict', async () => {
    const input = { name: 'Example Twice', kind: 'media', clientMutationKey: 'twice-1' };
    const first = await register(coordinator, input);
    const again = await register(coordinator, input);
    expect(again['id']).toBe(first['id']);
    expect(await register(coordinator, { ...input, name: 'Example Other' })).toMatchObject({
      __typename: 'Conflict',
      code: 'CONFLICT',
    });
  });

  test('twenty simultaneous sends of one intention make one record', async () => {
    const input = { name: 'Example Race', kind: 'media', clientMutationKey: 'race-1' };
    const answers = await Promise.all(Array.from({ length: 20 }, () => register(coordinator, input)));
    expect(new Set(answers.map((answer) => answer['id'])).size).toBe(1);
  });
});

const REVISE = `mutation ($input: ReviseActorInput!) {
  reviseActor(input: $input) { __typename ... on Actor { id version name names { language text } } ... on Problem { code message } ... on StaleVersion { expected stored } }
}`;

describe('revising', () => {
  test('a change names the version it was made on, and a second one on the same version is refused', async () => {
    const { id } = await register(coordinator, { name: 'Example Versioned', kind: 'media' });
    const revise = (name: string): Promise<Record<string, unknown>> =>
      coordinator.query(REVISE, { input: { id, expectedVersion: 1, name } });
    expect(await revise('Example Second')).toMatchObject({
      reviseActor: { __typename: 'Actor', version: 2, name: 'Example Second' },
    });
    expect(await revise('Example Third')).toMatchObject({
      reviseActor: { __typename: 'StaleVersion', expected: 1, stored: 2 },
    });
  });

  test('null clears the lists that belong to an actor', async () => {
    const { id } = await register(coordinator, {
      name: 'Example Cleared',
      kind: 'media',
      identifiers: [{ scheme: 'iati', value: 'XX-C' }],
      commitments: [{ kind: 'STAFF', description: 'two people' }],
    });
    const { reviseActor } = await coordinator.query<{ reviseActor: object }>(
      `mutation ($input: ReviseActorInput!) { reviseActor(input: $input) { ... on Actor { identifiers { value } commitments { kind } } } }`,
      { input: { id, expectedVersion: 1, identifiers: null, commitments: null } },
    );
    expect(reviseActor).toEqual({ identifiers: [], commitments: [] });
  });

  test('an editor may change its own actor and no other', async () => {
    const own = await hub.actor({ name: 'Example Own' });
    const other = await hub.actor({ name: 'Example Foreign' });
    const editor = await hub.as('editor', own);
    const revise = (id: string): Promise<Record<string, unknown>> =>
      editor.query(REVISE, { input: { id, expectedVersion: 2, names: [{ language: 'ben', text: 'উদাহরণ' }] } });
    expect(await revise(own)).toMatchObject({ reviseActor: { names: [{ language: 'bn', text: 'উদাহরণ' }] } });
    expect(await revise(other)).toMatchObject({ reviseActor: { __typename: 'Forbidden' } });
    expect(await revise('act_0000000000000000000000')).toMatchObject({ reviseActor: { __typename: 'NotFound' } });
  });
});

const LIST = `query ($first: Int, $after: String, $filter: ActorFilter, $orderBy: ActorOrder) {
  actors(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {
    totalCount pageInfo { hasNextPage endCursor } edges { cursor node { id name } } changeToken
  }
}`;
interface Page {
  actors: {
    totalCount: number;
    pageInfo: { hasNextPage: boolean; endCursor: string | null };
    edges: { node: { id: string; name: string } }[];
    changeToken: string;
  };
}

describe('listing', () => {
  test('pages joined together are the whole list, in order, each record once', async () => {
    for (let i = 0; i < 7; i += 1) await hub.actor({ name: `Page ${String(i % 3)}`, kind: 'platform' });
    const names: string[] = [];
    const ids = new Set<string>();
    let after: string | null = null;
    for (let pages = 0; pages < 10; pages += 1) {
      const { actors }: Page = await coordinator.query<Page>(LIST, {
        first: 3,
        after,
        filter: { kinds: ['platform'] },
      });
      names.push(...actors.edges.map((edge) => edge.node.name));
      actors.edges.forEach((edge) => ids.add(edge.node.id));
      expect(actors.totalCount).toBe(7);
      after = actors.pageInfo.endCursor;
      if (!actors.pageInfo.hasNextPage) break;
    }
    expect(names).toEqual([...names].sort());
    expect(ids.size).toBe(7);
  });

  test('search ignores case and accents and finds other languages and aliases', async () => {
    const id = await hub.actor({
      name: 'Fundación Ejemplo',
      names: [{ language: 'tr', text: 'Örnek Vakfı' }],
      aliases: ['FEX'],
    });
    for (const search of ['fundacion', 'EJEMPLO', 'ornek', 'fex']) {
      const { actors } = await coordinator.query<Page>(LIST, { filter: { search } });
      expect(actors.edges.map((edge) => edge.node.id)).toEqual([id]);
    }
  });

  test('a percent sign is searched for as itself', async () => {
    const { actors } = await coordinator.query<Page>(LIST, { filter: { search: '%' } });
    expect(actors.edges).toEqual([]);
  });

  test('a cursor is refused on another list, and first must be 1 to 100', async () => {
    const { actors } = await coordinator.query<Page>(LIST, { first: 1 });
    const misused = await coordinator.send(LIST, {
      first: 1,
      after: actors.pageInfo.endCursor,
      filter: { kinds: ['media'] },
    });
    expect(misused.errors?.[0]?.extensions).toEqual({ code: 'BAD_USER_INPUT' });
    const tooMany = await coordinator.send(LIST, { first: 101 });
    expect(tooMany.errors?.[0]?.message).toContain('between 1 and 100');
  });

  test('what was written after a change token is found by it, and nothing else', async () => {
    const before = await coordinator.query<Page>(LIST, { first: 1 });
    const id = await hub.actor({ name: 'Example Late' });
    const { actors } = await coordinator.query<Page>(LIST, { filter: { changedAfter: before.actors.changeToken } });
    expect(actors.edges.map((edge) => edge.node.id)).toEqual([id]);
  });

  test('a code that does not exist is refused with the nearest ones, and upper and lower case are one', async () => {
    const unknown = await coordinator.send(LIST, { filter: { kinds: ['media', 'national_ngoo'], countries: ['BDD'] } });
    expect(unknown.errors?.[0]?.extensions).toEqual({ code: 'BAD_USER_INPUT' });
    expect(unknown.errors?.[0]?.message).toContain('filter.kinds[1]');
    expect(unknown.errors?.[0]?.message).toContain('national_ngo');
    expect(unknown.errors?.[0]?.message).toContain('filter.countries[0]');
    const id = await hub.actor({ name: 'Example Low', basedIn: ['NP'] });
    const { actors } = await coordinator.query<Page>(LIST, { filter: { countries: ['np'] } });
    expect(actors.edges.map((edge) => edge.node.id)).toEqual([id]);
  });

  test('one list is one statement, however deep it is asked for', async () => {
    const statements = await statementsDuring(() =>
      coordinator.query(
        `{ actors(first: 50) { totalCount nodes { id name kind { label } basedIn { name country { name } } hostedBy { name } commitments { kind } } } }`,
      ),
    );
    expect(statements).toHaveLength(1);
  });
});

describe('one record', () => {
  test('node finds an actor by its id and answers null for what is not there', async () => {
    const id = await hub.actor({ name: 'Example Node' });
    const query = `query ($id: ID!) { node(id: $id) { __typename id ... on Actor { called: name vetting } } }`;
    expect(await coordinator.query(query, { id })).toEqual({
      node: { __typename: 'Actor', id, called: 'Example Node', vetting: 'VERIFIED' },
    });
    expect(await coordinator.query(query, { id: 'act_0000000000000000000000' })).toEqual({ node: null });
    expect(await coordinator.query(query, { id: 'nonsense' })).toEqual({ node: null });
  });

  test('the same field asked for in two fragments is united', async () => {
    const id = await hub.actor({ name: 'Example Fragments', basedIn: ['TH'] });
    const query = `query ($id: ID!) { node(id: $id) { ... on Node { id } ... on Actor { basedIn { code } } ... on Actor { basedIn { name } } } }`;
    expect(await coordinator.query(query, { id })).toEqual({
      node: { id, basedIn: [{ code: 'TH', name: 'Thailand' }] },
    });
  });
});

describe('without a key', () => {
  test('everything but health is refused before the body is read', async () => {
    const answer = await fetch(`${hub.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{ not json',
    });
    expect(answer.status).toBe(401);
    expect((await fetch(`${hub.url}/healthz`)).status).toBe(200);
    const page = await fetch(`${hub.url}/graphiql`);
    expect(page.headers.get('content-type')).toContain('text/html');
    expect(await page.text()).not.toMatch(/(src|href)="https?:/);
  });
});
