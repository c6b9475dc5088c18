import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { Sheet } from '../../../engine/index.ts';
import { startEmbedded } from '../../../platform/database/embedded.ts';
import { createLog } from '../../../platform/log.ts';
import { cpuMsOfTree } from '../../api/cpu.ts';
import { postingsOf, profilesOf } from '../cells.ts';
import { type Found, type Side, sums } from './side.ts';
import { ALL_PAIRS, postingValues, profileValues, TABLES, topLists } from './sql.ts';

const CHUNK = 20_000;

/** PostgreSQL with the best SQL found: a btree on cell and start, and DISTINCT for those in several cells. */
export async function openPostgres(sheet: Sheet, threads: number): Promise<Side> {
  const folder = await mkdtemp(join(tmpdir(), 'concord-bench-'));
  const embedded = await startEmbedded({ folder, log: createLog('warn'), durable: false });
  const client = new pg.Client({ connectionString: embedded.adminUrl });
  await client.connect();
  await client.query(`${TABLES}; set work_mem = '1GB'; set jit = off;
    set max_parallel_workers_per_gather = ${String(threads - 1)}`);
  await insert(client, 'posting', [...postingsOf(sheet)].map(postingValues));
  await insert(client, 'profile', [...profilesOf(sheet)].map(profileValues));
  await client.query('create index on posting (cell, start); create unique index on profile (row)');
  await client.query('vacuum analyze posting');
  await client.query('vacuum analyze profile');
  const first = async (query: string): Promise<Record<string, string>> => {
    const { rows } = await client.query<Record<string, string>>(query);
    if (rows[0] === undefined) throw new Error('PostgreSQL did not answer');
    return rows[0];
  };
  return {
    all: async (): Promise<Found> => {
      const { pairs, lower = '', higher = '' } = await first(ALL_PAIRS);
      return { pairs: Number(pairs), checksum: sums(BigInt(lower), BigInt(higher)) };
    },
    top: async (k) => {
      const { pairs, strengths = '' } = await first(topLists(k, (bits) => `bit_count((${bits})::bit(64))`));
      return { pairs: Number(pairs), checksum: strengths };
    },
    cpuMs: () => cpuMsOfTree(embedded.pid),
    close: async () => {
      await client.end();
      await embedded.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Rows as one array a column: the fastest way in without a stream. */
async function insert(client: pg.Client, table: string, rows: readonly (readonly unknown[])[]): Promise<void> {
  const types = table === 'posting' ? POSTING_TYPES : PROFILE_TYPES;
  const unnest = types.map((type, at) => `$${String(at + 1)}::${type}[]`).join(', ');
  for (let from = 0; from < rows.length; from += CHUNK) {
    const chunk = rows.slice(from, from + CHUNK);
    const columns = types.map((_, at) => chunk.map((row) => row[at]));
    await client.query(`insert into ${table} select * from unnest(${unnest})`, columns);
  }
}

const INTEGERS = ['int', 'int', 'int', 'int'];
const POSTING_TYPES = [...INTEGERS, 'int', 'boolean', 'bigint', 'int', 'boolean', 'bigint', 'bigint'];
const PROFILE_TYPES = [...INTEGERS, 'bigint', 'bigint', 'bigint', 'bigint'];
