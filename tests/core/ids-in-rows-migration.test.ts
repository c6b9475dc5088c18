import { expect, inject, test } from 'vitest';
import { migrations } from '../../core/migrations/index.ts';
import { ensureLogins } from '../../platform/database/logins.ts';
import { migrate } from '../../platform/database/orm.ts';
import { withClient } from '../../platform/database/with-client.ts';

const NAME = `test_${String(process.pid)}_ids_in_rows`;

/** An overlap and a seat as they were stored before; what they refer to does not matter here. */
const STORED = `
  set session_replication_role = replica;
  insert into app.overlap (id, view, a_id, b_id, a_owner_id, b_owner_id, a_coarse, b_coarse, listed_by_a, listed_by_b, kind, score,
      confidence, strength, parts, start_day, end_day, starts_on, places, countries, corridors, audiences, themes, channels, languages,
      contradiction, explanation, scope, tentative, rules_version, found_at)
    select id, 'released', 'cmp_1', b, 'act_1', 'act_2', false, false, true, true, 'DUPLICATION', 1, 1, 1, '[]', 1, 2, '2027-01-01',
      '{}', '{}', '{}', '{}', '{}', '{}', '{}', contradiction, 'A sentence.', 'country:BD', false, 1, now()
    from (values ('ovl_1', 'cmp_2', '{"audiences": ["x"], "deterring": "cmp_2", "protecting": "cmp_1"}'::jsonb), ('ovl_2', 'prg_3', null))
      as stored (id, b, contradiction);
  insert into app.suggestion_participant (suggestion_id, position, subject_id, subject_kind, actor_id, country, lead)
    values ('sug_1', 1, 'cmp_1', 'campaign', 'act_1', 'BD', true);`;

test('what is stored when ids move into rows of their own moves with them', async () => {
  const { adminUrl, secretsFolder } = inject('cluster');
  const url = new URL(adminUrl);
  url.pathname = `/${NAME}`;
  await withClient(adminUrl, (client) => client.query(`create database ${NAME}`));
  try {
    const { migratorUrl } = await ensureLogins(url.href, secretsFolder);
    await migrate(
      migratorUrl,
      migrations.filter(({ name }) => name < '0016'),
    );
    await withClient(url.href, (client) => client.query(STORED));
    await migrate(migratorUrl, migrations);
    const [sides, subjects, seats, contradictions] = await withClient(url.href, async (client) => {
      const all = [];
      for (const read of [
        `select overlap_id || side || ' ' || subject_id as told from app.overlap_side`,
        `select suggestion_id || position || ' ' || subject_id as told from app.suggestion_subject`,
        `select suggestion_id || position || ' ' || actor_id as told from app.suggestion_seat`,
        `select contradiction as told from app.overlap`,
      ])
        all.push((await client.query<{ told: unknown }>(`${read} order by 1`)).rows.map(({ told }) => told));
      return all;
    });
    expect(sides).toEqual(['ovl_1a cmp_1', 'ovl_1b cmp_2', 'ovl_2a cmp_1', 'ovl_2b prg_3']);
    expect(subjects).toEqual(['sug_11 cmp_1']);
    expect(seats).toEqual(['sug_11 act_1']);
    expect(contradictions).toEqual([{ audiences: ['x'], deterring: 'b', protecting: 'a' }, null]);
  } finally {
    await withClient(adminUrl, (client) => client.query(`drop database ${NAME} with (force)`));
  }
});
