import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HUB_VIEWER } from '../../core/access/viewer.ts';
import { fixedClock } from '../../platform/clock.ts';
import { seededRandomness } from '../../platform/ids.ts';
import { informationWays, type Place } from '../../engine/index.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { type Client, type TestHub, testHub } from '../support/hub.ts';
import { savedId } from '../support/matching.ts';
import { idOf, mutate } from '../support/mutate.ts';
import { statementsDuring } from '../support/statements.ts';
import { type SuggestingWorld, suggestingWorld } from '../support/suggesting.ts';

/** The hub's day is 1 January 2027. Bangladesh lacks information for prospective migrants; that is what the hub ships. */
const NOW_MS = 1_798_761_600_000;
let database: TestDatabase;
let hub: TestHub;
let world: SuggestingWorld;
let coordinator: Client;
let member: Client;

beforeAll(async () => {
  database = await testDatabase();
  const clock = fixedClock(NOW_MS);
  hub = await testHub({ database, clock });
  world = await suggestingWorld({ database, clock, randomness: seededRandomness('gaps') });
  coordinator = await hub.as('coordinator');
  member = await hub.as('viewer', await hub.actor());
  await world.turnDay(0);
});
afterAll(async () => {
  await world.close();
  await hub.close();
  await database.drop();
});

const GAP = `id score inSeason uncoveredRoles corridor { code } audience { code } theme { code } quarter { year quarter }
  days { start end days } countries { code } declaredBy { id kind source } missingLanguages { code } missingChannels { code }
  suggestion { id kind title explanation participants { position place { code } role lead actor { id } } window { start end }
    reasons { code parameters { name values } } missing { roles languages { code } channels { code } } }`;

interface Shown {
  readonly id: string;
  readonly score: number;
  readonly quarter: { readonly year: number; readonly quarter: number };
  readonly suggestion: Record<string, unknown> | null;
  readonly [field: string]: unknown;
}

interface GapsPage {
  readonly gaps: {
    readonly totalCount: number;
    readonly nodes: readonly { readonly id: string }[];
    readonly pageInfo: { readonly endCursor: string; readonly hasNextPage: boolean };
  };
}

const gapsFor = async (client: Client, filter: object): Promise<Shown[]> =>
  (
    await client.query<{ gaps: { nodes: Shown[] } }>(
      `query ($filter: GapFilter!) { gaps(first: 100, filter: $filter) { nodes { ${GAP} } } }`,
      { filter },
    )
  ).gaps.nodes;

const IN_FIRST_QUARTER = {
  corridor: 'bd_my_labour',
  audiences: ['prospective_migrant'],
  themes: ['fraudulent_recruitment'],
  quarter: { year: 2027, quarter: 1 },
};
const FOOTPRINT = {
  days: { start: '2027-02-01', end: '2027-03-15' },
  places: ['BD'],
  corridors: ['bd_my_labour'],
  audiences: ['prospective_migrant'],
  themes: ['fraudulent_recruitment'],
};

/** Plans a campaign of an actor of its own and lets the hub compose. */
async function plan(footprint: object = {}, more: object = {}, kind = 'national_ngo'): Promise<[Client, string]> {
  const client = await hub.as('editor', await hub.actor({ kind }));
  const input = { name: 'Example campaign', footprint: { ...FOOTPRINT, ...footprint }, ...more };
  const id = await idOf(mutate(client, 'planCampaign', input));
  await world.settleAll();
  return [client, id];
}

async function cancel(client: Client, id: string): Promise<void> {
  await idOf(mutate(client, 'cancelCampaign', { id, expectedVersion: 1 }));
  await world.settleAll();
}

