import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  bitsOf,
  composeReplications,
  epochDay,
  facetSet,
  OPEN_END,
  RULES,
  type Draft,
  type Footprint,
  type Practice,
  type Ground,
  type Terrain,
} from '../../engine/index.ts';
import { replications, type ExpectedReplication } from './oracle/replications.ts';
import { corridor, flatland, footprint, range, type FootprintSketch } from './support/build.ts';
import { RUN, worlds } from './support/worlds.ts';

const bits = (list: readonly number[], minLength = 1) =>
  fc.subarray([...list], { minLength, maxLength: 3 }).map(facetSet);
const TERMS = [0, 31, 32, 70];

const practices: fc.Arbitrary<Practice[]> = fc
  .array(
    fc.record({
      owner: fc.constantFrom('ant', 'bee', 'fox'),
      countries: fc.subarray([0, 1, 2, 200], { maxLength: 2 }),
      corridors: fc.oneof(bits([0, 1, 5, 40]), fc.constant(facetSet([]))),
      audiences: bits(TERMS),
      themes: bits(TERMS),
      channels: bits([...TERMS, 5, 40], 0),
      evidenced: fc.boolean(),
    }),
    { minLength: 1, maxLength: 6 },
  )
  .map((list) => list.map((practice, at) => ({ ...practice, id: `p${String((at * 7919) % 101)}` })));

function asExpected(draft: Draft): ExpectedReplication {
  const nobody = draft.reasons.find((reason) => reason.code === 'NOBODY_DOES');
  return {
    about: draft.about ?? '',
    value: draft.value,
    window: { start: draft.window.start, end: draft.window.end },
    themes: bitsOf(draft.themes),
    audiences: bitsOf(draft.audiences),
    unused: nobody?.code === 'NOBODY_DOES' ? bitsOf(nobody.channels) : [],
    participants: draft.participants.map(({ footprint: id, country }) => `${id}@${String(country)}`),
  };
}

const inOrder = <T extends { readonly about: string | null }>(drafts: readonly T[]): T[] =>
  drafts.toSorted((a, b) => ((a.about ?? '') < (b.about ?? '') ? -1 : 1));

/** Every corridor of a terrain, and every country of the small world. */
const cellsOf = ({ corridors }: Terrain): Ground[] => [
  ...corridors.map((one) => ({ kind: 'corridor', corridor: one }) as const),
  ...[0, 1, 2, 200].map((country) => ({ kind: 'country', country }) as const),
];

describe('practices to replicate', () => {
  test('are those that the words of the domain give, with whom, when and what nobody does', () => {
    let drafts = 0;
    fc.assert(
      fc.property(worlds(14, 4), practices, fc.constantFrom(0, 20, 70), ({ footprints, terrain }, known, asOf) => {
        for (const cell of cellsOf(terrain)) {
          const composed = composeReplications(cell, known, footprints, terrain, epochDay(asOf));
          const where = cell.kind === 'corridor' ? cell.corridor : cell.country;
          expect(inOrder(composed.map(asExpected))).toEqual(inOrder(replications(where, known, footprints, asOf)));
          drafts += composed.length;
        }
      }),
      RUN,
    );
    expect(drafts).toBeGreaterThan(300);
  });

  test('do not depend on the order of practices, footprints or corridors', () => {
    fc.assert(
      fc.property(worlds(14, 4), practices, ({ footprints, terrain }, known) => {
        const again: Terrain = { corridors: terrain.corridors.toReversed(), insights: terrain.insights.toReversed() };
        for (const cell of cellsOf(terrain)) {
          expect(composeReplications(cell, known.toReversed(), footprints.toReversed(), again, epochDay(5))).toEqual(
            composeReplications(cell, known, footprints, terrain, epochDay(5)),
          );
        }
      }),
      { ...RUN, numRuns: 100 },
    );
  });

  test('move with the dates when today moves with them', () => {
    const shift = (x: Footprint, by: number): Footprint => ({
      ...x,
      days: range(x.days.start + by, x.days.end === OPEN_END ? OPEN_END : x.days.end + by),
    });
    fc.assert(
      fc.property(worlds(10, 4), practices, fc.integer({ min: 1, max: 9000 }), ({ footprints, terrain }, known, by) => {
        for (const cell of cellsOf(terrain)) {
          const moved = footprints.map((x) => shift(x, by));
          const drafts = composeReplications(cell, known, footprints, terrain, epochDay(20)).map(asExpected);
          expect(composeReplications(cell, known, moved, terrain, epochDay(20 + by)).map(asExpected)).toEqual(
            drafts.map(({ window: { start, end }, ...draft }) => ({
              ...draft,
              window: { start: start + by, end: end === OPEN_END ? OPEN_END : end + by },
            })),
          );
        }
      }),
      { ...RUN, numRuns: 100 },
    );
  });

  test('are never more than a person reads', () => {
    const many = Array.from({ length: 50 }, (_, at): Practice => practice({ id: `p${String(at)}` }));
    const there = footprint({ id: 'x', places: [[1]], audiences: [0], themes: [0], channels: [9] });
    const cell = { kind: 'country', country: 1 } as const;
    expect(composeReplications(cell, many, [there], flatland, epochDay(0))).toHaveLength(RULES.replication.keep);
  });
});

