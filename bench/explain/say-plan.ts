import { nameOf } from './judge-plan.ts';
import type { PlanNode } from './plan.ts';

const LONGEST = 160;
const CONDITIONS = [
  'Index Cond',
  'Recheck Cond',
  'Hash Cond',
  'Merge Cond',
  'Join Filter',
  'One-Time Filter',
  'Filter',
] as const;

/** A plan as lines, each node below the one it gives rows to, with what it was run for. */
export function sayPlan(plan: PlanNode, indent = '  '): string[] {
  const loops = plan['Actual Loops'] ?? 0;
  const done =
    loops === 0 ? 'never run' : `${rows(plan['Actual Rows'] ?? 0)} rows${loops > 1 ? ` × ${rows(loops)}` : ''}`;
  const conditions = CONDITIONS.flatMap((key) =>
    plan[key] === undefined ? [] : `${indent}    ${key}: ${short(plan[key])}`,
  );
  return [
    `${indent}${nameOf(plan)} (${done})`,
    ...conditions,
    ...(plan.Plans ?? []).flatMap((below) => sayPlan(below, `${indent}  `)),
  ];
}

/** The node that looks at most rows, kept or not. */
export function busiest(plan: PlanNode): { readonly name: string; readonly rows: number } {
  const loops = plan['Actual Loops'] ?? 0;
  const own = {
    name: nameOf(plan),
    rows: Math.round(loops * ((plan['Actual Rows'] ?? 0) + (plan['Rows Removed by Filter'] ?? 0))),
  };
  // Of equals the deepest, where the rows come from.
  return (plan.Plans ?? []).map(busiest).reduce((most, one) => (one.rows >= most.rows ? one : most), own);
}

export const short = (text: string, longest = LONGEST): string => {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return line.length <= longest ? line : `${line.slice(0, longest)} …`;
};

const rows = (count: number): string => count.toLocaleString('en', { maximumFractionDigits: 1 });
