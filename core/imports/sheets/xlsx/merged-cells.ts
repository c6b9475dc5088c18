import { columnIndex } from './cell-reference.ts';

/** A block of cells written as one; rows from 1, columns from 0, both ends included. */
interface Merge {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

/**
 * The merged cells of a sheet. In the file they come after all rows, so they are looked up before these are read; nothing else
 * in a sheet has this name.
 */
export class MergedCells {
  private readonly waiting: Merge[];
  private active: { readonly merge: Merge; readonly text: string }[] = [];

  constructor(sheet: Buffer) {
    const from = sheet.lastIndexOf('mergeCells');
    const start = from < 0 ? -1 : sheet.lastIndexOf('mergeCells', from - 1);
    const tail = from < 0 ? '' : sheet.subarray(Math.max(0, start < 0 ? from : start)).toString('latin1');
    const references = tail.matchAll(/mergeCell\s[^>]*?ref\s*=\s*["']([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})["']/g);
    this.waiting = [...references]
      .map(([, left = '', top, right = '', bottom]) => ({
        top: Number(top),
        bottom: Number(bottom),
        left: columnIndex(left),
        right: columnIndex(right),
      }))
      .toSorted((a, b) => b.top - a.top);
  }

  /**
   * Gives a row the texts of cells above that it is merged with, in the first of their columns. Rows come from the top.
   * @returns which of its columns are merged
   */
  fill(row: number, cells: string[]): readonly (readonly [number, number])[] {
    this.active = this.active.filter(({ merge }) => merge.bottom >= row);
    for (let next = this.waiting.at(-1); next && next.top <= row; next = this.waiting.at(-1)) {
      this.waiting.pop();
      if (next.bottom >= row) this.active.push({ merge: next, text: next.top === row ? (cells[next.left] ?? '') : '' });
    }
    for (const { merge, text } of this.active) {
      if (text !== '' && (cells[merge.left] ?? '') === '') put(cells, merge.left, text);
    }
    return this.active.flatMap(({ merge: { left, right } }) => (left < right ? [[left, right] as const] : []));
  }
}

/** Puts a text at a place beyond the end too, without leaving holes. */
export function put(cells: string[], index: number, text: string): void {
  while (cells.length < index) cells.push('');
  cells[index] = text;
}
