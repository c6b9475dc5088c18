import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bitsOf, emptySet, epochDay, facetSet, measure, type Fact, type Footprint } from '../../engine/index.ts';
import { flatland, footprint, range } from './support/build.ts';
import { RUN } from './support/worlds.ts';

const fact = fc.record({
  kind: fc.constantFrom('fee', 'hotline'),
  subject: fc.constantFrom('s', 't'),
  value: fc.constantFrom('1', '2', '3'),
  audiences: fc.subarray([0, 1, 2]).map(facetSet),
  days: fc.option(
    fc
      .record({ start: fc.integer({ min: 0, max: 30 }), length: fc.integer({ min: 1, max: 20 }) })
      .map(({ start, length }) => range(start, start + length)),
  ),
});
const side = (id: string): fc.Arbitrary<Footprint> =>
  fc
    .record({
      start: fc.integer({ min: 0, max: 15 }),
      length: fc.integer({ min: 1, max: 25 }),
      subdivision: fc.constantFrom(0, 0, 1, 2),
      audiences: fc.subarray([0, 1, 2]).map(facetSet),
      facts: fc.array(fact, { maxLength: 4, size: 'max' }),
    })
    .map(({ start, length, subdivision, ...rest }) => ({
      ...footprint({ id, themes: [0], places: [[0, subdivision]], days: [start, start + length] }),
      ...rest,
    }));

/** Day by day and audience by audience: is anybody told different things, and nothing alike? */
function divergesByBruteForce(a: Footprint, b: Footprint): string[] {
  const kinds = new Set<string>();
  const audiencesOf = (one: Fact, of: Footprint) =>
    bitsOf(bitsOf(one.audiences).length > 0 ? one.audiences : of.audiences);
  const holds = ({ days }: Fact, day: number) => days === null || (days.start <= day && day < days.end);
  const [p, q] = [a.places[0]?.subdivision, b.places[0]?.subdivision];
  if (p !== q && p !== 0 && q !== 0) return [];
  for (const one of a.facts) {
    for (const other of b.facts) {
      if (one.kind !== other.kind || one.subject !== other.subject) continue;
      const values = (of: Footprint) =>
        of.facts.filter(({ kind, subject }) => kind === one.kind && subject === one.subject).map(({ value }) => value);
      if (values(a).some((value) => values(b).includes(value))) continue;
      if (!audiencesOf(one, a).some((audience) => audiencesOf(other, b).includes(audience))) continue;
      for (let day = 0; day < 60; day++) {
        const both = [a, b].every(({ days }) => days.start <= day && day < days.end);
        if (both && holds(one, day) && holds(other, day)) kinds.add(one.kind);
      }
    }
  }
  return [...kinds].sort();
}

describe('diverging facts', () => {
  test('are those that comparing every two, day by day, finds, from either side', () => {
    let found = 0;
    fc.assert(
      fc.property(side('a'), side('b'), (a, b) => {
        const overlap = measure(a, b, flatland);
        expect(measure(b, a, flatland)).toEqual(overlap);
        if (overlap === null) return;
        const expected = divergesByBruteForce(a, b);
        found += Math.min(1, expected.length);
        expect(overlap.divergence?.kinds ?? []).toEqual(expected);
      }),
      { ...RUN, numRuns: 3_000 },
    );
    expect(found).toBeGreaterThan(100);
  });

  test('say to whom', () => {
    const told = (value: string, audiences: number[]): Fact => ({
      kind: 'hotline',
      subject: 's',
      value,
      audiences: facetSet(audiences),
      days: null,
    });
    const both = { themes: [0], places: [[0]], audiences: [0, 1] } as const;
    const a = footprint({ ...both, id: 'a', facts: [told('1', [])] });
    const b = footprint({ ...both, id: 'b', facts: [told('2', [1])] });
    expect(measure(a, b, flatland)?.divergence).toEqual({ audiences: facetSet([1]), kinds: ['hotline'] });
    expect(measure(a, { ...b, facts: [] }, flatland)?.divergence).toBeNull();
    expect(
      measure(a, { ...b, facts: [{ ...told('2', [1]), days: { start: epochDay(90), end: epochDay(99) } }] }, flatland)
        ?.divergence,
    ).toBeNull();
    expect(measure({ ...a, audiences: emptySet }, b, flatland)?.divergence).toBeNull();
  });
});
