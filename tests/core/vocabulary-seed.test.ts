import type { EntityManager, MikroORM } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { seedVocabulary } from '../../core/vocabulary/seed-vocabulary.ts';
import { VocabularyService } from '../../core/vocabulary/vocabulary.service.ts';
import { openOrm } from '../../platform/database/orm.ts';
import { withClient } from '../../platform/database/with-client.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { statementsDuring } from '../support/statements.ts';

let database: TestDatabase;
let orm: MikroORM;

beforeAll(async () => {
  database = await testDatabase();
  orm = await openOrm({ url: database.workerUrl, entities: [], applicationName: 'test-vocabulary' });
});
afterAll(async () => {
  await orm.close();
  await database.drop();
});

const seed = (): Promise<number> => orm.em.fork().transactional((em) => seedVocabulary(em));

/** Runs statements as a superuser; triggers and constraints hold for it too. */
const asOperator = (statement: string): Promise<unknown> =>
  withClient(database.adminUrl, (client) => client.query(statement));

/** Everything stored, as text; equal texts are equal vocabularies. */
async function stored(): Promise<string> {
  const em = orm.em.fork();
  const rows = ['term', 'place', 'corridor', 'corridor_leg', 'insight', 'vocabulary_version'].map(async (table) => {
    const found = await sql<{ all: string }>`
      select json_agg(t order by t::text)::text as all from ${sql.table(table)} t`.execute(em.getKysely());
    return found.rows[0]?.all;
  });
  return (await Promise.all(rows)).join('\n');
}

async function bits(em: EntityManager = orm.em.fork()): Promise<Map<string, number | null>> {
  const found = await sql<{ key: string; bit: number | null }>`
    select id as key, bit from term union all select id, bit from place union all select id, bit from corridor
  `.execute(em.getKysely());
  return new Map(found.rows.map(({ key, bit }) => [key, bit]));
}

describe('seeding the vocabulary', () => {
  test('a second seed writes no row, moves no version and takes seven statements', async () => {
    const before = await stored();
    let written: number | null = null;
    const statements = await statementsDuring(async () => {
      written = await seed();
    });
    expect(written).toBe(0);
    expect(statements).toHaveLength(7);
    expect(await stored()).toBe(before);
  });

  test('what was lost or altered is restored, what the hub does not ship is left alone', async () => {
    await asOperator(`delete from app.corridor_leg where corridor = 'asia_gcc' and position = 9`);
    await asOperator(`insert into app.corridor_leg values ('bd_my_labour', 3, 'SG', 'transit')`);
    await asOperator(`update app.place set name = 'Nowhere' where code = 'BD-13'`);
    await asOperator(
      `update app.term set labels = '{"en": "Wrong", "id": "Nelayan"}' where kind = 'audience' and code = 'fisher'`,
    );
    await asOperator(
      `insert into app.place (code, kind, country, parent, name) values ('BD2022', 'p_code', 'BD', 'BD-11', 'Cox''s Bazar')`,
    );

    expect(await seed()).toBe(4);

    const vocabulary = await new VocabularyService().current(orm.em.fork());
    expect(vocabulary.corridor('asia_gcc')?.legs.at(-1)).toEqual({ country: 'JO', role: 'destination' });
    expect(vocabulary.corridor('bd_my_labour')?.legs.map((leg) => leg.country)).toEqual(['BD', 'MY']);
    expect(vocabulary.place('BD-13')?.name).toBe('Dhaka');
    expect(vocabulary.labels('audience', 'fisher')).toEqual({ en: 'Fishers', id: 'Nelayan' });
    expect(vocabulary.place('BD2022')?.kind).toBe('p_code');
    expect(await seed()).toBe(0);
  });

  test('bits never change when codes are added in between; what comes later gets the next free one', async () => {
    await asOperator(`delete from app.term where kind = 'handbook_step' and code = 'audience'`);
    await asOperator(`delete from app.place where code = 'BD-A02'`);
    await asOperator(
      `insert into app.place (code, kind, country, parent, bit, name) values ('BD-Z', 'subdivision', 'BD', 'BD', 40, 'New division')`,
    );
    await orm.em
      .fork()
      .transactional((em) =>
        new VocabularyService().ensureTerms(em, 'handbook_step', [{ code: 'x:added', labels: { en: 'Added' } }]),
      );
    const before = await bits();
    expect(before.get('trm_handbook_step:x:added')).toBe(6);

    expect(await seed()).toBe(1);

    const after = await bits();
    expect(after.get('trm_handbook_step:audience')).toBe(7);
    expect([...before].filter(([key, bit]) => after.get(key) !== bit)).toEqual([]);
  });

  test('a newly shipped country and subdivision are numbered after those of the same scope', async () => {
    await asOperator(`
      delete from app.place where code in ('AD-05', 'ZW') or country = 'ZW' or parent = 'AD-05'`);
    await asOperator(
      `insert into app.place (code, kind, country, bit, name) values ('XX', 'country', 'XX', 300, 'Test country')`,
    );
    const before = await bits();
    expect(await seed()).toBe(12);
    const after = await bits();
    expect(after.get('plc_ZW')).toBe(301);
    expect(after.get('plc_AD-05')).toBe(8);
    expect(after.get('plc_ZW-BU')).toBe(1);
    expect([...before].filter(([key, bit]) => after.get(key) !== bit)).toEqual([]);
  });
});

