import { describe, expect, test } from 'vitest';
import { bitsOf, facetSet, measure, type Insight, type Overlap, type Terrain } from '../../engine/index.ts';
import { corridor, flatland, footprint, insight, type FootprintSketch } from './support/build.ts';

// The legs and themes are those of the reference corridors of the same names.
const [AF, AU, BD, ID, IN, KH, MM, MY, TH] = [0, 1, 2, 3, 4, 5, 6, 7, 8];
const COXS_BAZAR = 10;
const DHAKA = 45;
const [SMUGGLING, TRAFFICKING, MARITIME, RECRUITMENT, SCAM] = [0, 1, 2, 3, 4];
const [PROSPECTIVE, INTENDING, IN_TRANSIT] = [0, 1, 2];
const [PEERS, WHATSAPP, FACEBOOK, RADIO, HOTLINE] = [0, 1, 2, 3, 4];
const [BENGALI, MALAY, DARI] = [0, 1, 2];

const terrain: Terrain = {
  corridors: [
    corridor(
      0,
      [
        [MM, 'origin'],
        [BD, 'origin'],
        [TH, 'transit'],
        [MY, 'destination'],
        [ID, 'destination'],
      ],
      [MARITIME, TRAFFICKING, SMUGGLING],
      { code: 'rohingya_andaman' },
    ),
    corridor(
      1,
      [
        [BD, 'origin'],
        [MY, 'destination'],
      ],
      [SMUGGLING, RECRUITMENT],
      { code: 'bd_my_labour' },
    ),
    corridor(
      2,
      [
        [BD, 'origin'],
        [AF, 'origin'],
        [ID, 'transit'],
        [AU, 'destination'],
      ],
      [MARITIME, SMUGGLING],
      { code: 'id_au_maritime' },
    ),
    corridor(
      3,
      [
        [BD, 'origin'],
        [IN, 'origin'],
        [ID, 'origin'],
        [MY, 'origin'],
        [TH, 'transit'],
        [KH, 'destination'],
        [MM, 'destination'],
      ],
      [SCAM, TRAFFICKING],
      { code: 'scam_compounds' },
    ),
  ],
  insights: [
    way({
      place: { country: AF, subdivision: 0 },
      audience: INTENDING,
      channels: [
        { channel: WHATSAPP, weight: 0.4 },
        { channel: FACEBOOK, weight: 0.2 },
      ],
    }),
    way({ place: null, audience: PROSPECTIVE, channels: [{ channel: PEERS, weight: 0.65 }] }),
  ],
};

function way(sketch: Pick<Insight, 'place' | 'audience' | 'channels'>): Insight {
  return insight({ kind: 'information_way', ...sketch });
}

function between(a: FootprintSketch, b: FootprintSketch, on = terrain): Overlap | null {
  return measure(footprint({ id: 'a', ...a }), footprint({ id: 'b', ...b }), on);
}

describe('the score', () => {
  test('of two that state only a country, a theme and the same days is .60: blanks are not rewarded', () => {
    const overlap = between({ places: [[BD]], themes: [SMUGGLING] }, { places: [[BD]], themes: [SMUGGLING] }, flatland);
    expect(overlap).toMatchObject({ score: 1, confidence: 0.6, strength: 0.6 });
  });

  test('of two that state all, half of the audience and theme and a third of the channels, is .708', () => {
    const overlap = between(
      { places: [[BD, 10]], audiences: [0, 1], themes: [0, 1], channels: [0, 1], languages: [BENGALI] },
      { places: [[BD, 10]], audiences: [1], themes: [1], channels: [1, 2], languages: [BENGALI] },
      flatland,
    );
    expect(overlap?.strength).toBeCloseTo(0.70833, 5);
    expect(overlap?.score).toBe(overlap?.strength);
    expect(overlap?.parts.map(({ facet, similarity, weight }) => [facet, similarity, weight])).toEqual([
      ['place', 1, 25],
      ['audience', 0.5, 25],
      ['theme', 0.5, 20],
      ['time', 1, 15],
      ['channel', 1 / 3, 10],
      ['language', 1, 5],
    ]);
  });

  test('measures shared days by the shorter of the two', () => {
    const time = (a: readonly [number, number], b: readonly [number, number]) =>
      between({ places: [[BD]], themes: [0], days: a }, { places: [[BD]], themes: [0], days: b })?.parts[3]?.similarity;
    expect(time([0, 100], [90, 110])).toBe(0.5);
    expect(time([0, 10_000_000], [90, 10_000_000])).toBe(1);
    expect(time([0, 10], [10, 20])).toBeUndefined();
  });
});

