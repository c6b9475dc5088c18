import { columnLetters, type Grid, type GridRow } from './grid.ts';
import { foldHeader, readHeader } from './header-words.ts';
import { type HxlTag, parseTag } from './hxl-tag.ts';

/** The header stands within these first rows; the tags below it may be one further down. */
const HEADER_ROWS = 25;

/** Characters by which a column is called. */
const LONGEST_HEADER = 200;

/** A column of a sheet before anybody says what it means. */
export interface Column {
  /** From 0. */
  readonly index: number;
  /** As written; of repeated headers the later ones are numbered (`Date (2)`), one without text is called by its letters (`column C`). */
  readonly header: string;
  /** The header with that of its group before it (`Location Name`); the header where there is no group. */
  readonly fullHeader: string;
  readonly tag: HxlTag | null;
}

export interface Header {
  /** Row of the header texts; null when there is none above the tags, or when keys are the header. */
  readonly row: number | null;
  readonly tagRow: number | null;
  /** Rows up to this one are no data. */
  readonly lastRow: number;
  readonly columns: readonly Column[];
  /** Header cells as a row of them would repeat. */
  readonly texts: readonly string[];
}

/**
 * Finds the header: the row above the first row of tags, else the row among the first 25 that has the most usual headers, else the
 * first that looks like one: as wide as the rows below, and all words.
 * @param given the row of the header or of the tags, when somebody says it
 */
export function findHeader({ keys }: Pick<Grid, 'keys'>, head: readonly GridRow[], given?: number): Header {
  const tagRow = findTagRow(head, given);
  const width = Math.max(keys?.length ?? 0, ...head.map(({ cells }) => cells.length));
  const tags = (tagRow?.cells ?? []).map(parseTag);
  if (keys) {
    return {
      row: null,
      tagRow: tagRow?.row ?? null,
      lastRow: tagRow?.row ?? 0,
      columns: toColumns(
        keys,
        keys,
        keys.map((key, index) => parseTag(key) ?? tags[index] ?? null),
      ),
      texts: [],
    };
  }
  const above = tagRow && head.findLast(({ row }) => row < tagRow.row);
  const row = tagRow ? above : (head.find((candidate) => candidate.row === given) ?? bestHeader(head));
  const group = row && head[head.indexOf(row) - 1];
  const texts = pad(row ? headerTexts(row, group) : [], width);
  const groups = row && group ? groupTexts(group, width) : [];
  return {
    row: row?.row ?? null,
    tagRow: tagRow?.row ?? null,
    lastRow: tagRow?.row ?? row?.row ?? 0,
    columns: toColumns(texts, groups, tags),
    texts: pad(row?.cells ?? [], width),
  };
}

function findTagRow(head: readonly GridRow[], given: number | undefined): GridRow | undefined {
  return head.find(({ row, cells }) => {
    if (row > HEADER_ROWS + 1 || (given !== undefined && row !== given && row !== given + 1)) return false;
    const written = cells.filter((cell) => cell !== '');
    const tags = written.filter((cell) => parseTag(cell) !== null);
    return tags.length > 0 && tags.length * 2 >= written.length;
  });
}

function bestHeader(head: readonly GridRow[]): GridRow | undefined {
  const candidates = head.filter(({ row }) => row <= HEADER_ROWS);
  let best: { readonly row: GridRow; readonly score: number } | null = null;
  for (const [index, row] of candidates.entries()) {
    const own = row.cells.filter((cell) => cell !== '');
    const known = own.filter((cell) => readHeader(cell) !== null);
    // A row of data may borrow no headers from the row above it.
    if (known.length < 2 && known.length * 2 < own.length) continue;
    const texts = headerTexts(row, candidates[index - 1]);
    const score = new Set(texts.flatMap((text) => readHeader(text)?.field ?? [])).size;
    if (score > 0 && score > (best?.score ?? 0)) best = { row, score };
  }
  return best?.row ?? firstOfWords(candidates);
}

/** The first row about as wide as most, without any number. */
function firstOfWords(rows: readonly GridRow[]): GridRow | undefined {
  const widths = rows.map(({ cells }) => cells.filter((cell) => cell !== '').length).toSorted((a, b) => a - b);
  const usual = widths[Math.floor(widths.length / 2)] ?? 0;
  return rows.find(({ cells }) => {
    const written = cells.filter((cell) => cell !== '');
    return written.length >= Math.max(1, usual * 0.6) && written.every((cell) => !/^[\d.,%-]+$/.test(cell));
  });
}

/** The cells of a header row; where one is blank, the cell it is merged with: that of the row above, or the one to its left. */
function headerTexts(row: GridRow, above: GridRow | undefined): string[] {
  const width = Math.max(row.cells.length, readHeaders(above) ? (above?.cells.length ?? 0) : 0);
  return Array.from({ length: width }, (_, index) => {
    const own = row.cells[index] ?? '';
    if (own !== '') return own;
    const span = row.spans?.find(([first, last]) => first < index && index <= last);
    if (span) return row.cells[span[0]] ?? '';
    return readHeaders(above) ? (above?.cells[index] ?? '') : '';
  });
}

/** Whether a row has usual headers, so that it is one of two rows of headers and no note. */
function readHeaders(row: GridRow | undefined): boolean {
  return row?.cells.some((cell) => readHeader(cell) !== null) ?? false;
}

/** The group each column is in: a cell of the row above the header stands for all columns up to the next one. */
function groupTexts(group: GridRow, width: number): string[] {
  let current = '';
  return Array.from({ length: width }, (_, index) => {
    const span = group.spans?.find(([first, last]) => first <= index && index <= last);
    if (span) return group.cells[span[0]] ?? '';
    if ((group.cells[index] ?? '') !== '') current = group.cells[index] ?? '';
    return current;
  });
}

function toColumns(
  texts: readonly string[],
  groups: readonly string[],
  tags: readonly (HxlTag | null)[],
): readonly Column[] {
  const seen = new Map<string, number>();
  return texts.map((text, index) => {
    const tag = tags[index] ?? null;
    const shown = (text === '' ? (tag?.written ?? `column ${columnLetters(index)}`) : text).slice(0, LONGEST_HEADER);
    const times = (seen.get(foldHeader(shown)) ?? 0) + 1;
    seen.set(foldHeader(shown), times);
    const group = groups[index] ?? '';
    return {
      index,
      header: times === 1 ? shown : `${shown} (${String(times)})`,
      fullHeader: group === '' || group === text ? shown : `${group} ${shown}`,
      tag,
    };
  });
}

function pad(cells: readonly string[], width: number): string[] {
  return Array.from({ length: width }, (_, index) => cells[index] ?? '');
}
