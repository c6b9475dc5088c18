import type { HolderKind } from '../footprints/holder.rules.ts';
import type { ImportCounts, ItemOutcome } from './import-run.ts';
import { shorten } from './resolve-record.ts';
import type { Remark, SourceRecord } from './source-record.ts';

/** What the hub calls the kinds of records that files hold. */
export const KINDS = { programme: 'programme', campaign: 'campaign', 'calendar-entry': 'calendar_entry' } as const;

/** What became, or would become, of one thing in a file. */
export interface ImportItem {
  readonly rows: readonly number[];
  readonly outcome: ItemOutcome;
  readonly kind: HolderKind | null;
  readonly sourceKey: string | null;
  readonly name: string | null;
  readonly recordId: string | null;
  readonly fields: readonly string[];
  readonly remarks: readonly Remark[];
  readonly before: unknown;
  readonly madeVersion: number | null;
}

export function remarkOn(
  record: SourceRecord,
  field: string,
  { reason, value, suggestion = null }: { reason: string; value: string | null; suggestion?: string | null },
): Remark {
  const { row, column } = record.spots[field] ?? { row: record.rows[0] ?? 1, column: null };
  return { row, column, severity: 'ERROR', value: value === null ? null : shorten(value), reason, suggestion };
}

export function refusedItem(
  rows: readonly number[],
  remarks: readonly Remark[],
  record: SourceRecord | null,
): ImportItem {
  return {
    rows,
    outcome: 'REFUSED',
    kind: record === null ? null : KINDS[record.kind],
    sourceKey: record?.key ?? null,
    name: record?.name ?? null,
    recordId: null,
    fields: [],
    remarks: fewer(remarks),
    before: null,
    madeVersion: null,
  };
}

/** Remarks kept of one item; a record of a thousand equal rows would repeat them. */
const MOST_REMARKS = 20;
export const fewer = (remarks: readonly Remark[]): readonly Remark[] => remarks.slice(0, MOST_REMARKS);

/** What became of the rows: one of each record's is what became of it, the others went into it; a refusal is of all of them. */
export function countOf(items: readonly ImportItem[]): Omit<ImportCounts, 'distinct' | 'records' | 'registered'> {
  const counts = { CREATED: 0, CHANGED: 0, UNCHANGED: 0, REFUSED: 0 };
  let merged = 0;
  let rows = 0;
  for (const { outcome, rows: said } of items) {
    rows += said.length;
    if (outcome === 'REFUSED') counts.REFUSED += said.length;
    else if (said.length > 0) {
      counts[outcome] += 1;
      merged += said.length - 1;
    }
  }
  const { CREATED: created, CHANGED: changed, UNCHANGED: same, REFUSED: refused } = counts;
  return { rows, created, changed, unchanged: same, merged, refused };
}
