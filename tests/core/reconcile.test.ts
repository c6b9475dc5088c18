import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HUB_VIEWER } from '../../core/access/viewer.ts';
import { isClean, sayReport } from '../../core/reconcile/report.ts';
import { withClient } from '../../platform/database/with-client.ts';
import { generatedWorld } from '../support/generated-world.ts';
import { recomputeAll, recomputingOf } from '../support/recomputing.ts';
import { type SuggestingWorld } from '../support/suggesting.ts';
import { MINUTES, holdsInWorld, reconcile } from '../support/world-checks.ts';

// The full worlds are in tests/worlds: `npm run test:long`.
describe('a small generated world', () => {
  holdsInWorld(1, 0.2, { records: 80, drafts: 5, campaigns: 3 });
});

describe('what somebody tampered with', () => {
  let world: SuggestingWorld;

  beforeAll(async () => {
    world = await generatedWorld(4, 0.25);
  }, 5 * MINUTES);
  afterAll(() => world.close());

  const tamper = (statement: string): Promise<unknown> =>
    withClient(world.database.adminUrl, (client) => client.query(`set search_path = app, public; ${statement}`));

  test(
    'is told by key and field, and repaired without losing what people decided',
    async () => {
      const { rows } = await sql<{ id: string; version: number }>`
        select id, version from suggestion where status = 'OPEN' order by score desc limit 2`.execute(
        world.worker.orm.em.fork().getKysely(),
      );
      const [dismissed, closed] = rows;
      if (!dismissed || !closed) throw new Error('expected suggestions');
      const input = { id: dismissed.id, expectedVersion: dismissed.version, reason: 'for a test' };
      await world.suggestions.dismiss(HUB_VIEWER, input);
      await world.settleAll();
      expect(isClean(await reconcile(world))).toBe(true);

      await tamper(
        `update footprint set channels = '{0}' where subject_id = (select min(a_id) from overlap where view = 'released')`,
      );
      await tamper(`delete from overlap where id = (select min(id) from overlap)`);
      await tamper(`update suggestion set title = 'Something else', status = 'EXPIRED' where id = '${closed.id}'`);
      await tamper(`update gap set score = 0, in_season = true where id = (select min(id) from gap)`);
      await tamper(`delete from gap where id = (select max(id) from gap)`);
      const report = await reconcile(world);
      expect(report.footprints.differences).toHaveLength(1);
      expect(report.footprints.differences[0]?.message).toMatch(/^channels is \[0\], should be /);
      expect(report.overlaps.differences.map(({ message }) => message)).toEqual(['is missing']);
      expect(report.drafts.differences.map(({ message }) => message)).toEqual([
        expect.stringMatching(/^no suggestion says "/),
      ]);
      expect(report.gaps.differences.map(({ message }) => message)).toEqual([
        expect.stringMatching(/^score is 0, should be /),
        'is missing',
      ]);
      expect(sayReport(report)).toContain('--repair stores what should be there');

      await recomputeAll(world);
      const run = world.worker.unitOfWork;
      const scopes = await run.run(HUB_VIEWER, (work) => recomputingOf(world).scopes(work));
      for (const scope of scopes) await run.run(HUB_VIEWER, (work) => world.composing.compose(work, scope));
      await world.settleAll();
      expect(sayReport(await reconcile(world))).toContain('Everything stored is what the registry says.');
      const kept = await sql<{ status: string }>`select status from suggestion where id = ${dismissed.id}`.execute(
        world.worker.orm.em.fork().getKysely(),
      );
      expect(kept.rows).toEqual([{ status: 'DISMISSED' }]);
    },
    2 * MINUTES,
  );

  test('is not blamed while changes wait to be matched', async () => {
    const { rows } = await sql<{ id: string; version: number }>`
      select campaign.id, campaign.version from campaign join footprint on subject_id = campaign.id where matches order by 1 limit 1`.execute(
      world.worker.orm.em.fork().getKysely(),
    );
    const [campaign] = rows;
    if (!campaign) throw new Error('expected a campaign');
    await world.campaigns.cancel(HUB_VIEWER, { id: campaign.id, expectedVersion: campaign.version });
    const report = await reconcile(world);
    expect(report.pending).toBeGreaterThan(0);
    await world.settleAll();
    expect(isClean(await reconcile(world))).toBe(true);
  });
});
