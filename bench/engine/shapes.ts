import { buildColumns } from '../../engine/index.ts';
import type { Line, Report } from '../report.ts';
import { HALF_IN_ONE, makeFootprints, ONE_WORD, SEVERAL_WORDS } from '../world/footprints.ts';
import type { EngineBenchOptions } from './run.ts';
import { openConcord } from './sides/concord.ts';
import { median, rounded, rssMb, timed } from './timed.ts';

const SHAPES = [
  ['one-word', ONE_WORD],
  ['several-words', SEVERAL_WORDS],
  ['half-in-one-cell', HALF_IN_ONE],
] as const;
/** Half of all in one cell is quadratic by what there is to find: it is looked at in a smaller world. */
const MOST = 30_000;

/** What a pair costs in worlds of other shapes: facets of several words, half of all footprints in one cell. */
export async function measureShapes({ n, seed, rounds }: EngineBenchOptions, report: Report): Promise<void> {
  const count = Math.min(n, MOST);
  for (const [shape, of] of SHAPES) {
    const { footprints, terrain } = makeFootprints(count, seed, of);
    const { sheet } = buildColumns(footprints, terrain);
    const questions = (['concord', 'concord-ts'] as const).flatMap((engine) => {
      const side = openConcord(engine, sheet, 1);
      return [
        { engine, what: 'all', find: side.all },
        { engine, what: 'top20', find: () => side.top?.(20) },
      ];
    });
    for (const { engine, what, find } of questions) {
      const lines: Line[] = [];
      for (let round = 0; round <= rounds; round++) {
        const { value, ms, cpuMs } = await timed(find);
        const pairs = value?.pairs ?? 0;
        lines.push({
          ...{ bench: 'engine', what: `${what}:${shape}`, side: engine, n: count, threads: 1, seed },
          ...{ ms, cpuMs, rssMb: rssMb(), pairs, checksum: value?.checksum ?? '' },
          ...(what === 'all' ? { nsAPair: rounded((cpuMs * 1e6) / pairs) } : {}),
        });
      }
      // The first round also compiles.
      report.line(median(lines.slice(1)));
    }
  }
}
