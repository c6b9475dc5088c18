import { type BackendFactory, type IQueueBackend, createPostgresBackend, runMigrations } from 'bullmq';
import type pg from 'pg';
import { TIME_OF_SESSIONS } from '../database/orm.ts';
import { withClient } from '../database/with-client.ts';

/** Each Queue and Worker has a pool of its own; its statements are short, so two connections keep it busy. */
const POOL_SIZE = 2;

/** BullMQ's PostgreSQL backend inside one schema; the connection option of its queues is the URL. */
export function postgresBackend(schema: string): BackendFactory<IQueueBackend, string> {
  return (name, options, extra) => {
    const { connection: connectionString } = options;
    const connection = { connectionString, schema, max: POOL_SIZE, keepAlive: true, options: TIME_OF_SESSIONS };
    return createPostgresBackend(name, { ...options, connection }, extra);
  };
}

/** Brings BullMQ's tables in the schema up to date; several processes may call this at once. */
export async function prepareSchema(url: string, schema: string): Promise<void> {
  await withClient(url, (client) =>
    runMigrations({ query: (text, params) => withoutCreateSchema(client, text, params) }, schema),
  );
}

/**
 * The schema exists since the logins do. `create schema if not exists` would still ask for the right to create schemas in the
 * whole database, which the worker login does not have and shall not get.
 */
async function withoutCreateSchema<Row>(
  client: pg.Client,
  text: string,
  params?: readonly unknown[],
): Promise<{ rows: Row[] }> {
  if (text.startsWith('CREATE SCHEMA')) return { rows: [] };
  const { rows } = await client.query(text, params ? [...params] : undefined);
  return { rows };
}
