import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  bestOverlaps,
  buildColumns,
  countPairs,
  findBestLists,
  forEachPair,
  forEachRow,
  measure,
  mergeBestLists,
  probe,
  rankPartners,
  weighPartners,
  shareSheet,
  splitRows,
  type BestLists,
  type Footprint,
} from '../../engine/index.ts';
import * as oracle from './oracle/overlaps.ts';
import { flatland, footprint, range } from './support/build.ts';
import { footprintLists, RUN, terrains, worlds } from './support/worlds.ts';

function pairsOf(footprints: readonly Footprint[]): [Footprint, Footprint][] {
  return footprints.flatMap((a, at) => footprints.slice(at + 1).map((b): [Footprint, Footprint] => [a, b]));
}

/** Of each row its partners and how strong they are, the best first. */
function listsOf({ k, lengths, partnerRows, strengths }: BestLists): [number, number][][] {
  return [...lengths].map((length, row) =>
    Array.from({ length }, (_, at) => [partnerRows[row * k + at] ?? -1, strengths[row * k + at] ?? -1]),
  );
}

const nameOf = (a: Footprint, b: Footprint): string => [a.id, b.id].sort().join('+');

describe('measuring two footprints', () => {
  test('finds exactly the pairs, scores, kinds and contradictions that the words of the domain give', () => {
    fc.assert(
      fc.property(worlds(12), fc.constantFrom(1, 1, 10), ({ footprints, terrain }, minSharedDays) => {
        for (const [a, b] of pairsOf(footprints)) {
          const overlap = measure(a, b, terrain, { minSharedDays });
          expect(overlap !== null).toBe(oracle.meets(a, b, terrain, minSharedDays));
          if (overlap === null) continue;
          const { strength, score, confidence } = overlap;
          expect({ strength, score, confidence }).toEqual(oracle.score(a, b, terrain));
          expect(overlap.kind).toBe(oracle.kind(a, b, terrain));
          expect(overlap.contradiction !== null).toBe(oracle.contradicts(a, b, terrain));
          expect(overlap.corridor).toBe(oracle.meetingCorridors(a, b, terrain).sort((p, q) => p - q)[0] ?? null);
          expect(overlap.days.end - overlap.days.start).toBe(oracle.sharedDays(a, b));
          expect(new Set(overlap.shared.places.map((place) => `${place.country}/${place.subdivision}`))).toEqual(
            new Set(oracle.sharedPlaces(a, b).map((place) => `${place.country}/${place.subdivision}`)),
          );
        }
      }),
      RUN,
    );
  });

  test('does not depend on which of the two comes first', () => {
    fc.assert(
      fc.property(footprintLists({ minLength: 2, maxLength: 2 }), terrains, ([a, b], terrain) => {
        fc.pre(a !== undefined && b !== undefined);
        expect(measure(a, b, terrain)).toEqual(measure(b, a, terrain));
      }),
      { ...RUN, numRuns: 1000 },
    );
  });

  test('moves with the dates: shifted by any number of days, an overlap is the same but for its days', () => {
    const shift = (x: Footprint, days: number): Footprint => ({
      ...x,
      days: range(x.days.start + days, x.days.end + days),
    });
    fc.assert(
      fc.property(worlds(8), fc.integer({ min: -30000, max: 30000 }), ({ footprints, terrain }, days) => {
        for (const [a, b] of pairsOf(footprints)) {
          const overlap = measure(a, b, terrain);
          const shifted = measure(shift(a, days), shift(b, days), terrain);
          if (overlap === null) expect(shifted).toBeNull();
          else {
            const moved = range(overlap.days.start + days, overlap.days.end + days);
            expect(shifted).toEqual({ ...overlap, days: moved });
          }
        }
      }),
      RUN,
    );
  });
});

describe('the columns', () => {
  test('find exactly the pairs that comparing every pair finds, once each, as strong to the last bit', () => {
    fc.assert(
      fc.property(worlds(25), fc.constantFrom(1, 1, 10), ({ footprints, terrain }, minSharedDays) => {
        const columns = buildColumns(footprints, terrain, { minSharedDays });
        const found: [string, number][] = [];
        forEachPair(columns, (row, later, strength) => {
          const [a, b] = [columns.footprints[row], columns.footprints[later]];
          if (a === undefined || b === undefined) throw new Error('a row that does not exist');
          found.push([nameOf(a, b), strength]);
        });
        const expected = pairsOf(footprints)
          .filter(([a, b]) => oracle.meets(a, b, terrain, minSharedDays))
          .map(([a, b]): [string, number] => [nameOf(a, b), oracle.score(a, b, terrain).strength]);
        expect(found.sort()).toEqual(expected.sort());
        expect(countPairs(columns)).toBe(expected.length);
      }),
      RUN,
    );
  });

  test('find the partners of a footprint that has no row', () => {
    fc.assert(
      fc.property(worlds(25), fc.constantFrom(1, 1, 10), ({ footprints: [x, ...rest], terrain }, minSharedDays) => {
        fc.pre(x !== undefined);
        const found = probe(buildColumns(rest, terrain, { minSharedDays }), x).map(({ id }) => id);
        const expected = rest.filter((y) => oracle.meets(x, y, terrain, minSharedDays)).map(({ id }) => id);
        expect(found.sort()).toEqual(expected.sort());
      }),
      RUN,
    );
  });

  test('find the one footprint that lasts among many that are over, wherever it stands among them', () => {
    const seeker = footprint({ id: 'seeker', places: [[0]], themes: [0], days: [900, 1000] });
    for (let lasting = 0; lasting < 200; lasting++) {
      const list = Array.from({ length: 200 }, (_, at) =>
        footprint({ id: `f${at}`, places: [[0]], themes: [0], days: [at, at === lasting ? 901 : at + 1] }),
      );
      expect(probe(buildColumns(list, flatland), seeker).map(({ id }) => id)).toEqual([`f${lasting}`]);
    }
  });
});

