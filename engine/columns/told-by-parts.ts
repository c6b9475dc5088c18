import type { Lists, Sheet } from './columns.ts';
import { openDesk, type Desk } from './desk.ts';
import { lookoutOf, seek } from './seek.ts';

/** Whose overlap with a row is told by a part of either side. */
export interface ToldByParts {
  /** By row, the row with which its overlap was last found to be told; else -1. */
  readonly marks: Int32Array;
  /** Marks those that `row` shares its overlap with that way, given the later rows that it meets. */
  mark(row: number, found: Pick<Desk, 'found' | 'count'>): void;
}

/** Null when nothing is a part of anything. `marks`, one a row, are written on when given. */
export function openToldByParts(sheet: Sheet, marks = new Int32Array(sheet.rows.count)): ToldByParts | null {
  const { rows, families } = sheet;
  const { ancestors, parts, partsComeLater } = families;
  marks.fill(-1);
  if (parts.items.length === 0) return null;
  const desk = openDesk({ sheet });
  /** Looks at whom a row meets; only later rows matter, which those that an earlier one is a part of are not when parts come later. */
  const seekAll = (of: number, row: number): void => {
    seek(sheet, rows, of, lookoutOf(sheet, rows, of, partsComeLater ? row + 1 : 0), desk);
  };
  return {
    marks,
    mark: (row, found) => {
      if (partsComeLater) markAncestors(ancestors, row, found, marks);
      else {
        seekAll(row, row);
        markAncestors(ancestors, row, desk, marks);
      }
      for (let at = parts.offsets[row] ?? 0; at < (parts.offsets[row + 1] ?? 0); at++) {
        seekAll(parts.items[at] ?? 0, row);
        for (let i = 0; i < desk.count; i++) marks[desk.found[i] ?? 0] = row;
        markAncestors(ancestors, row, desk, marks);
      }
    },
  };
}

/** Marks what the rows found are a part of. */
function markAncestors(
  { offsets, items }: Lists,
  row: number,
  { found, count }: Pick<Desk, 'found' | 'count'>,
  marks: Int32Array,
): void {
  for (let i = 0; i < count; i++) {
    const part = found[i] ?? 0;
    for (let at = offsets[part] ?? 0; at < (offsets[part + 1] ?? 0); at++) marks[items[at] ?? 0] = row;
  }
}
