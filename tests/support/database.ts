import { inject } from 'vitest';
import { withClient } from '../../platform/database/with-client.ts';

/** A migrated and seeded database of its own, cloned from the run's template in about 0.1 s. */
export interface TestDatabase {
  readonly name: string;
  /** A superuser's login, for looking behind the curtain. */
  readonly adminUrl: string;
  readonly appUrl: string;
  readonly workerUrl: string;
  readonly migratorUrl: string;
  drop(): Promise<void>;
}

let made = 0;

/** Clones the template, or another database to which nobody is connected. The caller drops it, after it has closed what it opened there. */
export async function testDatabase(original?: TestDatabase): Promise<TestDatabase> {
  const { adminUrl, logins, ...cluster } = inject('cluster');
  const template = original?.name ?? cluster.template;
  made += 1;
  const name = `test_${String(process.pid)}_${String(made)}`;
  await withClient(adminUrl, async (client) => {
    await client.query(`create database ${name} template ${template}`);
    // Rights on a database itself are not cloned: what every start takes away is taken away here.
    await client.query(`revoke temporary on database ${name} from public`);
  });
  const on = (url: string): string => {
    const other = new URL(url);
    other.pathname = `/${name}`;
    return other.href;
  };
  return {
    name,
    adminUrl: on(adminUrl),
    appUrl: on(logins.appUrl),
    workerUrl: on(logins.workerUrl),
    migratorUrl: on(logins.migratorUrl),
    drop: async () => {
      await withClient(adminUrl, (client) => client.query(`drop database ${name} with (force)`));
    },
  };
}
