import { join } from 'node:path';
import { hubSecrets } from '../core/access/hub-secrets.ts';
import { entities } from '../core/entities.ts';
import { prepareDatabase } from '../core/migrations/prepare-database.ts';
import { systemClock } from '../platform/clock.ts';
import { loadConfig } from '../platform/config.ts';
import { openDatabase } from '../platform/database/database.ts';
import { openOrm } from '../platform/database/orm.ts';
import { systemRandomness } from '../platform/ids.ts';
import { createLog } from '../platform/log.ts';
import { openNotices } from '../platform/notices.ts';
import { PlainError } from '../platform/plain-error.ts';
import { runMain } from '../platform/run-main.ts';
import { readOrMakeSecret } from '../platform/secrets.ts';
import { endOnSignals, Shutdown } from '../platform/shutdown.ts';
import { REQUEST_PATIENCE_MS, startApp } from './app.ts';

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
  try {
    const database = await openDatabase(config, log, () => undefined);
    await prepareDatabase(database.logins);
    const orm = await openOrm({
      url: database.logins.appUrl,
      entities,
      applicationName: 'concord-server',
      patienceMs: REQUEST_PATIENCE_MS,
    });
    shutdown.add('database', () => orm.close());
    const notices = await openNotices({ url: database.logins.appUrl, log });
    shutdown.add('notices', () => notices.close());
    const secrets = hubSecrets(await readOrMakeSecret(join(config.dataFolder, 'secrets'), 'hub'));
    const { host, port } = config;
    const app = await startApp({
      orm,
      notices,
      clock: systemClock,
      randomness: systemRandomness,
      log,
      secrets,
      oidc: config.oidc,
      execution: config.execution,
      webhooksToLoopback: config.outbound.webhooksToLoopback,
      publicUrl: config.outbound.publicUrl,
      exportLicence: config.exportLicence,
      host,
      port,
    });
    shutdown.add('server', () => app.close());
    log.info({ host, port }, 'Serving');
  } catch (error) {
    await shutdown.run('failed start');
    throw error;
  }
});
