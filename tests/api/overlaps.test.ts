import { createClient } from 'graphql-ws';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { UnitOfWork } from '../../core/access/unit-of-work.ts';
import { HUB_VIEWER } from '../../core/access/viewer.ts';
import { entities } from '../../core/entities.ts';
import { systemClock } from '../../platform/clock.ts';
import { openOrm } from '../../platform/database/orm.ts';
import { systemRandomness } from '../../platform/ids.ts';
import { createLog } from '../../platform/log.ts';
import { type RunningWorkers, startWorkers } from '../../workers/start-workers.ts';
import { type Client, type TestHub, testHub } from '../support/hub.ts';
import { savedId } from '../support/matching.ts';
import { statementsDuring } from '../support/statements.ts';

let hub: TestHub;
let workers: RunningWorkers;
let ngo: Client;
let close: () => Promise<void>;
const ids: Record<
  'state' | 'ngo' | 'diaspora' | 'programme' | 'stateCampaign' | 'ngoCampaign' | 'diasporaCampaign',
  string
> = {
  state: '',
  ngo: '',
  diaspora: '',
  programme: '',
  stateCampaign: '',
  ngoCampaign: '',
  diasporaCampaign: '',
};

const AUDIENCES = ['prospective_migrant'];
const THEMES = ['people_smuggling'];
const MARCH = { start: '2027-03-01', end: '2027-03-31' };
const inBangladesh = {
  days: MARCH,
  places: ['BD-B'],
  corridors: ['rohingya_andaman'],
  audiences: AUDIENCES,
  themes: THEMES,
  channels: ['radio'],
  languages: ['bn'],
};

async function plan(owner: string, fields: Record<string, unknown>): Promise<string> {
  const outcome = await hub.app.services.campaigns.plan(HUB_VIEWER, { name: 'Example campaign', owner, ...fields });
  return savedId(outcome);
}

beforeAll(async () => {
  hub = await testHub();
  const { workerUrl } = hub.database;
  const orm = await openOrm({ url: workerUrl, entities, applicationName: 'test-worker' });
  const secret = new Uint8Array(32).fill(3);
  workers = await startWorkers({
    url: workerUrl,
    orm,
    uow: new UnitOfWork(orm, systemClock, systemRandomness),
    clock: systemClock,
    log: createLog('silent'),
    processId: 'test-overlaps',
    secrets: { pepper: secret, cursor: secret, derivedIds: secret, contacts: secret, signIns: secret },
  });
  close = async () => {
    await workers.close();
    await orm.close();
    await hub.close();
  };
  ids.state = await hub.actor({ name: 'Example Ministry', kind: 'state_national' });
  ids.ngo = await hub.actor({ name: 'Example Coast Watch', kind: 'national_ngo' });
  // An association that shows itself to all members; by itself it would show next to nothing.
  ids.diaspora = await hub.actor({ name: 'Example Diaspora', kind: 'diaspora_association', visibility: 'members' });
  ngo = await hub.as('editor', ids.ngo);
  const programme = { name: 'Example programme', owner: ids.state, footprint: { audiences: AUDIENCES } };
  ids.programme = savedId(await hub.app.services.programmes.register(HUB_VIEWER, programme));
  ids.stateCampaign = await plan(ids.state, {
    programme: ids.programme,
    footprint: { ...inBangladesh, audiences: null },
    messages: [{ text: 'Do not go.', stance: 'deter' }],
  });
  ids.ngoCampaign = await plan(ids.ngo, {
    footprint: { ...inBangladesh, places: ['BD'], days: { start: '2027-03-15', end: '2027-04-14' } },
    messages: [{ text: 'Here is help.', stance: 'protect' }],
  });
  ids.diasporaCampaign = await plan(ids.diaspora, {
    footprint: { ...inBangladesh, places: ['MY'], channels: ['facebook'], days: { start: '2027-03-31' } },
    release: { visibility: 'members', matching: 'full', placePrecision: 'exact' },
  });
  await workers.quiet();
});
afterAll(() => close());

const LIST = `query ($filter: OverlapFilter, $orderBy: OverlapOrder, $first: Int) {
  overlaps(filter: $filter, orderBy: $orderBy, first: $first) {
    totalCount
    nodes {
      id kind score confidence strength tentative explanation
      sides { mine disclosure actor { id } subject { id name owner { name } ... on Campaign { phase { code } } } }
      days { start end days }
      shared { days { start end } places { code } corridors { code } audiences { code } themes { code } channels { code } languages }
      parts { facet similarity weight stated }
      contradiction { audiences { code } deterring { id } protecting { id } }
    }
  }
}`;

