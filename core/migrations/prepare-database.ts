import { migrate, openOrm } from '../../platform/database/orm.ts';
import { seedVocabulary } from '../vocabulary/seed-vocabulary.ts';
import { migrations } from './index.ts';

/**
 * Brings a database to what this version of the hub needs: the schema, then the vocabulary it ships. Doing it again changes nothing.
 * @returns the names of the migrations that ran, in order.
 */
export async function prepareDatabase(logins: { migratorUrl: string; workerUrl: string }): Promise<string[]> {
  const ran = await migrate(logins.migratorUrl, migrations);
  const orm = await openOrm({ url: logins.workerUrl, entities: [], applicationName: 'concord-seed', poolSize: 1 });
  try {
    await orm.em.fork().transactional((em) => seedVocabulary(em));
  } finally {
    await orm.close();
  }
  return ran;
}
