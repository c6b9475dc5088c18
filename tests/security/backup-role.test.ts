import { afterAll, beforeAll, expect, test } from 'vitest';
import { withClient } from '../../platform/database/with-client.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

test('who makes backups reads every row of every table, and writes none', async () => {
  await withClient(database.adminUrl, async (client) => {
    const { rows } = await client.query<{ table: string; reads: boolean; writes: boolean }>(
      `select relname as table, has_table_privilege('concord_backup', oid, 'select') as reads,
         has_any_column_privilege('concord_backup', oid, 'insert, update') or has_table_privilege('concord_backup', oid, 'delete, truncate') as writes
       from pg_class where relnamespace = 'app'::regnamespace and relkind = 'r' order by 1`,
    );
    expect(rows.length).toBeGreaterThan(60);
    expect(rows.filter(({ reads }) => !reads).map(({ table }) => table)).toEqual([]);
    expect(rows.filter(({ writes }) => writes).map(({ table }) => table)).toEqual([]);
    const counted = async (): Promise<unknown> => (await client.query('select count(*) from app.term')).rows;
    const all = await counted();
    await client.query('set role concord_backup');
    expect(await counted()).toEqual(all);
  });
});
