import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  bitsOf,
  composeGapDrafts,
  epochDay,
  facetSet,
  findGaps,
  parseCalendarDate,
  type Draft,
  type Footprint,
  type Gap,
  type Terrain,
} from '../../engine/index.ts';
import { gapsOf, type ExpectedGap } from './oracle/gaps.ts';
import { corridor, footprint, insight, range, type FootprintSketch } from './support/build.ts';
import { RUN, worlds } from './support/worlds.ts';

const [BD, MY, TH, NZ] = [2, 7, 8, 9];
const [PROSPECTIVE, IN_TRANSIT] = [0, 1];
const [SMUGGLING, RECRUITMENT, CHILDREN] = [0, 1, 9];
const [PEERS, RADIO] = [3, 4];
const [BENGALI, MALAY] = [5, 6];

/** Travelled in the first quarter. */
const route = corridor(
  4,
  [
    [BD, 'origin'],
    [TH, 'transit'],
    [MY, 'destination'],
  ],
  [SMUGGLING],
  { season: { fromMonth: 1, toMonth: 2 }, languages: facetSet([BENGALI, MALAY]) },
);
const need = insight({ id: 'need', kind: 'unmet_need', audience: PROSPECTIVE, place: { country: BD, subdivision: 0 } });
const peers = insight({
  id: 'peers',
  kind: 'information_way',
  audience: PROSPECTIVE,
  place: { country: BD, subdivision: 0 },
  channels: [{ channel: PEERS, weight: 0.73 }],
});
const terrain: Terrain = { corridors: [route], insights: [need, peers] };

const day = (text: string) => parseCalendarDate(text) ?? epochDay(NaN);
const ASOF = day('2027-01-01');
const year = (from: string, to: string): readonly [number, number] => [day(from), day(to)];
const ALL_YEAR = year('2027-01-01', '2028-01-01');

function find(
  campaigns: readonly FootprintSketch[],
  { programmes = [], on = terrain, asOf = ASOF }: { programmes?: FootprintSketch[]; on?: Terrain; asOf?: number } = {},
): Gap[] {
  const all = (sketches: readonly FootprintSketch[]): Footprint[] => sketches.map(footprint);
  return findGaps(route, { campaigns: all(campaigns), programmes: all(programmes) }, on, epochDay(asOf));
}

const cellOf = ({ audience, theme, quarter }: Gap): string =>
  `${audience}|${theme}|${quarter.year}-Q${quarter.quarter}`;
const inBangladesh: FootprintSketch = {
  id: 'bd',
  days: ALL_YEAR,
  places: [[BD]],
  audiences: [PROSPECTIVE],
  themes: [SMUGGLING],
};

