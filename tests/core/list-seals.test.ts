import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import pg from 'pg';
import { sealFrom } from '../../core/overlaps/list-seals.ts';
import { hashNumber, hashText } from '../../platform/database/hash.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';

let database: TestDatabase;
let client: pg.Client;

beforeAll(async () => {
  database = await testDatabase();
  client = new pg.Client(database.adminUrl);
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await database.drop();
});

test('seals are those of PostgreSQL, to the last bit', async () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 40 }).filter((value) => !value.includes('\0'));
  const value = fc.tuple(text, fc.double({ noNaN: true }));
  const values = fc.sample(value, { numRuns: 5_000, seed: 7 });
  const { rows } = await client.query<{ hash: string }>(
    `select '1 ' || hashfloat8extended(value, hashtextextended(key, 0)) as hash
      from unnest($1::text[], $2::float8[]) with ordinality as given (key, value, at) order by at`,
    [values.map(([key]) => key), values.map(([, number]) => String(Object.is(number, -0) ? '-0' : number))],
  );
  const ours = values.map(([key, number]) => sealFrom(1, hashNumber(number, hashText(key))));
  expect(ours).toEqual(rows.map(({ hash }) => hash));
});
