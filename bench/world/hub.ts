import { access, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';
import { prepareDatabase } from '../../core/migrations/prepare-database.ts';
import { type EmbeddedDatabase, startEmbedded } from '../../platform/database/embedded.ts';
import { ensureLogins, type Logins } from '../../platform/database/logins.ts';
import { withClient } from '../../platform/database/with-client.ts';
import { createLog } from '../../platform/log.ts';
import { type RegistrySize, writeRegistry } from './registry.ts';

/** An embedded PostgreSQL with a registry in it, in a folder that goes when it is closed. */
export interface BenchHub {
  readonly folder: string;
  readonly logins: Logins;
  readonly adminUrl: string;
  /** The process id of PostgreSQL; its other processes are its children. */
  readonly postgresPid: number;
  close(): Promise<void>;
}

/** @param settings of PostgreSQL beside Concord's own, also those that it reads only when it starts */
export async function openBenchHub(
  size: RegistrySize,
  write: (client: pg.Client, size: RegistrySize) => Promise<void> = writeRegistry,
  settings: Readonly<Record<string, string>> = {},
): Promise<BenchHub> {
  const folder = await mkdtemp(join(tmpdir(), 'concord-bench-'));
  return openIn(
    folder,
    () => rm(folder, { recursive: true, force: true }),
    (client) => write(client, size),
    settings,
  );
}

/** A hub that stays in a folder for the next run of the same size; `load` is run when it is not loaded yet, and whenever it was not finished. */
export async function openKeptHub(
  folder: string,
  size: RegistrySize,
  write: (client: pg.Client, size: RegistrySize) => Promise<void>,
  load: (hub: BenchHub) => Promise<void>,
  settings: Readonly<Record<string, string>> = {},
): Promise<BenchHub> {
  const kept = join(folder, `${String(size.entries)}-${String(size.seed)}`);
  const loaded = join(kept, 'loaded');
  const isLoaded = await access(loaded).then(
    () => true,
    () => false,
  );
  if (!isLoaded) await rm(kept, { recursive: true, force: true });
  await mkdir(kept, { recursive: true });
  const hub = await openIn(
    kept,
    () => Promise.resolve(),
    (client) => (isLoaded ? Promise.resolve() : write(client, size)),
    settings,
  );
  if (isLoaded) return hub;
  try {
    await load(hub);
    await writeFile(loaded, '');
    return hub;
  } catch (error) {
    await hub.close();
    throw error;
  }
}

async function openIn(
  folder: string,
  leave: () => Promise<void>,
  write: (client: pg.Client) => Promise<void>,
  settings: Readonly<Record<string, string>> = {},
): Promise<BenchHub> {
  const embedded = await startWith(folder, settings);
  const close = async (): Promise<void> => {
    await embedded.stop();
    await leave();
  };
  try {
    const logins = await ensureLogins(embedded.adminUrl, join(folder, 'secrets'));
    await prepareDatabase(logins);
    await withClient(embedded.adminUrl, async (client) => {
      await client.query('set role concord_owner');
      await client.query('set search_path = app, public');
      await write(client);
    });
    return { folder, logins, adminUrl: embedded.adminUrl, postgresPid: embedded.pid, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function startWith(folder: string, settings: Readonly<Record<string, string>>): Promise<EmbeddedDatabase> {
  const start = (): Promise<EmbeddedDatabase> => startEmbedded({ folder, log: createLog('warn'), durable: false });
  const embedded = await start();
  if (Object.keys(settings).length === 0) return embedded;
  await withClient(embedded.adminUrl, async (client) => {
    for (const [name, value] of Object.entries(settings))
      await client.query(
        `alter system set ${name} = ${value
          .split(', ')
          .map((part) => client.escapeLiteral(part))
          .join(', ')}`,
      );
  });
  await embedded.stop();
  return start();
}