describe('the best overlaps', () => {
  const limits = fc.record({ k: fc.constantFrom(2, 5, 20), perOwner: fc.constantFrom(1, 2, 3) });

  test('of one footprint are those that sorting all its partners gives', () => {
    fc.assert(
      fc.property(worlds(25), limits, ({ footprints, terrain }, { k, perOwner }) => {
        for (const x of footprints) {
          const ranked = rankPartners(x, footprints, terrain, { k, perOwner });
          const others = ranked.map(({ a, b }) => (a === x.id ? b : a));
          expect(others).toEqual(oracle.bestPartners(x, footprints, terrain, k, perOwner));
          for (const { strength, describe: measured } of weighPartners(x, footprints, terrain, { k, perOwner }))
            expect(strength).toBe(measured().strength);
        }
      }),
      { ...RUN, numRuns: 60 },
    );
  });

  test('of all footprints, found in columns, are those that each footprint finds by itself', () => {
    fc.assert(
      fc.property(worlds(30), limits, ({ footprints, terrain }, options) => {
        const all = bestOverlaps(footprints, terrain, options);
        expect([...all.keys()].sort()).toEqual(footprints.map(({ id }) => id).sort());
        for (const x of footprints) expect(all.get(x.id)).toEqual(rankPartners(x, footprints, terrain, options));
      }),
      { ...RUN, numRuns: 100 },
    );
  });

  test('are the same when blocks of pairs are gone through apart, in shared memory, and their lists merged', () => {
    fc.assert(
      fc.property(worlds(30), limits, fc.integer({ min: 1, max: 5 }), ({ footprints, terrain }, options, count) => {
        const columns = buildColumns(footprints, terrain);
        const shared = { sheet: shareSheet(columns.sheet) };
        const blocks = splitRows(columns, count);
        const parts = blocks.map((block) => findBestLists(shared, { ...options, ...block }));
        expect(listsOf(mergeBestLists(shared, parts.reverse(), options.perOwner))).toEqual(
          listsOf(findBestLists(columns, options)),
        );
        let pairs = 0;
        for (const { fromRow, toRow } of blocks)
          forEachRow(shared, (_row, _laterRows, found) => (pairs += found), fromRow, toRow);
        expect(pairs).toBe(countPairs(columns));
      }),
      { ...RUN, numRuns: 200 },
    );
  });

  test('do not depend on the order of the footprints', () => {
    const shuffled = worlds(20).chain(({ footprints, terrain }) =>
      fc.record({
        footprints: fc.constant(footprints),
        again: fc.shuffledSubarray([...footprints], { minLength: footprints.length }),
        terrain: fc.constant(terrain),
      }),
    );
    fc.assert(
      fc.property(shuffled, ({ footprints, again, terrain }) => {
        expect(new Map([...bestOverlaps(again, terrain)].sort())).toEqual(
          new Map([...bestOverlaps(footprints, terrain)].sort()),
        );
      }),
      { ...RUN, numRuns: 100 },
    );
  });

  test('change, when one footprint is added, only for those that meet it or one of its ancestors’ partners', () => {
    fc.assert(
      fc.property(worlds(20), ({ footprints, terrain }) => {
        const added = footprints.at(-1);
        fc.pre(added !== undefined);
        const before = footprints.slice(0, -1);
        const touched = new Set(probe(buildColumns(before, terrain), added).flatMap((y) => [y.id, ...y.ancestors]));
        for (const ancestor of added.ancestors) touched.add(ancestor);
        const lists = bestOverlaps(before, terrain);
        const listsAfter = bestOverlaps(footprints, terrain);
        for (const x of before) if (!touched.has(x.id)) expect(listsAfter.get(x.id)).toEqual(lists.get(x.id));
      }),
      { ...RUN, numRuns: 150 },
    );
  });
});
