import { join, resolve } from 'node:path';
import type { Config } from '../config.ts';
import { readOrMakeSecret } from '../secrets.ts';
import { DATABASE_NAME } from './embedded.ts';
import { SUPERUSER } from './embedded/cluster.ts';
import { findPostmaster } from './embedded/postmaster.ts';
import type { Database } from './database.ts';
import { ensureLogins } from './logins.ts';

/**
 * Joins the embedded PostgreSQL that a running hub has started on the data folder, without owning it; null when none is ready.
 * For commands that an operator gives beside a running hub.
 */
export async function joinDatabase(config: Config): Promise<Database | null> {
  if (config.database.kind !== 'embedded') return null;
  const folder = resolve(config.dataFolder);
  const running = await findPostmaster(join(folder, 'postgres'));
  if (running?.state !== 'ready') return null;
  const secretsFolder = join(folder, 'secrets');
  const password = encodeURIComponent(await readOrMakeSecret(secretsFolder, 'postgres-superuser'));
  const adminUrl = `postgresql://${SUPERUSER}:${password}@127.0.0.1:${String(running.port)}/${DATABASE_NAME}`;
  return { kind: 'embedded', logins: await ensureLogins(adminUrl, secretsFolder), stop: () => Promise.resolve() };
}
