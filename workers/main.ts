import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { hubSecrets } from '../core/access/hub-secrets.ts';
import { UnitOfWork } from '../core/access/unit-of-work.ts';
import { entities } from '../core/entities.ts';
import { prepareDatabase } from '../core/migrations/prepare-database.ts';
import { systemClock } from '../platform/clock.ts';
import { loadConfig } from '../platform/config.ts';
import { openDatabase } from '../platform/database/database.ts';
import { openOrm } from '../platform/database/orm.ts';
import { systemRandomness } from '../platform/ids.ts';
import { createLog } from '../platform/log.ts';
import { PlainError } from '../platform/plain-error.ts';
import { runMain } from '../platform/run-main.ts';
import { readOrMakeSecret } from '../platform/secrets.ts';
import { endOnSignals, Shutdown } from '../platform/shutdown.ts';
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
  try {
    const database = await openDatabase(config, log, () => undefined);
    await prepareDatabase(database.logins);
    const { appUrl, workerUrl } = database.logins;
    const orm = await openOrm({ url: workerUrl, entities, applicationName: 'concord-worker' });
    shutdown.add('database', () => orm.close());
    const appOrm = await openOrm({ url: appUrl, entities, applicationName: 'concord-import' });
    shutdown.add('connections of imports', () => appOrm.close());
    const workers = await startWorkers({
      url: workerUrl,
      ...(config.redisUrl === null ? {} : { redisUrl: config.redisUrl }),
      orm,
      uow: new UnitOfWork(orm, systemClock, systemRandomness),
      clock: systemClock,
      log,
      processId: randomUUID(),
      secrets: hubSecrets(await readOrMakeSecret(join(config.dataFolder, 'secrets'), 'hub')),
      outbound: outboundOf(config.outbound),
      inSendersName: new UnitOfWork(appOrm, systemClock, systemRandomness),
    });
    shutdown.add('workers', () => workers.close());
    log.info('Working');
  } catch (error) {
    await shutdown.run('failed start');
    throw error;
  }
});
