import { describe, expect, test } from 'vitest';
import {
  composePairDrafts,
  epochDay,
  facetSet,
  measure,
  type Footprint,
  type Overlap,
  type Terrain,
} from '../../engine/index.ts';
import { corridor, footprint, range, type FootprintSketch } from './support/build.ts';

const [BD, MY] = [2, 5];
const terrain: Terrain = {
  corridors: [
    corridor(
      7,
      [
        [BD, 'origin'],
        [MY, 'destination'],
      ],
      [0],
    ),
    corridor(3, [[MY, 'destination']], [0]),
  ],
  insights: [],
};
const work: FootprintSketch = { places: [[BD, 10]], audiences: [0], themes: [0], channels: [0], days: [10, 50] };
const one = footprint({ ...work, id: 'one' });
const two = footprint({ ...work, id: 'two', days: [30, 70], tentative: true });
const far = footprint({ ...work, id: 'far', places: [[MY]] });
const byId = new Map([one, two, far].map((x) => [x.id, x]));

function overlap(a: Footprint, b: Footprint): Overlap {
  const found = measure(a, b, terrain);
  if (found === null) throw new Error('they must meet');
  return found;
}

describe('a duplication', () => {
  test('becomes a proposal to both to avoid it, in the days they share', () => {
    const [draft, ...others] = composePairDrafts([overlap(one, two)], byId, terrain, epochDay(0));
    expect(others).toEqual([]);
    const { strength } = overlap(one, two);
    expect(draft).toMatchObject({
      kind: 'AVOID_DUPLICATION',
      key: 'AVOID_DUPLICATION|corridor-7|one@2,two@2|30-50',
      corridor: 7,
      value: strength,
      strength,
      window: range(30, 50),
      themes: facetSet([0]),
      participants: [
        { footprint: 'one', country: BD, role: 'origin', lead: false },
        { footprint: 'two', country: BD, role: 'origin', lead: false },
      ],
    });
    expect(draft?.reasons.map(({ code }) => code)).toEqual([
      'COUNTRIES',
      'SAME_AUDIENCES',
      'SAME_THEMES',
      'SAME_CHANNELS',
      'SHARED_DAYS',
      'MEAN_STRENGTH',
      'LEAD_TIME',
      'TENTATIVE',
    ]);
  });

  test('is cut at today, and gone once its days are over', () => {
    const drafts = (asOf: number) => composePairDrafts([overlap(one, two)], byId, terrain, epochDay(asOf));
    expect(drafts(45).map(({ window }) => window)).toEqual([range(45, 50)]);
    expect(drafts(50)).toEqual([]);
  });

  test('without a corridor of both has none, and no role', () => {
    const nowhere: Terrain = { corridors: [], insights: [] };
    const [draft] = composePairDrafts(
      [overlap(one, two)].map((found) => ({ ...found, shared: { ...found.shared, corridors: facetSet([]) } })),
      byId,
      nowhere,
      epochDay(0),
    );
    expect(draft).toMatchObject({ corridor: null, key: 'AVOID_DUPLICATION||one@2,two@2|30-50' });
    expect(draft?.participants.map(({ role }) => role)).toEqual([null, null]);
  });
});

describe('a contradiction', () => {
  const warning = footprint({ ...work, id: 'warning', deters: [0] });
  const inviting = footprint({ ...work, id: 'inviting', days: [30, 70], protects: [0] });
  const ids = new Map([warning, inviting].map((x) => [x.id, x]));

  test('becomes a proposal to both to resolve it, and the pair is not told a second time as a duplication', () => {
    const found = overlap(warning, inviting);
    expect(found.kind).toBe('DUPLICATION');
    const drafts = composePairDrafts([found], ids, terrain, epochDay(0));
    expect(drafts).toMatchObject([
      {
        kind: 'RESOLVE_CONTRADICTION',
        key: 'RESOLVE_CONTRADICTION|corridor-7|inviting@2,warning@2|30-50',
        value: 0.5 + 0.5 * found.strength,
        window: range(30, 50),
        audiences: facetSet([0]),
      },
    ]);
    expect(drafts[0]?.reasons[0]).toEqual({
      code: 'OPPOSED_STANCES',
      audiences: facetSet([0]),
      deterring: 'warning',
      protecting: 'inviting',
    });
  });

  test('of an overlap of any kind does, and comes before work done twice that agrees better', () => {
    const elsewhere = { ...inviting, channels: facetSet([1]) };
    const found = overlap(warning, elsewhere);
    expect(found.kind).toBe('REINFORCEMENT');
    const both = new Map([...byId, ...ids, ['inviting', elsewhere]]);
    const kinds = composePairDrafts([overlap(one, two), found], both, terrain, epochDay(0)).map(({ kind }) => kind);
    expect(kinds).toEqual(['RESOLVE_CONTRADICTION', 'AVOID_DUPLICATION']);
  });
});

test('diverging facts become a proposal to both to resolve them', () => {
  const told = (value: string) => [{ kind: 'hotline', subject: 's', value, audiences: facetSet([]), days: null }];
  const [a, b] = [footprint({ ...work, id: 'a', facts: told('1') }), footprint({ ...work, id: 'b', facts: told('2') })];
  const drafts = composePairDrafts([overlap(a, b)], new Map([a, b].map((x) => [x.id, x])), terrain, epochDay(0));
  expect(drafts).toMatchObject([{ kind: 'RESOLVE_CONTRADICTION', audiences: facetSet([0]) }]);
  expect(drafts[0]?.reasons[0]).toEqual({ code: 'DIVERGING_FACTS', audiences: facetSet([0]), kinds: ['hotline'] });
});

test('overlaps of other kinds give no pair drafts', () => {
  expect(overlap(one, far).kind).toBe('COMPLEMENT');
  expect(composePairDrafts([overlap(one, far)], byId, terrain, epochDay(0))).toEqual([]);
});

test('an overlap of footprints that are not given is a mistake of the caller', () => {
  expect(() => composePairDrafts([overlap(one, two)], new Map([['one', one]]), terrain, epochDay(0))).toThrow('two');
});
