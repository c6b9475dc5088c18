import { setTimeout as delay } from 'node:timers/promises';
import type { MikroORM } from '@mikro-orm/postgresql';
import { UnitOfWork } from '../../core/access/unit-of-work.ts';
import { hubSecrets } from '../../core/access/hub-secrets.ts';
import { HUB_VIEWER } from '../../core/access/viewer.ts';
import { CalendarService } from '../../core/calendar/calendar.service.ts';
import { CampaignService } from '../../core/campaigns/campaign.service.ts';
import { entities } from '../../core/entities.ts';
import { ProgrammeService } from '../../core/programmes/programme.service.ts';
import { VocabularyService } from '../../core/vocabulary/vocabulary.service.ts';
import { systemClock } from '../../platform/clock.ts';
import { openOrm } from '../../platform/database/orm.ts';
import { systemRandomness } from '../../platform/ids.ts';
import { createLog } from '../../platform/log.ts';
import { startWorkers } from '../../workers/start-workers.ts';
import { rounded } from '../engine/timed.ts';
import { measureChanges } from '../recompute/changes.ts';
import { openLoadedHub } from '../recompute/loaded-hub.ts';
import { openRecomputing } from '../recompute/open-recomputing.ts';
import type { Report } from '../report.ts';
import { seeded } from '../world/random.ts';

export interface FreshnessOptions {
  readonly stored: number;
  readonly seed: number;
  readonly seconds: number;
  readonly rate: number;
  /** Where a loaded hub stays for the next run; none: nowhere. */
  readonly folder?: string;
  /** Measures single changes with nothing else going on, instead of a load. */
  readonly alone?: boolean;
}

/** How often it is looked for what is visible now: so much later it may be seen. */
const LOOK_MS = 10;
/** How long the last ones may take. */
const PATIENCE_MS = 180_000;

/** What is written of a programme: all of its footprint, which states only days otherwise than before. */
interface Stated {
  readonly id: string;
  readonly version: number;
  readonly start: number;
  readonly footprint: Readonly<Record<string, unknown>>;
}

/**
 * From the mutation of a programme to its overlaps being there, under a steady load of mutations: services, outbox, relay, queue and
 * matching as in a hub of one process. Footprint and overlaps of a change become visible in one transaction.
 */
export async function benchFreshness(
  { stored, seed, seconds, rate, folder, alone = false }: FreshnessOptions,
  report: Report,
): Promise<void> {
  report.say(`${String(stored)} programmes, seed ${String(seed)} …`);
  const say = (words: string): void => {
    report.say(words);
  };
  const hub = await openLoadedHub({ entries: stored, seed }, folder, say);
  const recomputing = await openRecomputing(hub, 1);
  try {
    if (alone) {
      await measureChanges(hub, recomputing, { n: stored, seed }, report);
      return;
    }
    const { orm, unitOfWork: uow } = recomputing;
    const workers = await startWorkers({
      ...{ url: hub.logins.workerUrl, orm, uow, clock: systemClock, log: createLog('error') },
      ...{ processId: 'bench', secrets: hubSecrets('bench') },
    });
    const appOrm = await openOrm({ url: hub.logins.appUrl, entities, applicationName: 'bench-writer' });
    try {
      say('waiting until the hub is quiet …');
      await workers.quiet();
      const chosen = await choose(orm, stored, seed, rate * seconds);
      const took = await writeSteadily(chosen, programmesOf(appOrm), orm, rate);
      const sorted = took.toSorted((a, b) => a - b);
      const at = (share: number): number => rounded(sorted[Math.floor(share * sorted.length)] ?? 0);
      report.line({
        ...{ bench: 'freshness', stored, writesPerS: rate, seconds, seed, writes: chosen.length, seen: took.length },
        ...{ p50Ms: at(0.5), p99Ms: at(0.99) },
      });
    } finally {
      await workers.close();
      await appOrm.close();
    }
  } finally {
    await recomputing.close();
    await hub.close();
  }
}

function programmesOf(orm: MikroORM): ProgrammeService {
  const unitOfWork = new UnitOfWork(orm, systemClock, systemRandomness);
  const vocabulary = new VocabularyService();
  const campaigns = new CampaignService(unitOfWork, vocabulary, new CalendarService(unitOfWork, vocabulary));
  return new ProgrammeService(unitOfWork, vocabulary, campaigns);
}

/** Different programmes, whatever they are. */
async function choose(orm: MikroORM, stored: number, seed: number, count: number): Promise<Stated[]> {
  const random = seeded(seed + 3);
  const ids = new Set<string>();
  while (ids.size < Math.min(count, stored)) ids.add(`prg_bench${String(random.below(stored)).padStart(13, '0')}`);
  const rows = await orm.em
    .fork()
    .getConnection()
    .execute<{ one: Stated }[]>(
      `select json_build_object('id', id, 'version', version, 'start', starts_on + 3 - date '1970-01-01', 'footprint', json_build_object(
      'days', json_build_object('start', starts_on + 3, 'end', ends_on + 3), 'places', places, 'corridors', stated_corridors,
      'audiences', audiences, 'themes', themes, 'channels', channels)) as one from programme where id = any(?)`,
      [`{${[...ids].join(',')}}`],
    );
  return rows.map(({ one }) => one);
}

/** Writes so many a second, whether earlier ones are seen or not; how long each took to be seen, in ms. */
async function writeSteadily(
  chosen: readonly Stated[],
  programmes: ProgrammeService,
  orm: MikroORM,
  rate: number,
): Promise<number[]> {
  const took: number[] = [];
  const unseen = new Map<string, { readonly start: number; readonly from: number }>();
  const began = performance.now();
  const writing = Promise.all(
    chosen.map(async ({ id, version, start, footprint }, at) => {
      await delay(Math.max(0, began + (at * 1_000) / rate - performance.now()));
      unseen.set(id, { start, from: performance.now() });
      const outcome = await programmes.revise(HUB_VIEWER, { id, expectedVersion: version, footprint });
      if (outcome.kind !== 'saved') throw new Error(`expected saved, found ${JSON.stringify(outcome)}`);
    }),
  );
  let written = false;
  void writing.then(() => (written = true));
  const deadline = began + (chosen.length * 1_000) / rate + PATIENCE_MS;
  while ((!written || unseen.size > 0) && performance.now() < deadline) {
    await delay(LOOK_MS);
    const rows = await orm.em
      .fork()
      .getConnection()
      .execute<{ id: string; start: number }[]>(
        'select subject_id as id, start_day as start from footprint where subject_id = any(?)',
        [`{${[...unseen.keys()].join(',')}}`],
      );
    for (const { id, start } of rows) {
      const waiting = unseen.get(id);
      if (waiting?.start !== start) continue;
      took.push(performance.now() - waiting.from);
      unseen.delete(id);
    }
  }
  await writing;
  // What was not seen in all that time counts as not seen until now.
  return [...took, ...[...unseen.values()].map(({ from }) => performance.now() - from)];
}
