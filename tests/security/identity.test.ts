import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withClient } from '../../platform/database/with-client.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';

/** What the database itself refuses, should the application ever forget to. */
let database: TestDatabase;
let app: pg.Client;

beforeAll(async () => {
  database = await testDatabase();
  await withClient(database.adminUrl, (admin) =>
    admin.query(`
      insert into app.actor (id, kind, name, description, legal_status, bali_role, based_in, vetting, created_at, updated_at)
        select id, 'media', id, '', 'registered', 'none', '{}', 'verified', now(), now() from unnest('{act_a,act_b}'::text[]) as id;
      insert into app.hub_user (id, issuer, subject, created_at)
        select id, 'https://id.example', id, now() from unnest('{usr_a,usr_b}'::text[]) as id;
      insert into app.membership (id, user_id, actor_id, role, label, created_at) values
        ('mem_a', 'usr_a', 'act_a', 'viewer', 'A', now()), ('mem_b', 'usr_b', 'act_b', 'viewer', 'B', now()),
        ('mem_c', 'usr_b', null, 'coordinator', 'C', now());
      insert into app.api_key (id, public_id, secret_hash, label, role, actor_id, created_at, expires_at) values
        ('key_c', 'cccccccc', 'x', 'c', 'coordinator', 'act_a', now(), now()),
        ('key_a', 'aaaaaaaa', 'x', 'a', 'viewer', 'act_a', now(), now()),
        ('key_b', 'bbbbbbbb', 'x', 'b', 'viewer', 'act_b', now(), now());`),
  );
  app = new pg.Client({ connectionString: database.appUrl });
  await app.connect();
  await app.query(`set search_path = app`);
});
afterAll(async () => {
  await app.end();
  await database.drop();
});

interface Context {
  readonly role: string;
  readonly actor?: string;
  /** The key, or the person who came with a token. */
  readonly key?: string;
  readonly user?: string;
}

/** Runs a statement as a request with this context would, and takes it back; null stands for no context at all. */
async function as(context: Context | null, statement: string): Promise<pg.QueryResult<Record<string, unknown>>> {
  await app.query('begin');
  try {
    await app.query(
      `select set_config('app.key_id', $1, true), set_config('app.role', $2, true),
        set_config('app.actor_id', $3, true), set_config('app.user_id', $4, true)`,
      [context ? (context.key ?? 'key_test') : '', context?.role ?? '', context?.actor ?? '', context?.user ?? ''],
    );
    return await app.query<Record<string, unknown>>(statement);
  } finally {
    await app.query('rollback');
  }
}

const editor: Context = { role: 'editor', actor: 'act_a' };
const coordinator: Context = { role: 'coordinator' };
const others: readonly Context[] = ['planner', 'viewer', 'observer'].map((role) => ({ role, actor: 'act_a' }));

const newKey = (role: string, actor: string): string =>
  `insert into api_key (id, public_id, secret_hash, label, role, actor_id, created_at, expires_at)
    values ('key_new', 'nnnnnnnn', 'x', 'n', '${role}', '${actor}', now(), now())`;
const newMembership = (role: string, actor: string): string =>
  `insert into membership (id, user_id, actor_id, role, label, created_at)
    values ('mem_new', 'usr_${actor === 'act_a' ? 'b' : 'a'}', '${actor}', '${role}', 'N', now())`;
const REFUSED = { code: '42501' };

describe.each([
  ['a key', newKey],
  ['a membership', newMembership],
])('%s', (_what, insert) => {
  test('is given by editors for their own actor up to their own rights, and by coordinators', async () => {
    expect((await as(editor, insert('editor', 'act_a'))).rowCount).toBe(1);
    expect((await as(coordinator, insert('coordinator', 'act_b'))).rowCount).toBe(1);
    await expect(as(editor, insert('coordinator', 'act_a'))).rejects.toMatchObject(REFUSED);
    await expect(as(editor, insert('viewer', 'act_b'))).rejects.toMatchObject(REFUSED);
    for (const other of others) await expect(as(other, insert('viewer', 'act_a'))).rejects.toMatchObject(REFUSED);
    await expect(as(null, insert('viewer', 'act_a'))).rejects.toMatchObject(REFUSED);
  });
});

