import type { Remark, Spot } from '../source-record.ts';
import { saysNothing } from './cell-words.ts';
import { isList, type SheetField } from './field.ts';
import { foldText } from './fold-text.ts';
import type { ColumnMeaning } from './guess-columns.ts';
import type { StatedValue, Statement } from './mapping.ts';

/** A column of which something is read. */
export interface ReadColumn extends Pick<ColumnMeaning, 'header' | 'fields'> {
  /** What a mapping makes of its values, by the value without regard to case, accents and doubled blanks. */
  readonly values: ReadonlyMap<string, StatedValue>;
}

/** A text of a row, and the column it stands in. */
export interface RowCell {
  readonly text: string;
  readonly column: ReadColumn;
}

/** What a row has of each field, after the values of the mapping; and what these say beside. */
export class RowCells {
  private readonly cells = new Map<SheetField, RowCell[]>();
  /** What the mapping says of a value instead. */
  readonly stated: Statement;
  /** The value for which the mapping leaves the row out. */
  readonly leftOut: RowCell | null = null;

  /** @param texts one for each of the columns */
  constructor(
    readonly row: number,
    columns: readonly ReadColumn[],
    texts: readonly string[],
  ) {
    const stated: Statement[] = [];
    for (const [index, column] of columns.entries()) {
      const text = withoutShield(texts[index] ?? '');
      const isCountryCode = column.fields[0] === 'countryCode';
      const mapped = column.values.size > 0 ? column.values.get(foldText(text)) : undefined;
      if (mapped === null || (mapped === undefined && saysNothing(text, isCountryCode))) continue;
      if (typeof mapped === 'object') {
        const { leaveOut, ...statement } = mapped;
        if (leaveOut) this.leftOut ??= { text, column };
        stated.push(statement);
      }
      this.keep({ text: typeof mapped === 'string' ? mapped : text, column });
    }
    this.stated = Object.assign({}, ...stated) as Statement;
  }

  /** The cell of a field that is stated once; undefined when it says nothing. */
  one(field: SheetField): RowCell | undefined {
    return this.cells.get(field)?.[0];
  }

  /** The texts of a field that may be stated several times, each once, in the order of the columns. */
  all(field: SheetField): readonly string[] {
    const texts = this.cells.get(field)?.flatMap(({ text }) => splitList(text)) ?? [];
    return texts.length > 1 ? [...new Set(texts)] : texts;
  }

  /** Where a field stands in this row; of the row as a whole when no column has it. */
  spot(field: SheetField | null): Spot {
    return { row: this.row, column: (field && this.one(field)?.column.header) ?? null };
  }

  remark(severity: Remark['severity'], cell: RowCell | null, reason: string, suggestion: string | null): Remark {
    return {
      row: this.row,
      column: cell?.column.header ?? null,
      value: cell ? shorten(cell.text) : null,
      severity,
      reason,
      suggestion,
    };
  }

  private keep(cell: RowCell): void {
    for (const field of cell.column.fields) {
      const kept = this.cells.get(field);
      if (kept === undefined) this.cells.set(field, [cell]);
      else if (isList(field)) kept.push(cell);
    }
  }
}

/** Parts of one cell: separated by semicolons, bars and new lines, not by commas, which names have too. */
export function splitList(text: string): readonly string[] {
  if (!/[;|\n]/.test(text)) return [text];
  return text
    .split(/[;|\n]/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** Values of remarks are for finding a cell again. */
function shorten(text: string): string {
  return text.length > 100 ? `${text.slice(0, 100)}…` : text;
}

/** Undoes what keeps spreadsheet programs from running a cell: `'=1+1`. */
function withoutShield(text: string): string {
  return /^'[=+\-@\t\r]/.test(text) ? text.slice(1) : text;
}