interface Listed {
  readonly overlaps: { readonly totalCount: number; readonly nodes: readonly Record<string, unknown>[] };
}

async function kindsOf(filter: Record<string, unknown>): Promise<unknown[]> {
  const { overlaps } = await ngo.query<Listed>(LIST, { filter });
  expect(overlaps.totalCount).toBe(overlaps.nodes.length);
  return overlaps.nodes.map(({ kind }) => kind);
}

describe('the list', () => {
  test('tells of each overlap what is shared, how it scores, and why, the strongest first', async () => {
    const { overlaps } = await ngo.query<Listed>(LIST);
    expect(overlaps.nodes.map(({ kind }) => kind)).toEqual(['DUPLICATION', 'COMPLEMENT', 'COMPLEMENT']);
    const [first] = overlaps.nodes;
    const [stateSide, ngoSide] = [
      { mine: false, disclosure: 'FULL', actor: { id: ids.state }, subject: { id: ids.stateCampaign } },
      { mine: true, disclosure: 'FULL', actor: { id: ids.ngo }, subject: { id: ids.ngoCampaign } },
    ];
    expect(first).toMatchObject({
      tentative: false,
      // .7 of a place, 17 of 31 days, everything else in common.
      score: (25 * 0.7 + 25 + 20 + (15 * 17) / 31 + 10 + 5) / 100,
      confidence: 1,
      sides: [ngoSide, stateSide],
      days: { start: '2027-03-15', end: '2027-03-31', days: 17 },
      shared: {
        days: { start: '2027-03-15', end: '2027-03-31' },
        places: [{ code: 'BD-B' }],
        corridors: [{ code: 'rohingya_andaman' }],
        audiences: [{ code: 'prospective_migrant' }],
        themes: [{ code: 'people_smuggling' }],
        channels: [{ code: 'radio' }],
        languages: ['bn'],
      },
      contradiction: {
        audiences: [{ code: 'prospective_migrant' }],
        deterring: { id: ids.stateCampaign },
        protecting: { id: ids.ngoCampaign },
      },
    });
    expect(first?.['parts']).toContainEqual({ facet: 'PLACE', similarity: 0.7, weight: 0.25, stated: true });
    expect(first?.['explanation']).toBe(
      'Much the same work twice: for prospective migrants, about people smuggling, in Chattogram, by Radio, 17 days from 15 March 2027 to 31 March 2027. ' +
        'Their messages to prospective migrants contradict each other: one deters, the other protects.',
    );
  });

  test('can be narrowed, and ordered otherwise', async () => {
    expect(await kindsOf({ kinds: ['DUPLICATION'] })).toEqual(['DUPLICATION']);
    expect(await kindsOf({ of: ids.diaspora })).toEqual(['COMPLEMENT', 'COMPLEMENT']);
    expect(await kindsOf({ of: ids.ngoCampaign })).toEqual(['DUPLICATION', 'COMPLEMENT']);
    expect(await kindsOf({ of: ids.ngo, contradicting: false })).toEqual(['COMPLEMENT']);
    expect(await kindsOf({ minScore: 0.85 })).toEqual(['DUPLICATION']);
    expect(await kindsOf({ corridor: 'rohingya_andaman', country: 'MY' })).toEqual(['COMPLEMENT', 'COMPLEMENT']);
    expect(await kindsOf({ country: 'TH' })).toEqual([]);
    expect(await kindsOf({ between: { start: '2027-04-01' } })).toEqual(['COMPLEMENT']);
    expect(await kindsOf({ between: { start: '2027-03-15', end: '2027-03-15' } })).toEqual(['DUPLICATION']);
    const orderBy = { field: 'START', direction: 'DESC' };
    const { overlaps } = await ngo.query<Listed>(LIST, { orderBy, first: 1 });
    expect(overlaps).toMatchObject({ totalCount: 3, nodes: [{ kind: 'COMPLEMENT' }] });
  });

  test('of a programme are those of its parts, which stand for it', async () => {
    const { overlaps } = await ngo.query<Listed>(LIST, { filter: { of: ids.programme } });
    const subjects = overlaps.nodes.flatMap(({ sides }) =>
      (sides as { subject: { id: string } }[]).map(({ subject }) => subject.id),
    );
    expect(subjects).toContain(ids.stateCampaign);
    expect(subjects).not.toContain(ids.programme);
  });
});

const PREVIEW = `query ($input: PreviewOverlapsInput!, $first: Int! = 20) {
  previewOverlaps(input: $input, first: $first) {
    kind score strength explanation other { mine actor { id } subject { id } } found: days { start end } parts { facet similarity }
  }
}`;

