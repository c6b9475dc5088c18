import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HUB_VIEWER } from '../../core/access/viewer.ts';
import { withClient } from '../../platform/database/with-client.ts';
import { happenings } from './consent-commands.ts';
import { Scene } from './consent-scene.ts';
import { look } from './consent-sight.ts';
import { type ConsentWorld, consentWorld } from './consent-world.ts';

/** 2,000 for the full figure of S9. */
const RUNS = Number(process.env['CONCORD_S9_RUNS'] ?? 60);

let world: ConsentWorld;
beforeAll(async () => {
  world = await consentWorld();
});
afterAll(() => world.close());

test(
  'whatever happens in whatever order, nobody reads more or less of anybody than both consented to',
  { timeout: 30_000 + RUNS * 2_000 },
  async () => {
    let introduced = 0;
    await fc.assert(
      fc.asyncProperty(happenings, async (commands) => {
        const { models, scene } = await Scene.open(world);
        try {
          await fc.asyncModelRun(() => ({ model: models, real: scene }), commands);
        } finally {
          await scene.close();
        }
        if (models.some(({ everConcerned }) => everConcerned.size > 0)) introduced += 1;
      }),
      { numRuns: RUNS },
    );
    // Otherwise it would prove nothing.
    expect(introduced).toBeGreaterThan(RUNS / 5);
    console.info(`S9: ${String(RUNS)} runs, 0 early disclosures (${String(introduced)} with consent)`);
  },
);
