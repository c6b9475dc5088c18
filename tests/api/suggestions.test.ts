import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withClient } from '../../platform/database/with-client.ts';
import { type Client, testHub } from '../support/hub.ts';
import { idOf, mutate } from '../support/mutate.ts';
import { statementsDuring } from '../support/statements.ts';
import { subscribeByEvents } from '../support/streams.ts';
import { type WorkingHub, workingHub } from '../support/working-hub.ts';

let hub: WorkingHub;
let coordinator: Client;
const actors: Record<string, string> = {};

const EVERYTHING = `
  id kind status score title explanation dismissedReason version createdAt updatedAt
  reasons { code parameters { name values } }
  corridor { code name }
  window { start end days }
  themes { code } audiences { code } countries { code name }
  participants { position actor { id name } place { code } role lead subject { __typename id name } disclosure }
  missing { roles countries { code } languages { code label } channels { code } }
  overlaps(first: 5) { totalCount nodes { kind sides { subject { id } } } }`;

interface Suggestion {
  readonly id: string;
  readonly kind: string;
  readonly status: string;
  readonly score: number;
  readonly version: number;
  readonly countries: readonly { readonly code: string }[];
  readonly [field: string]: unknown;
}

async function list(client: Client, args = '', fields = EVERYTHING): Promise<Suggestion[]> {
  const { suggestions } = await client.query<{ suggestions: { nodes: Suggestion[] } }>(
    `{ suggestions${args} { nodes { ${fields} } } }`,
  );
  return suggestions.nodes;
}

/** A campaign of an actor of its own, which is remembered by `name`. */
async function plan(name: string, kind: string, footprint: object): Promise<string> {
  const id = await hub.actor({ name: `Example ${name}`, kind });
  actors[name] = id;
  return idOf(mutate(await hub.as('editor', id), 'planCampaign', { name: `Campaign ${name}`, footprint }));
}

/** How many reads reached PostgreSQL; the workers of this process go on with their own statements meanwhile. */
async function readsDuring(body: () => Promise<unknown>): Promise<number> {
  const statements = await statementsDuring(body);
  return statements.filter((statement) => statement.endsWith(' as answer')).length;
}

beforeAll(async () => {
  hub = await workingHub();
  coordinator = await hub.as('coordinator');
  const andaman = {
    days: { start: '2031-01-20', end: '2031-01-31' },
    corridors: ['rohingya_andaman'],
    audiences: ['refugee_in_camp'],
    themes: ['people_smuggling'],
    languages: ['bn'],
  };
  await plan('BD', 'state_national', { ...andaman, places: ['BD'] });
  await plan('TH', 'national_ngo', { ...andaman, places: ['TH'] });
  const twins = {
    days: { start: '2031-03-01', end: '2031-03-31' },
    places: ['NZ'],
    audiences: ['student'],
    themes: ['child_protection'],
    channels: ['radio'],
  };
  await plan('NZ', 'media', twins);
  await plan('NZ too', 'ingo', twins);
  await hub.workers.quiet();
});
afterAll(() => hub.close());

