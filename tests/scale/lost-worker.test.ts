import { execFileSync } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { UnitOfWork } from '../../core/access/unit-of-work.ts';
import { queueNames } from '../../core/jobs/contract.ts';
import { FootprintService } from '../../core/footprints/footprint.service.ts';
import { OverlapService } from '../../core/overlaps/overlap.service.ts';
import { type Stage, stageJobId } from '../../core/recomputation/add-stage.ts';
import { RecomputingService } from '../../core/recomputation/recomputing.service.ts';
import { startRecomputation } from '../../core/recomputation/start-recomputation.ts';
import { VocabularyService } from '../../core/vocabulary/vocabulary.service.ts';
import { findDamage } from '../../faults/crash/checks.ts';
import { type Ledger, newLedger, Writer } from '../../faults/crash/writer.ts';
import { type FaultHub, openFaultHub, openWorkerOrm } from '../../faults/hub/hub.ts';
import { drawing } from '../../faults/hub/random.ts';
import { openQueuesOf, settle } from '../../faults/hub/settled.ts';
import type { Supervised } from '../../faults/hub/supervised.ts';
import { systemClock } from '../../platform/clock.ts';
import { withClient } from '../../platform/database/with-client.ts';
import { systemRandomness } from '../../platform/ids.ts';
import type { Queues } from '../../platform/queue/queues.ts';
import { BLOCK } from './small-blocks.ts';

const MINUTE = 60_000;
const SEED = 11;
const WRITERS = 6;
const MUTATIONS = 180;

let hub: FaultHub;
let queues: Queues;
let ledger: Ledger;

beforeAll(async () => {
  execFileSync('npm', ['run', '--silent', 'build'], { stdio: 'inherit' });
  hub = await openFaultHub();
  queues = await openQueuesOf(hub);
  // A server is ready once a worker gives a sign of life.
  const worker = startSmallBlocks();
  const server = await hub.startServer();
  ledger = newLedger();
  await Promise.all(
    (await hub.parties(WRITERS)).map(async (party, at) => {
      const draw = drawing(`${String(SEED)} ${String(at)}`);
      const writer = new Writer(party, server.url, `Example ${String(at)}`, draw, ledger);
      for (let number = 0; number < MUTATIONS / WRITERS; number += 1) await writer.writeOne();
    }),
  );
  expect(await settle(hub, 2 * MINUTE)).toBeNull();
  await worker.close();
}, 5 * MINUTE);
afterAll(async () => {
  await queues.close();
  await hub.close();
}, MINUTE);

function startSmallBlocks(): Supervised {
  return hub.startWorker({ module: 'tests/scale/small-blocks-worker.ts' });
}

/** Takes a share of everything derived away, or makes it wrong. */
function spoil(): Promise<unknown> {
  return withClient(hub.cluster.adminUrl, (client) =>
    client.query(`set search_path = app, public;
      update footprint set channels = '{0}' where hashtext(subject_id) % 3 = 1;
      delete from overlap where hashtext(id) % 2 = 0;
      delete from gap where hashtext(id) % 2 = 0`),
  );
}

async function begin(): Promise<string> {
  const orm = await openWorkerOrm(hub);
  try {
    const vocabulary = new VocabularyService();
    const overlaps = new OverlapService(vocabulary, new FootprintService(vocabulary), hub.secrets.derivedIds);
    const recomputing = new RecomputingService(vocabulary, overlaps, { threads: 1, block: BLOCK });
    return await startRecomputation(new UnitOfWork(orm, systemClock, systemRandomness), queues, recomputing);
  } finally {
    await orm.close();
  }
}

/** Waits until so many parts of a stage are done; resolves with how many then were not. */
async function reached(id: string, stage: Stage, parts: number): Promise<number> {
  for (;;) {
    const job = await queues.queue('recompute').getJob(stageJobId(id, stage));
    const { processed = 0, unprocessed = 0 } =
      (await job?.getDependenciesCount({ processed: true, unprocessed: true })) ?? {};
    if (processed >= parts) return unprocessed;
    await delay(5);
  }
}

test.each<{ stage: Stage; parts: number }>([
  { stage: 'footprints', parts: 1 },
  { stage: 'footprints', parts: 3 },
  { stage: 'overlaps', parts: 1 },
  { stage: 'overlaps', parts: 3 },
  { stage: 'suggestions', parts: 5 },
])(
  'a worker lost when $parts parts of $stage are done: the other ends the recomputation',
  async ({ stage, parts }) => {
    await spoil();
    const [lost, left] = [startSmallBlocks(), startSmallBlocks()];
    const id = await begin();
    const undone = await reached(id, stage, parts);
    await Promise.all([lost.kill(), lost.close()]);
    expect(undone).toBeGreaterThan(0);
    expect(await settle(hub, 2 * MINUTE)).toBeNull();
    expect(left.ends).toBe(0);
    await left.close();
    const ended = await withClient(hub.cluster.adminUrl, (client) =>
      client.query('select from app.recomputation where id = $1 and finished_at is not null', [id]),
    );
    expect(ended.rowCount).toBe(1);
    for (const name of queueNames) expect(await queues.queue(name).getFailedCount()).toBe(0);
    const { compared, ...damage } = await findDamage(hub, ledger);
    expect(damage).toEqual({ lost: [], duplicates: [], wrong: [] });
    expect(compared.overlaps).toBeGreaterThan(100);
    process.stdout.write(
      `lost worker: ${stage} after ${String(parts)}, ${String(undone)} parts left; ${String(compared.overlaps)} overlaps and ` +
        `${String(compared.drafts)} drafts equal the oracle; seed ${String(SEED)}\n`,
    );
  },
  4 * MINUTE,
);
