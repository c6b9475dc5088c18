import { expect, test } from 'vitest';
import { prepareDatabase } from '../../core/migrations/prepare-database.ts';
import { testDatabase } from '../support/database.ts';

test('preparing a database that is prepared runs no migration again', async () => {
  const database = await testDatabase();
  try {
    expect(await prepareDatabase(database)).toEqual([]);
  } finally {
    await database.drop();
  }
});
