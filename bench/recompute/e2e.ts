import { setTimeout as delay } from 'node:timers/promises';
import { gatherFootprints } from '../../core/recomputation/gather-footprints.ts';
import { splitFootprints } from '../../core/footprints/footprint.service.ts';
import { Moment } from '../../core/recomputation/moment.ts';
import { RECOMPUTING } from '../../core/recomputation/recomputing.service.ts';
import { withClient } from '../../platform/database/with-client.ts';
import { cpuMsOfTree } from '../api/cpu.ts';
import { openSide } from '../engine/sides/open.ts';
import { expectSame } from '../engine/sides/side.ts';
import { rounded, timed } from '../engine/timed.ts';
import type { Report } from '../report.ts';
import { type BenchHub, openBenchHub } from '../world/hub.ts';
import { writeMatchingRegistry } from '../world/matching-registry.ts';
import { measureChanges } from './changes.ts';
import { openLoadedHub } from './loaded-hub.ts';
import { forgetPeak, peakRssMb } from './memory.ts';
import { openRecomputing, type Recomputing } from './open-recomputing.ts';

export interface E2eOptions {
  readonly n: number;
  readonly seed: number;
  readonly threads: number;
  readonly what: readonly E2eQuestion[];
  /** Every footprint so many times, each with owners of its own, for `lists`: copied in PostgreSQL, where a million are soon written. */
  readonly times: number;
  /** How many blocks of lists are found; 0: all. */
  readonly blocks: number;
  /** Where a loaded hub stays for the next run: then nothing is stored from nothing. */
  readonly folder?: string | undefined;
  /** Also PostgreSQL's own query for the best 20 of each, which takes minutes. */
  readonly sides: readonly string[];
}

const LOOK_MS = 200;

/** All lists, read and found but not stored; everything stored, from nothing and again; one change at a time. */
export const E2E_QUESTIONS = ['lists', 'store', 'change'] as const;
type E2eQuestion = (typeof E2E_QUESTIONS)[number];

/**
 * A whole recomputation from PostgreSQL to best lists and back: from nothing, and again when nothing has changed, beside PostgreSQL's own
 * query for the best 20 of the same footprints, which writes nothing; and one changed footprint at a time.
 */
export async function benchE2e(
  { n: written, seed, threads, sides, what: asked, times, blocks, folder }: E2eOptions,
  report: Report,
) {
  const n = written * times;
  report.say(`${String(n)} programmes, seed ${String(seed)} …`);
  const say = (words: string): void => {
    report.say(words);
  };
  const size = { entries: written, seed };
  const hub =
    folder === undefined ? await openBenchHub(size, writeMatchingRegistry) : await openLoadedHub(size, folder, say);
  try {
    const recomputing = await openRecomputing(hub, threads);
    const measured = async (what: string, work: () => Promise<void>): Promise<void> => {
      await untilTidied(hub);
      await forgetPeak();
      const before = (await cpuMsOfTree(hub.postgresPid)) ?? 0;
      const { ms, cpuMs } = await timed(work);
      const postgres = ((await cpuMsOfTree(hub.postgresPid)) ?? 0) - before;
      report.line({
        ...{ bench: 'engine', what, side: 'concord', n, threads, seed, ms, cpuMs: rounded(cpuMs + postgres) },
        ...{
          nodeCpuMs: cpuMs,
          postgresCpuMs: postgres,
          rssMb: await peakRssMb(),
          pairs: await countOverlaps(recomputing),
        },
      });
    };
    await measured('e2e:footprints', () => recomputing.footprints(say));
    if (times > 1) await copyFootprints(hub, times);
    if (asked.includes('lists')) await measured('e2e:lists', () => findLists(recomputing, threads, blocks));
    if (asked.includes('store')) {
      if (folder === undefined) await measured('e2e:from-nothing', () => recomputing.lists(say));
      // What the first stores has not been compared yet: the second compares it, the third finds nothing in doubt.
      await measured('e2e:compared', () => recomputing.lists(say));
      await tidy(hub);
      await measured('e2e', () => recomputing.lists(say));
    }
    if (asked.includes('change')) await measureChanges(hub, recomputing, { n, seed }, report);
    if (sides.includes('postgres')) await measurePostgres(recomputing, { n, seed }, report);
    await recomputing.close();
  } finally {
    await hub.close();
  }
}

