import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withClient } from '../../platform/database/with-client.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { bareCalls, catalogueExceptions, catalogueSize } from './catalogue.ts';
import { printFigure } from './figure.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

test('S5: the catalogue shows no table, function, view or role that the database does not decide over', async () => {
  await withClient(database.adminUrl, async (client) => {
    const exceptions = await catalogueExceptions(client);
    const { tables, policies } = await catalogueSize(client);
    printFigure(
      'S5',
      `${String(tables)} tables, ${String(policies)} policies, ${String(exceptions.length)} exceptions`,
    );
    expect(exceptions).toEqual([]);
  });
});

/** A bad thing that somebody could do in a migration, and what the catalogue's check says about it. */
const MISTAKES: readonly [doing: string, sql: string, said: string][] = [
  ['a table without policies', `create table app.open (id text)`, 'app.open: row level security is not enabled'],
  [
    'a table that its owner reads past the rules',
    `alter table app.share no force row level security`,
    'app.share: row level security is not forced',
  ],
  ['a table without its guard', `drop policy guard on app.actor`, 'app.actor: no restrictive guard for concord_app'],
  [
    'a guard that lets everybody pass',
    `alter policy guard on app.actor using (true)`,
    'app.actor: no restrictive guard for concord_app',
  ],
  [
    'a command without a rule',
    `drop policy app_delete on app.message`,
    'app.message: no policy for DELETE by concord_app',
  ],
  [
    'a rule of the worker that is missing',
    `drop policy worker_update on app.message`,
    'app.message: no policy for UPDATE by concord_worker',
  ],
  [
    'a rule for everybody',
    `create policy wide on app.actor for select using (true)`,
    'app.actor: policy wide is for everybody',
  ],
  [
    'a call that runs once a row',
    `alter policy app_select on app.actor using (app.has_context())`,
    'app.actor: policy app_select calls app.has_context outside a sub-select',
  ],
  [
    'a volatile helper',
    `create function app.whim() returns boolean language sql volatile set search_path = '' return true;
     alter policy app_select on app.actor using ((select app.whim()))`,
    'app.whim(): called by a policy but volatile',
  ],
  [
    'a helper that obeys the search path of its caller',
    `create function app.whim() returns boolean language sql stable as 'select true';
     alter policy app_select on app.actor using ((select app.whim()))`,
    'app.whim(): called by a policy but what it means depends on a search path',
  ],
  [
    'a view of the owner',
    `create view app.all_actors as select * from app.actor`,
    'app.all_actors: a view that reads as its owner',
  ],
  [
    'a copy of a table',
    `create materialized view app.copy as select * from app.actor`,
    'app.copy: a foreign table or materialized view has no policies',
  ],
  [
    'a definer of a superuser',
    `create function app.peek() returns bigint language sql security definer set search_path = '' return 1;
     revoke execute on function app.peek() from public`,
    'app.peek(): security definer, but not owned by concord_owner',
  ],
  [
    'a definer that everybody may call',
    `create function app.peek() returns bigint language sql security definer set search_path = '' return 1;
     alter function app.peek() owner to concord_owner; grant execute on function app.peek() to public`,
    'app.peek(): security definer, but everybody may call it',
  ],
  [
    'a definer without a search path',
    `create function app.peek() returns bigint language sql security definer return 1;
     alter function app.peek() owner to concord_owner`,
    'app.peek(): security definer, but without a fixed search path',
  ],
  ['a login that bypasses', `alter role concord_app bypassrls`, 'concord_app: bypasses row level security'],
  ['a login that may become the owner', `grant concord_owner to concord_app`, 'concord_app: may become concord_owner'],
  ['a login that owns', `alter table app.share owner to concord_app`, 'concord_app: owns table app.share'],
  ['a login that creates', `grant create on schema app to concord_app`, 'concord_app: may create in schema app'],
  ['a login that sees jobs', `grant usage on schema queue to concord_app`, 'concord_app: may use schema queue'],
  [
    'a login with temporary tables',
    `do $$ begin execute format('grant temporary on database %I to concord_app', current_database()); end $$`,
    'concord_app: has TEMP on the database',
  ],
  ['a login that truncates', `grant truncate on app.actor to concord_app`, 'concord_app: has TRUNCATE on app.actor'],
];

describe('the check of the catalogue bites', () => {
  test.each(MISTAKES)('on %s', async (_doing, sql, said) => {
    const found = await withClient(database.adminUrl, (client) => whileDone(client, sql));
    expect(found).toContain(said);
  });
});

/** What the check says while a mistake is made that nobody keeps. */
async function whileDone(client: pg.Client, sql: string): Promise<string[]> {
  await client.query('begin');
  try {
    await client.query(sql);
    return await catalogueExceptions(client);
  } finally {
    await client.query('rollback');
  }
}

test.each([
  ['( SELECT app.f() AS f)', []],
  ['(x = ( SELECT app.f(a, (b)) AS f))', []],
  ['app.f()', ['app.f']],
  ['( SELECT (app.f() AND app.g()))', ['app.f', 'app.g']],
  [`(x = current_setting('app.role'::text))`, ['current_setting']],
])('reads the calls in %s', (expression, bare) => {
  expect(bareCalls(expression)).toEqual(bare);
});
