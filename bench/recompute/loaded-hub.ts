import { withClient } from '../../platform/database/with-client.ts';
import { type BenchHub, openBenchHub, openKeptHub } from '../world/hub.ts';
import { writeMatchingRegistry } from '../world/matching-registry.ts';
import type { RegistrySize } from '../world/registry.ts';
import { openRecomputing } from './open-recomputing.ts';

/** What an operator gives a PostgreSQL with millions of rows. */
const LARGE = { shared_buffers: '3GB', max_wal_size: '8GB' };

/** A hub in which everything is found and stored. @param folder where it stays for the next run; undefined: nowhere @param settings of PostgreSQL beside what one with millions of rows is given */
export async function openLoadedHub(
  size: RegistrySize,
  folder: string | undefined,
  say: (words: string) => void,
  settings: Readonly<Record<string, string>> = {},
): Promise<BenchHub> {
  const load = (hub: BenchHub): Promise<void> => findAllQuietly(hub, say);
  if (folder !== undefined) return openKeptHub(folder, size, writeMatchingRegistry, load, { ...LARGE, ...settings });
  const hub = await openBenchHub(size, writeMatchingRegistry, { ...LARGE, ...settings });
  try {
    await load(hub);
    return hub;
  } catch (error) {
    await hub.close();
    throw error;
  }
}

/** Everything found and stored, and nobody to be told of it: the millions of notices of a load are not what is measured. */
async function findAllQuietly(hub: BenchHub, say: (words: string) => void): Promise<void> {
  await findAll(hub, say);
  await withClient(hub.adminUrl, async (client) => {
    await client.query('set statement_timeout = 0');
    await client.query('truncate app.outbox_event');
    await client.query('vacuum (analyze)');
  });
}

/** Everything found and stored. */
export async function findAll(hub: BenchHub, say: (words: string) => void): Promise<void> {
  const recomputing = await openRecomputing(hub, 1);
  try {
    await recomputing.footprints(say);
    await recomputing.lists(say);
  } finally {
    await recomputing.close();
  }
}
