import { expect } from 'vitest';
import type { PlacedFootprint } from '../../core/footprints/footprint.rows.ts';
import type { OverlapRecord } from '../../core/overlaps/overlap.rows.ts';
import type { Terrain } from '../../engine/index.ts';
import { differencesFromTheDomain } from './domain-differences.ts';

export { releasedOf } from './domain-differences.ts';

/** Fails unless lists, kinds and scores are those that the domain's words give, in each view; slow, for it compares every pair with every part. */
export function expectWhatTheDomainSays(
  placed: readonly PlacedFootprint[],
  overlaps: readonly OverlapRecord[],
  terrain: Terrain,
): void {
  expect(differencesFromTheDomain(placed, overlaps, terrain)).toEqual([]);
}
