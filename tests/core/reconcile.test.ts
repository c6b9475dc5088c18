import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HUB_VIEWER } from '../../core/access/viewer.ts';
import { storedFootprints } from '../../core/footprints/footprint.service.ts';
import { toFootprint } from '../../core/footprints/to-footprint.ts';
import { storedOverlaps } from '../../core/overlaps/overlap.store.ts';
import { isClean, sayReport } from '../../core/reconcile/report.ts';
import { type ReconcileReport, ReconcileService } from '../../core/reconcile/reconcile.service.ts';
import { readHistory } from '../../core/suggestions/suggestion.rows.ts';
import { epochDay } from '../../engine/index.ts';
import { withClient } from '../../platform/database/with-client.ts';
import { jointCampaigns } from '../engine/oracle/joint-campaigns.ts';
import { bestPartners, kind, score } from '../engine/oracle/overlaps.ts';
import { generatedWorld } from '../support/generated-world.ts';
import { type SuggestingWorld } from '../support/suggesting.ts';

const MINUTES = 60_000;

function serviceOf({ worker: { vocabulary, footprints, overlaps } }: SuggestingWorld): ReconcileService {
  return new ReconcileService(vocabulary, footprints, overlaps);
}

function reconcile(world: SuggestingWorld): Promise<ReconcileReport> {
  return world.worker.unitOfWork.look(HUB_VIEWER, (work) => serviceOf(world).compare(work));
}

describe.each([1, 2, 3])('the world of seed %i', (seed) => {
  let world: SuggestingWorld;

  beforeAll(async () => {
    world = await generatedWorld(seed);
  }, 5 * MINUTES);
  afterAll(() => world.close());

  /** All footprints that match, as the engine sees them, and what else it knows. */
  async function stored() {
    const em = world.worker.orm.em.fork();
    const vocabulary = await world.worker.vocabulary.current(em);
    const footprints = (await storedFootprints(em)).flatMap(({ footprint }) => toFootprint(footprint) ?? []);
    return { em, vocabulary, terrain: vocabulary.terrain(), footprints };
  }

  test('what is stored is what the registry says', async () => {
    const report = await reconcile(world);
    expect(sayReport(report)).toContain('Everything stored is what the registry says.');
    expect(report).toMatchObject({
      footprints: { differences: [] },
      overlaps: { differences: [] },
      drafts: { differences: [] },
      pending: 0,
    });
    expect(report.footprints.expected).toBeGreaterThanOrEqual(500);
    expect(report.overlaps.expected).toBeGreaterThan(500);
    expect(report.drafts.expected).toBeGreaterThan(20);
  });

  test(
    'the overlaps are those of comparing every pair',
    async () => {
      const { em, footprints, terrain } = await stored();
      const byId = new Map(footprints.map((footprint) => [footprint.id, footprint]));
      const overlaps = [...(await storedOverlaps(em)).values()];
      const listings = overlaps.flatMap(({ a_id, b_id, listed_by_a, listed_by_b }) => [
        ...(listed_by_a ? [`${a_id} ${b_id}`] : []),
        ...(listed_by_b ? [`${b_id} ${a_id}`] : []),
      ]);
      const expected = footprints.flatMap((x) =>
        bestPartners(x, footprints, terrain).map((other) => `${x.id} ${other}`),
      );
      expect(listings.sort()).toEqual(expected.sort());
      for (const overlap of overlaps) {
        const [a, b] = [byId.get(overlap.a_id), byId.get(overlap.b_id)];
        if (!a || !b) throw new Error('an overlap of what does not match');
        expect(overlap).toMatchObject({ kind: kind(a, b, terrain), ...score(a, b, terrain) });
      }
    },
    5 * MINUTES,
  );

  test(
    'the joint campaigns of every corridor are those of looking at every day',
    async () => {
      const { em, footprints, terrain, vocabulary } = await stored();
      const asOf = world.clock.today();
      let found = 0;
      for (const corridor of terrain.corridors) {
        const history = await readHistory(em, `corridor:${corridor.code}`, epochDay(asOf));
        const suggested = history.flatMap(({ proposal }) => (proposal.kind === 'JOINT_CAMPAIGN' ? [proposal] : []));
        const bits = (facet: 'theme' | 'audience', codes: readonly string[]): number[] =>
          codes.map((code) => vocabulary.bitOf(facet, code));
        const shown = suggested.map(({ score: value, start_day, end_day, themes, audiences, participants }) => ({
          value,
          window: { start: start_day, end: end_day },
          themes: bits('theme', themes),
          audiences: bits('audience', audiences),
          participants: participants.map(
            ({ subject_id, country, role, lead }) =>
              `${subject_id}@${String(vocabulary.place(country)?.countryBit)} ${String(role)}${lead ? '*' : ''}`,
          ),
        }));
        const expected = jointCampaigns(corridor, footprints, terrain, asOf).map(({ strength: _, ...draft }) => draft);
        expect(sorted(shown)).toEqual(sorted(expected));
        found += shown.length;
      }
      expect(found).toBeGreaterThan(10);
    },
    5 * MINUTES,
  );
});

/** In an order that does not depend on where they come from. */
function sorted<T>(drafts: readonly T[]): T[] {
  return drafts
    .map((draft) => ({ draft, key: JSON.stringify(draft) }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ draft }) => draft);
}

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
        world.app.orm.em.fork().getKysely(),
      );
      const [dismissed, closed] = rows;
      if (!dismissed || !closed) throw new Error('expected suggestions');
      const input = { id: dismissed.id, expectedVersion: dismissed.version, reason: 'for a test' };
      await world.suggestions.dismiss(HUB_VIEWER, input);
      await world.settleAll();
      expect(isClean(await reconcile(world))).toBe(true);

      await tamper(`update footprint set channels = '{0}' where subject_id = (select min(a_id) from overlap)`);
      await tamper(`delete from overlap where id = (select min(id) from overlap)`);
      await tamper(`update suggestion set title = 'Something else', status = 'EXPIRED' where id = '${closed.id}'`);
      const report = await reconcile(world);
      expect(report.footprints.differences).toHaveLength(1);
      expect(report.footprints.differences[0]?.message).toMatch(/^channels is \[0\], should be /);
      expect(report.overlaps.differences.map(({ message }) => message)).toEqual(['is missing']);
      expect(report.drafts.differences.map(({ message }) => message)).toEqual([
        expect.stringMatching(/^no suggestion says "/),
      ]);
      expect(sayReport(report)).toContain('--repair stores what should be there');

      await world.worker.unitOfWork.run(HUB_VIEWER, (work) => serviceOf(world).repair(work));
      await world.settleAll();
      expect(sayReport(await reconcile(world))).toContain('Everything stored is what the registry says.');
      const kept = await sql<{ status: string }>`select status from suggestion where id = ${dismissed.id}`.execute(
        world.app.orm.em.fork().getKysely(),
      );
      expect(kept.rows).toEqual([{ status: 'DISMISSED' }]);
    },
    2 * MINUTES,
  );

  test('is not blamed while changes wait to be matched', async () => {
    const { rows } = await sql<{ id: string; version: number }>`
      select campaign.id, campaign.version from campaign join footprint on subject_id = campaign.id where matches order by 1 limit 1`.execute(
      world.app.orm.em.fork().getKysely(),
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