/** The first of a recomputation's two halves: all footprints read, their lists found, block after block. */
async function findLists({ look, transaction, vocabulary }: Recomputing, threads: number, most: number): Promise<void> {
  const blocks = await transaction((work) => splitFootprints(work.em, RECOMPUTING.block));
  const moment = await look((work) => Moment.read(work, vocabulary, threads));
  try {
    for (const block of most === 0 ? blocks : blocks.slice(0, most)) await moment.find(block);
  } finally {
    await moment.close();
  }
}

/** As PostgreSQL does by itself before long, so that an index alone says what is stored. */
async function tidy(hub: BenchHub): Promise<void> {
  await withClient(hub.adminUrl, async (client) => {
    await client.query('set statement_timeout = 0');
    await client.query('vacuum (analyze) app.overlap');
  });
}

/** PostgreSQL tidies up by itself after much was written, and a statement of it that is under way makes what is old look young. */
async function untilTidied(hub: BenchHub): Promise<void> {
  await withClient(hub.adminUrl, async (client) => {
    for (;;) {
      const { rowCount } = await client.query(`select from pg_stat_activity where backend_type = 'autovacuum worker'`);
      if (rowCount === 0) return;
      await delay(LOOK_MS);
    }
  });
}

async function copyFootprints(hub: BenchHub, times: number): Promise<void> {
  await withClient(hub.adminUrl, async (client) => {
    await client.query('set search_path = app, public; set statement_timeout = 0');
    const { rows } = await client.query<{
      others: string;
    }>(`select string_agg(quote_ident(attname), ', ') as others from pg_attribute
      where attrelid = 'footprint'::regclass and attnum > 0 and not attisdropped
        and attname not in ('subject_id', 'owner_id', 'released', 'change_xid')`);
    const others = rows[0]?.others ?? '';
    for (let copy = 1; copy < times; copy++)
      await client.query(`insert into footprint (subject_id, owner_id, released, ${others})
        select id, owner, released || jsonb_build_object('subject_id', id, 'owner_id', owner), ${others}
        from footprint, lateral (select subject_id || 'x${String(copy)}' as id, owner_id || 'x${String(copy)}' as owner) as changed
        where subject_id not like '%x%'`);
    await client.query('analyze footprint');
  });
}

async function countOverlaps({ orm }: Recomputing): Promise<number> {
  const [row] = await orm.em.fork().getConnection().execute<{ count: string }[]>('select count(*) from overlap');
  return Number(row?.count);
}

/** PostgreSQL's query on the same footprints; what it finds is compared with the kernel's lists of the same question. */
async function measurePostgres(
  { look, vocabulary }: Recomputing,
  { n, seed }: { readonly n: number; readonly seed: number },
  report: Report,
): Promise<void> {
  const { seekers } = await look(async (work) => gatherFootprints(work, (await vocabulary.current(work.em)).terrain()));
  const ours = await openSide('concord', seekers.sheet, 1);
  const expected = await ours.top?.(20);
  const side = await openSide('postgres', seekers.sheet, 1);
  try {
    const before = (await side.cpuMs?.()) ?? 0;
    const { value, ms } = await timed(() => side.top?.(20));
    const cpuMs = ((await side.cpuMs?.()) ?? 0) - before;
    if (!value || !expected) throw new Error('PostgreSQL was not asked');
    expectSame('postgres', value, expected);
    const again = report.lines.find(({ what, side: whose }) => what === 'e2e' && whose === 'concord');
    const byOurs = again && {
      cpuByOurs: rounded(cpuMs / Number(again['cpuMs'])),
      msByOurs: rounded(ms / Number(again['ms'])),
    };
    report.line({
      bench: 'engine',
      what: 'e2e',
      side: 'postgres',
      n,
      threads: 1,
      seed,
      ms,
      cpuMs,
      ...value,
      ...byOurs,
    });
  } finally {
    await side.close();
    await ours.close();
  }
}