describe('a gap', () => {
  test('is a need in a quarter of the year ahead that nobody answers, the nearest and the season first', () => {
    const gaps = find([]);
    expect(gaps.map(cellOf)).toEqual(['0|0|2027-Q1', '0|0|2027-Q2', '0|0|2027-Q3', '0|0|2027-Q4']);
    // Stated of this route .40, season .20, now .20, no role covered .20.
    expect(gaps.map(({ value }) => value)).toEqual([1, 0.75, 0.7, 0.65]);
    expect(gaps[0]).toMatchObject({ needs: ['need'], trends: [], inSeason: true, countries: [BD], able: [] });
    expect(gaps[0]?.roles).toEqual(['origin', 'transit', 'destination']);
  });

  test('is filled in the quarters in which a campaign with audience and theme runs, if only for a day', () => {
    const days = year('2027-03-31', '2027-04-02');
    expect(find([{ ...inBangladesh, days }]).map(cellOf)).toEqual(['0|0|2027-Q3', '0|0|2027-Q4']);
  });

  test('is not filled by what is not stated, by another country, or by standing work without a campaign', () => {
    expect(find([{ ...inBangladesh, audiences: [] }])).toHaveLength(4);
    expect(find([{ ...inBangladesh, themes: [RECRUITMENT], corridors: [route.bit] }])).toHaveLength(4);
    expect(find([{ ...inBangladesh, places: [[NZ]], corridors: [route.bit] }])).toHaveLength(4);
    expect(find([], { programmes: [inBangladesh] })).toHaveLength(4);
  });

  test('tells in which languages, by which channels and in which roles nobody speaks to the audience', () => {
    const other = {
      ...inBangladesh,
      themes: [RECRUITMENT],
      corridors: [route.bit],
      languages: [BENGALI],
      channels: [RADIO],
    };
    const [gap] = find([other]);
    expect(gap && bitsOf(gap.languages)).toEqual([MALAY]);
    expect(gap && bitsOf(gap.channels)).toEqual([PEERS]);
    expect(gap?.roles).toEqual(['transit', 'destination']);
    const [none] = find([{ ...other, channels: [PEERS] }]);
    expect(none && bitsOf(none.channels)).toEqual([]);
  });

  test('is one of the present quarter while a month of it is left, and only for those whose work is not over', () => {
    const asOf = day('2027-03-02');
    expect(find([], { asOf })[0]).toMatchObject({ days: range(ASOF, day('2027-04-01')) });
    expect(find([], { asOf: day('2027-03-03') }).map(cellOf)).not.toContain('0|0|2027-Q1');
    const over = { ...inBangladesh, days: year('2027-01-01', '2027-02-01') };
    expect(find([over], { asOf }).map(cellOf)).not.toContain('0|0|2027-Q1');
    expect(find([], { programmes: [over] })[0]?.able).toHaveLength(1);
    expect(find([], { programmes: [over], asOf })[0]?.able).toEqual([]);
  });

  test('of the season alone concerns every audience that an insight knows there', () => {
    const smugglers = insight({
      id: 'transit',
      kind: 'information_way',
      audience: IN_TRANSIT,
      place: { country: TH, subdivision: 3 },
    });
    const gaps = find([], { on: { ...terrain, insights: [smugglers] } });
    expect(gaps.map(cellOf)).toEqual(['1|0|2027-Q1']);
    expect(gaps[0]).toMatchObject({ needs: [], inSeason: true, countries: [BD, MY, TH] });
    expect(
      find([], { on: { ...terrain, insights: [{ ...smugglers, place: { country: NZ, subdivision: 0 } }] } }),
    ).toEqual([]);
  });

  test('is of the themes that an insight states, those of other routes only where it names this one', () => {
    const cells = (one: typeof need): string[] => find([], { on: { ...terrain, insights: [one] } }).map(cellOf);
    const themes = facetSet([SMUGGLING, CHILDREN]);
    expect(cells({ ...need, themes })).toEqual(cells(need));
    expect(cells({ ...need, themes, place: null, corridor: route.bit })).toContain('0|9|2027-Q3');
  });

  test('is there only as long as the insight holds', () => {
    const held = { ...need, days: range(day('2027-06-30'), day('2027-07-01')) };
    expect(find([], { on: { ...terrain, insights: [held] } }).map(cellOf)).toEqual(['0|0|2027-Q2']);
  });

  test('counts less where the need is one of everywhere, and half where it is a trend', () => {
    const worth = (one: typeof need): number =>
      find([], { on: { ...terrain, insights: [one] } }).find((gap) => gap.quarter.quarter === 4)?.value ?? NaN;
    expect(worth(need)).toBeCloseTo(0.65, 10);
    expect(worth({ ...need, place: null })).toBeCloseTo(0.45, 10);
    expect(worth({ ...need, kind: 'trend' })).toBeCloseTo(0.45, 10);
    expect(worth({ ...need, kind: 'trend', place: null })).toBeCloseTo(0.35, 10);
  });

  test('could be filled by those at work there, who has both before who has the audience before who has the theme', () => {
    const mine = (id: string, sketch: FootprintSketch): FootprintSketch => ({ ...inBangladesh, id, ...sketch });
    const theme = mine('a', { audiences: [] });
    const audience = mine('b', { themes: [RECRUITMENT], corridors: [route.bit], places: [[TH]] });
    const both = mine('c', { places: [[MY]] });
    const over = mine('d', { days: year('2026-01-01', '2027-01-01') });
    const [gap] = find([theme, audience, over], { programmes: [both, mine('e', { owner: 'owner of c' })] });
    expect(gap?.able.map(({ footprint: one, country, fit }) => [one.id, country, fit])).toEqual([
      ['c', MY, 1],
      ['b', TH, 0.5],
      ['a', BD, 0.5],
    ]);
  });

  test('asks at most two of a country and four in all, those with resources first', () => {
    const seven = Array.from({ length: 7 }, (_, at) => ({
      ...inBangladesh,
      id: `p${at}`,
      places: [[at < 4 ? BD : at < 6 ? MY : TH] as const],
      committed: at === 3,
    }));
    expect(find([], { programmes: seven })[0]?.able.map(({ footprint: one }) => one.id)).toEqual([
      'p3',
      'p0',
      'p4',
      'p5',
    ]);
  });
});

