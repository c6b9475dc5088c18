import { type Columns, openDesk, probe } from '../../engine/index.ts';
import type { Report } from '../report.ts';
import { seeded } from '../world/random.ts';
import { rounded, rssMb } from './timed.ts';

const PROBES = 2_000;

/** How long it takes to find the partners of one changed footprint, in memory. */
export function measureProbes(
  columns: Columns,
  { n, seed }: { readonly n: number; readonly seed: number },
  report: Report,
): void {
  const random = seeded(seed + 1);
  const desk = openDesk(columns);
  const took: number[] = [];
  let pairs = 0;
  for (let at = 0; at < PROBES; at++) {
    const footprint = random.of(columns.footprints);
    const from = performance.now();
    pairs += probe(columns, { ...footprint, id: 'prg_changed' }, desk).length;
    took.push(performance.now() - from);
  }
  const sorted = took.toSorted((a, b) => a - b);
  const [p50Ms, p99Ms] = [0.5, 0.99].map((share) => rounded(sorted[Math.floor(share * PROBES)] ?? 0));
  report.line({
    ...{ bench: 'engine', what: 'probe', side: 'concord', n, threads: 1, seed },
    ...{ p50Ms: p50Ms ?? null, p99Ms: p99Ms ?? null, rssMb: rssMb(), pairs },
  });
}
