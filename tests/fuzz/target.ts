import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onePepper } from '../../core/access/peppers.ts';
import { AccessService } from '../../core/access/access.service.ts';
import { hubSecrets } from '../../core/access/hub-secrets.ts';
import { UnitOfWork } from '../../core/access/unit-of-work.ts';
import { HUB_VIEWER } from '../../core/access/viewer.ts';
import { entities } from '../../core/entities.ts';
import { loadDemo } from '../../demo/load-demo.ts';
import { systemClock } from '../../platform/clock.ts';
import { freePort } from '../../platform/database/embedded/launch.ts';
import { openOrm } from '../../platform/database/orm.ts';
import { withClient } from '../../platform/database/with-client.ts';
import { systemRandomness } from '../../platform/ids.ts';
import { readOrMakeSecret } from '../../platform/secrets.ts';
import { testDatabase } from '../support/database.ts';
import { testHub } from '../support/hub.ts';

/** A server with the demo in it, and two keys that open it. */
export interface Target {
  readonly url: string;
  /** Whose requests are malformed. */
  readonly attacker: Readonly<Record<string, string>>;
  /** Who uses the hub meanwhile. */
  readonly client: Readonly<Record<string, string>>;
  /** Of records of all kinds. */
  readonly ids: readonly string[];
  /** Resident memory in MB; null where the server is no process of its own. */
  rssMb(): Promise<number | null>;
  /** Lines of the log about faults of ours. */
  faults(): readonly string[];
  isRunning(): boolean;
  close(): Promise<void>;
}

const LISTENS_WITHIN_MS = 30_000;

/** In this process. */
export async function targetHere(): Promise<Target> {
  const folder = await mkdtemp(join(tmpdir(), 'concord-fuzz-'));
  const hub = await testHub();
  await loadDemo(hub.app.services, join(folder, 'keys.json'));
  const ids = await idsIn(hub.database.adminUrl);
  return {
    url: hub.url,
    ids,
    attacker: (await hub.as('editor', actorIn(ids))).headers,
    client: (await hub.as('coordinator')).headers,
    rssMb: () => Promise.resolve(null),
    faults: () => hub.logged.filter((line) => /"level":"(error|fatal)"/.test(line)),
    isRunning: () => true,
    close: async () => {
      await hub.close();
      await rm(folder, { recursive: true });
    },
  };
}

/**
 * As it runs in production: the built server, in a process of its own.
 * @param slowing whether who sends what is refused is slowed down; else everything that comes is looked at
 */
export async function targetProcess({ slowing = false } = {}): Promise<Target> {
  const folder = await mkdtemp(join(tmpdir(), 'concord-fuzz-'));
  const database = await testDatabase();
  const filled = await testHub({ database });
  await loadDemo(filled.app.services, join(folder, 'keys.json'));
  await filled.close();
  const ids = await idsIn(database.adminUrl);
  const secrets = hubSecrets(await readOrMakeSecret(join(folder, 'secrets'), 'hub'));
  const keys = await issueKeys(database.appUrl, secrets.pepper, actorIn(ids));
  const port = await freePort();
  const url = `http://127.0.0.1:${String(port)}`;
  const server = spawn(process.execPath, [join(import.meta.dirname, '../../dist/server/main.js')], {
    env: {
      PATH: process.env['PATH'],
      NODE_ENV: 'production',
      PORT: String(port),
      CONCORD_DATA: folder,
      ...(!slowing && { REFUSED_PER_MINUTE: '1000000000' }),
      COST_PER_MINUTE: '1000000000',
      COST_PER_HOUR: '1000000000',
      DATABASE_URL: database.appUrl,
      DATABASE_WORKER_URL: database.workerUrl,
      DATABASE_ADMIN_URL: database.migratorUrl,
      LOG_LEVEL: 'error',
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const lines: string[] = [];
  server.stderr.on('data', (chunk: Buffer) => lines.push(...chunk.toString().split('\n').filter(Boolean)));
  await untilListening(url, server, lines);
  return {
    url,
    ids,
    attacker: keys.attacker,
    client: keys.client,
    rssMb: async () => {
      const status = await readFile(`/proc/${String(server.pid)}/status`, 'utf8').catch(() => '');
      const kilobytes = /VmRSS:\s+(\d+)/.exec(status)?.[1];
      return kilobytes === undefined ? null : Number(kilobytes) / 1_024;
    },
    faults: () => lines,
    isRunning: () => server.exitCode === null && server.signalCode === null,
    close: async () => {
      const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
      if (server.kill('SIGTERM')) await ended;
      await database.drop();
      await rm(folder, { recursive: true });
    },
  };
}

async function issueKeys(
  url: string,
  pepper: Uint8Array,
  actorId: string,
): Promise<Pick<Target, 'attacker' | 'client'>> {
  const orm = await openOrm({ url, entities, applicationName: 'fuzz-keys', poolSize: 1 });
  try {
    const access = new AccessService(orm, systemClock, systemRandomness, onePepper(pepper));
    return await new UnitOfWork(orm, systemClock, systemRandomness).run(HUB_VIEWER, async (work) => {
      const issue = (role: 'editor' | 'coordinator', actor: string | null) => ({
        authorization: `Bearer ${access.issue(work, { label: 'fuzz', role, actorId: actor, environment: 'test' })}`,
      });
      const keys = { attacker: issue('editor', actorId), client: issue('coordinator', null) };
      await work.em.flush();
      return keys;
    });
  } finally {
    await orm.close();
  }
}

async function untilListening(url: string, server: ChildProcess, lines: readonly string[]): Promise<void> {
  const until = performance.now() + LISTENS_WITHIN_MS;
  while (performance.now() < until && server.exitCode === null) {
    if (
      await fetch(`${url}/healthz`).then(
        ({ ok }) => ok,
        () => false,
      )
    )
      return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`the server does not listen: ${lines.join('\n')}`);
}

const TABLES = ['actor', 'programme', 'campaign', 'calendar_entry', 'case_study', 'insight'];

function idsIn(adminUrl: string): Promise<string[]> {
  return withClient(adminUrl, async (client) => {
    const ids: string[] = [];
    for (const table of TABLES) {
      const { rows } = await client.query<{ id: string }>(`select id from app.${table} order by id limit 10`);
      ids.push(...rows.map(({ id }) => id));
    }
    return ids;
  });
}

function actorIn(ids: readonly string[]): string {
  const actor = ids.find((id) => id.startsWith('act_'));
  if (actor === undefined) throw new Error('the demo has actors');
  return actor;
}
