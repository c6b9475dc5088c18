import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  bitsOf,
  composeJointCampaigns,
  epochDay,
  facetSet,
  fromInclusive,
  OPEN_END,
  parseCalendarDate,
  type Corridor,
  type Draft,
  type Footprint,
  type Terrain,
} from '../../engine/index.ts';
import { jointCampaigns, type ExpectedDraft } from './oracle/joint-campaigns.ts';
import { corridor, footprint, insight, range, type FootprintSketch } from './support/build.ts';
import { RUN, worlds } from './support/worlds.ts';

const asExpected = (draft: Draft): ExpectedDraft => ({
  value: draft.value,
  strength: draft.strength,
  window: { start: draft.window.start, end: draft.window.end },
  themes: bitsOf(draft.themes),
  audiences: bitsOf(draft.audiences),
  participants: draft.participants.map(
    ({ footprint: id, country, role, lead }) => `${id}@${country} ${role}${lead ? '*' : ''}`,
  ),
});

describe('joint campaigns', () => {
  // Longer than in the worlds of overlaps, and more of them on every corridor, so that more run together.
  const dense = worlds(18, 8).map(({ footprints, terrain }) => ({
    terrain,
    footprints: footprints.map((x, at) => ({
      ...x,
      days: range(x.days.start, Math.min(x.days.end + at * 3, OPEN_END)),
      corridors: at % 4 === 0 ? x.corridors : facetSet(terrain.corridors.map(({ bit }) => bit)),
    })),
  }));

  test('are those that the words of the domain give, with value, roles and lead', () => {
    let drafts = 0;
    fc.assert(
      fc.property(dense, fc.constantFrom(0, 0, 30, 70), ({ footprints, terrain }, asOf) => {
        for (const on of terrain.corridors) {
          const composed = composeJointCampaigns(on, footprints, terrain, epochDay(asOf));
          expect(composed.map(asExpected)).toEqual(jointCampaigns(on, footprints, terrain, asOf));
          drafts += composed.length;
        }
      }),
      { ...RUN, numRuns: 200 },
    );
    expect(drafts).toBeGreaterThan(300);
  });

  test('do not depend on the order of footprints, corridors, insights or legs’ countries', () => {
    fc.assert(
      fc.property(dense, ({ footprints, terrain }) => {
        const again: Terrain = { corridors: terrain.corridors.toReversed(), insights: terrain.insights.toReversed() };
        for (const on of terrain.corridors) {
          expect(composeJointCampaigns(on, footprints.toReversed(), again, epochDay(10))).toEqual(
            composeJointCampaigns(on, footprints, terrain, epochDay(10)),
          );
        }
      }),
      { ...RUN, numRuns: 100 },
    );
  });

  test('move with the dates when today moves with them, but for seasons', () => {
    const shift = (x: Footprint, by: number): Footprint => ({ ...x, days: range(x.days.start + by, x.days.end + by) });
    fc.assert(
      fc.property(dense, fc.integer({ min: 1, max: 9000 }), ({ footprints, terrain }, by) => {
        for (const seasonal of terrain.corridors) {
          const on: Corridor = { ...seasonal, season: null };
          const drafts = composeJointCampaigns(on, footprints, terrain, epochDay(20)).map(asExpected);
          const shifted = composeJointCampaigns(
            on,
            footprints.map((x) => shift(x, by)),
            terrain,
            epochDay(20 + by),
          );
          expect(shifted.map(asExpected)).toEqual(
            drafts.map((draft) => ({
              ...draft,
              window: { start: draft.window.start + by, end: draft.window.end + by },
            })),
          );
        }
      }),
      { ...RUN, numRuns: 100 },
    );
  });
});

