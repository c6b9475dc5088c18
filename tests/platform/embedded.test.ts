import { execFile, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmod, chown, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { type EmbeddedDatabase, type EmbeddedOptions, startEmbedded } from '../../platform/database/embedded.ts';
import { freePort } from '../../platform/database/embedded/launch.ts';
import { findPostmaster } from '../../platform/database/embedded/postmaster.ts';
import { withClient } from '../../platform/database/with-client.ts';
import { createLog } from '../../platform/log.ts';
import { PlainError } from '../../platform/plain-error.ts';
import { identifyProcess } from '../../platform/process-identity.ts';
import { hold, temporaryFolder } from './holder.ts';

const asRoot = process.geteuid?.() === 0;
const NOBODY = { uid: 65_534, gid: 65_534 };

/** False where the checkout lies in a folder that others may not enter, such as one made by mktemp: nobody could run anything there. */
function nobodyMayRunNode(): boolean {
  return spawnSync('node_modules/.bin/node', ['--version'], NOBODY).status === 0;
}

/** A data folder whose database exists and is stopped; copying one takes a fraction of making one. */
let usedOnce: string;
beforeAll(async () => {
  usedOnce = await mkdtemp(join(tmpdir(), 'concord-platform-'));
  const database = await startEmbedded({ folder: usedOnce, log: createLog('silent'), durable: false });
  await database.stop();
});
afterAll(() => rm(usedOnce, { recursive: true, force: true }));

async function usedFolder(): Promise<string> {
  const folder = await temporaryFolder(onTestFinished);
  // Node's own copy would not keep the owner.
  await promisify(execFile)('cp', ['-a', `${usedOnce}/.`, folder]);
  return folder;
}

async function start(folder: string, options: Partial<EmbeddedOptions> = {}): Promise<EmbeddedDatabase> {
  const database = await startEmbedded({ folder, log: createLog('silent'), durable: false, ...options });
  onTestFinished(() => database.stop());
  return database;
}

async function ask(url: string, question: string): Promise<unknown> {
  return withClient(url, async (client) => {
    const { rows } = await client.query<{ answer: unknown }>(question);
    return rows[0]?.answer;
  });
}

test('a new folder gets a UTF-8 database that listens on the loopback address alone and keeps its rows', async () => {
  const folder = await temporaryFolder(onTestFinished);
  const first = await start(folder, { durable: true });
  expect(await ask(first.adminUrl, `select current_setting('server_encoding') as answer`)).toBe('UTF8');
  expect(await ask(first.adminUrl, `select current_setting('listen_addresses') as answer`)).toBe('127.0.0.1');
  expect(await ask(first.adminUrl, `select current_setting('fsync') as answer`)).toBe('on');
  await ask(first.adminUrl, `create table kept as select 'ärger' as word`);
  await first.stop();
  expect(await identifyProcess(first.pid)).toBeNull();

  const second = await start(folder);
  expect(await ask(second.adminUrl, `select upper(word) as answer from kept`)).toBe('ÄRGER');
});

test('a second start on the same folder names the owner and leaves its database running', async () => {
  const folder = await usedFolder();
  const holder = await hold(folder);
  await expect(start(folder)).rejects.toThrow(
    `${folder} is in use by process ${String(holder.child.pid)}: stop that one first, or set CONCORD_DATA to another folder.`,
  );
  expect(await ask(holder.adminUrl, 'select 1 as answer')).toBe(1);
  expect(await holder.end()).toBe(0);
});

test('the PostgreSQL that a killed process left behind is taken over, not started anew', async () => {
  const folder = await usedFolder();
  const holder = await hold(folder);
  await ask(holder.adminUrl, 'create table kept as select 7 as number');
  await holder.kill();
  expect(await identifyProcess(holder.postgresPid)).not.toBeNull();

  const database = await start(folder);
  expect(database.pid).toBe(holder.postgresPid);
  expect(await ask(database.adminUrl, 'select number as answer from kept')).toBe(7);
  await database.stop();
  expect(await identifyProcess(holder.postgresPid)).toBeNull();
});

test('a left-behind PostgreSQL without durability is restarted for a start that asks for it', async () => {
  const folder = await usedFolder();
  const holder = await hold(folder);
  await holder.kill();
  const database = await start(folder, { durable: true });
  expect(database.pid).not.toBe(holder.postgresPid);
  expect(await ask(database.adminUrl, `select current_setting('fsync') as answer`)).toBe('on');
});

test('a crashed PostgreSQL is reported once, and the next start recovers what was committed', async () => {
  const folder = await usedFolder();
  const reports: string[] = [];
  const reported = Promise.withResolvers<undefined>();
  const crashed = await start(folder, {
    durable: true,
    onExit: (sentence) => {
      reports.push(sentence);
      reported.resolve(undefined);
    },
  });
  await ask(crashed.adminUrl, 'create table kept as select 7 as number');
  process.kill(crashed.pid, 'SIGKILL');
  await reported.promise;
  await crashed.stop();
  expect(reports).toHaveLength(1);
  expect(reports[0]).toContain(`PostgreSQL (process ${String(crashed.pid)}) has ended by itself.`);

  const recovered = await start(folder);
  expect(await ask(recovered.adminUrl, 'select number as answer from kept')).toBe(7);
});

test.runIf(process.platform === 'linux')(
  'a process of a killed PostgreSQL that is too busy to notice does not keep the next start waiting',
  async () => {
    const folder = await usedFolder();
    const killed = await start(folder);
    const busy = withClient(killed.adminUrl, async (client) => {
      const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
      return {
        pid: rows[0]?.pid ?? 0,
        lost: client.query('select count(*) from generate_series(1, 1e12)').catch(() => 'lost'),
      };
    });
    const { pid, lost } = await busy;
    process.kill(killed.pid, 'SIGKILL');
    await killed.stop();
    expect(await identifyProcess(pid)).not.toBeNull();

    const next = await start(folder);
    expect(await ask(next.adminUrl, 'select 1 as answer')).toBe(1);
    expect(await identifyProcess(pid)).toBeNull();
    expect(await lost).toBe('lost');
  },
);

test('a stop that was asked for is not reported', async () => {
  const folder = await usedFolder();
  const reports: string[] = [];
  const database = await start(folder, { onExit: (sentence) => reports.push(sentence) });
  await Promise.all([database.stop(), database.stop()]);
  expect(reports).toEqual([]);
  expect(await identifyProcess(database.pid)).toBeNull();
});

test('a port that somebody else took in the meantime is given up for another', async () => {
  const folder = await usedFolder();
  const squatter = createServer();
  const taken = await freePort();
  await new Promise<void>((resolve) => squatter.listen(taken, '127.0.0.1', resolve));
  onTestFinished(() => void squatter.close());
  const free = await freePort();
  const offers = [taken, free];
  const database = await start(folder, { choosePort: async () => offers.shift() ?? (await freePort()) });
  expect(database.port).toBe(free);
});

test('a left-over postmaster.pid whose number now belongs to another process does not prevent a start', async () => {
  const folder = await usedFolder();
  const first = await start(folder);
  const pidFile = join(folder, 'postgres', 'postmaster.pid');
  const [, ...rest] = (await readFile(pidFile, 'utf8')).split('\n');
  await first.stop();
  // Of PostgreSQL's own account: about the processes of others it does not worry.
  const { uid, gid } = await stat(join(folder, 'postgres'));
  const stranger = spawn('cat', { stdio: ['pipe', 'ignore', 'ignore'], ...(asRoot ? { uid, gid } : {}) });
  onTestFinished(() => void stranger.stdin.end());
  await once(stranger, 'spawn');
  await writeFile(pidFile, [String(stranger.pid), ...rest].join('\n'));
  await chown(pidFile, uid, gid);

  const second = await start(folder);
  expect(await ask(second.adminUrl, 'select 1 as answer')).toBe(1);
  expect(stranger.exitCode).toBeNull();
});

test('a first start that was interrupted half-way begins again', async () => {
  const folder = await temporaryFolder(onTestFinished);
  await mkdir(join(folder, 'postgres.new', 'base'), { recursive: true });
  const database = await start(folder);
  expect(await ask(database.adminUrl, 'select 1 as answer')).toBe(1);
  expect(await readdir(folder)).not.toContain('postgres.new');
});

test('the data of another major version is refused before PostgreSQL touches it', async () => {
  const folder = await temporaryFolder(onTestFinished);
  await mkdir(join(folder, 'postgres'), { mode: 0o700 });
  await writeFile(join(folder, 'postgres', 'PG_VERSION'), '13\n');
  await expect(start(folder)).rejects.toThrow(/was written by PostgreSQL 13, this is PostgreSQL 18: move it over/);
});

test('a cluster that PostgreSQL cannot start on fails with its own last words and frees the folder', async () => {
  const folder = await usedFolder();
  const first = await start(folder);
  await first.stop();
  const control = join(folder, 'postgres', 'global', 'pg_control');
  const content = await readFile(control);
  await writeFile(control, content.subarray(0, 10));
  await expect(start(folder)).rejects.toThrow(/PostgreSQL did not start on .*\n.*pg_control/s);

  await writeFile(control, content);
  const second = await start(folder);
  expect(await ask(second.adminUrl, 'select 1 as answer')).toBe(1);
});

test('a data folder that does not fit its secrets says so', async () => {
  const folder = await usedFolder();
  const first = await start(folder);
  await first.stop();
  await writeFile(join(folder, 'secrets', 'postgres-superuser'), 'another\n');
  await expect(start(folder)).rejects.toThrow(/does not accept the password in .*restore both from the same backup/);
  expect(await findPostmaster(join(folder, 'postgres'))).toBeNull();
});

test('a data folder that is none is refused in one sentence', async () => {
  const file = join(await temporaryFolder(onTestFinished), 'file');
  await writeFile(file, '');
  await expect(start(file)).rejects.toThrow(new RegExp(`^The data folder ${file} cannot be used: ENOTDIR`));
  await expect(start(file)).rejects.toBeInstanceOf(PlainError);
});

test.runIf(asRoot)(
  'a data folder below a closed home works for root, whose PostgreSQL runs as somebody else',
  async () => {
    const home = await temporaryFolder(onTestFinished);
    await chmod(home, 0o700);
    const database = await start(join(home, 'data'));
    expect(await ask(database.adminUrl, 'select 1 as answer')).toBe(1);
  },
);

test.runIf(asRoot && nobodyMayRunNode())(
  'an ordinary user has a database of their own, and is told when the data is another user’s',
  async () => {
    const folder = await temporaryFolder(onTestFinished);
    await chown(folder, NOBODY.uid, NOBODY.gid);
    const holder = await hold(folder, NOBODY);
    expect(await ask(holder.adminUrl, 'select 1 as answer')).toBe(1);
    expect(await holder.end()).toBe(0);

    const foreign = await temporaryFolder(onTestFinished);
    await chown(foreign, NOBODY.uid, NOBODY.gid);
    await mkdir(join(foreign, 'postgres'));
    await expect(hold(foreign, NOBODY)).rejects.toThrow(
      `The database in ${foreign}/postgres belongs to user 0, but this process is user ${String(NOBODY.uid)}`,
    );
  },
);
