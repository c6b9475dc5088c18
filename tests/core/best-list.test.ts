import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bestOf, type Listed, renewBestList } from '../../core/overlaps/best-list.ts';

const RUNS = { seed: 20_270_101, numRuns: 3_000 };

/** Few owners and few strengths, so that lists fill up, owners reach their share, and ties are common. */
const entries = fc.uniqueArray(fc.integer({ min: 0, max: 60 }), { maxLength: 45 }).chain((numbers) =>
  fc.tuple(
    ...numbers.map((number) =>
      fc.record({
        other: fc.constant(`cmp_${String(number).padStart(2, '0')}`),
        owner: fc.constant(`act_${String(number % 11)}`),
        strength: fc.integer({ min: 1, max: 9 }).map((tenths) => tenths / 10),
      }),
    ),
  ),
);

/** A world before and after some of the others changed: lost their overlap, gained one, or have another strength. */
const change = fc
  .tuple(entries, entries, fc.uniqueArray(fc.integer({ min: 0, max: 60 }), { maxLength: 4 }))
  .map(([before, drawn, numbers]) => {
    const changed = new Set(numbers.map((number) => `cmp_${String(number).padStart(2, '0')}`));
    const given = drawn.filter(({ other }) => changed.has(other));
    return { before, changed, given, after: [...before.filter(({ other }) => !changed.has(other)), ...given] };
  });

test('a list that is renewed is the one that all entries give, however they changed', () => {
  fc.assert(
    fc.property(change, ({ before, changed, given, after }) => {
      const renewed = renewBestList(bestOf(before), changed, given);
      if (renewed !== null) expect(renewed).toEqual(bestOf(after));
    }),
    RUNS,
  );
});

test('a list is given up only where somebody who was left out may come in', () => {
  fc.assert(
    fc.property(change, ({ before, changed, given }) => {
      const list = bestOf(before);
      const leftOut = before.length > list.length;
      const lost = list.some(({ other }) => changed.has(other));
      if (!leftOut && !isFullSomewhere(list)) expect(renewBestList(list, changed, given)).not.toBeNull();
      if (!lost) expect(renewBestList(list, changed, given)).not.toBeNull();
    }),
    RUNS,
  );
});

test('at most three of one owner and twenty in all are kept, the strongest first, ties by id', () => {
  fc.assert(
    fc.property(entries, (all) => {
      const list = bestOf(all);
      const oracle: Listed[] = [];
      const inOrder = all.toSorted((a, b) => b.strength - a.strength || (a.other < b.other ? -1 : 1));
      for (const entry of inOrder) {
        const ofOwner = oracle.filter(({ owner }) => owner === entry.owner).length;
        if (oracle.length < 20 && ofOwner < 3) oracle.push(entry);
      }
      expect(list).toEqual(oracle);
    }),
    RUNS,
  );
});

function isFullSomewhere(list: readonly Listed[]): boolean {
  return list.length >= 20 || list.some(({ owner }) => list.filter((entry) => entry.owner === owner).length >= 3);
}
