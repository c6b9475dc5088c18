import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  findWindows,
  fromInclusive,
  OPEN_END,
  parseCalendarDate,
  type DayRange,
  type EpochDay,
} from '../../engine/index.ts';
import { windowsByDay } from './oracle/windows.ts';
import { range } from './support/build.ts';

const ranges = fc.array(
  fc
    .tuple(
      fc.integer({ min: 0, max: 60 }),
      fc.oneof({ weight: 6, arbitrary: fc.integer({ min: 1, max: 40 }) }, { weight: 1, arbitrary: fc.constant(null) }),
    )
    .map(([start, length]) => range(start, length === null ? OPEN_END : start + length)),
  { maxLength: 12, size: 'max' },
);

function day(text: string): EpochDay {
  const parsed = parseCalendarDate(text);
  if (parsed === null) throw new Error(text);
  return parsed;
}

const days = (first: string, last: string): DayRange => fromInclusive(day(first), day(last));

test('the four countries of the domain page have two windows', () => {
  const [bangladesh, malaysia, indonesia, thailand] = [
    days('2026-01-01', '2026-01-31'),
    days('2026-01-15', '2026-02-15'),
    days('2026-01-20', '2026-02-20'),
    days('2026-02-10', '2026-03-10'),
  ];
  if (!bangladesh || !malaysia || !indonesia || !thailand) throw new Error('four ranges');
  expect(findWindows([thailand, bangladesh, indonesia, malaysia])).toEqual([
    days('2026-01-20', '2026-01-31'),
    days('2026-02-10', '2026-02-15'),
  ]);
});

test('windows are what looking at every day finds', () => {
  fc.assert(
    fc.property(ranges, (input) => {
      expect(findWindows(input)).toEqual(windowsByDay(input).map(({ start, end }) => ({ start, end })));
    }),
    { seed: 20260301, numRuns: 200 },
  );
});

test('the ranges of a window are those that cover it', () => {
  fc.assert(
    fc.property(ranges, (input) => {
      const members = findWindows(input).map((window) =>
        input.flatMap(({ start, end }, member) => (start <= window.start && window.end <= end ? [member] : [])),
      );
      expect(members).toEqual(windowsByDay(input).map((window) => window.members));
    }),
    { seed: 20260302, numRuns: 200 },
  );
});

test('ranges that only touch have no window in common', () => {
  expect(findWindows([range(0, 10), range(10, 20)])).toEqual([range(0, 10), range(10, 20)]);
});

test('nothing has no windows', () => {
  expect(findWindows([])).toEqual([]);
});
