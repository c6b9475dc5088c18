import type { BenchHub } from '../world/hub.ts';
import { type Finding, judgePlan } from './judge-plan.ts';
import { readCatalogue, readRuns, type RunOfStatement, type Statement } from './watch.ts';

/** A statement with what was found in its plans. */
export interface Judged extends Statement {
  readonly rank: number;
  /** The run that took longest; null when it was not run again. */
  readonly slowest: RunOfStatement | null;
  readonly plans: number;
  /** Of all its plans, each once. */
  readonly findings: readonly Finding[];
}

/** Judges every plan that was logged of some statements; in their order. */
export async function judgeRuns(hub: BenchHub, statements: readonly Statement[]): Promise<Judged[]> {
  const catalogue = await readCatalogue(hub);
  const seen = new Map(
    statements.map(({ id }) => [
      id,
      { slowest: null as RunOfStatement | null, plans: 0, findings: new Map<string, Finding>() },
    ]),
  );
  for await (const run of readRuns(hub, new Set(seen.keys()))) {
    const of = seen.get(run.id);
    if (!of) continue;
    of.plans += 1;
    if (run.ms > (of.slowest?.ms ?? -1)) of.slowest = run;
    for (const finding of judgePlan(run.plan, catalogue)) of.findings.set(`${finding.of} ${finding.place}`, finding);
  }
  return statements.map((statement, index) => {
    const { slowest = null, plans = 0, findings } = seen.get(statement.id) ?? {};
    return { ...statement, rank: index + 1, slowest, plans, findings: [...(findings?.values() ?? [])] };
  });
}
