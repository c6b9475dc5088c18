import { type EpochDay, formatCalendarDate, parseCalendarDate, toCivil } from '../../../engine/index.ts';
import type { Remark } from '../source-record.ts';
import type { SheetField } from './field.ts';
import type { DateOrder } from './mapping.ts';
import { type DaysReading, months, readDays } from './read-days.ts';
import type { ReadColumn, RowCell, RowCells } from './row-cells.ts';
import type { RowDays } from './row-statement.ts';

export type RowDaysReading =
  /** Null: the row states none. */
  | { readonly kind: 'days'; readonly days: RowDays | null; readonly remarks: readonly Remark[] }
  | { readonly kind: 'refused'; readonly remarks: readonly Remark[] };

/** First and last day of a reading. */
interface Stretch {
  readonly first: EpochDay;
  readonly last: EpochDay;
}

const ORDER_HINT =
  'Say which comes first: "dateOrder": "day-first" or "month-first" in the mapping; or write days as 2015-04-03.';
const READ_HINT = 'Write days as 2015-04-03, months as 2015-04 or "April 2015", or map the value.';

/** Reads the days of rows. Equal cells of a column are read once. */
export class DaysReader {
  private readonly readings = new Map<ReadColumn, Map<string, DaysReading>>();

  /**
   * @param orders how each column writes days; null or none: nobody knows
   * @param period of the file: rows with an end alone begin with it, and months without a year are of one of its years
   */
  constructor(
    private readonly orders: ReadonlyMap<ReadColumn, DateOrder | null>,
    private readonly period: RowDays | null,
  ) {}

  read(cells: RowCells): RowDaysReading {
    const remarks: Remark[] = [];
    const stretchOf = (field: SheetField): Stretch | null => this.stretch(cells, field, remarks);
    const start = stretchOf('start');
    const end = stretchOf('end');
    const period = start || end ? null : stretchOf('period');
    if (remarks.some(({ severity }) => severity === 'ERROR')) return { kind: 'refused', remarks };
    if (period) return { kind: 'days', days: written(period.first, period.last), remarks };
    if (start) return this.fromStart(cells, start, end, remarks);
    if (!end) return { kind: 'days', days: null, remarks };
    const from = this.period && parseCalendarDate(this.period.start);
    if (from !== null && from <= end.last) return { kind: 'days', days: written(from, end.last), remarks };
    const hint = 'Add the start, or give a period for the whole file.';
    remarks.push(cells.remark('WARNING', cells.one('end') ?? null, 'is an end without a start', hint));
    return { kind: 'days', days: null, remarks };
  }

  private fromStart(cells: RowCells, start: Stretch, end: Stretch | null, remarks: readonly Remark[]): RowDaysReading {
    // `1 March - 30 June 2015` in the one column says both; a month or a year there says only when it begins.
    const saysBoth =
      /\d.*(?:-|–|—| to | au | al | a ).*\d{4}$/.test(cells.one('start')?.text ?? '') && start.last - start.first > 0;
    const last = end ? end.last : saysBoth ? start.last : null;
    if (last === null || last >= start.first) {
      return { kind: 'days', days: written(start.first, last), remarks };
    }
    const column = cells.one('start')?.column.header ?? 'start';
    const reason = `${formatCalendarDate(last)} is before ${column} ${formatCalendarDate(start.first)}`;
    const hint = 'Correct one of the two days.';
    return { kind: 'refused', remarks: [...remarks, cells.remark('ERROR', cells.one('end') ?? null, reason, hint)] };
  }

  /** Null, and a remark, when the cell says no days that can be known. */
  private stretch(cells: RowCells, field: SheetField, remarks: Remark[]): Stretch | null {
    const cell = cells.one(field);
    if (!cell) return null;
    const reading = this.reading(cell);
    const remark = (severity: Remark['severity'], reason: string, hint: string | null): null => {
      remarks.push(cells.remark(severity, cell, reason, hint));
      return null;
    };
    switch (reading.kind) {
      case 'days':
        return reading;
      case 'ambiguous':
        return remark('ERROR', 'may be either of two days', ORDER_HINT);
      case 'months':
        return (
          this.inYear(reading.first, reading.last) ??
          remark(
            'WARNING',
            'does not say of which year',
            'Add the year, or give a period for the whole file that holds it once.',
          )
        );
      case 'no-day':
        return remark(
          'WARNING',
          'is of a year that stands for no day',
          'Leave the cell blank when the day is not known.',
        );
      case 'unread':
        return remark('WARNING', 'is no day that can be read', READ_HINT);
    }
  }

  private reading({ text, column }: RowCell): DaysReading {
    let ofColumn = this.readings.get(column);
    if (!ofColumn) this.readings.set(column, (ofColumn = new Map()));
    let reading = ofColumn.get(text);
    if (!reading) ofColumn.set(text, (reading = readDays(text, this.orders.get(column) ?? null)));
    return reading;
  }

  /** Months of the one year in which they touch the period of the file; null when there is none or are several. */
  private inYear(first: number, last: number): Stretch | null {
    const from = this.period && parseCalendarDate(this.period.start);
    const to = this.period && parseCalendarDate(this.period.end ?? this.period.start);
    if (from === null || to === null) return null;
    const years = Array.from(
      { length: toCivil(to).year - toCivil(from).year + 2 },
      (_, n) => toCivil(from).year - 1 + n,
    );
    const touching = years.flatMap((year): Stretch[] => {
      const begin = months(year, first, first);
      const finish = months(last < first ? year + 1 : year, last, last);
      if (begin.kind !== 'days' || finish.kind !== 'days') return [];
      return begin.first <= to && finish.last >= from ? [{ first: begin.first, last: finish.last }] : [];
    });
    const [only] = touching;
    return touching.length === 1 && only ? only : null;
  }
}

function written(first: EpochDay, last: EpochDay | null): RowDays {
  return { start: formatCalendarDate(first), end: last === null ? null : formatCalendarDate(last) };
}
