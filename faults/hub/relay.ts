// A background process that takes no jobs: it only hands on events, seals the audit and says that it lives.
import { join } from 'node:path';
import { hubSecrets } from '../../core/access/hub-secrets.ts';
import { UnitOfWork } from '../../core/access/unit-of-work.ts';
import { entities } from '../../core/entities.ts';
import { systemClock } from '../../platform/clock.ts';
import { loadConfig } from '../../platform/config.ts';
import { openDatabase } from '../../platform/database/database.ts';
import { openOrm } from '../../platform/database/orm.ts';
import { systemRandomness } from '../../platform/ids.ts';
import { createLog } from '../../platform/log.ts';
import { runMain } from '../../platform/run-main.ts';
import { readOrMakeSecret } from '../../platform/secrets.ts';
import { endOnSignals, Shutdown } from '../../platform/shutdown.ts';
import { startWorkers } from '../../workers/start-workers.ts';

await runMain(async () => {
  const config = loadConfig(process.env);
  const log = createLog(config.logLevel);
  const shutdown = new Shutdown({ log, stepLimitMs: 11_000 });
  endOnSignals(shutdown, log);
  const { logins } = await openDatabase(config, log, () => undefined);
  const orm = await openOrm({ url: logins.workerUrl, entities, applicationName: 'concord-relay' });
  shutdown.add('database', () => orm.close());
  const workers = await startWorkers({
    url: logins.workerUrl,
    ...(config.redisUrl === null ? {} : { redisUrl: config.redisUrl }),
    orm,
    uow: new UnitOfWork(orm, systemClock, systemRandomness),
    clock: systemClock,
    log,
    processId: `relay-${String(process.pid)}-${String(systemClock.now())}`,
    secrets: hubSecrets(await readOrMakeSecret(join(config.dataFolder, 'secrets'), 'hub')),
    definitions: [],
  });
  shutdown.add('relay', () => workers.close());
});
