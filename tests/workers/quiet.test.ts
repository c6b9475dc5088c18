import { expect, test, vi } from 'vitest';
import { workingHub } from '../support/working-hub.ts';
import { withClient } from '../../platform/database/with-client.ts';

test('asking again and again whether all is quiet leaves no connections behind', async () => {
  const hub = await workingHub();
  const { adminUrl } = hub.database;
  const connections = (): Promise<number> =>
    withClient(adminUrl, async (client) => {
      const { rows } = await client.query<{ count: number }>(
        'select count(*)::int as count from pg_stat_activity where datname = current_database()',
      );
      return rows[0]?.count ?? 0;
    });
  try {
    await hub.workers.quiet();
    const before = await connections();
    for (let time = 0; time < 5; time += 1) await hub.workers.quiet();
    await vi.waitFor(async () => {
      // A pool may have opened one more meanwhile; five times three readers would be fifteen.
      expect(await connections()).toBeLessThan(before + 5);
    });
  } finally {
    await hub.close();
  }
});