describe('two footprints meet', () => {
  const inBangladesh: FootprintSketch = { places: [[BD]], themes: [SMUGGLING] };

  test('in a country and a part of it, not in two parts of it', () => {
    expect(between(inBangladesh, { ...inBangladesh, places: [[BD, COXS_BAZAR]] })?.parts[0]?.similarity).toBe(0.7);
    expect(
      between({ ...inBangladesh, places: [[BD, DHAKA]] }, { ...inBangladesh, places: [[BD, COXS_BAZAR]] }),
    ).toBeNull();
  });

  test('never when of one owner or partners in one programme', () => {
    expect(between({ ...inBangladesh, owner: 'one' }, { ...inBangladesh, owner: 'one' })).toBeNull();
    expect(between({ ...inBangladesh, partners: ['two'] }, { ...inBangladesh, owner: 'two' })).toBeNull();
    expect(between({ ...inBangladesh, owner: 'one' }, { ...inBangladesh, partners: ['one'] })).toBeNull();
  });

  test('not when they share neither audience nor theme', () => {
    expect(between({ places: [[BD]], themes: [SMUGGLING] }, { places: [[BD]], themes: [SCAM] })).toBeNull();
    expect(between({ places: [[BD]], audiences: [0] }, { places: [[BD]], audiences: [0] })).not.toBeNull();
  });

  test('across countries on a derived corridor only by both audience and theme', () => {
    const malaysia: FootprintSketch = { places: [[MY]], themes: [RECRUITMENT], audiences: [PROSPECTIVE] };
    expect(between({ places: [[BD]], themes: [RECRUITMENT] }, malaysia)).toBeNull();
    expect(between({ places: [[BD]], themes: [RECRUITMENT], audiences: [PROSPECTIVE] }, malaysia)?.corridor).toBe(1);
  });

  test('across countries on a corridor both state by audience or theme', () => {
    const malaysia: FootprintSketch = { places: [[MY]], themes: [SCAM], corridors: [1] };
    expect(between({ places: [[BD]], themes: [SCAM], corridors: [1] }, malaysia)?.corridor).toBe(1);
    expect(between({ places: [[BD]], themes: [SCAM] }, malaysia)).toBeNull();
  });

  test('not on a corridor they state without being in one of its countries', () => {
    expect(
      between({ places: [[KH]], themes: [SCAM], corridors: [1] }, { places: [[MY]], themes: [SCAM], corridors: [1] }),
    ).toBeNull();
  });

  test('not on a derived corridor when they state another', () => {
    const bangladesh: FootprintSketch = {
      places: [[BD]],
      themes: [SMUGGLING],
      audiences: [PROSPECTIVE],
      corridors: [2],
    };
    expect(between(bangladesh, { places: [[MY]], themes: [SMUGGLING], audiences: [PROSPECTIVE] })).toBeNull();
  });

  test('inside one country by place only, though both are on a corridor', () => {
    const one = { themes: [SMUGGLING], audiences: [PROSPECTIVE], corridors: [1] };
    expect(between({ ...one, places: [[BD, DHAKA]] }, { ...one, places: [[BD, COXS_BAZAR]] })).toBeNull();
  });
});

