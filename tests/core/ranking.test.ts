import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { HUB_VIEWER, type Viewer } from '../../core/access/viewer.ts';
import { RankingService } from '../../core/suggestions/ranking.service.ts';
import { rankingFactor } from '../../engine/index.ts';
import { withClient } from '../../platform/database/with-client.ts';
import { savedId } from '../support/matching.ts';
import { type SuggestingWorld, suggestingWorld } from '../support/suggesting.ts';
import { isClean } from '../../core/reconcile/report.ts';
import { reconcile } from '../support/world-checks.ts';

let world: SuggestingWorld;
let rankings: RankingService;

beforeEach(async () => {
  world = await suggestingWorld();
  rankings = new RankingService(world.app.unitOfWork);
});
afterEach(() => world.close());

interface Ranked {
  readonly id: string;
  readonly status: string;
  readonly version: number;
  readonly score: number;
  readonly rank: number;
  readonly dismissed: number;
  readonly agreed: number;
  readonly factor: number;
  readonly ranking_version: number;
}

async function read(place = 'NZ'): Promise<Ranked[]> {
  const { rows } = await sql<Ranked>`
    select s.id, status, s.version, score, rank, dismissed, agreed, factor, r.version as ranking_version
    from suggestion s join ranking r using (scope, kind) where s.scope = ${`country:${place}`} order by starts_on, s.id`.execute(
    world.worker.orm.em.fork().getKysely(),
  );
  return rows;
}

/** Twins in a country, so that a suggestion follows. */
async function twins(place: string, start: string, end: string): Promise<void> {
  for (let each = 0; each < 2; each++) {
    const owner = savedId(await world.actors.register(HUB_VIEWER, { name: 'Example actor', kind: 'national_ngo' }));
    savedId(await world.actors.verify(HUB_VIEWER, { id: owner, expectedVersion: 1, evidence: 'for a test' }));
    const footprint = {
      days: { start, end },
      places: [place],
      audiences: ['student'],
      themes: ['child_protection'],
      channels: ['radio'],
    };
    savedId(await world.campaigns.plan(HUB_VIEWER, { name: 'Example', owner, footprint }));
  }
}

const dismiss = async ({ id, version }: Ranked, reasonCode?: string): Promise<void> => {
  savedId(
    await world.suggestions.dismiss(HUB_VIEWER, { id, expectedVersion: version, reason: 'for a test', reasonCode }),
  );
  await world.settleAll();
};
const at = <T>(list: readonly T[], index: number): T => {
  const found = list[index];
  if (found === undefined) throw new Error(`expected at least ${String(index + 1)}, found ${String(list.length)}`);
  return found;
};

test('a dismissal ranks others of its kind and place lower, at once and without making them new', async () => {
  await twins('NZ', '2027-03-01', '2027-03-31');
  await twins('NZ', '2027-07-01', '2027-07-31');
  await twins('FJ', '2027-03-01', '2027-03-31');
  await world.settleAll();
  const [first, second] = [at(await read(), 0), at(await read(), 1)];
  expect([second.rank, second.factor, second.dismissed]).toEqual([second.score, 1, 0]);
  await dismiss(first, 'NOT_RELEVANT');
  const factor = rankingFactor({ dismissed: 1, agreed: 0 });
  expect(at(await read(), 1)).toEqual({ ...second, factor, dismissed: 1, rank: second.score * factor });
  expect(at(await read('FJ'), 0).factor).toBe(1);
  expect(isClean(await reconcile(world))).toBe(true);
});

test('what is done already was well suggested: that does not count', async () => {
  await twins('NZ', '2027-03-01', '2027-03-31');
  await world.settleAll();
  await dismiss(at(await read(), 0), 'ALREADY_DONE');
  expect(at(await read(), 0)).toMatchObject({ status: 'DISMISSED', dismissed: 0, factor: 1 });
});

test('what everybody sees is agreed on counts, and a private answer never does', async () => {
  await twins('NZ', '2027-03-01', '2027-03-31');
  await world.settleAll();
  const { id } = at(await read(), 0);
  const worker = world.worker.orm.em.fork().getKysely();
  await sql`update suggestion set status = 'AGREED', updated_at = updated_at where id = ${id}`.execute(worker);
  await world.turnDay(1);
  expect(at(await read(), 0)).toMatchObject({ agreed: 1, factor: rankingFactor({ dismissed: 0, agreed: 1 }) });
});

test('a coordinator may reset what counts and undo it; others may not, and both are audited', async () => {
  await twins('NZ', '2027-03-01', '2027-03-31');
  await twins('NZ', '2027-07-01', '2027-07-31');
  await world.settleAll();
  await dismiss(at(await read(), 0));
  const lower = at(await read(), 1);
  expect(lower.factor).toBeLessThan(1);
  const input = { suggestion: lower.id, expectedVersion: lower.ranking_version };

  const stranger: Viewer = { ...HUB_VIEWER, keyId: 'key_x', role: 'editor', actorId: 'act_none' };
  expect(await rankings.reset(stranger, input)).toMatchObject({ kind: 'forbidden' });
  expect(await rankings.reset(HUB_VIEWER, { ...input, suggestion: 'sug_none' })).toMatchObject({ kind: 'not-found' });
  expect(await rankings.reset(HUB_VIEWER, { ...input, expectedVersion: 9 })).toMatchObject({
    kind: 'stale',
    stored: 1,
  });
  expect(await rankings.restore(HUB_VIEWER, input)).toMatchObject({ kind: 'conflict' });

  world.clock.advance(1_000);
  savedId(await rankings.reset(HUB_VIEWER, input));
  await world.settleAll();
  expect(at(await read(), 1)).toMatchObject({ factor: 1, dismissed: 0, version: lower.version, rank: lower.score });
  savedId(await rankings.restore(HUB_VIEWER, { ...input, expectedVersion: 2 }));
  await world.settleAll();
  expect(at(await read(), 1)).toEqual({ ...lower, ranking_version: 3 });
  const { rows } = await withClient(world.database.adminUrl, (client) =>
    client.query(`select action, subject_id, detail from app.audit where action like 'ranking.%' order by id`),
  );
  const detail = { scope: 'country:NZ', kind: 'AVOID_DUPLICATION' };
  expect(rows).toEqual([
    { action: 'ranking.reset', subject_id: lower.id, detail },
    { action: 'ranking.restored', subject_id: lower.id, detail },
  ]);
});