describe('reading', () => {
  test('a joint campaign says who, where, when, in which role, why, and what is missing', async () => {
    const [joint] = await list(coordinator, '(filter: { kinds: [JOINT_CAMPAIGN] })');
    expect(joint).toMatchObject({
      status: 'OPEN',
      title: 'Joint campaign on people smuggling: Bangladesh and Thailand, 20–31 January 2031',
      explanation: expect.stringContaining('in Bangladesh (origin) and Thailand (transit)'),
      dismissedReason: null,
      version: 1,
      corridor: { code: 'rohingya_andaman', name: 'Rohingya, Andaman Sea' },
      window: { start: '2031-01-20', end: '2031-01-31', days: 12 },
      themes: [{ code: 'people_smuggling' }],
      audiences: [{ code: 'refugee_in_camp' }],
      countries: [
        { code: 'BD', name: 'Bangladesh' },
        { code: 'TH', name: 'Thailand' },
      ],
      participants: [
        {
          position: 1,
          actor: { id: actors['BD'], name: 'Example BD' },
          place: { code: 'BD' },
          role: 'ORIGIN',
          subject: { __typename: 'Campaign', name: 'Campaign BD' },
          disclosure: 'FULL',
        },
        { position: 2, actor: { id: actors['TH'] }, place: { code: 'TH' }, role: 'TRANSIT' },
      ],
      missing: { roles: ['DESTINATION'], countries: [{ code: 'ID' }, { code: 'MM' }, { code: 'MY' }] },
      overlaps: { totalCount: 1, nodes: [{ kind: 'COMPLEMENT' }] },
    });
    const participants = joint?.['participants'] as { lead: boolean }[];
    expect(participants.filter(({ lead }) => lead)).toHaveLength(1);
    const { languages } = joint?.['missing'] as { languages: { code: string }[] };
    expect(languages.map(({ code }) => code).sort()).toEqual(['ctg', 'id', 'ms', 'my', 'rhg', 'th']);
    expect(joint?.['reasons']).toEqual(
      expect.arrayContaining([
        { code: 'ROLES_COVERED', parameters: [{ name: 'ROLES', values: ['ORIGIN', 'TRANSIT'] }] },
        { code: 'COUNTRIES', parameters: [{ name: 'COUNTRIES', values: ['BD', 'TH'] }] },
        { code: 'STATE_AND_NON_STATE', parameters: [] },
        {
          code: 'SHARED_DAYS',
          parameters: [
            { name: 'FIRST_DAY', values: ['2031-01-20'] },
            { name: 'LAST_DAY', values: ['2031-01-31'] },
            { name: 'DAYS', values: ['12'] },
          ],
        },
        {
          code: 'IN_SEASON',
          parameters: [
            { name: 'FROM_MONTH', values: ['10'] },
            { name: 'TO_MONTH', values: ['1'] },
          ],
        },
      ]),
    );
  });

  test('a duplication to avoid has no corridor, no lead, and lacks nothing', async () => {
    const [pair] = await list(coordinator, '(filter: { kinds: [AVOID_DUPLICATION] })');
    expect(pair).toMatchObject({
      corridor: null,
      countries: [{ code: 'NZ' }],
      participants: [
        { role: null, lead: false },
        { role: null, lead: false },
      ],
      missing: { roles: [], countries: [], languages: [], channels: [] },
      overlaps: { totalCount: 1, nodes: [{ kind: 'DUPLICATION' }] },
    });
  });

  test('everything a suggestion shows costs one statement, in lists and by id', async () => {
    let found: Suggestion[] = [];
    expect(await readsDuring(async () => (found = await list(coordinator)))).toBe(1);
    const [first] = found;
    const byId = await coordinator.query(`query ($id: ID!) { node(id: $id) { ... on Suggestion { ${EVERYTHING} } } }`, {
      id: first?.id,
    });
    expect(byId).toEqual({ node: first });
  });

  test('lists are ordered by score, and filters combine', async () => {
    const all = await list(coordinator, '', 'id score kind status version countries { code }');
    expect(all).toHaveLength(2);
    expect(all.map(({ score }) => score)).toEqual(all.map(({ score }) => score).sort((a, b) => b - a));
    const kindsOf = async (client: Client, filter: string): Promise<string[]> =>
      (await list(client, `(filter: ${filter})`, 'kind')).map(({ kind }) => kind);
    expect(await kindsOf(coordinator, '{ corridor: "rohingya_andaman" }')).toEqual(['JOINT_CAMPAIGN']);
    expect(await kindsOf(coordinator, '{ country: "NZ" }')).toEqual(['AVOID_DUPLICATION']);
    expect(await kindsOf(coordinator, '{ country: "NZ", kinds: [JOINT_CAMPAIGN] }')).toEqual([]);
    expect(await kindsOf(coordinator, '{ statuses: [DISMISSED, EXPIRED] }')).toEqual([]);
    expect(await kindsOf(await hub.as('viewer', actors['TH']), '{ addressedToMe: true }')).toEqual(['JOINT_CAMPAIGN']);
    expect(await kindsOf(coordinator, '{ addressedToMe: true }')).toEqual([]);
    expect(await kindsOf(coordinator, '{ addressedToMe: false }')).toHaveLength(2);
  });

  test('pages join without gap or repetition', async () => {
    const page = (after: string | null) =>
      coordinator.query<{
        suggestions: { nodes: { id: string }[]; pageInfo: { endCursor: string; hasNextPage: boolean } };
      }>(
        'query ($after: String) { suggestions(first: 1, after: $after) { nodes { id } pageInfo { endCursor hasNextPage } } }',
        { after },
      );
    const { suggestions: first } = await page(null);
    const { suggestions: second } = await page(first.pageInfo.endCursor);
    expect(first.pageInfo.hasNextPage).toBe(true);
    expect(second.pageInfo.hasNextPage).toBe(false);
    expect([...first.nodes, ...second.nodes].map(({ id }) => id)).toEqual(
      (await list(coordinator, '', 'id')).map(({ id }) => id),
    );
  });
});

const DISMISS = `mutation ($input: DismissSuggestionInput!) {
  dismissSuggestion(input: $input) {
    __typename
    ... on Suggestion { id status version dismissedReason }
    ... on Problem { code message }
    ... on InvalidInput { issues { path } }
  }
}`;

