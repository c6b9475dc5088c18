import { DuckDBInstance } from '@duckdb/node-api';
import type { Sheet } from '../../engine/index.ts';
import { postingsOf, profilesOf } from '../engine/cells.ts';
import { type Side, sums } from '../engine/sides/side.ts';
import { ALL_PAIRS, postingValues, profileValues, TABLES, topLists } from '../engine/sides/sql.ts';

/** DuckDB in memory, with as many threads as we have; it joins by hashing the cells. */
export async function openDuckDb(sheet: Sheet, threads: number): Promise<Side> {
  const instance = await DuckDBInstance.create(':memory:', { threads: String(threads) });
  const connection = await instance.connect();
  for (const table of TABLES.split(';')) await connection.run(table);
  const append = async (table: string, rows: Iterable<readonly (number | bigint | boolean)[]>): Promise<void> => {
    const appender = await connection.createAppender(table);
    for (const row of rows) {
      for (const value of row) {
        if (typeof value === 'bigint') appender.appendBigInt(value);
        else if (typeof value === 'boolean') appender.appendBoolean(value);
        else appender.appendInteger(value);
      }
      appender.endRow();
    }
    appender.closeSync();
  };
  await append('posting', [...postingsOf(sheet)].map(postingValues));
  await append('profile', [...profilesOf(sheet)].map(profileValues));
  const first = async (query: string): Promise<bigint[]> => {
    const reader = await connection.runAndReadAll(query);
    const [row] = reader.getRows();
    if (row === undefined) throw new Error('DuckDB did not answer');
    return row.map((value) => BigInt(String(value)));
  };
  return {
    all: async () => {
      const [pairs, lower = 0n, higher = 0n] = await first(ALL_PAIRS);
      return { pairs: Number(pairs), checksum: sums(lower, higher) };
    },
    top: async (k) => {
      const [pairs, strengths] = await first(topLists(k, (bits) => `bit_count(${bits})`));
      return { pairs: Number(pairs), checksum: String(strengths) };
    },
    cpuMs: null,
    close: async () => {
      connection.closeSync();
    },
  };
}
