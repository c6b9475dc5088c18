import { PlainError } from '../../../../platform/plain-error.ts';
import { checkRow, columnLetters, type GridRow, MOST_COLUMNS, RowLimit, tidyCell } from '../grid.ts';
import type { Attributes, ElementListener } from '../../read-xml.ts';
import { columnOf } from './cell-reference.ts';
import { type MergedCells, put } from './merged-cells.ts';
import { dateOfSerial } from './number-format.ts';
import { localName, type Workbook } from './workbook-parts.ts';

/** Picks the rows out of a sheet. */
export class SheetRows implements ElementListener<GridRow> {
  private readonly path: string[] = [];
  private row = 0;
  private cells: string[] = [];
  private column = -1;
  private type = 'n';
  private style = 0;
  private value = '';
  private readonly limit: RowLimit;

  constructor(
    private readonly workbook: Pick<Workbook, 'from1904' | 'datePrecisions'>,
    private readonly strings: readonly string[],
    private readonly merged: MergedCells,
    private readonly fileName: string,
  ) {
    this.limit = new RowLimit(fileName);
  }

  open(element: string, attributes: Attributes): void {
    const name = localName(element);
    this.path.push(name);
    if (name === 'row') {
      this.row = Number(attributes['r'] ?? this.row + 1);
      this.cells = [];
      this.column = -1;
    } else if (name === 'c') {
      this.column = columnOf(attributes['r'] ?? '') ?? this.column + 1;
      this.type = attributes['t'] ?? 'n';
      this.style = Number(attributes['s'] ?? 0);
      this.value = '';
    }
  }

  text(text: string): void {
    const name = this.path.at(-1);
    // Of a formula its value counts; of a text in several type faces all parts.
    if (name === 'v' || (name === 't' && !this.path.includes('rPh'))) this.value += text;
  }

  close(): GridRow | null {
    const name = this.path.pop();
    if (name === 'c') this.keepCell();
    return name === 'row' ? this.endRow() : null;
  }

  private keepCell(): void {
    const text = this.textOf();
    if (text === '') return;
    if (this.column >= MOST_COLUMNS) {
      throw new PlainError(
        `${this.fileName} row ${String(this.row)}: something in column ${columnLetters(this.column)}; at most ${String(MOST_COLUMNS)} columns are read.`,
      );
    }
    put(this.cells, this.column, text);
  }

  private textOf(): string {
    const { type, value } = this;
    if (value === '') return '';
    if (type === 's') return tidyCell(unescape(this.strings[Number(value)] ?? ''));
    if (type === 'b') return value === '1' ? 'TRUE' : 'FALSE';
    if (type === 'd') return value.slice(0, 10);
    if (type !== 'n') return tidyCell(unescape(value));
    const number = Number(value);
    if (!Number.isFinite(number)) return tidyCell(value);
    const precision = this.workbook.datePrecisions[this.style];
    const date = precision ? dateOfSerial(number, this.workbook.from1904, precision) : null;
    return date ?? String(number);
  }

  private endRow(): GridRow | null {
    const { row, cells } = this;
    if (cells.length === 0) return null;
    this.limit.count(row);
    const spans = this.merged.fill(row, cells);
    return checkRow(spans.length === 0 ? { row, cells } : { row, cells, spans }, this.fileName);
  }
}

/** Signs that XML cannot hold are written `_x000D_`. */
function unescape(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replaceAll(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(parseInt(code, 16)));
}
