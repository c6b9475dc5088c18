import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type pg from 'pg';
import type { Log } from '../log.ts';
import { claimFolder } from '../owner-lock.ts';
import { codeOf, messageOf, PlainError } from '../plain-error.ts';
import { readOrMakeSecret } from '../secrets.ts';
import { chooseAccount } from './embedded/account.ts';
import { locateNative, prepareBinaries } from './embedded/binaries.ts';
import { type Cluster, ensureCluster, SUPERUSER } from './embedded/cluster.ts';
import { freePort, launch, settle } from './embedded/launch.ts';
import type { Postmaster } from './embedded/postmaster.ts';
import { lastLines } from './embedded/server-log.ts';
import { stopPostmaster, watchPostmaster } from './embedded/stop.ts';
import { withClient } from './with-client.ts';

export const DATABASE_NAME = 'concord';

export interface EmbeddedOptions {
  /** Holds everything that is kept: the cluster, PostgreSQL's log, the secrets, the lock. */
  readonly folder: string;
  readonly log: Log;
  /** False gives up all safety against a crash of the machine for speed: for tests. */
  readonly durable: boolean;
  /** Called once, with a sentence for people, when PostgreSQL ends although nobody called `stop`. */
  readonly onExit?: (sentence: string) => void;
  readonly choosePort?: () => Promise<number>;
}

export interface EmbeddedDatabase {
  /** The superuser's login on the database `concord`. */
  readonly adminUrl: string;
  readonly port: number;
  /** The process id of PostgreSQL itself, which is not always our child. */
  readonly pid: number;
  /** Stops PostgreSQL in order and lets go of the folder; calling it again changes nothing. */
  stop(): Promise<void>;
}

/**
 * Starts the PostgreSQL that npm installed on the folder, creating it at first; takes over the one that a killed process
 * left running there. It listens on 127.0.0.1 only.
 * @throws PlainError when another process owns the folder, and whenever PostgreSQL cannot be started.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedDatabase> {
  const folder = resolve(options.folder);
  try {
    return await startIn(folder, options);
  } catch (error) {
    if (!UNUSABLE.has(codeOf(error) ?? '')) throw error;
    throw new PlainError(`The data folder ${folder} cannot be used: ${messageOf(error)}.`);
  }
}

/** What the system answers for a folder that is full, read-only, somebody else's or no folder. */
const UNUSABLE = new Set(['ENOSPC', 'EDQUOT', 'EROFS', 'EACCES', 'EPERM', 'ENOTDIR', 'EEXIST', 'EIO']);

async function startIn(folder: string, options: EmbeddedOptions): Promise<EmbeddedDatabase> {
  const lock = await claimFolder(folder);
  try {
    const logFile = join(folder, 'postgres.log');
    const password = await readOrMakeSecret(join(folder, 'secrets'), 'postgres-superuser');
    const cluster = await openCluster(folder);
    await ensureCluster(cluster, password, options.durable);

    const access = { password, durable: options.durable, folder };
    const adopted = await adopt(cluster, access);
    const choosePort = options.choosePort ?? freePort;
    const postmaster = adopted ?? (await launch({ cluster, logFile, durable: options.durable, choosePort }));
    await ensureDatabase(postmaster, access).catch(async (error: unknown) => {
      await stopPostmaster(postmaster, cluster);
      throw error;
    });
    const { pid } = postmaster.process;
    options.log.info({ port: postmaster.port, pid, adopted: adopted !== null }, 'PostgreSQL is ready');

    const watch = watchPostmaster(postmaster, async () => {
      const words = await lastLines(logFile);
      options.onExit?.(
        `PostgreSQL (process ${String(pid)}) has ended by itself. Its last words (${logFile}):\n${words}`,
      );
    });
    let stopping: Promise<void> | null = null;
    return {
      adminUrl: superuserUrl(postmaster.port, password, DATABASE_NAME),
      port: postmaster.port,
      pid,
      stop: () => {
        watch.end();
        stopping ??= stopPostmaster(postmaster, cluster).finally(() => lock.release());
        return stopping;
      },
    };
  } catch (error) {
    await lock.release();
    throw error;
  }
}

async function openCluster(folder: string): Promise<Cluster> {
  const clusterFolder = join(folder, 'postgres');
  await mkdir(folder, { recursive: true });
  const account = await chooseAccount(clusterFolder);
  const native = await locateNative();
  return { folder: clusterFolder, account, binaries: await prepareBinaries(account, native), major: native.major };
}

interface Access {
  readonly folder: string;
  readonly password: string;
  readonly durable: boolean;
}

/** Takes over what runs on the cluster already; null when nothing does, or not with the durability asked for. */
async function adopt(cluster: Cluster, access: Access): Promise<Postmaster | null> {
  const running = await settle(cluster.folder, () => true);
  if (running === null) return null;
  const fsync = await asSuperuser(running, access, async (client) => {
    const { rows } = await client.query<{ fsync: string }>('show fsync');
    return rows[0]?.fsync;
  });
  if (fsync === (access.durable ? 'on' : 'off')) return running;
  await stopPostmaster(running, cluster);
  return null;
}

async function ensureDatabase(postmaster: Postmaster, access: Access): Promise<void> {
  await asSuperuser(postmaster, access, async (client) => {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [DATABASE_NAME]);
    if (rowCount === 0) await client.query(`create database ${DATABASE_NAME}`);
  });
}

async function asSuperuser<T>(
  postmaster: Postmaster,
  access: Access,
  use: (client: pg.Client) => Promise<T>,
): Promise<T> {
  try {
    return await withClient(superuserUrl(postmaster.port, access.password, 'postgres'), use);
  } catch (error) {
    if (codeOf(error) !== '28P01') throw error;
    throw new PlainError(
      `The database in ${join(access.folder, 'postgres')} does not accept the password in ` +
        `${join(access.folder, 'secrets', 'postgres-superuser')}: restore both from the same backup.`,
    );
  }
}

function superuserUrl(port: number, password: string, database: string): string {
  return `postgresql://${SUPERUSER}:${encodeURIComponent(password)}@127.0.0.1:${String(port)}/${database}`;
}