test('a coordinator cannot be shut out, or made, by an editor of the same actor', async () => {
  const changed = async (statement: string): Promise<number | null> => (await as(editor, statement)).rowCount;
  expect(await changed(`update api_key set revoked_at = now() where id = 'key_c'`)).toBe(0);
  expect(await changed(`update api_key set revoked_at = now() where id = 'key_b'`)).toBe(0);
  expect(await changed(`update api_key set revoked_at = now() where id = 'key_a'`)).toBe(1);
  await expect(changed(`update api_key set role = 'coordinator' where id = 'key_a'`)).rejects.toMatchObject(REFUSED);
  await expect(changed(`update membership set role = 'coordinator' where id = 'mem_a'`)).rejects.toMatchObject(REFUSED);
  await expect(changed(`update membership set actor_id = 'act_b' where id = 'mem_a'`)).rejects.toMatchObject(REFUSED);
  await expect(changed(`update api_key set actor_id = 'act_b' where id = 'key_a'`)).rejects.toMatchObject(REFUSED);
  await expect(changed(`update api_key set secret_hash = 'y' where id = 'key_a'`)).rejects.toMatchObject(REFUSED);
});

test('people are seen by themselves, by those who let people in for the actor, and by coordinators', async () => {
  const seen = async (context: Context | null, table: string): Promise<unknown[]> =>
    (await as(context, `select id from ${table} order by id`)).rows.map(({ id }) => id);
  expect(await seen(coordinator, 'membership')).toEqual(['mem_a', 'mem_b', 'mem_c']);
  expect(await seen(editor, 'membership')).toEqual(['mem_a']);
  expect(await seen(editor, 'hub_user')).toEqual(['usr_a']);
  for (const other of others) {
    expect(await seen(other, 'membership')).toEqual([]);
    expect(await seen(other, 'hub_user')).toEqual([]);
  }
  const person: Context = { role: 'viewer', actor: 'act_b', user: 'usr_b', key: 'usr_b' };
  expect(await seen(person, 'membership')).toEqual(['mem_b', 'mem_c']);
  expect(await seen(person, 'hub_user')).toEqual(['usr_b']);
  const programOfPerson: Context = { ...person, key: 'key_test' };
  expect(await seen(programOfPerson, 'membership')).toEqual([]);
  expect(await seen(programOfPerson, 'hub_user')).toEqual([]);
  expect(await seen(null, 'membership')).toEqual([]);
  expect(await seen(null, 'hub_user')).toEqual([]);
});

test('a user is made by those who let people in, once, and renamed by nobody', async () => {
  const make = `select app.user_for('https://id.example', 'usr_b', 'usr_new', now()) as id`;
  expect((await as(editor, make)).rows).toEqual([{ id: 'usr_b' }]);
  for (const other of [...others, null]) await expect(as(other, make)).rejects.toMatchObject(REFUSED);
  const forge = `insert into hub_user (id, issuer, subject, created_at) values ('usr_x', 'i', 's', now())`;
  await expect(as(coordinator, forge)).rejects.toMatchObject(REFUSED);
  await expect(as(coordinator, `update hub_user set subject = 'x'`)).rejects.toMatchObject(REFUSED);
  expect((await as(editor, `update hub_user set suspended_at = now()`)).rowCount).toBe(0);
  expect((await as(coordinator, `update hub_user set suspended_at = now() where id = 'usr_a'`)).rowCount).toBe(1);
});

test('the background process has nothing to do with people and keys', async () => {
  await withClient(database.workerUrl, async (worker) => {
    for (const table of ['hub_user', 'membership', 'api_key']) {
      await expect(worker.query(`select from app.${table}`)).rejects.toMatchObject(REFUSED);
    }
    for (const call of [
      `app.find_api_key('aaaaaaaa')`,
      `app.find_memberships('i', 's')`,
      `app.note_key_use('key_a', current_date)`,
      `app.user_for('i', 's', 'usr_x', now())`,
    ]) {
      await expect(worker.query(`select ${call}`)).rejects.toMatchObject(REFUSED);
    }
  });
});
