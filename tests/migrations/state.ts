import { readFile, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { brotliCompress, brotliDecompress, constants } from 'node:zlib';
import pg from 'pg';
import { z } from 'zod';

/** What a hub of an earlier release held: the rows of every table of `app`, and what its keys are checked with. */
const stateSchema = z.object({
  /** The last migration that had run. */
  release: z.string(),
  /** The hub's secret: of a demo that nobody uses. */
  hubSecret: z.string(),
  /** A coordinator's key. */
  key: z.string(),
  /** ISO 8601: keys end, so the hub is opened as of this moment. */
  keptAt: z.string(),
  tables: z.record(z.string(), z.array(z.record(z.string(), z.unknown()))),
});
export type State = z.infer<typeof stateSchema>;

/** Tables that tell of a database and not of the hub in it. */
const LEFT_OUT = ['migration', 'worker_heartbeat'];

/** Reads every row as the client, a superuser's, finds it. */
export async function readTables(client: pg.Client): Promise<State['tables']> {
  const tables: State['tables'] = {};
  for (const name of await tableNames(client)) {
    const { rows } = await client.query<{ rows: State['tables'][string] }>(
      `select coalesce(json_agg(t), '[]') as rows from app.${pg.escapeIdentifier(name)} t`,
    );
    tables[name] = rows[0]?.rows ?? [];
  }
  return tables;
}

/** Puts rows back into tables as they were when the rows were read, past triggers and foreign keys, which held already. */
export async function writeTables(client: pg.Client, tables: State['tables']): Promise<void> {
  await client.query('begin; set local session_replication_role = replica');
  for (const [name, rows] of Object.entries(tables)) {
    const table = `app.${pg.escapeIdentifier(name)}`;
    const columns = (await storedColumns(client, name)).map((column) => pg.escapeIdentifier(column)).join(', ');
    await client.query(`delete from ${table}`);
    await client.query(
      `insert into ${table} (${columns}) overriding system value
       select ${columns} from json_populate_recordset(null::${table}, $1)`,
      [JSON.stringify(rows)],
    );
  }
  for (const { table, column } of await identities(client))
    await client.query(
      `select setval(pg_get_serial_sequence($1, $2), greatest((select max(${pg.escapeIdentifier(column)}) from ${table}), 1))`,
      [table, column],
    );
  await client.query('commit');
}

/** How many rows each table holds. */
export async function countTables(client: pg.Client, names: readonly string[]): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const name of names) {
    const { rows } = await client.query<{ count: number }>(
      `select count(*)::int as count from app.${pg.escapeIdentifier(name)}`,
    );
    counts[name] = rows[0]?.count ?? 0;
  }
  return counts;
}

export async function loadState(file: string): Promise<State> {
  return stateSchema.parse(JSON.parse((await promisify(brotliDecompress)(await readFile(file))).toString('utf8')));
}

export async function keepState(file: string, state: State): Promise<void> {
  const packed = await promisify(brotliCompress)(JSON.stringify(state), {
    params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY },
  });
  await writeFile(file, packed);
}

async function tableNames(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select relname as name from pg_class where relnamespace = 'app'::regnamespace and relkind = 'r'
     and relname <> all($1) order by relname collate "C"`,
    [LEFT_OUT],
  );
  return rows.map(({ name }) => name);
}

async function storedColumns(client: pg.Client, table: string): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select attname as name from pg_attribute where attrelid = ('app.' || quote_ident($1))::regclass
     and attnum > 0 and not attisdropped and attgenerated = '' order by attnum`,
    [table],
  );
  return rows.map(({ name }) => name);
}

async function identities(client: pg.Client): Promise<{ table: string; column: string }[]> {
  const { rows } = await client.query<{ table: string; column: string }>(
    `select attrelid::regclass::text as table, attname as column from pg_attribute join pg_class c on c.oid = attrelid
     where c.relnamespace = 'app'::regnamespace and c.relkind = 'r' and attidentity <> '' and c.relname <> all($1)`,
    [LEFT_OUT],
  );
  return rows;
}