describe('the query', () => {
  test('tells a need that nobody answers, before anybody works there, with what declares it', async () => {
    const [gap, ...others] = await gapsFor(member, IN_FIRST_QUARTER);
    expect(others).toEqual([]);
    expect(gap).toMatchObject({
      corridor: { code: 'bd_my_labour' },
      audience: { code: 'prospective_migrant' },
      theme: { code: 'fraudulent_recruitment' },
      quarter: { year: 2027, quarter: 1 },
      days: { start: '2027-01-01', end: '2027-03-31', days: 90 },
      // Stated here .40, no season, now .20, no role covered .20.
      score: 0.8,
      inSeason: false,
      uncoveredRoles: ['ORIGIN', 'DESTINATION'],
      missingLanguages: [{ code: 'bn' }, { code: 'ms' }],
      missingChannels: [{ code: 'peer_or_returnee_messenger' }],
      suggestion: null,
    });
    expect(gap?.['declaredBy']).toEqual(
      expect.arrayContaining([expect.objectContaining({ kind: 'UNMET_NEED', source: 'IID 2017' })]),
    );
  });

  test('wants a corridor or a country, and codes that exist', async () => {
    const ask = (filter: object) =>
      member.send('query ($filter: GapFilter!) { gaps(filter: $filter) { nodes { id } } }', { filter });
    for (const filter of [{}, { audiences: ['prospective_migrant'] }, { corridor: null, country: '' }]) {
      expect((await ask(filter)).errors?.[0]?.message).toContain('name a corridor or a country');
    }
    expect((await ask({ corridor: 'bd_my_labor' })).errors?.[0]?.message).toContain('filter.corridor');
    expect((await ask({ country: 'BD', themes: ['nothing'] })).errors?.[0]?.message).toContain('filter.themes[0]');
  });

  test('filters by country, quarter and days', async () => {
    const inBangladesh = await gapsFor(member, { country: 'BD' });
    expect(new Set(inBangladesh.map((gap) => JSON.stringify(gap['corridor']))).size).toBeGreaterThan(3);
    expect(
      await gapsFor(member, { country: 'NZ', audiences: ['prospective_migrant'], themes: ['fraudulent_recruitment'] }),
    ).toEqual([]);
    const quarters = async (filter: object): Promise<string[]> =>
      (await gapsFor(member, { ...IN_FIRST_QUARTER, quarter: null, ...filter })).map(
        ({ quarter }) => `${String(quarter.year)}-Q${String(quarter.quarter)}`,
      );
    expect(await quarters({})).toEqual(['2027-Q1', '2027-Q2', '2027-Q3', '2027-Q4']);
    expect(await quarters({ between: { start: '2027-03-31', end: '2027-04-01' } })).toEqual(['2027-Q1', '2027-Q2']);
    expect(await quarters({ between: { start: '2027-09-30' } })).toEqual(['2027-Q3', '2027-Q4']);
    expect(await quarters({ quarter: { year: 2028, quarter: 1 } })).toEqual([]);
  });

  test('pages by rank without leaving anything out', async () => {
    const all = await gapsFor(member, { corridor: 'rohingya_andaman' });
    expect(all.map(({ score }) => score)).toEqual(all.map(({ score }) => score).sort((a, b) => b - a));
    const seen: string[] = [];
    for (let after: string | null = null, more = true; more;) {
      const { gaps }: GapsPage = await member.query<GapsPage>(
        `query ($after: String) { gaps(first: 4, after: $after, filter: { corridor: "rohingya_andaman" }) {
          totalCount nodes { id } pageInfo { endCursor hasNextPage } } }`,
        { after },
      );
      expect(gaps.totalCount).toBe(all.length);
      seen.push(...gaps.nodes.map(({ id }) => id));
      [after, more] = [gaps.pageInfo.endCursor, gaps.pageInfo.hasNextPage];
    }
    expect(seen).toEqual(all.map(({ id }) => id));
    const { node } = await member.query<{ node: unknown }>(
      'query ($id: ID!) { node(id: $id) { ... on Gap { id score } } }',
      { id: seen[0] },
    );
    expect(node).toEqual({ id: all[0]?.id, score: all[0]?.score });
  });

  test('is empty for whoever acts for no verified actor', async () => {
    const stranger = await hub.app.services.actors.register(HUB_VIEWER, { name: 'Example Pending', kind: 'media' });
    expect(await gapsFor(await hub.as('editor', savedId(stranger)), { country: 'BD' })).toEqual([]);
    expect(await gapsFor(coordinator, IN_FIRST_QUARTER)).toHaveLength(1);
  });

  test('is one statement, suggestion and all', async () => {
    const statements = await statementsDuring(() => gapsFor(member, { country: 'BD' }));
    expect(statements.filter((text) => text.includes(' as answer'))).toHaveLength(1);
  });
});

