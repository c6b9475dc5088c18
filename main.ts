import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { hubSecrets } from './core/access/hub-secrets.ts';
import { UnitOfWork } from './core/access/unit-of-work.ts';
import { HUB_VIEWER } from './core/access/viewer.ts';
import { entities } from './core/entities.ts';
import { prepareDatabase } from './core/migrations/prepare-database.ts';
import { demoKeysIn, refuseOpenDemo } from './demo/demo-keys.ts';
import { loadDemo } from './demo/load-demo.ts';
import { systemClock } from './platform/clock.ts';
import { loadConfig } from './platform/config.ts';
import { openDatabase } from './platform/database/database.ts';
import { openOrm } from './platform/database/orm.ts';
import { systemRandomness } from './platform/ids.ts';
import { createLog } from './platform/log.ts';
import { openNotices } from './platform/notices.ts';
import { runMain } from './platform/run-main.ts';
import { readOrMakeSecret } from './platform/secrets.ts';
import { endOnSignals, Shutdown } from './platform/shutdown.ts';
import { REQUEST_PATIENCE_MS, startApp } from './server/app.ts';
import { startReport } from './start-report.ts';
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
  try {
    const keysFile = join(config.dataFolder, 'demo-keys.json');
    await refuseOpenDemo(keysFile, config.host, config.demo && config.database.kind === 'embedded');
    process.stdout.write('Concord is starting …\n');
    const database = await openDatabase(config, log, fail);
    shutdown.add('database', () => database.stop());
    await prepareDatabase(database.logins);
    const { appUrl, workerUrl } = database.logins;
    const secrets = hubSecrets(await readOrMakeSecret(join(config.dataFolder, 'secrets'), 'hub'));

    const orm = await openOrm({
      url: appUrl,
      entities,
      applicationName: 'concord-server',
      patienceMs: REQUEST_PATIENCE_MS,
    });
    shutdown.add('server connections', () => orm.close());
    const workerOrm = await openOrm({ url: workerUrl, entities, applicationName: 'concord-worker' });
    shutdown.add('worker connections', () => workerOrm.close());
    const notices = await openNotices({ url: appUrl, log });
    shutdown.add('notices', () => notices.close());

    const workers = await startWorkers({
      url: workerUrl,
      ...(config.redisUrl === null ? {} : { redisUrl: config.redisUrl }),
      orm: workerOrm,
      uow: new UnitOfWork(workerOrm, systemClock, systemRandomness),
      clock: systemClock,
      log,
      processId: randomUUID(),
      secrets,
      outbound: outboundOf(config.outbound),
      inSendersName: new UnitOfWork(orm, systemClock, systemRandomness),
    });
    shutdown.add('workers', () => workers.close());

    let waitingFor: string | null = 'the first matching';
    const { host, port } = config;
    const common = {
      orm,
      notices,
      clock: systemClock,
      randomness: systemRandomness,
      log,
      secrets,
      host,
      port,
      oidc: config.oidc,
      execution: config.execution,
      webhooksToLoopback: config.outbound.webhooksToLoopback,
      publicUrl: config.outbound.publicUrl,
      exportLicence: config.exportLicence,
    };
    const app = await startApp({ ...common, notReady: () => Promise.resolve(waitingFor) });
    shutdown.add('server', () => app.close());

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
