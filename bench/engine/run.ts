import { buildColumns, type Sheet } from '../../engine/index.ts';
import type { Line, Report } from '../report.ts';
import { makeFootprints, ONE_WORD } from '../world/footprints.ts';
import { measureProbes } from './probes.ts';
import { measureShapes } from './shapes.ts';
import { type EngineSide, openSide } from './sides/open.ts';
import { expectSame, type Found, type Side } from './sides/side.ts';
import { median, rounded, rssMb, timed } from './timed.ts';

export interface EngineBenchOptions {
  readonly n: number;
  readonly seed: number;
  readonly threads: number;
  readonly rounds: number;
  readonly what: readonly Question[];
  readonly sides: readonly EngineSide[];
}

/** All overlaps; the best of each footprint; and what only we are asked: one changed footprint, and worlds of other shapes. */
export const QUESTIONS = ['all', 'top20', 'own'] as const;
type Question = (typeof QUESTIONS)[number];

/** How many best overlaps of each footprint. */
const K = 20;

/** Finds all overlaps of one world, and the best of each footprint, by every side: what they find is compared before what they took. */
export async function benchEngine(options: EngineBenchOptions, report: Report): Promise<void> {
  const { n, seed, threads } = options;
  report.say(`${String(n)} footprints, seed ${String(seed)}, ${String(threads)} thread(s) …`);
  const world = makeFootprints(n, seed, ONE_WORD);
  const { value: columns, ...took } = await timed(() => buildColumns(world.footprints, world.terrain));
  report.line({ bench: 'engine', what: 'columns', side: 'concord', n, threads: 1, seed, ...took, rssMb: rssMb() });
  await measureSides(options, columns.sheet, report);
  if (!options.what.includes('own')) return;
  measureProbes(columns, options, report);
  await measureShapes(options, report);
}

async function measureSides(options: EngineBenchOptions, sheet: Sheet, report: Report): Promise<void> {
  const expected = new Map<string, Found>();
  for (const name of options.sides) {
    const side = await openSide(name, sheet, options.threads);
    try {
      for (const [what, find] of questionsFor(side)) {
        if (!options.what.includes(what)) continue;
        const lines: Line[] = [];
        // SQL takes minutes where others take seconds: it is asked once. Only JavaScript has to warm up.
        const isSql = name === 'postgres' || name === 'duckdb';
        if (!isSql) await find();
        for (let round = 0; round < (isSql ? 1 : options.rounds); round++) {
          const { found, line } = await ask(side, find);
          expectSame(name, found, expected.get(what) ?? found);
          expected.set(what, expected.get(what) ?? found);
          const { n, seed, threads } = options;
          lines.push({ bench: 'engine', what, side: name, n, threads, seed, ...line, rssMb: rssMb(), ...found });
          report.say(`${what} ${name}: ${String(line.cpuMs)} ms of processor time, ${String(found.pairs)} pairs`);
        }
        report.line(median(lines));
      }
    } finally {
      await side.close();
    }
  }
}

function questionsFor({ all, top }: Side): [what: Question, find: () => Promise<Found>][] {
  return top === null
    ? [['all', all]]
    : [
        ['all', all],
        ['top20', () => top(K)],
      ];
}

async function ask(side: Side, find: () => Promise<Found>) {
  const before = await side.cpuMs?.();
  const { value, ms, cpuMs } = await timed(find);
  const after = await side.cpuMs?.();
  const apart = typeof before === 'number' && typeof after === 'number' ? after - before : 0;
  return { found: value, line: { ms, cpuMs: rounded(cpuMs + apart) } };
}
