import { buildColumns } from '../../engine/index.ts';
import type { Report } from '../report.ts';
import { makeFootprints, ONE_WORD } from '../world/footprints.ts';
import { openSide } from './sides/open.ts';
import type { Found } from './sides/side.ts';
import { rounded, rssMb, timed } from './timed.ts';

export interface GrowthOptions {
  readonly sizes: readonly number[];
  readonly seed: number;
}

interface Measured {
  readonly n: number;
  readonly pairs: number;
  readonly cpuMs: number;
}

const QUESTIONS = ['all', 'top20'] as const;
const K = 20;

/**
 * How what finding takes grows with the number of footprints: by which power of it pairs and processor time grow, and what a pair
 * costs. Worlds of one kind: twice as many footprints are twice as dense, so that pairs grow by its square.
 */
export async function benchGrowth({ sizes, seed }: GrowthOptions, report: Report): Promise<void> {
  const measured = { all: [] as Measured[], top20: [] as Measured[] };
  for (const n of sizes) {
    report.say(`${String(n)} footprints, seed ${String(seed)} …`);
    const world = makeFootprints(n, seed, ONE_WORD);
    const { sheet } = buildColumns(world.footprints, world.terrain);
    const side = await openSide('concord', sheet, 1);
    for (const what of QUESTIONS) {
      const find = (): Promise<Found> => (what === 'all' || !side.top ? side.all() : side.top(K));
      // A compiler warms up once.
      if (n === sizes[0]) await find();
      const { value, cpuMs } = await timed(find);
      // Lists visit every pair too, however few they keep.
      const visited = what === 'all' ? value.pairs : (measured.all.at(-1)?.pairs ?? 0);
      const [smallest = { n, pairs: visited, cpuMs }] = measured[what];
      measured[what].push({ n, pairs: visited, cpuMs });
      report.line({
        ...{ bench: 'engine', what: `growth:${what}`, side: 'concord', n, threads: 1, seed, pairs: visited, cpuMs },
        nsAPair: rounded((cpuMs * 1e6) / visited),
        timeExponent: exponent(smallest.n, n, cpuMs / smallest.cpuMs),
        pairsExponent: exponent(smallest.n, n, visited / smallest.pairs),
        rssMb: rssMb(),
      });
    }
    await side.close();
  }
}

/** By which power of the number of footprints something grew; null for the first. */
function exponent(fromN: number, toN: number, times: number): number | null {
  return fromN === toN ? null : rounded(Math.log(times) / Math.log(toN / fromN));
}
