import { spawn, type ChildProcess } from 'node:child_process';
import { chown, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { codeOf, messageOf, PlainError } from '../../plain-error.ts';
import { type Account, canReach } from './account.ts';
import type { Binaries } from './binaries.ts';
import { explain, tail } from './server-log.ts';

export const SUPERUSER = 'postgres';

/** A cluster's folder and whom its programs run as. */
export interface Cluster {
  readonly folder: string;
  readonly account: Account;
  readonly binaries: Binaries;
  /** PostgreSQL's major version. */
  readonly major: string;
}

export interface Program {
  readonly path: string;
  readonly args: readonly string[];
  readonly stdio: 'pipe' | ['ignore', number, number];
}

/**
 * Runs one of PostgreSQL's programs on the cluster folder, in a session of its own: Ctrl-C in the terminal is for us,
 * who stop PostgreSQL last.
 *
 * The account may be unable to reach the folder although it owns it (a project below a 0700 home). Node enters the
 * working folder before it changes the account, and /proc/self/cwd leads back to it past the closed door.
 */
export async function runProgram(cluster: Cluster, folder: string, program: Program): Promise<ChildProcess> {
  const behindClosedDoor = process.platform === 'linux' && !(await canReach(folder, cluster.account));
  return spawn(program.path, ['-D', behindClosedDoor ? '/proc/self/cwd' : folder, ...program.args], {
    cwd: folder,
    stdio: program.stdio,
    detached: process.platform !== 'win32',
    windowsHide: true,
    // The messages are parsed, so they must not be translated; nothing else of our environment is its business.
    env: { PATH: process.env['PATH'], SystemRoot: process.env['SystemRoot'], LC_ALL: 'C', TZ: 'UTC' },
    ...(cluster.account ?? {}),
  });
}

/**
 * Creates the cluster unless it is there. It is made under another name and renamed when complete, so that what an
 * interrupted first start leaves is never taken for a database.
 * @throws PlainError when initdb fails, or the folder holds the data of another major version.
 */
export async function ensureCluster(cluster: Cluster, password: string, durable: boolean): Promise<void> {
  const version = await readFile(join(cluster.folder, 'PG_VERSION'), 'utf8').catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  });
  if (version?.trim() === cluster.major) return;
  if (version !== null) {
    throw new PlainError(
      `The data in ${cluster.folder} was written by PostgreSQL ${version.trim()}, this is PostgreSQL ${cluster.major}: ` +
        'move it over with pg_dump and pg_restore (docs/operations.md), or set CONCORD_DATA to another folder.',
    );
  }

  const draft = `${cluster.folder}.new`;
  await rm(draft, { recursive: true, force: true });
  await makeOwnFolder(draft, cluster.account);
  try {
    await runInitdb(cluster, draft, password, durable);
    await rename(draft, cluster.folder);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    throw error;
  }
}

async function runInitdb(cluster: Cluster, folder: string, password: string, durable: boolean): Promise<void> {
  const passwordFolder = await mkdtemp(join(tmpdir(), 'concord-initdb-'));
  try {
    const passwordFile = join(passwordFolder, 'password');
    await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
    if (cluster.account !== null) {
      await chown(passwordFile, cluster.account.uid, cluster.account.gid);
      await chown(passwordFolder, cluster.account.uid, cluster.account.gid);
    }
    const child = await runProgram(cluster, folder, {
      path: cluster.binaries.initdb,
      args: [
        `--username=${SUPERUSER}`,
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        // Without these the encoding follows the environment, and is SQL_ASCII where LANG is not set.
        '--encoding=UTF8',
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
        '--no-instructions',
        ...(durable ? [] : ['--no-sync']),
      ],
      stdio: 'pipe',
    });
    await initdbSucceeded(child, cluster.folder);
  } finally {
    await rm(passwordFolder, { recursive: true, force: true });
  }
}

function initdbSucceeded(child: ChildProcess, folder: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let output = '';
    const collect = (chunk: Buffer): void => {
      output += chunk.toString('utf8');
    };
    child.stdout?.on('data', collect);
    child.stderr?.on('data', collect);
    child.once('error', (error) => {
      reject(cannotRun(child.spawnfile, error));
    });
    child.once('close', (code, signal) => {
      if (code === 0) resolve();
      else
        reject(
          new PlainError(
            initdbFailure(folder, code === null ? `signal ${String(signal)}` : `code ${String(code)}`, output),
          ),
        );
    });
  });
}

function initdbFailure(folder: string, how: string, output: string): string {
  const cause = explain(output) ?? `initdb ended with ${how}.`;
  return `PostgreSQL could not create its database in ${folder}. ${cause} Its last words:\n${tail(output)}`;
}

/** The sentence for a program the system would not even start. */
export function cannotRun(path: string, error: unknown): PlainError {
  return new PlainError(
    `PostgreSQL's program ${path} cannot be run on this system (${messageOf(error)}). It is built for glibc; ` +
      'elsewhere, set DATABASE_URL to a PostgreSQL that is already running.',
  );
}

async function makeOwnFolder(folder: string, account: Account): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if (account !== null) await chown(folder, account.uid, account.gid);
}
