import { migrate, openOrm } from '../../platform/database/orm.ts';
import { withClient } from '../../platform/database/with-client.ts';
import { seedGuidance } from '../guidance/seed-guidance.ts';
import { seedVocabulary } from '../vocabulary/seed-vocabulary.ts';
import { migrations } from './index.ts';

/** Held while a database is prepared, so that processes that start together do it one after the other. Any number that nothing else locks. */
const PREPARE_LOCK = 0x70_72_65_70; // "prep"

/**
 * Brings a database to what this version of the hub needs: the schema, then the vocabulary and the guidance it ships. Doing it again changes nothing.
 * @returns the names of the migrations that ran, in order.
 */
export function prepareDatabase(logins: { migratorUrl: string; workerUrl: string }): Promise<string[]> {
  return withClient(logins.migratorUrl, async (client) => {
    await client.query('select pg_advisory_lock($1)', [PREPARE_LOCK]);
    return prepare(logins);
  });
}

async function prepare(logins: { migratorUrl: string; workerUrl: string }): Promise<string[]> {
  const ran = await migrate(logins.migratorUrl, migrations);
  const orm = await openOrm({ url: logins.workerUrl, entities: [], applicationName: 'concord-seed', poolSize: 1 });
  try {
    await orm.em.fork().transactional(async (em) => {
      await seedVocabulary(em);
      await seedGuidance(em);
    });
  } finally {
    await orm.close();
  }
  return ran;
}
