import type { MikroORM } from '@mikro-orm/postgresql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { UnitOfWork } from '../../core/access/unit-of-work.ts';
import { HUB_VIEWER } from '../../core/access/viewer.ts';
import { countPast, forgetBatch } from '../../core/retention/apply-retention.ts';
import { type RetentionRule, retentionRules } from '../../core/retention/rules.ts';
import { systemClock } from '../../platform/clock.ts';
import { openOrm } from '../../platform/database/orm.ts';
import { withClient } from '../../platform/database/with-client.ts';
import { systemRandomness } from '../../platform/ids.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';

const OLD = 3;

/**
 * How three rows that are past a rule and one that is not come to be: `$days` stands for their age in days, `$n` for their number.
 * Where what they hang on matters it is made with them; whether foreign keys hold does not.
 */
const MAKING: Readonly<Record<string, string>> = {
  notifications: `insert into app.notification (id, kind, subject_id, occasion, created_at)
    values ('ntf_' || $n, 'INVITATION', 'cmp_1', $n::text, now() - make_interval(days => $days))`,
  digests: `insert into app.digest (id, actor_id, contact_id, period, since, created_at, state)
    values ('dig_' || $n, 'act_1', 'con_' || $n, '2026-01-01', now(), now() - make_interval(days => $days), 'SENT')`,
  'webhook-deliveries': `insert into app.webhook_delivery (id, webhook_id, notification_id, kind, subject_id, occurred_at)
    values ('whd_' || $n, 'whk_1', 'ntf_' || $n, 'INVITATION', 'cmp_1', now() - make_interval(days => $days))`,
  'import-files': `insert into app.import_file (run_id, party, content, expires_on)
    values ('imf_' || $n, 'act_1', 'a', app.today() + 7 - $days)`,
  'import-rows': `with run as (insert into app.import_run (id, party, sender_key, sender_role, sender_scopes, file_name, digest, bytes, state, failure, created_at)
      values ('imr_' || $n, 'act_1', 'key_1', 'editor', '{}', 'a.csv', repeat('0', 64), 1, 'FAILED', 'It was cut off.', now() - make_interval(days => $days)) returning id)
    insert into app.import_item (id, run_id, party, position, rows, outcome) select 'imi_' || $n, id, 'act_1', 1, '{1}', 'REFUSED' from run`,
  'calendar-events': `with subscription as (insert into app.calendar_subscription (id, actor_id, campaign_id, url, subscribed_by, role, created_at, next_at, removed_at)
      values ('cse_' || $n, 'act_1', 'cmp_1', 'https://a.example/', 'key_1', 'editor', now(), now(), now() - make_interval(days => $days)) returning id)
    insert into app.calendar_subscription_item (subscription_id, key, sequence, content) select id, 'a', 1, '{}' from subscription`,
  'calendar-addresses': `insert into app.calendar_subscription (id, actor_id, campaign_id, url, subscribed_by, role, created_at, next_at, removed_at)
    values ('csa_' || $n, 'act_1', 'cmp_1', 'https://b.example/', 'key_1', 'editor', now(), now(), now() - make_interval(days => $days))`,
  'repeated-mutations': `insert into app.idempotency (party, mutation_key, operation, input_hash, at)
    values ('act_1', $n::text, 'registerProgramme', '', now() - make_interval(days => $days))`,
  'daily-budgets': `insert into app.probe_budget (party, day, used) values ('act_' || $n, app.today() - $days, 1)`,
  'unreadable-events': `insert into app.outbox_event (kind, payload, occurred_at, refused)
    values ('of-another-release', '{}', now() - make_interval(days => $days), 'kind')`,
};

let database: TestDatabase;
let orm: MikroORM;
let uow: UnitOfWork;
beforeAll(async () => {
  database = await testDatabase();
  orm = await openOrm({ url: database.workerUrl, entities: [], applicationName: 'test-retention' });
  uow = new UnitOfWork(orm, systemClock, systemRandomness);
});
afterAll(async () => {
  await orm.close();
  await database.drop();
});

const admin = (...statements: string[]): Promise<Record<string, unknown>[]> =>
  withClient(database.adminUrl, async (client) => {
    await client.query(`set session_replication_role = replica; set search_path = app, public`);
    let rows: Record<string, unknown>[] = [];
    for (const statement of statements) ({ rows } = await client.query<Record<string, unknown>>(statement));
    return rows;
  });
const make = (rule: RetentionRule, n: number, days: number): string =>
  (MAKING[rule.name] ?? `no way to make ${rule.name}`).replaceAll('$days', String(days)).replaceAll('$n', String(n));
const rowsIn = async (table: string): Promise<number> =>
  Number((await admin(`select count(*) as count from app.${table}`))[0]?.['count']);
const forget = (rule: RetentionRule, limit?: number) => uow.run(HUB_VIEWER, (work) => forgetBatch(work, rule, limit));

test.each(retentionRules.map((rule) => [rule.name, rule] as const))(
  '%s: what is past the rule goes batch by batch, is counted before and noted, and the rest stays',
  async (name, rule) => {
    await admin(`delete from app.${rule.table}`);
    const old = Array.from({ length: OLD }, (_, place) => make(rule, place + 1, rule.keptDays + 1));
    await admin(...old, make(rule, OLD + 1, rule.keptDays - 1));
    expect(await uow.look(HUB_VIEWER, (work) => countPast(work, rule))).toBe(OLD);
    expect(await rowsIn(rule.table)).toBe(OLD + 1);
    expect(await forget(rule, 2)).toEqual({ rows: 2, more: true });
    expect(await forget(rule, 2)).toEqual({ rows: 1, more: false });
    expect(await forget(rule)).toEqual({ rows: 0, more: false });
    expect(await rowsIn(rule.table)).toBe(1);
    expect(
      await admin(
        `select detail from app.audit where action = 'retention.applied' and subject_id = '${name}' order by id`,
      ),
    ).toEqual([{ detail: { rows: 2, days: rule.keptDays } }, { detail: { rows: 1, days: rule.keptDays } }]);
  },
);

test('a rule that asks for too much is refused the youngest rows by the database', async () => {
  const rule = retentionRules.find(({ name }) => name === 'repeated-mutations');
  if (!rule) throw new Error('no rule for mutations');
  await admin(make(rule, 101, 29), make(rule, 102, 31));
  await forget({ ...rule, keptDays: 0 });
  expect(await admin(`select mutation_key from app.idempotency where mutation_key in ('101', '102')`)).toEqual([
    { mutation_key: '101' },
  ]);
});
