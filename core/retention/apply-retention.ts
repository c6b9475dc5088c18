import { sql } from 'kysely';
import { record } from '../access/audit.ts';
import type { Work } from '../access/unit-of-work.ts';
import type { RetentionRule } from './rules.ts';

/** Rows that one transaction deletes: some hundred milliseconds, however much there is. */
const BATCH = 1_000;

/** @returns how many rows are past what a rule keeps */
export async function countPast({ em, now }: Work, rule: RetentionRule): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from ${sql.table(rule.table)} where ${pastOf(rule, now)}`.execute(em.getKysely());
  return rows[0]?.count ?? 0;
}

/**
 * Deletes one batch of what is past what a rule keeps, and notes it in the audit; call it again until it finds less than a batch.
 * @param work on the worker login
 * @returns how many rows went, and whether there may be more
 */
export async function forgetBatch(
  work: Work,
  rule: RetentionRule,
  limit = BATCH,
): Promise<{ readonly rows: number; readonly more: boolean }> {
  const key = sql.join(rule.key.map((column) => sql.ref(column)));
  const { numAffectedRows } = await sql`
    delete from ${sql.table(rule.table)} where (${key}) in (
      select ${key} from ${sql.table(rule.table)} where ${pastOf(rule, work.now)} limit ${limit})`.execute(
    work.em.getKysely(),
  );
  const rows = Number(numAffectedRows ?? 0n);
  if (rows > 0) await record(work, 'retention.applied', rule.name, { rows, days: rule.keptDays });
  return { rows, more: rows === limit };
}

function pastOf(rule: RetentionRule, now: Date) {
  return rule.past(sql`(${now}::timestamptz - make_interval(days => ${rule.keptDays}))`);
}
