import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  composeAlignments,
  epochDay,
  facetSet,
  lengthOf,
  OPEN_END,
  proposeAlternatives,
  type Draft,
  type Ground,
  type Reason,
} from '../../engine/index.ts';
import * as oracle from './oracle/alignments.ts';
import { corridor, flatland, footprint, range, type FootprintSketch } from './support/build.ts';
import { RUN, worlds } from './support/worlds.ts';

const gapOf = ({ reasons }: Draft): Extract<Reason, { code: 'GAP_DAYS' }> => {
  const reason = reasons.find((each) => each.code === 'GAP_DAYS');
  if (reason?.code !== 'GAP_DAYS') throw new Error('an alignment without a gap');
  return reason;
};

const [BD, MY] = [2, 5];
const here: Ground = { kind: 'country', country: BD };
const work: FootprintSketch = { places: [[BD, 10]], audiences: [0], themes: [0], channels: [0] };
const one = footprint({ ...work, id: 'one', days: [10, 30] });
const two = footprint({ ...work, id: 'two', days: [40, 54] });
const compose = (footprints: (typeof one)[], asOf = 0, ground: Ground = here, terrain = flatland): Draft[] =>
  composeAlignments(ground, footprints, terrain, epochDay(asOf));

/** Worlds in which many are alike and few at work at once. */
const alike = worlds(16).map(({ footprints, terrain }) => ({
  terrain,
  footprints: footprints.map((each, at) => {
    const start = each.days.start * 2;
    const days = at % 7 === 0 ? each.days : range(start, start + Math.min(lengthOf(each.days), 4 + 6 * (at % 4)));
    return at % 4 === 0 ? { ...each, days } : { ...each, days, audiences: facetSet([0, 31]), themes: facetSet([0]) };
  }),
}));

describe('dates to align', () => {
  test('are found exactly where comparing every pair finds them, on every ground, in the same order', () => {
    let found = 0;
    fc.assert(
      fc.property(alike, fc.integer({ min: -5, max: 70 }), ({ footprints, terrain }, asOf) => {
        const grounds: [Ground, oracle.ExpectedGround][] = [
          ...terrain.corridors.map((it): [Ground, oracle.ExpectedGround] => [
            { kind: 'corridor', corridor: it },
            { corridor: it.bit },
          ]),
          ...[0, 1, 2, 200].map((country): [Ground, oracle.ExpectedGround] => [
            { kind: 'country', country },
            { country },
          ]),
        ];
        for (const [ground, expected] of grounds) {
          const drafts = composeAlignments(ground, footprints, terrain, epochDay(asOf));
          found += drafts.length;
          expect(
            drafts.map((draft) => {
              const { earlier, later, days } = gapOf(draft);
              return { earlier, later, gap: days, value: draft.value };
            }),
          ).toEqual(
            oracle
              .alignments(footprints, terrain, expected, asOf)
              .map((pair) => ({ ...pair, value: expect.closeTo(pair.value, 12) as number })),
          );
          expect(new Set(drafts.map(({ key }) => key)).size).toBe(drafts.length);
        }
      }),
      { ...RUN, numRuns: 600 },
    );
    expect(found).toBeGreaterThan(300);
  });

  test('do not depend on the order of the footprints', () => {
    fc.assert(
      fc.property(alike, ({ footprints, terrain }) => {
        const [first] = terrain.corridors;
        fc.pre(first !== undefined);
        const ground: Ground = { kind: 'corridor', corridor: first };
        expect(composeAlignments(ground, footprints.toReversed(), terrain, epochDay(0))).toEqual(
          composeAlignments(ground, footprints, terrain, epochDay(0)),
        );
      }),
      RUN,
    );
  });

  test('name both, the days between them, and the window from the first day of the one to the last of the other', () => {
    const [draft, ...others] = compose([one, two]);
    expect(others).toEqual([]);
    expect(draft).toMatchObject({
      kind: 'ALIGN_DATES',
      key: 'ALIGN_DATES||one@2,two@2|10-54',
      corridor: null,
      strength: 0.8,
      window: range(10, 54),
      themes: facetSet([0]),
      participants: [
        { footprint: 'one', country: BD, role: null, lead: false },
        { footprint: 'two', country: BD, role: null, lead: false },
      ],
    });
    expect(draft?.reasons.map(({ code }) => code)).toEqual([
      'GAP_DAYS',
      'ALTERNATIVE_DAYS',
      'ALTERNATIVE_DAYS',
      'ALTERNATIVE_DAYS',
      'COUNTRIES',
      'SAME_AUDIENCES',
      'SAME_THEMES',
      'MEAN_STRENGTH',
    ]);
  });

  test('are the same every day until something moves', () => {
    expect(compose([one, two], 5)).toEqual(compose([one, two], 0));
  });

  test.each([
    ['that touch', 30, 54],
    ['46 days apart', 76, 90],
    ['that share a day', 29, 54],
  ])('are not proposed for two %s', (_, start, end) => {
    expect(compose([one, { ...two, days: range(start, end) }])).toEqual([]);
  });

  test('are proposed up to 45 days apart', () => {
    expect(compose([one, { ...two, days: range(75, 90) }])).toHaveLength(1);
  });

  test('seat two that meet across countries each in its own, in its role there', () => {
    const route = corridor(
      7,
      [
        [BD, 'origin'],
        [MY, 'destination'],
      ],
      [0],
    );
    const abroad = { ...two, places: [{ country: MY, subdivision: 0 }] };
    const ground: Ground = { kind: 'corridor', corridor: route };
    const [draft] = compose([abroad, one], 0, ground, { corridors: [route], insights: [] });
    expect(draft?.participants).toMatchObject([
      { footprint: 'one', country: BD, role: 'origin' },
      { footprint: 'two', country: MY, role: 'destination' },
    ]);
    expect(draft?.corridor).toBe(7);
  });

  test('are not proposed for parts of campaigns that are together anyway, but for parts of standing work they are', () => {
    const whole = footprint({ ...work, id: 'whole', owner: 'owner of one', days: [10, 100] });
    const part = { ...one, ancestors: ['whole'] };
    expect(compose([part, two, whole])).toEqual([]);
    expect(compose([part, two, { ...whole, days: range(10, OPEN_END) }])).toHaveLength(1);
  });

  test('are few for one footprint, and with one other owner one', () => {
    const later = [1, 2, 3, 4, 5].map((at) => footprint({ ...work, id: `later${at}`, days: [40, 60] }));
    expect(compose([one, ...later])).toHaveLength(3);
    expect(compose([one, ...later.map((each) => ({ ...each, owner: 'the same' }))])).toHaveLength(1);
  });
});

