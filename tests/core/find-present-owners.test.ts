import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findPresentOwners, type PresenceRecord, type PresentOwner } from '../../core/presence/find-present-owners.ts';
import { MATCHING_LEVELS, VISIBILITIES } from '../../core/access/release.ts';
import { type EpochDay, epochDay, formatCalendarDate, parseCalendarDate } from '../../engine/index.ts';

const day = (text: string): EpochDay => epochDay(parseCalendarDate(text) ?? NaN);

const TODAY = day('2027-02-10');

/** The first days of the quarters told of on TODAY, and of one more. */
const QUARTERS = [2027, 2028, 2029, 2030]
  .flatMap((year) => [1, 4, 7, 10].map((month) => day(`${String(year)}-${String(month).padStart(2, '0')}-01`)))
  .slice(0, 13);

const OWNERS = ['act_a', 'act_b', 'act_c', 'act_d', 'act_e', 'act_f'];

const days = fc.integer({ min: TODAY - 200, max: TODAY + 1_300 });

const records: fc.Arbitrary<PresenceRecord[]> = fc
  .array(
    fc.record({
      ownerId: fc.constantFrom(...OWNERS),
      ownerListed: oftenTrue(),
      stopped: oftenTrue().map((is) => !is),
      onlyDays: oftenTrue().map((is) => !is),
      excludes: oftenTrue().map((is) => !is),
      matching: fc.constantFrom(...MATCHING_LEVELS),
      shown: fc.constantFrom(...VISIBILITIES),
      corridors: fc.uniqueArray(fc.constantFrom('one', 'two'), { minLength: 1 }),
      statesCorridors: fc.boolean(),
      firstDay: fc.option(days, { freq: 10 }),
      lastDay: fc.option(fc.integer({ min: 0, max: 300 }), { freq: 3 }),
    }),
    { maxLength: 40 },
  )
  .map((drawn) =>
    drawn.map((record) => ({
      ...record,
      lastDay: record.lastDay === null || record.firstDay === null ? null : record.firstDay + record.lastDay,
    })),
  );

function oftenTrue(): fc.Arbitrary<boolean> {
  return fc.integer({ min: 0, max: 9 }).map((drawn) => drawn > 0);
}

/** Day by day and owner by owner: whether an owner is on a corridor in the quarter that begins with `start`. */
function isPresent(
  record: PresenceRecord,
  { corridor, start, hidden }: { corridor: string; start: EpochDay; hidden: boolean },
): boolean {
  const { firstDay, lastDay, matching } = record;
  const place = QUARTERS.indexOf(start);
  const next = QUARTERS[place + 1];
  if (firstDay === null || next === undefined || (lastDay === null && place > 4)) return false;
  const runs = Array.from({ length: next - start }, (_, i) => start + i).some(
    (one) => one >= firstDay && (lastDay === null || one <= lastDay),
  );
  const seen = ['public', 'members'].includes(record.shown);
  const told = seen || matching === 'full' || (matching === 'coarse' && !record.statesCorridors);
  return (
    runs &&
    record.corridors.includes(corridor) &&
    record.ownerListed &&
    !record.stopped &&
    !record.onlyDays &&
    !record.excludes &&
    matching !== 'none' &&
    told === !hidden
  );
}

const ownersIn = (found: readonly PresentOwner[], corridor: string, start: EpochDay, hidden: boolean): string[] =>
  found
    .filter((one) => one.corridor === corridor && one.quarterStart === start && one.hidden === hidden)
    .map(({ ownerId }) => ownerId);

test('whoever asks, three others are found exactly where comparing every record with every day finds three', () => {
  fc.assert(
    fc.property(records, (drawn) => {
      const found = findPresentOwners(drawn, TODAY);
      for (const corridor of ['one', 'two']) {
        for (const start of QUARTERS) {
          for (const hidden of [true, false]) {
            const expected = OWNERS.filter((owner) =>
              drawn.some((record) => record.ownerId === owner && isPresent(record, { corridor, start, hidden })),
            );
            const kept = ownersIn(found, corridor, start, hidden);
            expect(kept).toEqual(expected.slice(0, 4));
            for (const viewer of [...OWNERS, 'act_nobody']) {
              const others = (owners: readonly string[]): number => owners.filter((owner) => owner !== viewer).length;
              expect(others(kept) >= 3).toBe(others(expected) >= 3);
            }
          }
        }
      }
    }),
    { numRuns: 100 },
  );
});

test('what is found depends on no order', () => {
  fc.assert(
    fc.property(records, (drawn) => {
      expect(findPresentOwners([...drawn].reverse(), TODAY)).toEqual(findPresentOwners(drawn, TODAY));
    }),
  );
});

describe('of one record', () => {
  const record: PresenceRecord = {
    ownerId: 'act_a',
    ownerListed: true,
    stopped: false,
    onlyDays: false,
    excludes: false,
    matching: 'existence',
    shown: 'partners',
    corridors: ['one'],
    statesCorridors: false,
    firstDay: day('2026-12-31'),
    lastDay: day('2027-04-01'),
  };
  const quartersOf = (fields: Partial<PresenceRecord>): string[] =>
    findPresentOwners([{ ...record, ...fields }], TODAY).map(({ quarterStart }) => formatCalendarDate(quarterStart));

  test('a quarter counts that it touches by a day, and none that is over', () => {
    expect(quartersOf({})).toEqual(['2027-01-01', '2027-04-01']);
    expect(quartersOf({ lastDay: day('2027-03-31') })).toEqual(['2027-01-01']);
    expect(quartersOf({ lastDay: day('2026-12-31') })).toEqual([]);
  });

  test('without a planned end it counts in the present quarter and the four after it', () => {
    expect(quartersOf({ lastDay: null })).toEqual([
      '2027-01-01',
      '2027-04-01',
      '2027-07-01',
      '2027-10-01',
      '2028-01-01',
    ]);
  });

  test('with a planned end it counts for three years', () => {
    expect(quartersOf({ lastDay: day('9999-12-31') })).toHaveLength(12);
  });
});
