import { afterAll, beforeAll, expect, test } from 'vitest';
import { withClient } from '../../platform/database/with-client.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(async () => {
  await database.drop();
});

const CONDITIONS = {
  countries: `countries && array['BD']`,
  places: `places && array['BD-10']`,
  corridors: `corridors && array['rohingya_andaman']`,
  audiences: `audiences && array['youth_15_24']`,
  themes: `themes && array['people_smuggling']`,
  channels: `channels && array['radio']`,
  search: `search_text like '%safe%'`,
};

test.each(['programme', 'campaign', 'calendar_entry'])(
  'lists of %s that are filtered look into the index of the filter, policies or not',
  async (table) => {
    for (const [index, condition] of Object.entries(CONDITIONS))
      expect(await planOf(table, condition)).toContain(`Bitmap Index Scan on ${table}_${index}`);
  },
);

test.each([
  ['overlap', 'overlap_countries', `countries @> array['BD']`],
  ['suggestion', 'suggestion_countries', `countries && array['BD']`],
])('lists of %s do too', async (table, index, condition) => {
  expect(await planOf(table, condition)).toContain(`Bitmap Index Scan on ${index}`);
});

/** How PostgreSQL would find these rows for a request if it had to use an index. */
function planOf(table: string, condition: string): Promise<string> {
  return withClient(database.appUrl, async (client) => {
    await client.query('set enable_seqscan = off; set enable_indexscan = off');
    const { rows } = await client.query<Record<string, string>>(
      `explain select id from app.${table} where ${condition}`,
    );
    return rows.map((row) => row['QUERY PLAN']).join('\n');
  });
}