describe('on the Andaman Sea', () => {
  const [MM, BD, TH, MY, ID] = [0, 1, 2, 3, 4];
  const [ROHINGYA, BURMESE, MALAY] = [0, 1, 2];
  const [RADIO, PEERS, FACEBOOK] = [0, 1, 2];
  const andaman = corridor(
    0,
    [
      [MM, 'origin'],
      [BD, 'origin'],
      [TH, 'transit'],
      [MY, 'destination'],
      [ID, 'destination'],
    ],
    [0],
    { code: 'rohingya_andaman', season: { fromMonth: 10, toMonth: 1 }, languages: facetSet([ROHINGYA, BURMESE]) },
  );
  const peersInBangladesh = insight({
    kind: 'information_way',
    place: { country: BD, subdivision: 10 },
    audience: 0,
    channels: [
      { channel: PEERS, weight: 0.73 },
      { channel: FACEBOOK, weight: 0.1 },
    ],
  });
  const terrain: Terrain = { corridors: [andaman], insights: [peersInBangladesh] };

  const day = (text: string) => parseCalendarDate(text) ?? epochDay(NaN);
  const during = (first: string, last: string) => {
    const { start, end } = fromInclusive(day(first), day(last));
    return [start, end] as const;
  };
  const at = (id: string, country: number, days: readonly [number, number], rest: FootprintSketch = {}) =>
    footprint({ id, days, places: [[country]], themes: [0], audiences: [0], ...rest });
  const compose = (footprints: Footprint[], asOf = '2025-12-01', on = terrain) =>
    composeJointCampaigns(andaman, footprints, on, day(asOf));

  const bangladesh = at('bd', BD, during('2026-01-01', '2026-01-31'), { languages: [ROHINGYA], channels: [RADIO] });
  const malaysia = at('my', MY, during('2026-01-15', '2026-02-15'), { languages: [MALAY] });
  const indonesia = at('id', ID, during('2026-01-20', '2026-02-20'), { publicBody: true });
  const thailand = at('th', TH, during('2026-02-10', '2026-03-10'), { committed: true });

  test('the four countries of the domain page come to two joint campaigns', () => {
    const drafts = compose([thailand, malaysia, bangladesh, indonesia]);
    expect(
      drafts.map(({ window, participants }) => [
        window,
        participants.map(({ footprint: id, role }) => `${id} ${role}`),
      ]),
    ).toEqual([
      [range(...during('2026-01-20', '2026-01-31')), ['bd origin', 'my destination', 'id destination']],
      [range(...during('2026-02-10', '2026-02-15')), ['th transit', 'my destination', 'id destination']],
    ]);
    expect(
      drafts.map(({ participants }) => participants.filter(({ lead }) => lead).map(({ footprint: id }) => id)),
    ).toEqual([['my'], ['th']]);
  });

  test('a draft says why, in codes, and what is missing', () => {
    const [draft] = compose([malaysia, bangladesh, indonesia]);
    expect(draft?.reasons).toEqual([
      { code: 'ROLES_COVERED', roles: ['origin', 'destination'] },
      { code: 'COUNTRIES', countries: [BD, MY, ID] },
      { code: 'STATE_AND_NON_STATE' },
      { code: 'SHARED_DAYS', days: range(...during('2026-01-20', '2026-01-31')) },
      { code: 'MEAN_STRENGTH', strength: draft?.strength },
      { code: 'IN_SEASON', fromMonth: 10, toMonth: 1 },
      { code: 'LEAD_TIME', days: 50 },
    ]);
    expect(draft?.missing).toEqual({
      roles: ['transit'],
      countries: [MM, TH],
      languages: facetSet([BURMESE]),
      channels: facetSet([PEERS]),
    });
    expect(draft?.key).toBe('JOINT_CAMPAIGN|rohingya_andaman|bd@1,id@4,my@3|20473-20485');
  });

  test('a window that runs begins today, and one that is over is gone', () => {
    expect(compose([bangladesh, malaysia], '2026-01-20').map(({ window }) => window)).toEqual([
      range(...during('2026-01-20', '2026-01-31')),
    ]);
    expect(compose([bangladesh, malaysia], '2026-02-01')).toEqual([]);
  });

  test('a window that ends on the eve of the season, or begins on its morrow, is out of season', () => {
    const inSeason = (first: string, last: string) =>
      compose([at('bd', BD, during(first, last)), at('my', MY, during(first, last))])[0]?.reasons.some(
        ({ code }) => code === 'IN_SEASON',
      );
    expect(inSeason('2026-02-01', '2026-09-30')).toBe(false);
    expect(inSeason('2026-02-01', '2026-10-01')).toBe(true);
    expect(inSeason('2026-01-31', '2026-02-20')).toBe(true);
    expect(inSeason('2026-12-20', '2027-02-20')).toBe(true);
  });

  test('a footprint without audience joins every audience of its theme, and the draft says so', () => {
    const silent = at('th', TH, during('2026-01-01', '2026-01-31'), { audiences: [] });
    const [draft] = compose([bangladesh, silent]);
    expect(draft?.reasons).toContainEqual({ code: 'AUDIENCE_NOT_STATED', footprints: ['th'] });
    expect(
      compose([silent, { ...silent, id: 'my', owner: 'other', places: [{ country: MY, subdivision: 0 }] }]),
    ).toEqual([]);
  });

  test('two actors of one country, or one actor in two, make no joint campaign', () => {
    expect(compose([bangladesh, { ...bangladesh, id: 'bd2', owner: 'other' }])).toEqual([]);
    expect(compose([bangladesh, { ...malaysia, owner: bangladesh.owner }])).toEqual([]);
  });

  test('a country sends at most three, those that overlap most with the other countries', () => {
    const many = ['a', 'b', 'c', 'd'].map((id) =>
      at(id, BD, during('2026-01-01', '2026-01-31'), { channels: id === 'd' ? [RADIO] : [] }),
    );
    const [draft] = compose([...many, at('my', MY, during('2026-01-01', '2026-01-31'), { channels: [RADIO] })]);
    expect(draft?.participants.map(({ footprint: id }) => id)).toEqual(['a', 'b', 'd', 'my']);
  });

  test('nearly the same people on nearly the same days are one suggestion with both audiences', () => {
    const drafts = compose(
      [bangladesh, malaysia].map((x) => ({ ...x, audiences: facetSet([0, 1]), themes: facetSet([0, 5]) })),
    );
    expect(drafts.map(({ themes, audiences }) => [bitsOf(themes), bitsOf(audiences)])).toEqual([
      [
        [0, 5],
        [0, 1],
      ],
    ]);
  });

  test('an unmet need of the audience in a country that takes part raises the value by a tenth', () => {
    const summer = [at('bd', BD, [20605, 20635]), at('my', MY, [20605, 20635])];
    const need = (country: number, audience: number): Terrain => ({
      ...terrain,
      insights: [insight({ kind: 'unmet_need', place: { country, subdivision: 3 }, audience })],
    });
    const worth = (on: Terrain) => compose(summer, '2025-12-01', on)[0]?.value ?? NaN;
    expect(worth(need(BD, 0)) - worth(terrain)).toBeCloseTo(0.1, 10);
    expect(worth(need(BD, 1))).toBe(worth(terrain));
    expect(worth(need(TH, 0))).toBe(worth(terrain));
  });
});