describe('alternatives', () => {
  const daysOf = (asOf: number, later = two) =>
    proposeAlternatives(one, later, epochDay(asOf)).map(({ moves, sharedDays }) => [
      sharedDays,
      ...moves.map(({ footprint: id, days, daysMoved }) => [id, days.start, days.end, daysMoved]),
    ]);

  test('move the one, the other, or both half-way, so that they share as many days as the shorter has, at most 30', () => {
    expect(daysOf(0)).toEqual([
      [14, ['one', 22, 42, 12], ['two', 28, 42, 12]],
      [14, ['one', 34, 54, 24]],
      [14, ['two', 16, 30, 24]],
    ]);
  });

  test('leave what has begun where it is, and move nothing before tomorrow', () => {
    expect(daysOf(20)).toEqual([[9, ['two', 21, 35, 19]]]);
    expect(daysOf(29)).toEqual([]);
  });

  test('keep an open end open', () => {
    expect(daysOf(0, { ...two, days: range(40, OPEN_END) })).toEqual([
      [20, ['one', 40, 60, 30]],
      [20, ['two', 10, OPEN_END, 30]],
    ]);
  });

  test('give the shared days they promise, lie within the window, and never in the past', () => {
    const dates = fc.record({ start: fc.integer({ min: 0, max: 40 }), length: fc.integer({ min: 1, max: 60 }) });
    fc.assert(
      fc.property(
        dates,
        fc.integer({ min: 1, max: 45 }),
        fc.integer({ min: 1, max: 60 }),
        fc.nat(80),
        (a, gap, b, asOf) => {
          const earlier = footprint({ id: 'a', days: [a.start, a.start + a.length] });
          const later = footprint({ id: 'b', days: [earlier.days.end + gap, earlier.days.end + gap + b] });
          for (const { moves, sharedDays } of proposeAlternatives(earlier, later, epochDay(asOf))) {
            const at = (id: string, otherwise: typeof earlier.days) =>
              moves.find(({ footprint: f }) => f === id)?.days ?? otherwise;
            const [x, y] = [at('a', earlier.days), at('b', later.days)];
            expect(Math.min(x.end, y.end) - Math.max(x.start, y.start)).toBe(sharedDays);
            expect([lengthOf(x), lengthOf(y)]).toEqual([a.length, b]);
            for (const { days } of moves) {
              expect(days.start).toBeGreaterThan(asOf);
              expect(days.start).toBeGreaterThanOrEqual(earlier.days.start);
              expect(days.end).toBeLessThanOrEqual(later.days.end);
            }
          }
        },
      ),
      { ...RUN, numRuns: 1000 },
    );
  });
});
