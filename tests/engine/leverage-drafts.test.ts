import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  bitsOf,
  composeLeverageDrafts,
  epochDay,
  facetSet,
  has,
  measure,
  type Draft,
  type Footprint,
  type Overlap,
  type Terrain,
} from '../../engine/index.ts';
import { corridor, footprint, insight, type FootprintSketch } from './support/build.ts';
import { RUN, worlds, type World } from './support/worlds.ts';

const [BD, MY] = [2, 7];
const PROSPECTIVE = 0;
const SMUGGLING = 0;
const [PEERS, RADIO, SERMON] = [3, 4, 5];
const route = corridor(
  4,
  [
    [BD, 'origin'],
    [MY, 'destination'],
  ],
  [SMUGGLING],
);
const terrain: Terrain = {
  corridors: [route],
  insights: [
    insight({
      id: 'here',
      kind: 'information_way',
      audience: PROSPECTIVE,
      place: { country: BD, subdivision: 0 },
      channels: [
        { channel: PEERS, weight: 0.73 },
        { channel: SERMON, weight: 0.3 },
        { channel: RADIO, weight: 0.2 },
      ],
    }),
    insight({
      id: 'again',
      kind: 'information_way',
      audience: PROSPECTIVE,
      place: { country: BD, subdivision: 0 },
      channels: [{ channel: PEERS, weight: 0.5 }],
    }),
    insight({
      id: 'anywhere',
      kind: 'information_way',
      audience: PROSPECTIVE,
      channels: [{ channel: SERMON, weight: 0.9 }],
    }),
  ],
};

const shared: FootprintSketch = { places: [[BD]], audiences: [PROSPECTIVE], themes: [SMUGGLING], days: [0, 30] };
const ministry = footprint({ ...shared, id: 'ministry', publicBody: true, channels: [RADIO] });
const carrier = (id: string, sketch: FootprintSketch = {}): Footprint =>
  footprint({ ...shared, id, channels: [PEERS, SERMON, RADIO], ...sketch });

function compose(footprints: readonly Footprint[], on = terrain, asOf = 0): Draft[] {
  return composeLeverageDrafts(overlapsOf({ footprints, terrain: on }), byId(footprints), on, epochDay(asOf));
}

function overlapsOf({ footprints, terrain: on }: World): Overlap[] {
  return footprints.flatMap((a, at) => footprints.slice(at + 1).flatMap((b) => measure(a, b, on) ?? []));
}

/** Whatever an insight of the world says of an audience, it says how it obtains information, for half of them everywhere. */
function withWays(world: World): World {
  const insights = world.terrain.insights.map((one, at) => ({
    ...one,
    kind: 'information_way' as const,
    ...(at % 2 === 0 && { place: null }),
  }));
  return { ...world, terrain: { ...world.terrain, insights } };
}

const byId = (footprints: readonly Footprint[]) => new Map(footprints.map((one) => [one.id, one]));

describe('borrowing a channel', () => {
  test('names the channels that the carrier has and the public body lacks, the weightiest first, and what says so', () => {
    const [draft, ...rest] = compose([ministry, carrier('peers')]);
    expect(rest).toEqual([]);
    expect(draft).toMatchObject({
      kind: 'LEVERAGE_CHANNEL',
      corridor: 4,
      about: null,
      audiences: facetSet([PROSPECTIVE]),
    });
    expect(draft?.reasons.filter(({ code }) => code === 'EFFECTIVE_CHANNEL')).toEqual([
      {
        code: 'EFFECTIVE_CHANNEL',
        footprint: 'peers',
        channel: PEERS,
        audience: PROSPECTIVE,
        weight: 0.73,
        insight: 'here',
      },
      {
        code: 'EFFECTIVE_CHANNEL',
        footprint: 'peers',
        channel: SERMON,
        audience: PROSPECTIVE,
        weight: 0.3,
        insight: 'here',
      },
    ]);
    expect(draft?.value).toBeCloseTo(((draft?.strength ?? NaN) + 0.73) / 2, 10);
    expect(draft?.participants.map(({ footprint: id, country, role }) => [id, country, role])).toEqual([
      ['ministry', BD, 'origin'],
      ['peers', BD, 'origin'],
    ]);
  });

  test('is not proposed between two of a kind, without a channel to borrow, or when the days are over', () => {
    expect(compose([ministry, carrier('other ministry', { publicBody: true })])).toEqual([]);
    expect(compose([ministry, carrier('radio', { channels: [RADIO] })])).toEqual([]);
    expect(compose([ministry, carrier('peers')], terrain, 30)).toEqual([]);
    expect(compose([ministry, carrier('peers')], terrain, 12)).toMatchObject([{ window: { start: 0, end: 30 } }]);
  });

  test('is proposed to a public body three times at most', () => {
    const carriers = ['a', 'b', 'c', 'd', 'e'].map((id) => carrier(id, { tentative: id === 'd' }));
    expect(compose([ministry, ...carriers])).toHaveLength(3);
  });

  test('is in every world proposed of leverages alone, each offer an effective one', () => {
    let offered = 0;
    fc.assert(
      fc.property(worlds(20).map(withWays), fc.integer({ min: 0, max: 40 }), (world, asOf) => {
        const known = byId(world.footprints);
        const overlaps = overlapsOf(world);
        const drafts = composeLeverageDrafts(overlaps, known, world.terrain, epochDay(asOf));
        expect(composeLeverageDrafts(overlaps.toReversed(), known, world.terrain, epochDay(asOf))).toEqual(drafts);
        for (const draft of drafts) {
          const [a, b] = draft.participants.map(({ footprint: id }) => id).sort();
          const overlap = overlaps.find((one) => one.a === a && one.b === b);
          expect(overlap).toMatchObject({ kind: 'LEVERAGE' });
          expect(draft.window.end).toBeGreaterThan(asOf);
          const offers = draft.reasons.flatMap((reason) => (reason.code === 'EFFECTIVE_CHANNEL' ? [reason] : []));
          expect(offers.length).toBeGreaterThan(0);
          for (const { footprint: id, channel, audience, weight, insight: told } of offers) {
            const other = draft.participants.find((participant) => participant.footprint !== id)?.footprint ?? '';
            expect(has(known.get(id)?.channels ?? [], channel)).toBe(true);
            expect(has(known.get(other)?.channels ?? [], channel)).toBe(false);
            expect([known.get(id)?.publicBody, known.get(other)?.publicBody]).toEqual([false, true]);
            expect(overlap && bitsOf(overlap.shared.audiences)).toContain(audience);
            expect(weight).toBeGreaterThanOrEqual(0.25);
            const source = world.terrain.insights.find((one) => one.id === told);
            expect(source).toMatchObject({ kind: 'information_way', audience });
            expect(source?.channels).toContainEqual({ channel, weight });
            offered += 1;
          }
        }
      }),
      RUN,
    );
    expect(offered).toBeGreaterThan(50);
  });
});
