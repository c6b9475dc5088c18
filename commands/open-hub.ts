import { join } from 'node:path';
import type { MikroORM } from '@mikro-orm/postgresql';
import { type HubSecrets, hubSecrets } from '../core/access/hub-secrets.ts';
import { openPeppers } from '../core/access/peppers.ts';
import { UnitOfWork } from '../core/access/unit-of-work.ts';
import { entities } from '../core/entities.ts';
import { prepareDatabase } from '../core/migrations/prepare-database.ts';
import { type Clock, systemClock } from '../platform/clock.ts';
import { type Config, loadConfig } from '../platform/config.ts';
import { type Database, openDatabase } from '../platform/database/database.ts';
import { joinDatabase } from '../platform/database/join.ts';
import { openOrm } from '../platform/database/orm.ts';
import { systemRandomness } from '../platform/ids.ts';
import { createLog, type Log } from '../platform/log.ts';
import { readOrMakeSecret } from '../platform/secrets.ts';
import { createServices, type Services } from '../server/services.ts';
import { outboundOf } from '../workers/outbound.ts';
import { type RunningWorkers, startWorkers } from '../workers/start-workers.ts';

/** A hub as a command of its operator sees it. */
export interface OpenHub {
  readonly config: Config;
  readonly log: Log;
  /** On the app login. */
  readonly orm: MikroORM;
  readonly services: Services;
  /** On the worker login, for what only background work may read. */
  readonly workerOrm: MikroORM;
  readonly workerUnitOfWork: UnitOfWork;
  readonly secrets: HubSecrets;
  /** Where these and the peppers are kept. */
  readonly secretsFolder: string;
  readonly workers: RunningWorkers;
  /** Of the app login. */
  readonly appUrl: string;
  /** Resolves when everything that was written so far has been matched. */
  quiet(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens the hub of the environment: joins the one that runs on the data folder, else starts its database.
 * Brings workers of its own, so that what a command writes is matched when it ends.
 */
export async function openHub(
  environment: NodeJS.ProcessEnv = process.env,
  clock: Clock = systemClock,
): Promise<OpenHub> {
  const config = loadConfig(environment);
  const log = createLog(config.logLevel);
  const database = await reach(config, log);
  const closers: (() => Promise<void>)[] = [() => database.stop()];
  const close = async (): Promise<void> => {
    for (const closeOne of closers.splice(0).reverse()) await closeOne();
  };
  try {
    await prepareDatabase(database.logins);
    const { appUrl, workerUrl } = database.logins;
    const orm = await openOrm({ url: appUrl, entities, applicationName: 'concord-command' });
    closers.push(() => orm.close());
    const workerOrm = await openOrm({ url: workerUrl, entities, applicationName: 'concord-command-worker' });
    closers.push(() => workerOrm.close());
    const secretsFolder = join(config.dataFolder, 'secrets');
    const secrets = hubSecrets(await readOrMakeSecret(secretsFolder, 'hub'));
    const peppers = await openPeppers(secretsFolder, secrets.pepper, clock);
    const shared = { clock, randomness: systemRandomness };
    const workerUnitOfWork = new UnitOfWork(workerOrm, shared.clock, shared.randomness);
    const uow = workerUnitOfWork;
    const workers = await startCommandWorkers({ config, log, clock, url: workerUrl, orm: workerOrm, uow, secrets });
    closers.push(() => workers.close());
    return {
      config,
      log,
      orm,
      services: createServices({ orm, ...shared, secrets, peppers }),
      workerOrm,
      workerUnitOfWork,
      secrets,
      secretsFolder,
      workers,
      appUrl,
      quiet: () => workers.quiet(),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function reach(config: Config, log: Log): Promise<Database> {
  const joined = await joinDatabase(config);
  return (
    joined ??
    openDatabase(config, log, (sentence) => {
      process.stderr.write(`${sentence}\n`);
      process.exit(1);
    })
  );
}

function startCommandWorkers(deps: {
  config: Config;
  log: Log;
  clock: Clock;
  url: string;
  orm: MikroORM;
  uow: UnitOfWork;
  secrets: HubSecrets;
}): Promise<RunningWorkers> {
  return startWorkers({
    url: deps.url,
    ...(deps.config.redisUrl === null ? {} : { redisUrl: deps.config.redisUrl }),
    orm: deps.orm,
    uow: deps.uow,
    clock: deps.clock,
    log: deps.log,
    secrets: deps.secrets,
    outbound: outboundOf(deps.config.outbound),
    processId: `command-${String(process.pid)}-${Buffer.from(systemRandomness.bytes(4)).toString('hex')}`,
  });
}
