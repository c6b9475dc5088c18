import { UnitOfWork } from '../../core/access/unit-of-work.ts';
import { hubSecrets } from '../../core/access/hub-secrets.ts';
import { entities } from '../../core/entities.ts';
import { withClient } from '../../platform/database/with-client.ts';
import { systemClock } from '../../platform/clock.ts';
import { openOrm } from '../../platform/database/orm.ts';
import { systemRandomness } from '../../platform/ids.ts';
import { createLog } from '../../platform/log.ts';
import { startWorkers } from '../../workers/start-workers.ts';
import { startSide } from '../api/sides.ts';
import { makeViewer } from '../api/viewer.ts';
import { findAll, openLoadedHub } from '../recompute/loaded-hub.ts';
import { openRecomputing } from '../recompute/open-recomputing.ts';
import type { Report } from '../report.ts';
import { type BenchHub, openBenchHub } from '../world/hub.ts';
import { readKnown } from './known.ts';
import { judgeRuns, type Judged } from './judge-runs.ts';
import { beginCounting, logPlans, readHottest, WATCHING } from './watch.ts';
import { work, type WorkloadOptions } from './workload.ts';
import { writeWorkedRegistry } from './world.ts';

export interface ExplainOptions {
  readonly n: number;
  readonly seed: number;
  readonly seconds: number;
  readonly statements: number;
  /** Where a loaded hub stays, of programmes only; else one is filled with campaigns and entries too. */
  readonly folder?: string;
}

/**
 * Has a hub of so many programmes asked and changed, takes the statements that cost most time in all, has the same asked again with
 * every plan logged, and judges all plans of those statements. Policies are on, askers are people of all roles.
 */
export async function explain(
  { n, seed, seconds, statements, folder }: ExplainOptions,
  report: Report,
): Promise<Judged[]> {
  report.say(`${String(n)} programmes, seed ${String(seed)} …`);
  const say = (words: string): void => {
    report.say(words);
  };
  const size = { entries: n, seed };
  const hub =
    folder === undefined
      ? await openBenchHub(size, writeWorkedRegistry, WATCHING)
      : await openLoadedHub(size, folder, say, WATCHING);
  try {
    if (folder === undefined) await findAll(hub, say);
    return await withHub(hub, say, async (url, keys, quiet) => {
      const workload: WorkloadOptions = { url, keys, known: await readKnown(hub), seed, seconds };
      report.say('asking and changing …');
      await beginCounting(hub);
      report.say(JSON.stringify(await work(workload)));
      await quiet();
      const hottest = await readHottest(hub, statements);
      report.say('the same again, with all plans …');
      await logPlans(hub, true);
      // Logging slows everybody down: in twice the time all of it is reached again.
      report.say(JSON.stringify(await work({ ...workload, seconds: 2 * seconds })));
      await quiet();
      await logPlans(hub, false);
      return judgeRuns(hub, hottest);
    });
  } finally {
    await hub.close();
  }
}

/** A server and workers running; askers are planner and editor of an actor, coordinator and observer. */
async function withHub<T>(
  hub: BenchHub,
  say: (words: string) => void,
  use: (url: string, keys: readonly string[], quiet: () => Promise<void>) => Promise<T>,
): Promise<T> {
  const recomputing = await openRecomputing(hub, 1);
  try {
    const { orm, unitOfWork: uow } = recomputing;
    const appOrm = await openOrm({ url: hub.logins.appUrl, entities, applicationName: 'bench-import' });
    const workers = await startWorkers({
      ...{ url: hub.logins.workerUrl, orm, uow, clock: systemClock, log: createLog('error') },
      ...{ processId: 'bench', secrets: hubSecrets('bench') },
      inSendersName: new UnitOfWork(appOrm, systemClock, systemRandomness),
    });
    try {
      // What an earlier run on a hub that stays has spent is not this one's.
      await withClient(hub.adminUrl, (client) => client.query('delete from app.probe_budget'));
      say('waiting until all that was found is told …');
      await workers.quiet();
      const { largest, small } = await readKnown(hub);
      const viewers = [
        await makeViewer(hub, 'planner', largest),
        await makeViewer(hub, 'editor', small),
        await makeViewer(hub, 'coordinator', null),
        await makeViewer(hub, 'observer', null),
      ];
      const [first] = viewers;
      if (!first) throw new Error('nobody asks');
      const side = await startSide('concord', hub, first);
      try {
        const { origin } = new URL(side.request({ name: 'list', concord: '', postgraphile: '', mercurius: '' }).url);
        return await use(
          origin,
          viewers.map(({ key }) => key),
          () => workers.quiet(),
        );
      } finally {
        await side.close();
      }
    } finally {
      await workers.close();
      await appOrm.close();
    }
  } finally {
    await recomputing.close();
  }
}
