import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { z } from 'zod';
import { keepState, readTables } from './state.ts';

/**
 * `node tests/migrations/keep.ts DATA FILE`: keeps what the demo on this data folder holds, whose hub is running, so that the next
 * release can prove that it takes such a hub over. Give it once a release, before its first new migration.
 */
const [data = '', file = ''] = process.argv.slice(2);
const secret = async (name: string): Promise<string> => (await readFile(join(data, 'secrets', name), 'utf8')).trim();
const [, , , port = ''] = (await readFile(join(data, 'postgres', 'postmaster.pid'), 'utf8')).split('\n');
const client = new pg.Client({
  host: '127.0.0.1',
  port: Number(port),
  user: 'postgres',
  password: await secret('postgres-superuser'),
  database: 'concord',
});
await client.connect();
try {
  const { rows } = await client.query<{ name: string }>('select name from app.migration order by id desc limit 1');
  const keys = z
    .record(z.string(), z.union([z.string(), z.object({ key: z.string() }).transform(({ key }) => key)]))
    .parse(JSON.parse(await readFile(join(data, 'demo-keys.json'), 'utf8')));
  await keepState(file, {
    release: rows[0]?.name ?? '',
    hubSecret: await secret('hub'),
    key: keys['coordinator'] ?? '',
    keptAt: new Date().toISOString(),
    tables: await readTables(client),
  });
} finally {
  await client.end();
}
