import { describe } from 'vitest';
import { holdsInWorld } from '../support/world-checks.ts';

describe.each([1, 2, 3])('the world of seed %i', (seed) => {
  holdsInWorld(seed, 1, { records: 500, drafts: 20, campaigns: 10 });
});
