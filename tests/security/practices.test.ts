import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { withClient } from '../../platform/database/with-client.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';

/** What the database itself refuses of case studies and interests, should the application ever forget to. */
let database: TestDatabase;
let app: pg.Client;

beforeAll(async () => {
  database = await testDatabase();
  await withClient(database.adminUrl, (admin) =>
    admin.query(`
      insert into app.actor (id, kind, name, description, legal_status, bali_role, based_in, vetting, created_at, updated_at)
        select id, 'media', id, '', 'registered', 'none', '{}', 'verified', now(), now() from unnest('{act_a,act_b}'::text[]) as id;
      insert into app.case_study (id, owner_id, title, visibility, status, published_at, created_at, updated_at) values
        ('cas_draft', 'act_a', 'Draft', 'public', 'draft', null, now(), now()),
        ('cas_shown', 'act_a', 'Shown', 'public', 'published', now(), now(), now());
      insert into app.composition (scope, as_of, rules_version, composed_at) values ('country:NZ', 1, 1, now());
      insert into app.suggestion (id, kind, status, scope, draft_key, about, score, start_day, end_day, starts_on, themes, audiences,
          countries, missing_roles, missing_countries, missing_languages, missing_channels, reasons, title, explanation, created_at, updated_at)
        select 'sug_' || about, kind, 'OPEN', 'country:NZ', about, about, 0.5, 1, 2, '1970-01-02', '{}', '{}', '{NZ}', '{}', '{}', '{}', '{}',
          '[]', 'Example', 'Example', now(), now()
        from (values ('REPLICATE_PRACTICE', 'cas_draft'), ('REPLICATE_PRACTICE', 'cas_shown'), ('FILL_GAP', 'a gap')) as made (kind, about);
      insert into app.contribution_interest (id, actor_id, topic, offers, created_at, updated_at)
        values ('int_a', 'act_a', 'training', 'Example', now(), now());`),
  );
  app = new pg.Client({ connectionString: database.appUrl });
  await app.connect();
  await app.query('set search_path = app');
});
afterAll(async () => {
  await app.end();
  await database.drop();
});

/** Runs a statement as a request of this role and actor would, and takes it back. */
async function as(role: string, actor: string, statement: string): Promise<number> {
  await app.query('begin');
  try {
    await app.query(
      `select set_config('app.key_id', 'key_test', true), set_config('app.role', $1, true), set_config('app.actor_id', $2, true)`,
      [role, actor],
    );
    return (await app.query(statement)).rowCount ?? 0;
  } finally {
    await app.query('rollback');
  }
}

const PUBLISH = `update case_study set status = 'published', published_at = now() where id = 'cas_draft'`;
const RETITLE = `update case_study set title = 'Other' where id = 'cas_shown'`;
const FEATURE = `update case_study set featured_at = now() where id = 'cas_shown'`;
const GIVE_AWAY = `update case_study set owner_id = 'act_b' where id = 'cas_shown'`;

test('only editors of its owner publish a case study, and nobody begins with a published one', async () => {
  expect(await as('editor', 'act_a', PUBLISH)).toBe(1);
  await expect(as('planner', 'act_a', PUBLISH)).rejects.toThrow('editors publish');
  for (const [role, actor] of [
    ['editor', 'act_b'],
    ['viewer', 'act_a'],
    ['coordinator', ''],
  ] as const)
    expect(await as(role, actor, PUBLISH)).toBe(0);
  const begin = (
    status: string,
  ): string => `insert into case_study (id, owner_id, title, visibility, status, published_at, created_at,
    updated_at) values ('cas_new', 'act_a', 'New', 'public', '${status}', ${status === 'draft' ? 'null' : 'now()'}, now(), now())`;
  expect(await as('planner', 'act_a', begin('draft'))).toBe(1);
  await expect(as('editor', 'act_a', begin('published'))).rejects.toThrow('begins as a draft');
  await expect(as('editor', 'act_b', begin('draft'))).rejects.toThrow('row-level security');
});

test('coordinators feature a case study and change nothing else, and nobody else features it', async () => {
  expect(await as('coordinator', '', FEATURE)).toBe(1);
  await expect(as('editor', 'act_a', FEATURE)).rejects.toThrow('coordinators feature');
  await expect(as('coordinator', '', RETITLE)).rejects.toThrow('only feature');
  expect(await as('editor', 'act_a', RETITLE)).toBe(1);
  expect(await as('editor', 'act_b', RETITLE)).toBe(0);
  await expect(as('editor', 'act_a', GIVE_AWAY)).rejects.toThrow('only coordinators give');
});

test('a case study is seen by those for whom it is, its evidence with it', async () => {
  const seen = (role: string, actor: string): Promise<number> => as(role, actor, 'select from case_study');
  expect(await seen('viewer', 'act_a')).toBe(2);
  for (const [role, actor] of [
    ['editor', 'act_b'],
    ['coordinator', ''],
  ] as const)
    expect(await seen(role, actor)).toBe(1);
  // Its owner is shown to members only.
  expect(await seen('observer', '')).toBe(0);
  const testify = `insert into case_study_evidence (case_study_id, position, kind, statement, source)
    values ('cas_shown', 1, 'other', 'Example', 'Example')`;
  expect(await as('editor', 'act_a', testify)).toBe(1);
  for (const [role, actor] of [
    ['editor', 'act_b'],
    ['coordinator', ''],
  ] as const)
    await expect(as(role, actor, testify)).rejects.toThrow('row-level security');
});

test('which case study a suggestion is about is known to those who see the case study, and told by nothing else', async () => {
  const told = (role: string, actor: string): Promise<number> => as(role, actor, 'select from suggested_practice');
  expect(await as('editor', 'act_b', 'select id from suggestion')).toBe(3);
  expect([await told('viewer', 'act_a'), await told('editor', 'act_b'), await told('observer', '')]).toEqual([2, 1, 0]);
  for (const column of ['about', 'draft_key'])
    await expect(as('editor', 'act_b', `select ${column} from suggestion`)).rejects.toThrow('permission denied');
  await withClient(database.adminUrl, (admin) =>
    admin.query(`update app.case_study set status = 'withdrawn', withdrawn_at = now() where id = 'cas_shown'`),
  );
  try {
    expect([await told('viewer', 'act_a'), await told('editor', 'act_b')]).toEqual([2, 0]);
  } finally {
    await withClient(database.adminUrl, (admin) =>
      admin.query(`update app.case_study set status = 'published', withdrawn_at = null where id = 'cas_shown'`),
    );
  }
});

test('an interest is declared by editors of its actor alone', async () => {
  const declare = `insert into contribution_interest (id, actor_id, topic, offers, created_at, updated_at)
    values ('int_new', 'act_a', 'training', 'Example', now(), now())`;
  const revise = `update contribution_interest set offers = 'Other'`;
  expect(await as('editor', 'act_a', declare)).toBe(1);
  for (const [role, actor] of [
    ['editor', 'act_b'],
    ['planner', 'act_a'],
    ['coordinator', ''],
  ] as const) {
    await expect(as(role, actor, declare)).rejects.toThrow('row-level security');
    expect(await as(role, actor, revise)).toBe(0);
  }
  expect(await as('editor', 'act_a', revise)).toBe(1);
});
