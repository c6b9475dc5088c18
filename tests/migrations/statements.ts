import type { Migration } from '@mikro-orm/migrations';
import type { MigrationStep } from '../../platform/database/orm.ts';

/** The statements of a migration, as it hands them to PostgreSQL. */
export async function statementsOf(step: MigrationStep): Promise<string> {
  // It asks neither driver nor configuration for anything: it only adds statements.
  const migration: Migration = Reflect.construct(step.class, []);
  await migration.up();
  return migration
    .getQueries()
    .map((query) => `${String(query).trim().replace(/;$/, '')};`)
    .join('\n');
}
