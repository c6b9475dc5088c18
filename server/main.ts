import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { hubSecrets } from '../core/access/hub-secrets.ts';
import { openPeppers } from '../core/access/peppers.ts';
import { entities } from '../core/entities.ts';
import { Readiness } from '../core/hub/readiness.ts';
import { prepareDatabase } from '../core/migrations/prepare-database.ts';
import { systemClock } from '../platform/clock.ts';
import { loadConfig } from '../platform/config.ts';
import { openDatabase } from '../platform/database/database.ts';
import { openOrm, openReplica, poolUse } from '../platform/database/orm.ts';
import { systemRandomness } from '../platform/ids.ts';
import { createLog } from '../platform/log.ts';
import { openNotices } from '../platform/notices.ts';
import { PlainError } from '../platform/plain-error.ts';
import { runMain } from '../platform/run-main.ts';
import { readOrMakeSecret } from '../platform/secrets.ts';
import { endOnSignals, Shutdown } from '../platform/shutdown.ts';
import { openOperations } from '../platform/telemetry/open-operations.ts';
import { startMetrics } from '../platform/telemetry/start-metrics.ts';
import { startTracing } from '../platform/telemetry/start-tracing.ts';
import { VERSION } from '../platform/version.ts';
import { startApp } from './app.ts';

/**
 * Garbage is collected when the heap has grown by half: by default it may grow fourfold, and a server that was sent 50,000 bad requests
 * held 932 MB, of which 160 were in use. It answers as many requests as before.
 */
setFlagsFromString('--heap-growing-percent=50');

/** The request process alone, for a hub on several machines; workers run beside it (`workers/main.ts`). */
await runMain(async () => {
  const config = loadConfig(process.env);
  if (config.database.kind === 'embedded') {
    throw new PlainError(
      'The server alone needs a given PostgreSQL: set DATABASE_URL, or use `npm start` for all in one.',
    );
  }
  const log = createLog(config.logLevel);
  const shutdown = new Shutdown({ log, stepLimitMs: 11_000 });
  endOnSignals(shutdown, log);
  const tracing = await startTracing({ endpoint: config.otlpEndpoint, service: 'server', version: VERSION });
  shutdown.add('traces', () => tracing.close());
  const metrics = await startMetrics(config.operations !== null);
  try {
    const database = await openDatabase(config, log, () => undefined);
    await prepareDatabase(database.logins);
    const orm = await openOrm({
      url: database.logins.appUrl,
      entities,
      applicationName: 'concord-server',
      forRequests: true,
    });
    shutdown.add('database', () => orm.close());
    const replica = await openReplica(config.replicaUrl, database.logins.appUrl, entities);
    shutdown.add('replica', () => replica?.close() ?? Promise.resolve());
    const notices = await openNotices({ url: database.logins.appUrl, log });
    shutdown.add('notices', () => notices.close());
    const readiness = new Readiness({ url: database.logins.appUrl, processId: null });
    shutdown.add('readiness', () => readiness.close());
    const notReady = (): Promise<string | null> => readiness.reason();
    const secretsFolder = join(config.dataFolder, 'secrets');
    const secrets = hubSecrets(await readOrMakeSecret(secretsFolder, 'hub'));
    const peppers = await openPeppers(secretsFolder, secrets.pepper, systemClock);
    const { host, port } = config;
    const app = await startApp({
      orm,
      replica,
      notices,
      clock: systemClock,
      randomness: systemRandomness,
      log,
      secrets,
      peppers,
      oidc: config.oidc,
      execution: config.execution,
      budget: config.budget,
      proxies: config.proxies,
      webhooksToLoopback: config.outbound.webhooksToLoopback,
      publicUrl: config.outbound.publicUrl,
      exportLicence: config.exportLicence,
      host,
      port,
      notReady,
      meter: metrics.meter,
    });
    shutdown.add('server', () => app.close());
    const operations = await openOperations({
      at: config.operations,
      metrics,
      notReady,
      pools: { server: poolUse(orm), ...(replica && { replica: poolUse(replica) }) },
    });
    shutdown.add('operations', () => operations.close());
    log.info({ host, port }, 'Serving');
  } catch (error) {
    await shutdown.run('failed start');
    throw error;
  }
});