describe('a campaign', () => {
  test('fills the gap it answers, in its quarter alone, until it is cancelled', async () => {
    const [owner, id] = await plan();
    expect(await gapsFor(member, IN_FIRST_QUARTER)).toEqual([]);
    expect(await gapsFor(member, { ...IN_FIRST_QUARTER, quarter: { year: 2027, quarter: 2 } })).toHaveLength(1);
    await cancel(owner, id);
    expect(await gapsFor(member, IN_FIRST_QUARTER)).toHaveLength(1);
  });

  test('of which others may not know, or that excludes anybody, changes nothing of what anybody sees', async () => {
    const ask = async (): Promise<string> => {
      const asked = `{ gaps(first: 100, filter: { corridor: "bd_my_labour" }) { totalCount pageInfo { startCursor endCursor } edges { cursor node { ${GAP} } } } }`;
      return JSON.stringify([await member.send(asked), await coordinator.send(asked)]);
    };
    const before = await ask();
    for (const more of [
      { release: { visibility: 'PARTNERS', matching: 'EXISTENCE' } },
      { release: { visibility: 'RESTRICTED', matching: 'NONE' } },
      { exclude: { countries: ['MM'] } },
    ]) {
      const [owner, id] = await plan({}, more);
      expect(await ask()).toBe(before);
      await cancel(owner, id);
    }
  });
});

describe('a gap that somebody could fill', () => {
  test('becomes a suggestion to those who reach the audience, with a sentence and its reasons', async () => {
    const owner = await hub.as('editor', await hub.actor({ kind: 'state_national' }));
    const footprint = { ...FOOTPRINT, days: { start: '2027-01-01', end: '2027-12-31' }, languages: ['bn'] };
    const id = await idOf(mutate(owner, 'registerProgramme', { name: 'Example programme', footprint }));
    await world.settleAll();
    const [gap] = await gapsFor(owner, IN_FIRST_QUARTER);
    expect(gap?.suggestion).toMatchObject({
      kind: 'FILL_GAP',
      title: 'Gap on fraudulent recruitment: prospective migrants, 1 January – 31 March 2027',
      window: { start: '2027-01-01', end: '2027-03-31' },
      participants: [{ position: 1, place: { code: 'BD' }, role: 'ORIGIN', lead: false, actor: { id: owner.actorId } }],
      missing: { roles: ['ORIGIN', 'DESTINATION'], languages: [{ code: 'bn' }, { code: 'ms' }] },
    });
    expect(gap?.suggestion?.['explanation']).toBe(
      'On the corridor “Bangladesh to Malaysia, labour”, no campaign speaks to prospective migrants about fraudulent recruitment ' +
        'between 1 January and 31 March 2027: people there lack information (IID 2017 and RSO); an actor in Bangladesh (origin) could ' +
        'fill the gap; nobody is known to speak to them in Bangla or Malay; nobody is known to use peers or returnees as messengers.',
    );
    const reasons = gap?.suggestion?.['reasons'] as {
      code: string;
      parameters: { name: string; values: string[] }[];
    }[];
    expect(reasons.map(({ code }) => code)).toEqual([
      ...['COUNTRIES', 'UNMET_NEED', 'DECLARED_NEED', 'NOBODY_SPEAKS', 'NOBODY_USES', 'REACHES_AUDIENCE'],
    ]);
    expect(reasons.find(({ code }) => code === 'DECLARED_NEED')?.parameters.map(({ name }) => name)).toEqual([
      'INSIGHTS',
      'SOURCES',
    ]);
    await idOf(mutate(owner, 'withdrawProgramme', { id, expectedVersion: 1 }));
    await world.settleAll();
    expect((await gapsFor(owner, IN_FIRST_QUARTER))[0]?.suggestion).toBeNull();
  });
});

