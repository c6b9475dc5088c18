import { cells, table } from '../markdown.ts';
import type { Line } from '../report.ts';

/** The lines of a run as tables: every side against ours, then our own. Times are processor time, which other work on the machine hardly changes. */
export function engineTable(lines: readonly Line[]): string {
  return [comparison(lines), ownTable(lines)].filter((table) => table !== '').join('\n\n');
}

function comparison(lines: readonly Line[]): string {
  const rows = ['all', 'top20'].flatMap((what) => {
    const asked = lines.filter((line) => line['what'] === what);
    const ours = Number(asked.find(({ side }) => side === 'concord')?.['cpuMs']);
    return asked.map((line) => {
      const ratio = line['side'] === 'concord' ? '' : `${(Number(line['cpuMs']) / ours).toFixed(1)}×`;
      return cells([what, line['side'], line['pairs'], line['cpuMs'], line['ms'], ratio]);
    });
  });
  return table(['what', 'side', 'pairs', 'CPU ms', 'wall ms', 'CPU by ours'], rows);
}

function ownTable(lines: readonly Line[]): string {
  const own = lines.filter(({ what }) => what !== 'all' && what !== 'top20');
  const rows = own.map((line) =>
    cells([
      `${String(line['what'])}, ${String(line['side'])}`,
      line['n'],
      line['pairs'],
      line['cpuMs'],
      line['nsAPair'],
      line['p50Ms'],
      line['p99Ms'],
      line['rssMb'],
    ]),
  );
  return table(['concord', 'footprints', 'pairs', 'CPU ms', 'ns a pair', 'p50 ms', 'p99 ms', 'RSS MB'], rows);
}