describe('a preview', () => {
  test('is what the same footprint finds once it is registered, and writes nothing', async () => {
    const footprint = {
      ...inBangladesh,
      channels: ['community_meeting'],
      days: { start: '2027-03-05', end: '2027-03-24' },
    };
    const before = await ngo.query<Listed>(LIST);
    const { previewOverlaps } = await ngo.query<{ previewOverlaps: Record<string, unknown>[] }>(PREVIEW, {
      input: { footprint },
    });
    expect(await ngo.query<Listed>(LIST)).toEqual(before);
    expect(previewOverlaps).toMatchObject([
      {
        kind: 'REINFORCEMENT',
        other: { mine: false, actor: { id: ids.state }, subject: { id: ids.stateCampaign } },
        found: footprint.days,
      },
    ]);
    const campaign = await plan(ids.ngo, { footprint });
    await workers.quiet();
    const { overlaps } = await ngo.query<Listed>(LIST, { filter: { of: campaign } });
    expect(overlaps.nodes).toHaveLength(1);
    const { kind, score, strength, explanation } = overlaps.nodes[0] ?? {};
    expect(previewOverlaps[0]).toMatchObject({ kind, score, strength, explanation });
  });

  test('inherits from the programme it would be in, and finds nothing with those who work there', async () => {
    const coordinator = await hub.as('coordinator');
    const input = (programme: string | null) => ({
      owner: ids.diaspora,
      programme,
      footprint: { ...inBangladesh, audiences: null, themes: ['trafficking_in_persons'] },
    });
    const subjects = async (programme: string | null): Promise<string[]> => {
      const { previewOverlaps } = await coordinator.query<{
        previewOverlaps: { other: { subject: { id: string } } }[];
      }>(PREVIEW, {
        input: input(programme),
      });
      return previewOverlaps.map(({ other }) => other.subject.id);
    };
    expect(await subjects(null)).toEqual([]);
    const inside = await subjects(ids.programme);
    expect(inside).toContain(ids.ngoCampaign);
    expect(inside).not.toContain(ids.stateCampaign);
  });

  test('tells what is wrong with a code', async () => {
    const wrong = await ngo.send(PREVIEW, { input: { footprint: { ...inBangladesh, places: ['BDD'] } } });
    expect(wrong.errors?.[0]).toMatchObject({ extensions: { code: 'BAD_USER_INPUT' } });
    expect(wrong.errors?.[0]?.message).toContain('input.footprint.places[0]');
  });
});

test('a subscriber is told of an overlap that is found, and only of those it asked for', async () => {
  const client = createClient({
    url: `${hub.url.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams: { Authorization: `Bearer ${ngo.key}` },
  });
  const document = 'subscription ($of: ID) { overlapFound(of: $of) { kind sides { subject { id } } } }';
  const ofState = client.iterate({ query: document, variables: { of: ids.state } });
  const arrived = ofState.next();
  // Subscriptions have no acknowledgement: the first answer to something sent after it says that it is open.
  await client.iterate({ query: '{ __typename }' }).next();
  const footprint = {
    ...inBangladesh,
    places: ['TH'],
    corridors: null,
    days: { start: '2027-06-01', end: '2027-06-30' },
  };
  await plan(ids.diaspora, { footprint });
  await plan(ids.ngo, { footprint });
  const wanted = await plan(ids.state, {
    footprint: { ...footprint, days: { start: '2027-06-30', end: '2027-07-30' } },
  });
  const { value } = await arrived;
  const { sides } = value?.data?.['overlapFound'] as { sides: { subject: { id: string } }[] };
  expect(sides.map(({ subject }) => subject.id)).toContain(wanted);
  await client.dispose();
});

describe('statements', () => {
  // Workers in this process would be counted too.
  beforeAll(() => workers.close());

  test('a list is read in one, and so is one overlap by its id', async () => {
    const { overlaps } = await ngo.query<Listed>(LIST);
    const [first] = overlaps.nodes;
    const node =
      'query ($id: ID!) { node(id: $id) { id __typename ... on Overlap { kind sides { subject { id } } } } }';
    expect((await statementsDuring(() => ngo.query(LIST))).length).toBe(1);
    const found = await statementsDuring(async () => {
      const { id, kind } = first ?? {};
      expect(await ngo.query(node, { id })).toMatchObject({ node: { id, __typename: 'Overlap', kind } });
    });
    expect(found.length).toBe(1);
  });

  test('a preview takes five: what it costs, vocabulary, owner, candidates, and one to show what was found', async () => {
    const statements = await statementsDuring(() => ngo.query(PREVIEW, { input: { footprint: inBangladesh } }));
    expect(statements.length).toBe(5);
  });
});