describe('how well the channels of a campaign fit', () => {
  const FIT =
    'channelFit { audience { code } share used { channel { code } weight } toAdd { channel { code } weight insight { source } } }';
  interface Fit {
    readonly audience: { readonly code: string };
    readonly share: number;
    readonly used: { readonly channel: { readonly code: string } }[];
    readonly toAdd: { readonly channel: { readonly code: string }; readonly insight: { readonly source: string } }[];
  }
  const fitOf = async (client: Client, id: string): Promise<readonly Fit[] | null> =>
    (
      await client.query<{ node: { channelFit: Fit[] | null } }>(
        `query ($id: ID!) { node(id: $id) { ... on Campaign { ${FIT} } } }`,
        { id },
      )
    ).node.channelFit;

  test('is told by audience, with what to add and what says so', async () => {
    const [owner, id] = await plan({
      places: ['ID'],
      audiences: ['migrant_in_transit', 'prospective_migrant', 'student'],
      channels: ['hotline', 'radio', 'theatre_drama'],
    });
    const fit = await fitOf(owner, id);
    expect(fit?.map(({ audience }) => audience.code)).toEqual(['prospective_migrant', 'migrant_in_transit']);
    const [, transit] = fit ?? [];
    expect(transit?.share).toBeCloseTo(0.3, 10);
    expect(transit?.used).toEqual([{ channel: { code: 'hotline' }, weight: 0.3 }]);
    expect(transit?.toAdd).toEqual([
      {
        channel: { code: 'peer_or_returnee_messenger' },
        weight: 0.6,
        insight: { source: expect.stringContaining('UNODC 2024') as string },
      },
    ]);
    await cancel(owner, id);
  });

  test('is null where no insight is about its audiences, or it states none', async () => {
    const [owner, id] = await plan({ audiences: ['student'] });
    expect(await fitOf(owner, id)).toBeNull();
    await cancel(owner, id);
  });

  test('goes by what the viewer may know of its places', async () => {
    await idOf(
      mutate(coordinator, 'registerInsight', {
        kind: 'INFORMATION_WAY',
        audience: 'student',
        statement: 'In this district by radio',
        source: 'Example survey',
        publishedOn: '2026-06-01',
        places: ['NP-P3'],
        channels: [{ channel: 'radio', weight: 0.6 }],
      }),
    );
    const [owner, id] = await plan(
      { places: ['NP-P3'], audiences: ['student'], channels: ['radio'] },
      { release: { placePrecision: 'COUNTRY' } },
    );
    expect(await fitOf(owner, id)).toMatchObject([{ share: 1, toAdd: [] }]);
    expect(await fitOf(member, id)).toBeNull();
    await cancel(owner, id);
  });

  test('is what the engine says of the same channels and places', async () => {
    const vocabulary = await world.worker.unitOfWork.run(HUB_VIEWER, ({ em }) => world.worker.vocabulary.current(em));
    const bit = (kind: 'audience' | 'channel', code: string): number => vocabulary.bitOf(kind, code);
    const channels = ['hotline', 'whatsapp', 'print_poster', 'peer_or_returnee_messenger', 'place_of_worship'];
    for (const [at, place] of ['BD', 'BD-10', 'MY', 'AF', 'NZ'].entries()) {
      const used = channels.filter((_, index) => (index + at) % 2 === 0);
      const audiences = ['prospective_migrant', 'migrant_in_transit', 'intending_departure', 'student'];
      const [owner, id] = await plan({ places: [place], audiences, channels: used });
      const here = vocabulary.toPlaces([place]);
      const isHere = (told: Place): boolean =>
        here.some((own) => own.country === told.country && [0, own.subdivision].includes(told.subdivision));
      const expected = audiences.flatMap((audience) => {
        const ways = informationWays(vocabulary.terrain(), bit('audience', audience), isHere);
        const bits = used.map((code) => bit('channel', code));
        const sum = (list: typeof ways): number => list.reduce((all, { weight }) => all + weight, 0);
        const covered = ways.filter(({ channel }) => bits.includes(channel));
        const toAdd = ways.filter(({ channel, weight }) => weight >= 0.25 && !bits.includes(channel));
        return ways.length === 0
          ? []
          : [
              {
                audience,
                share: Number((sum(covered) / sum(ways)).toFixed(9)),
                used: covered.map(({ channel }) => vocabulary.codeOf('channel', channel)),
                toAdd: toAdd.map(({ channel }) => vocabulary.codeOf('channel', channel)),
              },
            ];
      });
      const shown = (await fitOf(owner, id))?.map((fit) => ({
        audience: fit.audience.code,
        share: Number(fit.share.toFixed(9)),
        used: fit.used.map(({ channel }) => channel.code),
        toAdd: fit.toAdd.map(({ channel }) => channel.code),
      }));
      const byCode = <T extends { audience: string }>(list: readonly T[] = []): T[] =>
        list.toSorted((a, b) => (a.audience < b.audience ? -1 : 1));
      expect(byCode(shown)).toEqual(byCode(expected));
      await cancel(owner, id);
    }
  }, 30_000);
});
