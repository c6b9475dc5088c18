import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rankingFactor } from '../../engine/index.ts';

const count = fc.nat(1_000_000);

test('what nobody decided about is ranked by its score alone', () => {
  expect(rankingFactor({ dismissed: 0, agreed: 0 })).toBe(1);
});

test('each agreement ranks higher, each dismissal lower, never beyond the bounds, and as much of both changes nothing', () => {
  fc.assert(
    fc.property(count, count, (dismissed, agreed) => {
      const factor = rankingFactor({ dismissed, agreed });
      expect(factor).toBeGreaterThan(0.7);
      expect(factor).toBeLessThan(1.3);
      expect(rankingFactor({ dismissed, agreed: agreed + 1 })).toBeGreaterThan(factor);
      expect(rankingFactor({ dismissed: dismissed + 1, agreed })).toBeLessThan(factor);
      expect(rankingFactor({ dismissed: agreed, agreed })).toBeCloseTo(1, 12);
    }),
  );
});

test('it takes some to move much: one dismissal 3 %, ten half of the way', () => {
  expect(rankingFactor({ dismissed: 1, agreed: 0 })).toBeCloseTo(0.973, 3);
  expect(rankingFactor({ dismissed: 10, agreed: 0 })).toBeCloseTo(0.85, 12);
});
