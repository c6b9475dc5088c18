import type { AuditReport } from './verify.ts';

/** Whether nothing sealed was changed or cut off, and whatever should be sealed is. */
export function isWhole({ firstBreak, remembers, overdue }: AuditReport): boolean {
  return firstBreak === null && remembers && overdue === 0;
}

/** The report in one line for people. */
export function sayAudit(report: AuditReport): string {
  const { firstBreak, lastSeal, remembers, waiting, overdue } = report;
  const held = `${String(report.rows)} rows in ${String(report.seals)} seals`;
  const end = lastSeal
    ? `the last seal, ${lastSeal.number} of ${lastSeal.sealedAt}, is ${lastSeal.hash}`
    : 'no seal yet';
  if (firstBreak) {
    const { seal, row, finding } = firstBreak;
    const where = [seal === null ? [] : `seal ${seal}`, row === null ? [] : `row ${row}`].flat().join(', ');
    return `BROKEN at ${where}: ${finding}. Whole are ${held}; ${end}.\n`;
  }
  if (!remembers) return `CUT OFF: no seal has the hash that was asked for. Whole are ${held}; ${end}.\n`;
  if (overdue > 0)
    return `NOT SEALED: ${String(overdue)} rows have waited for more than a minute; is a worker running? Whole are ${held}; ${end}.\n`;
  return `The audit is whole: ${held}, ${String(waiting)} rows to be sealed; ${end}.\n`;
}
