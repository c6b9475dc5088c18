import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { prepareDatabase } from '../../core/migrations/prepare-database.ts';
import { startEmbedded } from '../../platform/database/embedded.ts';
import { type Logins, ensureLogins } from '../../platform/database/logins.ts';
import { withClient } from '../../platform/database/with-client.ts';
import { createLog } from '../../platform/log.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    cluster: {
      /** A superuser's login; tests make databases of their own beside the one it names. */
      readonly adminUrl: string;
      /** Where the passwords of Concord's login roles are kept during this run. */
      readonly secretsFolder: string;
      /** A migrated and seeded database that tests clone; nobody connects to it. */
      readonly template: string;
      /** Concord's logins on the template. */
      readonly logins: Logins;
    };
  }
}

const AFTER_US =
  'cat >/dev/null; kill -INT "$0" 2>/dev/null; while kill -0 "$0" 2>/dev/null; do sleep 0.1; done; rm -rf "$1"';

/** One PostgreSQL for the whole run: `CONCORD_TEST_DATABASE_URL` (a superuser's) or an embedded one in a temporary folder. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'concord-test-'));
  const secretsFolder = join(folder, 'secrets');
  const given = process.env['CONCORD_TEST_DATABASE_URL'];
  if (given !== undefined && given !== '') {
    project.provide('cluster', { adminUrl: given, secretsFolder, ...(await makeTemplate(given, secretsFolder)) });
    return () => rm(folder, { recursive: true, force: true });
  }
  const embedded = await startEmbedded({ folder, log: createLog('warn'), durable: false });
  const untie = tieToThisProcess(embedded.pid, folder);
  project.provide('cluster', {
    adminUrl: embedded.adminUrl,
    secretsFolder,
    ...(await makeTemplate(embedded.adminUrl, secretsFolder)),
  });
  return async () => {
    await embedded.stop();
    untie();
    await rm(folder, { recursive: true, force: true });
  };
}

/** Everything a start does to an empty database, once for the run. */
async function makeTemplate(adminUrl: string, secretsFolder: string): Promise<{ template: string; logins: Logins }> {
  const template = 'concord_template';
  await withClient(adminUrl, async (client) => {
    await client.query(`drop database if exists ${template} with (force)`);
    await client.query(`create database ${template}`);
  });
  await tellTimeByOurZone(adminUrl);
  const url = new URL(adminUrl);
  url.pathname = `/${template}`;
  const logins = await ensureLogins(url.href, secretsFolder);
  await prepareDatabase(logins);
  return { template, logins };
}

/** A PostgreSQL that somebody set up tells the time of their town: in a run under `TZ` the run's own does too. */
async function tellTimeByOurZone(adminUrl: string): Promise<void> {
  const zone = process.env['TZ'];
  if (zone === undefined || zone === '') return;
  await withClient(adminUrl, async (client) => {
    await client.query(`alter role all set timezone = ${client.escapeLiteral(zone)}`);
  });
}

/**
 * Ends PostgreSQL and removes the folder even when this process is killed: the shell waits for the end of its input,
 * which comes when the last holder of the pipe, this process, is gone.
 */
function tieToThisProcess(postgresPid: number, folder: string): () => void {
  if (process.platform === 'win32') return () => undefined;
  const tie = spawn('/bin/sh', ['-c', AFTER_US, String(postgresPid), folder], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  tie.unref();
  if (tie.stdin instanceof Socket) tie.stdin.unref();
  return () => {
    // The whole group: the shell and the `cat` it waits for.
    if (tie.pid !== undefined) process.kill(-tie.pid, 'SIGKILL');
  };
}
