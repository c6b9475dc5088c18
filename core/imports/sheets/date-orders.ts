import type { SheetField } from './field.ts';
import type { KeptRow } from './keep-rows.ts';
import type { DateOrder } from './mapping.ts';
import { orderShown } from './read-days.ts';
import type { ReadColumn } from './row-cells.ts';

/** How a sheet and each of its columns write days with slashes and dashes; null where nobody knows. */
export interface DateOrders {
  readonly ofSheet: DateOrder | null;
  readonly ofColumns: ReadonlyMap<ReadColumn, DateOrder | null>;
}

const DATES: ReadonlySet<SheetField> = new Set<SheetField>(['start', 'end', 'period']);
/** This share of the days that show an order may show the other one, by mistake. */
const MISTAKEN = 0.1;

/**
 * How days are written: as somebody said; else as those days of a column show that can be read in one way only; else, when a
 * column shows nothing, as those of the whole sheet do. Where what was said and what is shown contradict each other, which happens
 * when a mapping is kept for the next file, nobody knows.
 */
export function findDateOrders(
  columns: readonly ReadColumn[],
  rows: readonly KeptRow[],
  given: DateOrder | null,
): DateOrders {
  const dated = columns.flatMap((column, index) => {
    if (!column.fields.some((field) => DATES.has(field))) return [];
    const shown = rows.flatMap(({ cells }) => orderShown(cells[index] ?? '') ?? []);
    return [{ column, shown }];
  });
  const said = (shown: readonly DateOrder[]): DateOrder | null => {
    const decided = decide(shown);
    return given === null || decided === null || decided === given ? (given ?? decided) : null;
  };
  const ofSheet = said(dated.flatMap(({ shown }) => shown));
  const ofColumns = dated.map(({ column, shown }) => [column, shown.length === 0 ? ofSheet : said(shown)] as const);
  return { ofSheet, ofColumns: new Map(ofColumns) };
}

function decide(shown: readonly DateOrder[]): DateOrder | null {
  if (shown.length === 0) return null;
  const dayFirst = shown.filter((order) => order === 'day-first').length / shown.length;
  if (dayFirst >= 1 - MISTAKEN) return 'day-first';
  return dayFirst <= MISTAKEN ? 'month-first' : null;
}
