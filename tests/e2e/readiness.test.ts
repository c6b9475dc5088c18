import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Readiness } from '../../core/hub/readiness.ts';
import { prepareDatabase } from '../../core/migrations/prepare-database.ts';
import { freePort } from '../../platform/database/embedded/launch.ts';
import { type EmbeddedDatabase, startEmbedded } from '../../platform/database/embedded.ts';
import { type Logins, ensureLogins } from '../../platform/database/logins.ts';
import { withClient } from '../../platform/database/with-client.ts';
import { createLog } from '../../platform/log.ts';

const log = createLog('silent');
const WORKER = join(import.meta.dirname, '../../workers/main.ts');

let folder: string;
let postgres: EmbeddedDatabase;
let logins: Logins;
let readiness: Readiness;
let metricsPort: number;
const workers: ChildProcess[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'concord-ready-'));
  postgres = await startEmbedded({ folder, log, durable: false });
  logins = await ensureLogins(postgres.adminUrl, join(folder, 'secrets'));
  await prepareDatabase(logins);
  readiness = new Readiness({ url: logins.appUrl, processId: null });
  metricsPort = await freePort();
}, 120_000);
afterEach(async () => {
  await Promise.all(workers.splice(0).map(kill));
  await readiness.close();
  await postgres.stop();
  await rm(folder, { recursive: true, force: true });
});

/** The background process as it is run on a machine of its own. */
function startWorker(): ChildProcess {
  const worker = spawn(process.execPath, ['--experimental-transform-types', '--no-warnings', WORKER], {
    env: {
      PATH: process.env['PATH'],
      CONCORD_DATA: join(folder, 'worker'),
      DATABASE_URL: logins.appUrl,
      DATABASE_WORKER_URL: logins.workerUrl,
      DATABASE_ADMIN_URL: logins.migratorUrl,
      METRICS_PORT: String(metricsPort),
      LOG_LEVEL: 'silent',
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  workers.push(worker);
  return worker;
}

async function kill(worker: ChildProcess): Promise<void> {
  if (worker.exitCode !== null || worker.signalCode !== null) return;
  const gone = once(worker, 'exit');
  worker.kill('SIGKILL');
  await gone;
}

/** What the server would answer on `/readyz`. */
const ofServer = (): Promise<string | null> => readiness.reason();

/** What the worker process answers there. */
async function ofWorker(): Promise<string | null> {
  const response = await fetch(`http://127.0.0.1:${String(metricsPort)}/readyz`).catch(() => null);
  if (response === null) return 'it does not listen';
  const { reason = null } = (await response.json()) as { reason?: string };
  expect(response.status).toBe(reason === null ? 200 : 503);
  return reason;
}

/** Asks until the answer is as wanted; how long that took, in milliseconds. */
async function until(ask: () => Promise<string | null>, wanted: string | null): Promise<number> {
  const since = performance.now();
  while ((await ask()) !== wanted) await delay(20);
  return Math.round(performance.now() - since);
}

const told: string[] = [];
function tell(what: string, tookMs: number): void {
  told.push(`${what} ${String(tookMs)} ms`);
}

test('the hub is not ready while its database or its workers are gone, and is again when they are back', async () => {
  expect(await ofServer()).toBe('no worker gives a sign of life');
  const first = startWorker();
  await until(ofServer, null);
  await until(ofWorker, null);

  await kill(first);
  tell('worker killed', await until(ofServer, 'no worker gives a sign of life'));
  startWorker();
  await until(ofWorker, null);
  tell('worker back', await until(ofServer, null));

  await postgres.stop();
  const [server, worker] = await Promise.all([
    until(ofServer, 'the database does not answer'),
    until(ofWorker, 'the database does not answer'),
  ]);
  tell('database lost, server', server);
  tell('database lost, worker', worker);
  const { port } = postgres;
  postgres = await startEmbedded({ folder, log, durable: false, choosePort: () => Promise.resolve(port) });
  const [serverBack, workerBack] = await Promise.all([until(ofServer, null), until(ofWorker, null)]);
  tell('database back, server', serverBack);
  tell('database back, worker', workerBack);
  process.stdout.write(`readiness: ${told.join(', ')}\n`);
}, 120_000);

test('a hub whose tables are older than its program is not ready', async () => {
  startWorker();
  await until(ofServer, null);
  await withClient(postgres.adminUrl, (client) =>
    client.query(`delete from app.migration where name = (select name from app.migration order by id desc limit 1)`),
  );
  expect(await until(ofServer, 'migrations have not run')).toBeGreaterThanOrEqual(0);
}, 60_000);
