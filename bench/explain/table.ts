import { cells, table } from '../markdown.ts';
import type { Judged } from './judge-runs.ts';
import { busiest, short } from './say-plan.ts';

/** The statements by what they cost in all. */
export function explainTable(judged: readonly Judged[]): string {
  const rows = judged.map(({ rank, text, calls, totalMs, slowest, findings }) => {
    const node = slowest && busiest(slowest.plan);
    return cells([
      rank,
      calls,
      Math.round(totalMs),
      Math.round((totalMs / calls) * 100) / 100,
      node ? `${node.name}, ${node.rows.toLocaleString('en')} rows` : 'not met again',
      node ? findings.length : null,
      `\`${short(text, 70).replaceAll('|', '\\|').replaceAll('`', '')}\``,
    ]);
  });
  return table(['rank', 'calls', 'total ms', 'mean ms', 'busiest node', 'findings', 'statement'], rows);
}