describe('the insights that the hub ships', () => {
  const insight = (condition: string): Promise<{ rows: { source: string }[] }> =>
    asOperator(`select source from app.insight where ${condition}`) as Promise<{ rows: { source: string }[] }>;
  const events = async (): Promise<unknown[]> =>
    ((await asOperator(`select kind, payload from app.outbox_event order by id`)) as { rows: unknown[] }).rows;

  test('are brought up to date at a start, and what rests on them is looked at again once there is something', async () => {
    await asOperator(`update app.insight set source = 'an older text' where kind = 'unmet_need'`);
    expect(await seed()).toBe(2);
    expect(await events()).toEqual([]);
    await asOperator(
      `insert into app.composition (scope, as_of, rules_version, composed_at) values ('corridor:asia_gcc', 1, 1, now())`,
    );
    expect(await seed()).toBe(0);
    expect(await events()).toEqual([]);
    await asOperator(`update app.insight set source = 'an older text' where kind = 'unmet_need'`);
    expect(await seed()).toBe(2);
    expect(await events()).toEqual([
      {
        kind: 'insight.changed',
        payload: { audiences: ['intending_departure', 'migrant_in_transit', 'prospective_migrant'] },
      },
    ]);
  });

  test('stay the coordinators’ once they have changed or withdrawn them', async () => {
    await asOperator(`update app.insight set source = 'a better text', version = 2 where places = '{AF}'`);
    expect(await seed()).toBe(0);
    expect((await insight(`places = '{AF}'`)).rows).toEqual([{ source: 'a better text' }]);
  });
});

describe('what the database itself refuses', () => {
  test.each([
    [`update app.term set bit = 900 where kind = 'theme' and code = 'document_fraud'`, /never change/],
    [`update app.place set code = 'BX' where code = 'BT'`, /never change|foreign key/],
    [`update app.corridor set bit = 900 where code = 'asia_gcc'`, /never change/],
    [`update app.corridor set themes = '{people_smugling}' where code = 'asia_gcc'`, /no theme people_smugling/],
    [`update app.insight set channels = '{"fax": 0.5}' where kind = 'trend' or true`, /no channel fax/],
    [`update app.insight set places = '{BDD}'`, /no place BDD/],
    [
      `insert into app.place (code, kind, country, parent, bit, name) values ('BD9', 'p_code', 'BD', 'BD-A', 9, 'Numbered P-code')`,
      /check constraint/,
    ],
    [
      `insert into app.place (code, kind, country, parent, bit, name) values ('BD-Y', 'subdivision', 'BD', 'BD', 1, 'Taken')`,
      /place_subdivision_bit/,
    ],
    [`update app.term set broader = 'nothing' where kind = 'theme' and code = 'document_fraud'`, /foreign key/],
  ])('%s', async (statement, reason) => {
    await expect(asOperator(statement)).rejects.toThrow(reason);
  });

  test('neither login may delete what has a bit', async () => {
    for (const url of [database.appUrl, database.workerUrl]) {
      for (const table of ['term', 'place', 'corridor']) {
        await expect(withClient(url, (client) => client.query(`delete from ${table}`))).rejects.toThrow(
          'permission denied',
        );
      }
    }
  });
});
