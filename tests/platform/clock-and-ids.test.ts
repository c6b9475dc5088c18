import { expect, test } from 'vitest';
import { clockSetTo, fixedClock, systemClock } from '../../platform/clock.ts';
import { seededRandomness, systemRandomness } from '../../platform/ids.ts';

const DAY_MS = 86_400_000;
/** 2026-03-01T00:00Z; the day is 20513. */
const MARCH_MS = 20_513 * DAY_MS;

test('a fixed clock stands still until it is moved, and its day turns at midnight UTC', () => {
  const clock = fixedClock(MARCH_MS - 1);
  expect([clock.now(), clock.today()]).toEqual([MARCH_MS - 1, 20_512]);
  clock.advance(1);
  expect([clock.now(), clock.today()]).toEqual([MARCH_MS, 20_513]);
});

test('a clock that is set runs on from there, also after it was moved', () => {
  const clock = clockSetTo(MARCH_MS);
  expect(clock.today()).toBe(20_513);
  clock.advance(2 * DAY_MS);
  const first = clock.now();
  expect(first).toBeGreaterThanOrEqual(MARCH_MS + 2 * DAY_MS);
  expect(clock.today()).toBe(20_515);
  for (const start = systemClock.now(); systemClock.now() === start;);
  expect(clock.now()).toBeGreaterThan(first);
});

test('days before 1970 count downwards', () => {
  expect(fixedClock(-1).today()).toBe(-1);
});

test('the day of the system clock is the day of its instant', () => {
  const before = systemClock.now();
  const today = systemClock.today();
  const after = systemClock.now();
  expect(today).toBeGreaterThanOrEqual(Math.floor(before / DAY_MS));
  expect(today).toBeLessThanOrEqual(Math.floor(after / DAY_MS));
});

test('the same seed gives the same bytes however they are drawn, another seed others', () => {
  const whole = seededRandomness(1).bytes(100);
  const sliced = seededRandomness(1);
  const pieces = [7, 32, 1, 60].flatMap((count) => [...sliced.bytes(count)]);
  expect(pieces).toEqual([...whole]);
  expect([...seededRandomness(2).bytes(100)]).not.toEqual([...whole]);
});

test('seeded bytes take every value', () => {
  expect(new Set(seededRandomness('spread').bytes(10_000)).size).toBe(256);
});

test('the system gives as many bytes as asked for, never the same twice', () => {
  const [one, two] = [systemRandomness.bytes(16), systemRandomness.bytes(16)];
  expect([one.length, two.length]).toEqual([16, 16]);
  expect([...one]).not.toEqual([...two]);
});
