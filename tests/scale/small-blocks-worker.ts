// The background process of a hub, but for the size of the blocks by which it recomputes: a small registry has many of them so.
import { join } from 'node:path';
import { hubSecrets } from '../../core/access/hub-secrets.ts';
import { UnitOfWork } from '../../core/access/unit-of-work.ts';
import { entities } from '../../core/entities.ts';
import { FootprintService } from '../../core/footprints/footprint.service.ts';
import { OverlapService } from '../../core/overlaps/overlap.service.ts';
import { RecomputingService } from '../../core/recomputation/recomputing.service.ts';
import { VocabularyService } from '../../core/vocabulary/vocabulary.service.ts';
import { systemClock } from '../../platform/clock.ts';
import { loadConfig } from '../../platform/config.ts';
import { openDatabase } from '../../platform/database/database.ts';
import { openOrm } from '../../platform/database/orm.ts';
import { systemRandomness } from '../../platform/ids.ts';
import { createLog } from '../../platform/log.ts';
import { runMain } from '../../platform/run-main.ts';
import { readOrMakeSecret } from '../../platform/secrets.ts';
import { endOnSignals, Shutdown } from '../../platform/shutdown.ts';
import { hubWorkers } from '../../workers/index.ts';
import { NO_OUTBOUND } from '../../workers/outbound.ts';
import { recompute, recomputeBlock } from '../../workers/recompute.worker.ts';
import { startWorkers } from '../../workers/start-workers.ts';
import { BLOCK } from './small-blocks.ts';

await runMain(async () => {
  const config = loadConfig(process.env);
  const log = createLog(config.logLevel);
  const shutdown = new Shutdown({ log, stepLimitMs: 11_000 });
  endOnSignals(shutdown, log);
  const { logins } = await openDatabase(config, log, () => undefined);
  const orm = await openOrm({ url: logins.workerUrl, entities, applicationName: 'concord-worker' });
  shutdown.add('database', () => orm.close());
  const secrets = hubSecrets(await readOrMakeSecret(join(config.dataFolder, 'secrets'), 'hub'));
  const vocabulary = new VocabularyService();
  const overlaps = new OverlapService(vocabulary, new FootprintService(vocabulary), secrets.derivedIds);
  const recomputing = new RecomputingService(vocabulary, overlaps, { threads: 1, block: BLOCK });
  const small = [recompute(recomputing), recomputeBlock(recomputing)];
  const others = hubWorkers({ secrets, outbound: NO_OUTBOUND, inSendersName: null }).filter(
    ({ queue }) => !small.some((one) => one.queue === queue),
  );
  const workers = await startWorkers({
    url: logins.workerUrl,
    orm,
    uow: new UnitOfWork(orm, systemClock, systemRandomness),
    clock: systemClock,
    log,
    processId: `worker-${String(process.pid)}-${String(systemClock.now())}`,
    secrets,
    definitions: [...others, ...small],
  });
  shutdown.add('workers', () => workers.close());
});
