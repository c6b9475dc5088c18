import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { hubSecrets } from '../core/access/hub-secrets.ts';
import { UnitOfWork } from '../core/access/unit-of-work.ts';
import { openPeppers } from '../core/access/peppers.ts';
import { entities } from '../core/entities.ts';
import { Readiness } from '../core/hub/readiness.ts';
import { prepareDatabase } from '../core/migrations/prepare-database.ts';
import { systemClock } from '../platform/clock.ts';
import { loadConfig } from '../platform/config.ts';
import { openDatabase } from '../platform/database/database.ts';
import { openOrm, poolUse } from '../platform/database/orm.ts';
import { systemRandomness } from '../platform/ids.ts';
import { createLog } from '../platform/log.ts';
import { PlainError } from '../platform/plain-error.ts';
import { runMain } from '../platform/run-main.ts';
import { readOrMakeSecret } from '../platform/secrets.ts';
import { endOnSignals, Shutdown } from '../platform/shutdown.ts';
import { openOperations } from '../platform/telemetry/open-operations.ts';
import { startMetrics } from '../platform/telemetry/start-metrics.ts';
import { startTracing } from '../platform/telemetry/start-tracing.ts';
import { VERSION } from '../platform/version.ts';
import { boardPages } from './board-pages.ts';
import { outboundOf } from './outbound.ts';
import { startWorkers } from './start-workers.ts';

/** Queue workers stop within 10 s by themselves; the limit of the shutdown must not be the first to end. */
const STEP_LIMIT_MS = 11_000;

/** The background process alone, for a hub on several machines; servers run beside it (`server/main.ts`). */
await runMain(async () => {
  const config = loadConfig(process.env);
  if (config.database.kind === 'embedded') {
    throw new PlainError(
      'The workers alone need a given PostgreSQL: set DATABASE_URL, or use `npm start` for all in one.',
    );
  }
  const log = createLog(config.logLevel);
  const shutdown = new Shutdown({ log, stepLimitMs: STEP_LIMIT_MS });
  endOnSignals(shutdown, log);
  const tracing = await startTracing({ endpoint: config.otlpEndpoint, service: 'worker', version: VERSION });
  shutdown.add('traces', () => tracing.close());
  const metrics = await startMetrics(config.operations !== null);
  try {
    const database = await openDatabase(config, log, () => undefined);
    await prepareDatabase(database.logins);
    const { appUrl, workerUrl } = database.logins;
    const orm = await openOrm({ url: workerUrl, entities, applicationName: 'concord-worker' });
    shutdown.add('database', () => orm.close());
    const appOrm = await openOrm({ url: appUrl, entities, applicationName: 'concord-import' });
    shutdown.add('connections of imports', () => appOrm.close());
    const secretsFolder = join(config.dataFolder, 'secrets');
    const secrets = hubSecrets(await readOrMakeSecret(secretsFolder, 'hub'));
    const peppers = await openPeppers(secretsFolder, secrets.pepper, systemClock);
    const inSendersName = new UnitOfWork(appOrm, systemClock, systemRandomness);
    const processId = randomUUID();
    const workers = await startWorkers({
      url: workerUrl,
      ...(config.redisUrl === null ? {} : { redisUrl: config.redisUrl }),
      orm,
      uow: new UnitOfWork(orm, systemClock, systemRandomness),
      clock: systemClock,
      log,
      processId,
      secrets,
      outbound: outboundOf(config.outbound),
      inSendersName,
      meter: metrics.meter,
    });
    shutdown.add('workers', () => workers.close());
    const readiness = new Readiness({ url: workerUrl, processId });
    shutdown.add('readiness', () => readiness.close());
    const operations = await openOperations({
      at: config.operations,
      metrics,
      notReady: () => readiness.reason(),
      pools: { worker: poolUse(orm), imports: poolUse(appOrm) },
      pages: boardPages({ orm: appOrm, unitOfWork: inSendersName, peppers, queues: workers.queues }),
    });
    shutdown.add('operations', () => operations.close());
    log.info('Working');
  } catch (error) {
    await shutdown.run('failed start');
    throw error;
  }
});