describe('dismissing', () => {
  const dismiss = async (client: Client, input: object): Promise<unknown> =>
    (await client.query<{ dismissSuggestion: unknown }>(DISMISS, { input })).dismissSuggestion;

  test('tells whoever may not, whoever is late, and shows the reason to everybody', async () => {
    const [pair] = await list(coordinator, '(filter: { kinds: [AVOID_DUPLICATION] })', 'id version');
    const input = { id: pair?.id, expectedVersion: pair?.version, reason: 'they agreed otherwise' };
    const outsider = await hub.as('editor', actors['TH']);
    const { changeToken } = (
      await coordinator.query<{ suggestions: { changeToken: string } }>('{ suggestions { changeToken } }')
    ).suggestions;
    expect(await dismiss(outsider, input)).toMatchObject({ __typename: 'Forbidden', code: 'FORBIDDEN' });
    expect(await dismiss(coordinator, { ...input, reason: ' ' })).toMatchObject({ issues: [{ path: 'input.reason' }] });
    expect(await dismiss(coordinator, { ...input, expectedVersion: 9 })).toMatchObject({ __typename: 'StaleVersion' });
    expect(await dismiss(coordinator, { ...input, id: 'sug_none' })).toMatchObject({ __typename: 'NotFound' });
    const participant = await hub.as('planner', actors['NZ']);
    expect(await dismiss(participant, input)).toEqual({
      __typename: 'Suggestion',
      id: pair?.id,
      status: 'DISMISSED',
      version: 2,
      dismissedReason: 'they agreed otherwise',
    });
    expect(await dismiss(participant, { ...input, expectedVersion: 2 })).toMatchObject({ __typename: 'Conflict' });
    expect(await list(outsider, `(filter: { changedAfter: "${changeToken}" })`, 'id status')).toEqual([
      { id: pair?.id, status: 'DISMISSED' },
    ]);
  });

  test('a subscriber to whom a notice was lost gets what changed once the connection is back', async () => {
    const stream = await subscribeByEvents<{ suggestionChanged: Suggestion }>(
      hub.url,
      coordinator,
      'subscription { suggestionChanged { id status version } }',
    );
    try {
      await withClient(hub.database.adminUrl, async (client) => {
        // A change that is announced to nobody.
        await client.query(`update app.suggestion set version = 7 where kind = 'JOINT_CAMPAIGN'`);
        await client.query(`select pg_terminate_backend(pid) from pg_stat_activity
          where application_name = 'concord-notices' and datname = current_database()`);
      });
      let told = (await stream.next()).suggestionChanged;
      // The dismissal before may have been on its way still.
      while (told.status === 'DISMISSED') told = (await stream.next()).suggestionChanged;
      expect(told).toMatchObject({ status: 'OPEN', version: 7 });
    } finally {
      await stream.close();
    }
  });
});

describe('the hub', () => {
  const HUB = `{ hub { version rulesVersion migration queueDepth failedJobs lastMatchedAt
    counts { actors programmes campaigns calendarEntries overlaps suggestions } } }`;

  test('says its versions, that its queue is empty, when it last matched, and how much there is, in one statement', async () => {
    let answer: unknown;
    // Workers say once a second how much there is to do.
    await expect
      .poll(async () => (await coordinator.query(HUB))['hub'], { timeout: 20_000 })
      .toMatchObject({ queueDepth: 0 });
    expect(await readsDuring(async () => (answer = await coordinator.query(HUB)))).toBe(1);
    expect(answer).toEqual({
      hub: {
        version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
        rulesVersion: 1,
        migration: expect.stringMatching(/^\d{4}-/),
        queueDepth: 0,
        failedJobs: 0,
        lastMatchedAt: expect.stringMatching(/Z$/),
        counts: { actors: 4, programmes: 0, campaigns: 4, calendarEntries: 0, overlaps: 2, suggestions: 2 },
      },
    });
  });

  test('tells nobody but coordinators when it works, which hidden things make it do', async () => {
    for (const client of [
      await hub.as('viewer'),
      await hub.as('editor', await hub.actor()),
      await hub.as('observer'),
    ]) {
      const { hub: status } = await client.query<{ hub: Record<string, unknown> }>(HUB);
      expect(status).toMatchObject({ rulesVersion: 1, queueDepth: null, failedJobs: null, lastMatchedAt: null });
    }
  });

  test('does not claim to know a queue on which nobody works', async () => {
    const idle = await testHub();
    try {
      const client = await idle.as('coordinator');
      const { hub: status } = await client.query<{ hub: Record<string, unknown> }>(HUB);
      expect(status).toMatchObject({ queueDepth: null, failedJobs: null, lastMatchedAt: null });
    } finally {
      await idle.close();
    }
  });
});
