import { cells, table } from '../markdown.ts';
import type { Line } from '../report.ts';

/** The lines of a run as a table: each side, and ours by it. */
export function apiTable(lines: readonly Line[]): string {
  const rows = lines.map((line) => {
    const ours = lines.find(({ query, side }) => query === line['query'] && side === 'concord');
    const by = (what: string): string => `${(Number(ours?.[what]) / Number(line[what])).toFixed(2)}×`;
    const ratios = ours === undefined || ours === line ? ['', ''] : [by('rps'), by('cpuMsPerRequest')];
    const measured = [line['rps'], line['p99Ms'], line['cpuMsPerRequest'], line['postgresCpuMs'], line['rssMb']];
    return cells([line['query'], line['side'], ...measured, ...ratios]);
  });
  const head = ['query', 'side', 'req/s', 'p99 ms', 'CPU ms', 'of it PostgreSQL', 'RSS MB', 'our req/s', 'our CPU'];
  return table(head, rows);
}
