import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { hubSecrets } from './core/access/hub-secrets.ts';
import { openPeppers } from './core/access/peppers.ts';
import { UnitOfWork } from './core/access/unit-of-work.ts';
import { HUB_VIEWER } from './core/access/viewer.ts';
import { entities } from './core/entities.ts';
import { Readiness } from './core/hub/readiness.ts';
import { prepareDatabase } from './core/migrations/prepare-database.ts';
import { demoKeysIn, refuseOpenDemo } from './demo/demo-keys.ts';
import { loadDemo } from './demo/load-demo.ts';
import { systemClock } from './platform/clock.ts';
import { loadConfig } from './platform/config.ts';
import { openDatabase } from './platform/database/database.ts';
import { openOrm, openReplica, poolUse } from './platform/database/orm.ts';
import { systemRandomness } from './platform/ids.ts';
import { createLog } from './platform/log.ts';
import { openNotices } from './platform/notices.ts';
import { runMain } from './platform/run-main.ts';
import { readOrMakeSecret } from './platform/secrets.ts';
import { endOnSignals, Shutdown } from './platform/shutdown.ts';
import { openOperations } from './platform/telemetry/open-operations.ts';
import { startMetrics } from './platform/telemetry/start-metrics.ts';
import { startTracing } from './platform/telemetry/start-tracing.ts';
import { VERSION } from './platform/version.ts';
import { startApp } from './server/app.ts';
import { startReport } from './start-report.ts';
import { boardPages } from './workers/board-pages.ts';
import { outboundOf } from './workers/outbound.ts';
import { startWorkers } from './workers/start-workers.ts';

/** All in one process: the database (unless one is given), server and workers; the demo in an empty hub. */
await runMain(async () => {
  const startedAt = systemClock.now();
  const config = loadConfig(process.env);
  const log = createLog(config.logLevel);
  const shutdown = new Shutdown({ log, stepLimitMs: 11_000 });
  endOnSignals(shutdown, log);
  const fail = (sentence: string): void => {
    process.stderr.write(`${sentence}\n`);
    void shutdown.run('database lost').then(() => process.exit(1));
  };
  const tracing = await startTracing({ endpoint: config.otlpEndpoint, service: 'hub', version: VERSION });
  shutdown.add('traces', () => tracing.close());
  const metrics = await startMetrics(config.operations !== null);
  try {
    const keysFile = join(config.dataFolder, 'demo-keys.json');
    await refuseOpenDemo(keysFile, config.host, config.demo && config.database.kind === 'embedded');
    process.stdout.write('Concord is starting …\n');
    const database = await openDatabase(config, log, fail);
    shutdown.add('database', () => database.stop());
    await prepareDatabase(database.logins);
    const { appUrl, workerUrl } = database.logins;
    const secretsFolder = join(config.dataFolder, 'secrets');
    const secrets = hubSecrets(await readOrMakeSecret(secretsFolder, 'hub'));
    const peppers = await openPeppers(secretsFolder, secrets.pepper, systemClock);

    const orm = await openOrm({ url: appUrl, entities, applicationName: 'concord-server', forRequests: true });
    shutdown.add('server connections', () => orm.close());
    const replica = await openReplica(config.replicaUrl, appUrl, entities);
    shutdown.add('connections to the replica', () => replica?.close() ?? Promise.resolve());
    const workerOrm = await openOrm({ url: workerUrl, entities, applicationName: 'concord-worker' });
    shutdown.add('worker connections', () => workerOrm.close());
    const notices = await openNotices({ url: appUrl, log });
    shutdown.add('notices', () => notices.close());

    const processId = randomUUID();
    // Background work in somebody's name may take longer than a request.
    const appOrm = await openOrm({ url: appUrl, entities, applicationName: 'concord-import', poolSize: 4 });
    shutdown.add('connections of imports', () => appOrm.close());
    const inSendersName = new UnitOfWork(appOrm, systemClock, systemRandomness);
    const workers = await startWorkers({
      url: workerUrl,
      ...(config.redisUrl === null ? {} : { redisUrl: config.redisUrl }),
      orm: workerOrm,
      uow: new UnitOfWork(workerOrm, systemClock, systemRandomness),
      clock: systemClock,
      log,
      processId,
      secrets,
      outbound: outboundOf(config.outbound),
      inSendersName,
      meter: metrics.meter,
    });
    shutdown.add('workers', () => workers.close());
    const readiness = new Readiness({ url: appUrl, processId });
    shutdown.add('readiness', () => readiness.close());

    let waitingFor: string | null = 'the first matching';
    const { host, port } = config;
    const common = {
      orm,
      notices,
      clock: systemClock,
      randomness: systemRandomness,
      log,
      secrets,
      peppers,
      host,
      port,
      oidc: config.oidc,
      execution: config.execution,
      budget: config.budget,
      proxies: config.proxies,
      webhooksToLoopback: config.outbound.webhooksToLoopback,
      publicUrl: config.outbound.publicUrl,
      exportLicence: config.exportLicence,
      meter: metrics.meter,
    };
    const notReady = async (): Promise<string | null> => waitingFor ?? (await readiness.reason());
    const demoKeys = () => demoKeysIn(keysFile);
    const app = await startApp({ ...common, replica, demoKeys, notReady });
    shutdown.add('server', () => app.close());
    const operations = await openOperations({
      at: config.operations,
      metrics,
      notReady,
      pools: { server: poolUse(orm), ...(replica && { replica: poolUse(replica) }), worker: poolUse(workerOrm) },
      pages: boardPages({ orm, unitOfWork: inSendersName, peppers, queues: workers.queues }),
    });
    shutdown.add('operations', () => operations.close());

    const wantsDemo = config.demo && database.kind === 'embedded';
    if (
      wantsDemo &&
      (await app.services.unitOfWork.look(HUB_VIEWER, (work) => app.services.access.count(work.em))) === 0
    ) {
      await loadDemo(app.services, keysFile);
      await workers.quiet(shutdown.signal);
    }
    waitingFor = null;
    const keys = await demoKeysIn(keysFile);
    const tookMs = systemClock.now() - startedAt;
    process.stdout.write(await startReport(app.services.reads, { url: app.url, tookMs, keys, keysFile }));
  } catch (error) {
    await shutdown.run('failed start');
    throw error;
  }
});
