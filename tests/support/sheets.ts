import type { Remark, SourceRecord } from '../../core/imports/source-record.ts';
import { NO_MAPPING, parseMapping } from '../../core/imports/sheets/mapping.ts';
import { type FromSheet, read, type SheetCounts, type SheetInput } from '../../core/imports/sheets/read-sheet.ts';
import type { SheetSurvey } from '../../core/imports/sheets/survey.ts';

/** All that reading a sheet tells. */
export interface ReadSheet {
  readonly survey: SheetSurvey;
  readonly counts: SheetCounts;
  readonly records: readonly SourceRecord[];
  readonly refused: readonly number[];
  readonly remarks: readonly Remark[];
}

/** What a test says of a sheet beside its bytes; a mapping as people write it. */
export interface Saying extends Partial<Omit<SheetInput, 'bytes' | 'mapping'>> {
  readonly mapping?: unknown;
}

export function inputOf(sheet: string | Uint8Array, saying: Saying = {}): SheetInput {
  return {
    bytes: typeof sheet === 'string' ? Buffer.from(sheet) : sheet,
    fileName: saying.fileName ?? 'sheet.csv',
    mapping: saying.mapping === undefined ? NO_MAPPING : parseMapping(saying.mapping, 'mapping.json'),
    period: saying.period ?? null,
    country: saying.country ?? null,
  };
}

export async function readSheet(sheet: string | Uint8Array, saying: Saying = {}): Promise<ReadSheet> {
  return gather(read(inputOf(sheet, saying)));
}

export async function gather(told: AsyncIterable<FromSheet>): Promise<ReadSheet> {
  let survey: SheetSurvey | null = null;
  let counts: SheetCounts | null = null;
  const records: SourceRecord[] = [];
  const refused: number[] = [];
  const remarks: Remark[] = [];
  for await (const one of told) {
    if (one.kind === 'survey') survey = one.survey;
    else if (one.kind === 'counts') counts = one.counts;
    else {
      remarks.push(...one.found.remarks);
      if (one.found.kind === 'record') records.push(one.found.record);
      else refused.push(...one.found.rows);
    }
  }
  if (!survey || !counts) throw new Error('reading ended early');
  return { survey, counts, records, refused, remarks };
}

/** Numbers of all rows that ended in a record or were refused, in order; a row that ended twice stands twice. */
export function accountedRows({ records, refused }: Pick<ReadSheet, 'records' | 'refused'>): readonly number[] {
  return [...records.flatMap(({ rows }) => rows), ...refused].toSorted((a, b) => a - b);
}
