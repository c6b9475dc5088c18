import { deepStrictEqual } from 'node:assert';
import type { Line, Report } from '../report.ts';
import { openBenchHub } from '../world/hub.ts';
import { cpuMsOfTree, rssMbOf } from './cpu.ts';
import { ask, load } from './load.ts';
import { type BenchQuery, QUERIES } from './queries.ts';
import { type Side, type SideName, startSide } from './sides.ts';
import { makeViewer } from './viewer.ts';

export interface ApiBenchOptions {
  readonly entries: number;
  readonly seed: number;
  readonly seconds: number;
  readonly rounds: number;
  readonly sides: readonly SideName[];
}

/**
 * Asks every side the same questions under the same row level security, in turns, so that whatever else the machine does meets all
 * of them. Equal answers are checked before anything is timed.
 */
export async function benchApi(options: ApiBenchOptions, report: Report): Promise<void> {
  report.say(`a registry of ${String(options.entries)} entries, seed ${String(options.seed)} …`);
  const hub = await openBenchHub(options);
  const sides: Side[] = [];
  try {
    const asking = await makeViewer(hub);
    for (const name of options.sides) sides.push(await startSide(name, hub, asking));
    for (const query of QUERIES) {
      await expectEqualAnswers(sides, query);
      // Connections, caches and compilers warm up first.
      for (const side of sides) await load(side, query, 2);
      const lines = new Map<SideName, Line[]>();
      for (let round = 0; round < options.rounds; round += 1) {
        for (const side of sides) {
          const line = await measure(side, query, options.seconds, hub.postgresPid);
          lines.set(side.name, [...(lines.get(side.name) ?? []), line]);
          report.say(`${query.name} ${side.name}: ${String(line['rps'])} req/s`);
        }
      }
      for (const [, measured] of lines) report.line(medianOf(measured));
    }
  } finally {
    for (const side of sides) await side.close();
    await hub.close();
  }
}

async function expectEqualAnswers(sides: readonly Side[], query: BenchQuery): Promise<void> {
  const [first, ...others] = sides;
  if (first === undefined) return;
  const expected = await ask(first, query);
  for (const side of others) deepStrictEqual(await ask(side, query), expected, `${side.name} answers something else`);
}

async function measure(side: Side, query: BenchQuery, seconds: number, postgresPid: number): Promise<Line> {
  const used = () => Promise.all([cpuMsOfTree(side.pid), cpuMsOfTree(postgresPid)]);
  const before = await used();
  const { requests, ...speed } = await load(side, query, seconds);
  const after = await used();
  const [own, postgres] = [0, 1].map((at) => {
    const [from, to] = [before[at], after[at]];
    return from === null || from === undefined || to === null || to === undefined
      ? null
      : round((to - from) / requests);
  });
  const cpu = {
    cpuMsPerRequest: typeof own !== 'number' || typeof postgres !== 'number' ? null : round(own + postgres),
    postgresCpuMs: postgres ?? null,
  };
  return { bench: 'api', query: query.name, side: side.name, ...speed, ...cpu, rssMb: await rssMbOf(side.pid) };
}

/** The line with the median rate. */
function medianOf(lines: readonly Line[]): Line {
  const sorted = [...lines].sort((a, b) => Number(a['rps']) - Number(b['rps']));
  const median = sorted[Math.floor(sorted.length / 2)];
  if (median === undefined) throw new Error('nothing was measured');
  return median;
}

const round = (value: number): number => Math.round(value * 1_000) / 1_000;