describe('the gaps of a world', () => {
  const told = (gap: Gap): ExpectedGap => ({
    cell: cellOf(gap),
    value: gap.value,
    days: [gap.days.start, gap.days.end],
    insights: [...new Set([...gap.needs, ...gap.trends])].sort(),
    inSeason: gap.inSeason,
    countries: gap.countries,
    roles: gap.roles,
    languages: bitsOf(gap.languages),
    channels: bitsOf(gap.channels),
    able: gap.able.map(({ footprint: one, country }) => `${one.id}@${country}`),
  });
  const byCell = (gaps: readonly ExpectedGap[]): ExpectedGap[] => gaps.toSorted((a, b) => (a.cell < b.cell ? -1 : 1));
  const split = (footprints: readonly Footprint[]) => ({
    campaigns: footprints.filter((_, at) => at % 3 > 0),
    programmes: footprints.filter((_, at) => at % 3 === 0),
  });

  test('are those of looking at every cell on every day', () => {
    let found = 0;
    fc.assert(
      fc.property(worlds(14), fc.integer({ min: -20, max: 80 }), ({ footprints, terrain: on }, asOf) => {
        const { campaigns, programmes } = split(footprints);
        for (const one of on.corridors) {
          const gaps = findGaps(one, { campaigns, programmes }, on, epochDay(asOf)).map(told);
          expect(byCell(gaps)).toEqual(byCell(gapsOf(one, campaigns, programmes, on, asOf)));
          found += gaps.filter(({ able }) => able.length > 0).length;
        }
      }),
      RUN,
    );
    expect(found).toBeGreaterThan(400);
  });

  test('do not depend on the order of what is given, and come ranked', () => {
    fc.assert(
      fc.property(
        worlds(10).chain((world) =>
          fc.record({
            world: fc.constant(world),
            footprints: fc.shuffledSubarray([...world.footprints], { minLength: world.footprints.length }),
            insights: fc.shuffledSubarray([...world.terrain.insights], { minLength: world.terrain.insights.length }),
          }),
        ),
        ({ world, footprints, insights }) => {
          const isCampaign = new Set(split(world.footprints).campaigns);
          const shuffled = {
            campaigns: footprints.filter((one) => isCampaign.has(one)),
            programmes: footprints.filter((one) => !isCampaign.has(one)),
          };
          for (const one of world.terrain.corridors) {
            const gaps = findGaps(one, split(world.footprints), world.terrain, epochDay(10));
            expect(findGaps(one, shuffled, { ...world.terrain, insights }, epochDay(10)).map(told)).toEqual(
              gaps.map(told),
            );
            expect(gaps.map(({ value }) => value)).toEqual(gaps.map(({ value }) => value).sort((a, b) => b - a));
          }
        },
      ),
      { ...RUN, numRuns: 60 },
    );
  });
});

describe('the drafts from gaps', () => {
  const compose = (gaps: readonly Gap[]): Draft[] => composeGapDrafts(route, gaps, cellOf);
  const teaching: FootprintSketch = { ...inBangladesh, id: 'th', places: [[TH]], tentative: true };

  test('ask those who could fill the first of the quarters of a cell, and say why', () => {
    const drafts = compose(find([], { programmes: [inBangladesh, teaching] }));
    expect(drafts).toHaveLength(1);
    expect(drafts[0]).toMatchObject({
      kind: 'FILL_GAP',
      about: '0|0|2027-Q1',
      key: `FILL_GAP|corridor-4|bd@2,th@8|${ASOF}-${day('2027-04-01')}|0|0|2027-Q1`,
      value: 1,
      strength: 1,
      participants: [
        { footprint: 'bd', country: BD, role: 'origin', lead: false },
        { footprint: 'th', country: TH, role: 'transit', lead: false },
      ],
    });
    expect(drafts[0]?.reasons.map(({ code }) => code)).toEqual([
      ...['COUNTRIES', 'UNMET_NEED', 'DECLARED_NEED', 'IN_SEASON', 'NOBODY_SPEAKS', 'NOBODY_USES'],
      ...['REACHES_AUDIENCE', 'TENTATIVE'],
    ]);
  });

  test('stay as they are from day to day', () => {
    const on = (asOf: number): Draft[] => compose(find([], { programmes: [inBangladesh, teaching], asOf }));
    expect(on(ASOF + 59)).toEqual(on(ASOF));
  });

  test('are made only where somebody already reaches the audience, and are few', () => {
    expect(compose(find([{ ...inBangladesh, audiences: [] }]))).toEqual([]);
    const needs = [0, 1, 2, 3, 5].map((audience) => ({ ...need, id: `need ${audience}`, audience }));
    const reaching = { ...inBangladesh, audiences: [0, 1, 2, 3, 5] };
    expect(compose(find([], { programmes: [reaching], on: { ...terrain, insights: needs } }))).toHaveLength(3);
  });
});
