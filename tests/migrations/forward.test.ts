import { join } from 'node:path';
import type pg from 'pg';
import { expect, inject, test } from 'vitest';
import { AccessService } from '../../core/access/access.service.ts';
import { hubSecrets } from '../../core/access/hub-secrets.ts';
import { onePepper } from '../../core/access/peppers.ts';
import { UnitOfWork } from '../../core/access/unit-of-work.ts';
import { HUB_VIEWER } from '../../core/access/viewer.ts';
import { verifyAudit } from '../../core/audit/verify.ts';
import { entities } from '../../core/entities.ts';
import { migrations } from '../../core/migrations/index.ts';
import { prepareDatabase } from '../../core/migrations/prepare-database.ts';
import { clockSetTo } from '../../platform/clock.ts';
import { ensureLogins } from '../../platform/database/logins.ts';
import { migrate, openOrm } from '../../platform/database/orm.ts';
import { withClient } from '../../platform/database/with-client.ts';
import { systemRandomness } from '../../platform/ids.ts';
import { catalogueExceptions } from '../security/catalogue.ts';
import { testDatabase } from '../support/database.ts';
import { countTables, loadState, writeTables } from './state.ts';

/** What the release before this one's first migration held; `keep.ts` makes the next. */
const STATE = join(import.meta.dirname, '../fixtures/state-0046.json.br');
const NAME = `test_${String(process.pid)}_forward`;

test('a hub of the previous release, with all it held, moves forward, loses nothing, and is then as one made from nothing', async () => {
  const state = await loadState(STATE);
  const empty = await testDatabase();
  const fresh = await withClient(empty.adminUrl, schemaOf).finally(empty.drop);
  expect(fresh.length).toBeGreaterThan(1_000);
  const { adminUrl, secretsFolder } = inject('cluster');
  const url = new URL(adminUrl);
  url.pathname = `/${NAME}`;
  await withClient(adminUrl, (client) => client.query(`create database ${NAME}`));
  try {
    const logins = await ensureLogins(url.href, secretsFolder);
    const earlier = migrations.filter(({ name }) => name <= state.release);
    expect(await migrate(logins.migratorUrl, earlier)).toHaveLength(earlier.length);
    const names = Object.keys(state.tables);
    const before = await withClient(url.href, async (client) => {
      await writeTables(client, state.tables);
      return countTables(client, names);
    });
    expect(before).toEqual(Object.fromEntries(names.map((name) => [name, state.tables[name]?.length])));
    expect(before).toMatchObject({ programme: 58, campaign: 58, calendar_entry: 32 });

    const later = migrations.map(({ name }) => name).filter((name) => name > state.release);
    expect(later.length).toBeGreaterThan(0);
    expect(await prepareDatabase(logins)).toEqual(later);
    expect(await prepareDatabase(logins)).toEqual([]);

    await withClient(url.href, async (client) => {
      const { rows } = await client.query<{ name: string }>(
        `select name from unnest($1::text[]) as name where to_regclass('app.' || name) is null`,
        [names],
      );
      // A migration that gives a table up says here where its rows went.
      expect(rows).toEqual([]);
      expect(await countTables(client, names)).toEqual(before);
      expect(await schemaOf(client)).toEqual(fresh);
      expect(await catalogueExceptions(client)).toEqual([]);
    });

    // Keys of then open the hub of now, and the audit is as whole as it was.
    const clock = clockSetTo(Date.parse(state.keptAt));
    const orm = await openOrm({ url: logins.appUrl, entities, applicationName: 'test-forward' });
    const workerOrm = await openOrm({ url: logins.workerUrl, entities, applicationName: 'test-forward-worker' });
    try {
      const access = new AccessService(orm, clock, systemRandomness, onePepper(hubSecrets(state.hubSecret).pepper));
      expect(await access.authenticate(state.key)).toMatchObject({ role: 'coordinator' });
      const uow = new UnitOfWork(workerOrm, clock, systemRandomness);
      const audit = await uow.look(HUB_VIEWER, (work) => verifyAudit(work, null));
      expect(audit).toMatchObject({ firstBreak: null, rows: before['audit_sealed'] });
    } finally {
      await workerOrm.close();
      await orm.close();
    }
  } finally {
    await withClient(adminUrl, (client) => client.query(`drop database ${NAME} with (force)`));
  }
});

/** Columns, constraints, indexes, policies and functions, each in one line. */
async function schemaOf(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ line: string }>(`
    select format('%s.%s %s %s %s', c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, pg_get_expr(d.adbin, d.adrelid)) as line
      from pg_attribute a join pg_class c on c.oid = a.attrelid left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
      where c.relnamespace = 'app'::regnamespace and a.attnum > 0 and not a.attisdropped
    union all select format('%s %s', conrelid::regclass, pg_get_constraintdef(oid)) from pg_constraint where connamespace = 'app'::regnamespace
    union all select indexdef from pg_indexes where schemaname = 'app'
    union all select format('%s %s %s %s %s %s', tablename, policyname, roles, cmd, qual, with_check) from pg_policies where schemaname = 'app'
    union all select pg_get_functiondef(oid) from pg_proc where pronamespace = 'app'::regnamespace and prokind = 'f'
    union all select format('%s %s', relname, relacl) from pg_class where relnamespace = 'app'::regnamespace
    order by 1`);
  return rows.map(({ line }) => line);
}