describe('an overlap is', () => {
  const coxsBazar: FootprintSketch = {
    places: [[BD, COXS_BAZAR]],
    audiences: [PROSPECTIVE],
    themes: [MARITIME],
    channels: [RADIO],
    languages: [BENGALI],
  };

  test('a duplication when the same work is done twice', () => {
    expect(between(coxsBazar, { ...coxsBazar, places: [[BD]] })?.kind).toBe('DUPLICATION');
  });

  test('no duplication in two languages, though one that states none does not save it', () => {
    expect(between(coxsBazar, { ...coxsBazar, languages: [MALAY] })?.kind).toBe('CO_PRESENCE');
    expect(between(coxsBazar, { ...coxsBazar, languages: [] })?.kind).toBe('DUPLICATION');
  });

  test('no duplication when they share less than a quarter of the shorter', () => {
    expect(between({ ...coxsBazar, days: [0, 40] }, { ...coxsBazar, days: [30, 70] })?.kind).toBe('DUPLICATION');
    expect(between({ ...coxsBazar, days: [0, 40] }, { ...coxsBazar, days: [31, 71] })?.kind).toBe('CO_PRESENCE');
  });

  test('a complement when origin and destination of one corridor do the same', () => {
    const overlap = between(coxsBazar, { ...coxsBazar, places: [[MY]], languages: [MALAY] });
    expect(overlap).toMatchObject({ kind: 'COMPLEMENT', corridor: 0 });
    expect(overlap?.parts[0]?.similarity).toBe(0.5);
  });

  test('mere co-presence when two origins of one corridor do the same', () => {
    const scam: FootprintSketch = { places: [[IN]], themes: [SCAM], audiences: [IN_TRANSIT] };
    expect(between(scam, { ...scam, places: [[BD]] })).toMatchObject({ kind: 'CO_PRESENCE', corridor: 3 });
  });

  test('leverage when a diaspora group has the channel that reaches the state’s audience', () => {
    const ministry: FootprintSketch = {
      places: [[AF]],
      audiences: [INTENDING],
      themes: [SMUGGLING],
      channels: [RADIO],
      publicBody: true,
    };
    const diaspora: FootprintSketch = { ...ministry, channels: [WHATSAPP], languages: [DARI], publicBody: false };
    expect(between(ministry, diaspora)?.kind).toBe('LEVERAGE');
    expect(between(ministry, { ...diaspora, channels: [FACEBOOK] })?.kind).toBe('REINFORCEMENT');
    expect(between({ ...ministry, channels: [RADIO, WHATSAPP, HOTLINE] }, diaspora)?.kind).toBe('CO_PRESENCE');
    expect(between({ ...ministry, publicBody: false }, diaspora)?.kind).toBe('REINFORCEMENT');
  });

  test('leverage by an insight without a place only where no insight has one', () => {
    const ministry: FootprintSketch = {
      places: [[AF]],
      audiences: [PROSPECTIVE],
      themes: [SMUGGLING],
      publicBody: true,
    };
    const peers: FootprintSketch = { ...ministry, channels: [PEERS], publicBody: false };
    expect(between(ministry, peers)?.kind).toBe('LEVERAGE');
    const local = way({
      place: { country: AF, subdivision: 0 },
      audience: PROSPECTIVE,
      channels: [{ channel: RADIO, weight: 0.9 }],
    });
    expect(between(ministry, peers, { ...terrain, insights: [...terrain.insights, local] })?.kind).toBe('CO_PRESENCE');
  });

  test('reinforcement when the same people are reached by other channels', () => {
    expect(between(coxsBazar, { ...coxsBazar, channels: [HOTLINE] })?.kind).toBe('REINFORCEMENT');
    expect(between(coxsBazar, { ...coxsBazar, channels: [] })?.kind).toBe('CO_PRESENCE');
  });
});

describe('a contradiction', () => {
  const here: FootprintSketch = { places: [[BD]], themes: [MARITIME], audiences: [PROSPECTIVE] };

  test('names the audience, who deters it and who protects it', () => {
    const overlap = between({ ...here, protects: [PROSPECTIVE] }, { ...here, deters: [PROSPECTIVE, INTENDING] });
    expect(overlap?.contradiction).toEqual({ audiences: facetSet([PROSPECTIVE]), deterring: 'b', protecting: 'a' });
  });

  test('needs the audience to be of both, where a footprint that states none speaks to those of its messages', () => {
    expect(between({ ...here, protects: [INTENDING] }, { ...here, deters: [INTENDING] })?.contradiction).toBeNull();
    const silent: FootprintSketch = { ...here, audiences: [], deters: [PROSPECTIVE] };
    expect(bitsOf(between({ ...here, protects: [PROSPECTIVE] }, silent)?.contradiction?.audiences ?? [])).toEqual([
      PROSPECTIVE,
    ]);
  });

  test('is none across a corridor, nor between messages of one stance', () => {
    expect(
      between({ ...here, protects: [PROSPECTIVE] }, { ...here, places: [[MY]], deters: [PROSPECTIVE] })?.contradiction,
    ).toBeNull();
    expect(between({ ...here, deters: [PROSPECTIVE] }, { ...here, deters: [PROSPECTIVE] })?.contradiction).toBeNull();
  });
});
