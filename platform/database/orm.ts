import { Migrator, type Migration } from '@mikro-orm/migrations';
import {
  type Constructor,
  type EntityClass,
  type EntitySchema,
  MikroORM,
  PostgreSqlConnection,
} from '@mikro-orm/postgresql';
import type pg from 'pg';
import { forgetLostConnections } from './lost-connections.ts';
import { withUser } from './login-url.ts';
import { OnceReader } from './read-once.ts';
import type { PoolUse } from '../telemetry/process-metrics.ts';
import { cutSilentConnections } from './silent-connections.ts';
import { SnapshotReader } from './snapshot.ts';

export interface OrmOptions {
  readonly url: string;
  readonly entities: readonly (EntityClass | EntitySchema)[];
  /** Connections kept by this process; PostgreSQL's own limit is shared by all processes. */
  readonly poolSize?: number;
  /** Shown in `pg_stat_activity`, so that an operator can tell server from worker. */
  readonly applicationName: string;
  /**
   * Requests wait for nothing long: no statement takes more than 5 s, none waits more than 1 s for another's lock, and nobody more than
   * 2 s for a connection. With a line that fell silent, and 2 s to look up who asks (server/auth/sign-in.ts), whoever asks has an answer
   * within 10 s. Else it is 30 s and 12 s.
   */
  readonly forRequests?: true;
}

const PATIENCE_MS = 30_000;
const PATIENCE_OF_REQUESTS_MS = 5_000;
const LONGEST_LOCK_OF_REQUESTS_MS = 1_000;
/** Dates and times mean the same on a PostgreSQL that was set up to tell the time of its town. */
export const TIME_OF_SESSIONS = '-c timezone=UTC';
/** By how much a line must be more silent than any statement, so that a slow answer is not taken for a cut cable. */
const SILENT_FOR_MORE_MS = 500;

/** Opens MikroORM on a given login; the caller closes it. Entities and migrations are arguments, so that platform knows no domain. */
export function openOrm(options: OrmOptions): Promise<MikroORM> {
  const patienceMs = options.forRequests ? PATIENCE_OF_REQUESTS_MS : PATIENCE_MS;
  return MikroORM.init({
    clientUrl: options.url,
    entities: [...options.entities],
    // A process that only relays or seeds has none.
    discovery: { warnWhenNoEntities: false },
    forceUtcTimezone: true,
    // A day is a civil date and travels as text; MikroORM must not turn it into an instant.
    pool: { min: 0, max: options.poolSize ?? 10 },
    driverOptions: {
      application_name: options.applicationName,
      options: TIME_OF_SESSIONS,
      ...(options.forRequests && { lock_timeout: LONGEST_LOCK_OF_REQUESTS_MS }),
      statement_timeout: patienceMs,
      // Whoever wants a connection waits for one two fifths as long.
      connectionTimeoutMillis: 0.4 * patienceMs,
      onPoolCreated: (pool: pg.Pool) => {
        forgetLostConnections(pool);
        cutSilentConnections(pool, patienceMs + SILENT_FOR_MORE_MS);
      },
    },
    // Identity maps live as long as one unit of work; a forgotten fork is a bug, not a cache.
    allowGlobalContext: false,
    metadataCache: { enabled: false },
    ensureDatabase: false,
  });
}

/**
 * A replica, on the login of the requests: the logins of a replica are those of its primary. Nobody connects yet, so that a replica
 * that is away stops no start. Null where there is none.
 */
export async function openReplica(
  replicaUrl: string | null,
  appUrl: string,
  entities: OrmOptions['entities'],
): Promise<MikroORM | null> {
  if (replicaUrl === null) return null;
  const { username, password } = new URL(appUrl);
  const url = withUser(replicaUrl, decodeURIComponent(username), decodeURIComponent(password));
  return openOrm({ url, entities, applicationName: 'concord-server-reads', forRequests: true });
}

/** Reads on the same connections. */
export function onceReader(orm: MikroORM): OnceReader {
  return new OnceReader(() => poolOf(orm));
}

/** Reads long lists on the same connections. */
export function snapshotReader(orm: MikroORM): SnapshotReader {
  return new SnapshotReader(() => poolOf(orm));
}

/** How the connections are used. */
export function poolUse(orm: MikroORM): () => Promise<PoolUse> {
  return () => poolOf(orm);
}

function poolOf(orm: MikroORM): ReturnType<PostgreSqlConnection['getNativeClient']> {
  const connection = orm.em.getDriver().getConnection();
  if (!(connection instanceof PostgreSqlConnection)) throw new Error('this reads from PostgreSQL only');
  return connection.getNativeClient();
}

/** Whoever waits for a table's lock keeps everybody behind it waiting: rather the start fails, and is made again. */
const MIGRATION_LOCK_TIMEOUT = '10s';

export interface MigrationStep {
  readonly name: string;
  readonly class: Constructor<Migration>;
}

/**
 * Runs all pending migrations in one transaction as the owner role.
 * @returns the names of the migrations that ran, in order; empty when the schema was up to date.
 */
export async function migrate(migratorUrl: string, steps: readonly MigrationStep[]): Promise<string[]> {
  const orm = await MikroORM.init({
    clientUrl: migratorUrl,
    entities: [],
    discovery: { warnWhenNoEntities: false },
    extensions: [Migrator],
    ensureDatabase: false,
    pool: { min: 0, max: 1 },
    driverOptions: {
      application_name: 'concord-migrate',
      options: `${TIME_OF_SESSIONS} -c role=concord_owner -c search_path=app,public -c lock_timeout=${MIGRATION_LOCK_TIMEOUT}`,
    },
    migrations: {
      migrationsList: [...steps],
      // With its schema: MikroORM would look for it in public, and not find it when it is there.
      tableName: 'app.migration',
      allOrNothing: true,
      snapshot: false,
      silent: true,
    },
  });
  try {
    const ran = await orm.migrator.up();
    return ran.map((step) => step.name);
  } finally {
    await orm.close();
  }
}
