import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { MikroORM } from '@mikro-orm/postgresql';
import { AccessService } from '../../core/access/access.service.ts';
import { onePepper } from '../../core/access/peppers.ts';
import { type HubSecrets, hubSecrets } from '../../core/access/hub-secrets.ts';
import { UnitOfWork } from '../../core/access/unit-of-work.ts';
import { HUB_VIEWER, type Role } from '../../core/access/viewer.ts';
import { ActorService } from '../../core/actors/actor.service.ts';
import { entities } from '../../core/entities.ts';
import { prepareDatabase } from '../../core/migrations/prepare-database.ts';
import type { Outcome } from '../../core/outcome.ts';
import { VocabularyService } from '../../core/vocabulary/vocabulary.service.ts';
import { systemClock } from '../../platform/clock.ts';
import { freePort } from '../../platform/database/embedded/launch.ts';
import { ensureLogins, type Logins } from '../../platform/database/logins.ts';
import { openOrm } from '../../platform/database/orm.ts';
import { systemRandomness } from '../../platform/ids.ts';
import { readOrMakeSecret } from '../../platform/secrets.ts';
import { type Cluster, startCluster } from './cluster.ts';
import { type Supervised, supervise } from './supervised.ts';

/** Whoever writes in a run: an actor with a key of its own, so that no limit of one key bounds the load. */
export interface Party {
  readonly actorId: string;
  readonly key: string;
}

/** The request process of a hub, at its address. */
export interface RunningServer extends Supervised {
  readonly url: string;
}

/** A hub on several processes, each of which may be killed; PostgreSQL is one of our own. */
export interface FaultHub {
  readonly cluster: Cluster;
  readonly logins: Logins;
  readonly secrets: HubSecrets;
  /** What processes of this hub are started with, on the given logins where they are not the hub's own. */
  environment(logins?: Logins): Record<string, string>;
  /** On a free port; resolves when it answers. */
  startServer(options?: ProcessOptions): Promise<RunningServer>;
  startWorker(options?: ProcessOptions): Supervised;
  startRelay(options?: ProcessOptions): Supervised;
  /** Verified actors of different kinds, each with a key. */
  parties(count: number, role?: Role): Promise<Party[]>;
  /** What the processes have written, for whoever looks into a broken promise. */
  logs(): Promise<string>;
  /** Ends the processes and PostgreSQL. */
  close(): Promise<void>;
}

interface ProcessOptions {
  /** Another program than the hub's own of this kind. */
  readonly module?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly logins?: Logins;
}

const KINDS = ['state_national', 'national_ngo', 'ingo', 'intergovernmental', 'diaspora_association', 'media'];
const STARTS_WITHIN_MS = 60_000;

/** @param options.migrated false: the first process that starts migrates the database */
export async function openFaultHub({ migrated = true } = {}): Promise<FaultHub> {
  const cluster = await startCluster();
  const secretsFolder = join(cluster.folder, 'secrets');
  const logins = await ensureLogins(cluster.adminUrl, secretsFolder);
  if (migrated) await prepareDatabase(logins);
  const secrets = hubSecrets(await readOrMakeSecret(secretsFolder, 'hub'));
  const started: Supervised[] = [];

  const environment = (on: Logins = logins): Record<string, string> => ({
    CONCORD_DATA: cluster.folder,
    CONCORD_DEMO: 'off',
    LOG_LEVEL: 'warn',
    DATABASE_URL: on.appUrl,
    DATABASE_WORKER_URL: on.workerUrl,
    DATABASE_ADMIN_URL: on.migratorUrl,
  });
  const start = (name: string, module: string, { env, logins: on }: ProcessOptions): Supervised => {
    const logFile = join(cluster.folder, `${name}-${String(started.length)}.log`);
    const one = supervise({ name, module, logFile, env: { ...environment(on), ...env } });
    started.push(one);
    return one;
  };
  return {
    cluster,
    logins,
    secrets,
    environment,
    startServer: async (options = {}) => {
      const port = await freePort();
      const url = `http://127.0.0.1:${String(port)}`;
      const server = start('server', options.module ?? 'dist/server/main.js', {
        ...options,
        env: { PORT: String(port), ...options.env },
      });
      await listening(url);
      return Object.assign(Object.create(server) as Supervised, { url });
    },
    startWorker: (options = {}) => start('worker', options.module ?? 'dist/workers/main.js', options),
    startRelay: (options = {}) => start('relay', 'faults/hub/relay.ts', options),
    parties: (count, role: Role = 'editor') => makeParties(logins, secrets, count, role),
    logs: async () => {
      const files = (await readdir(cluster.folder)).filter((name) => name.endsWith('.log')).sort();
      const texts = await Promise.all(files.map((file) => readFile(join(cluster.folder, file), 'utf8')));
      return files.map((file, at) => `== ${file}\n${texts[at] ?? ''}`).join('\n');
    },
    close: async () => {
      await Promise.all(started.map((one) => one.close()));
      await cluster.close();
    },
  };
}

/** Resolves when a server takes requests; workers, which being ready waits for too, may come later or not at all. */
export const listening = (url: string): Promise<void> => answering(url, '/healthz');

/** Resolves when the hub behind the address is ready, its workers with it. */
export async function answering(url: string, path: '/readyz' | '/healthz' = '/readyz'): Promise<void> {
  for (const deadline = Date.now() + STARTS_WITHIN_MS; ;) {
    const ready = await fetch(`${url}${path}`, { signal: AbortSignal.timeout(2_000) }).then(
      ({ ok }) => ok,
      () => false,
    );
    if (ready) return;
    if (Date.now() > deadline)
      throw new Error(`${url} did not answer at ${path} within ${String(STARTS_WITHIN_MS)} ms`);
    await delay(50);
  }
}

async function makeParties(logins: Logins, secrets: HubSecrets, count: number, role: Role): Promise<Party[]> {
  const orm = await openOrm({ url: logins.appUrl, entities, applicationName: 'faults-setup', poolSize: 2 });
  try {
    const unitOfWork = new UnitOfWork(orm, systemClock, systemRandomness);
    const actors = new ActorService(unitOfWork, new VocabularyService());
    return await unitOfWork.run(HUB_VIEWER, async (work) => {
      const access = new AccessService(orm, systemClock, systemRandomness, onePepper(secrets.pepper));
      const parties: Party[] = [];
      for (let index = 0; index < count; index += 1) {
        const kind = KINDS[index % KINDS.length];
        const actorId = idOf(await actors.registerIn(work, { name: `Example actor ${String(index)}`, kind }));
        idOf(await actors.verifyIn(work, { id: actorId, expectedVersion: 1, evidence: 'made for a trial' }));
        const key = access.issue(work, { label: `faults ${String(index)}`, role, actorId, environment: 'test' });
        parties.push({ actorId, key });
      }
      await work.em.flush();
      return parties;
    });
  } finally {
    await orm.close();
  }
}

function idOf(outcome: Outcome): string {
  if (outcome.kind !== 'saved') throw new Error(JSON.stringify(outcome));
  return outcome.id;
}

/** On the worker login, for looking at what the hub made of a load. */
export function openWorkerOrm({ logins }: Pick<FaultHub, 'logins'>): Promise<MikroORM> {
  return openOrm({ url: logins.workerUrl, entities, applicationName: 'faults-checks', poolSize: 2 });
}
