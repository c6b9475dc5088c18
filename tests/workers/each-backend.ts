import { afterAll, beforeAll, describe } from 'vitest';
import { redisIsInstalled, startRedis, type TestRedis } from './redis.ts';

/**
 * What must hold wherever the jobs live: on PostgreSQL, and on Redis, where its tests are skipped, and counted as skipped, on a machine
 * without one.
 * @param suite gets what `workingHub` takes as `redisUrl`; to be called in hooks and tests only
 */
export function onEachBackend(suite: (redisUrl: () => string | undefined) => void): void {
  describe('on postgres', () => suite(() => undefined));
  describe.skipIf(!redisIsInstalled)('on redis', () => {
    let redis: TestRedis;
    beforeAll(async () => {
      redis = await startRedis();
    });
    afterAll(() => redis.stop());
    suite(() => redis.url);
  });
}