const [PH, BD, MY] = [0, 1, 2];
const [SEMINAR, HELP_DESK, RADIO] = [0, 1, 2];

const practice = (sketch: Partial<Practice> = {}): Practice => ({
  id: 'cas',
  owner: 'the department',
  countries: [PH],
  corridors: facetSet([]),
  audiences: facetSet([0]),
  themes: facetSet([0]),
  channels: facetSet([SEMINAR, HELP_DESK]),
  evidenced: false,
  ...sketch,
});

describe('a practice of the Philippines', () => {
  const route = corridor(
    3,
    [
      [PH, 'origin'],
      [BD, 'origin'],
      [MY, 'destination'],
    ],
    [0],
  );
  const terrain: Terrain = { corridors: [route], insights: [] };
  const onRoute: Ground = { kind: 'corridor', corridor: route };
  const work: FootprintSketch = { audiences: [0, 1], themes: [0], channels: [RADIO], corridors: [3], days: [10, 40] };
  const here = footprint({ ...work, id: 'here', places: [[BD, 4]], committed: true });
  const there = footprint({ ...work, id: 'there', places: [[MY]], days: [30, 90], tentative: true });
  const compose = (known: Practice, all: readonly Footprint[], cell: Ground = onRoute): Draft[] =>
    composeReplications(cell, [known], all, terrain, epochDay(20));

  test('is offered on its corridor to those who speak alike by other channels', () => {
    const [draft, ...others] = compose(practice({ corridors: facetSet([3]), evidenced: true }), [there, here]);
    expect(others).toEqual([]);
    expect(draft).toMatchObject({
      kind: 'REPLICATE_PRACTICE',
      key: 'REPLICATE_PRACTICE|corridor-3|here@1,there@2|20-90|cas',
      corridor: 3,
      about: 'cas',
      window: range(20, 90),
      themes: facetSet([0]),
      audiences: facetSet([0]),
    });
    expect(draft?.participants.map(({ country, role, lead }) => [country, role, lead])).toEqual([
      [BD, 'origin', false],
      [MY, 'destination', false],
    ]);
    expect(draft?.value).toBeCloseTo((50 * ((25 * 0.5 + 20) / 45) + 20 + 20 + 10) / 100, 10);
    expect(draft?.reasons.map(({ code }) => code)).toEqual([
      'PRACTICE',
      'COUNTRIES',
      'SAME_AUDIENCES',
      'SAME_THEMES',
      'NOBODY_DOES',
      'EVIDENCED',
      'COMMITTED_RESOURCES',
      'TENTATIVE',
    ]);
  });

  test('is not offered at home, nor to its owner, nor where people do so already', () => {
    const known = practice({ corridors: facetSet([3]) });
    expect(compose(known, [{ ...here, places: [{ country: PH, subdivision: 0 }] }])).toEqual([]);
    expect(compose(known, [{ ...here, owner: 'the department' }])).toEqual([]);
    expect(compose(known, [here, { ...there, channels: facetSet([SEMINAR, HELP_DESK]) }])).toEqual([]);
    expect(compose(known, [here, { ...there, channels: facetSet([SEMINAR]) }])).toHaveLength(1);
  });

  test('is not offered to those who state no channel, or whose work is over', () => {
    const known = practice({ corridors: facetSet([3]) });
    expect(compose(known, [{ ...here, channels: facetSet([]) }])).toEqual([]);
    expect(compose(known, [{ ...here, days: range(0, 20) }])).toEqual([]);
  });

  test('that names no corridor is offered country by country, and on no corridor', () => {
    expect(compose(practice(), [here, there])).toEqual([]);
    const [draft] = compose(practice(), [here, there], { kind: 'country', country: MY });
    expect(draft).toMatchObject({ corridor: null, key: 'REPLICATE_PRACTICE||there@2|30-90|cas' });
    expect(composeReplications({ kind: 'country', country: PH }, [practice()], [here], flatland, epochDay(0))).toEqual(
      [],
    );
  });

  test('addresses an owner once in a country, by the work that fits best', () => {
    const wider = { ...here, id: 'a wider one', audiences: facetSet([0, 1, 2, 3]) };
    const [draft] = compose(practice({ corridors: facetSet([3]) }), [wider, here]);
    expect(draft?.participants.map(({ footprint: id }) => id)).toEqual(['here']);
  });
});
