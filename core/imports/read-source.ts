import { createHash } from 'node:crypto';
import type { ImportOptions } from './import-run.ts';
import { moduleBeside } from '../../platform/module-beside.ts';
import { readApart } from './read-apart.ts';
import type { Mapping } from './mapping.ts';
import { NO_MAPPING, type SheetMapping, parseMapping } from './sheets/mapping.ts';
import { readSheetApart } from './sheets/read-sheet-apart.ts';
import type { SheetSurvey } from './sheets/survey.ts';
import type { FromFile } from './source-record.ts';

/** A file to be read, and how. */
export interface SourceFile {
  readonly name: string;
  readonly content: Uint8Array;
  readonly options: ImportOptions;
  /** How the sender had sheets with these headers understood before; asked when they are known. */
  readonly remembered: (headers: string) => Promise<Mapping | null>;
  readonly signal?: AbortSignal;
}

/** What a file says, and how it was understood. */
export interface SourceReading {
  /** Such as IATI, or `CSV, separated by commas, utf-8`. */
  readonly format: string;
  readonly found: readonly FromFile[];
  /** Rows that differ from all before them; null where every one is a thing of its own. */
  readonly distinct: number | null;
  /** How its columns were understood, where it has columns, and the headers by which that is remembered. */
  readonly mapping: { readonly headers: string; readonly mapping: Mapping } | null;
}

/**
 * Reads a whole file, in a process of its own and within its limits: what it is its content says, not its name.
 * @throws PlainError that names file, place and remedy, when it cannot be read to its end.
 */
export async function readSource(file: SourceFile): Promise<SourceReading> {
  const { name, content, signal } = file;
  const beginning = beginningOf(content);
  const input = { bytes: content, fileName: name };
  const apart = (module: URL): Promise<FromFile[]> =>
    gathered(readApart<typeof input, FromFile>(module, input, name, signal ? { signal } : {}));
  if (/^<(?:\?xml|!--|!doctype(?!html)|iati-)/i.test(beginning)) {
    return { format: 'IATI', found: await apart(beside('iati/read-iati')), distinct: null, mapping: null };
  }
  if (/^begin:v/i.test(beginning)) {
    return {
      format: 'iCalendar',
      found: await apart(beside('icalendar/read-events')),
      distinct: null,
      mapping: null,
    };
  }
  return readSheetFile(file);
}

const beside = (module: string): URL => moduleBeside(import.meta.url, module);

/** Reads a sheet as its sender says, else as the sender had such a sheet understood before, else as it seems. */
async function readSheetFile(file: SourceFile): Promise<SourceReading> {
  const { mapping } = file.options;
  if (mapping) return sheetAs(file, parseMapping(mapping, 'What was sent'), true);
  return sheetAs(file, NO_MAPPING, false);
}

async function sheetAs(file: SourceFile, mapping: SheetMapping, isSaid: boolean): Promise<SourceReading> {
  const { name, content, options, signal } = file;
  const found: FromFile[] = [];
  let survey: SheetSurvey | null = null;
  let distinct: number | null = null;
  const input = {
    bytes: content,
    fileName: name,
    mapping,
    period: options.period ?? null,
    country: options.country ?? null,
  };
  for await (const block of readSheetApart(input, signal)) {
    for (const one of block) {
      if (one.kind === 'found') found.push(one.found);
      if (one.kind === 'counts') ({ distinct } = one.counts);
      if (one.kind !== 'survey') continue;
      ({ survey } = one);
      const before = isSaid ? null : await file.remembered(headersOf(survey));
      if (before !== null) return sheetAs(file, parseMapping(before, 'What is remembered of such a sheet'), true);
    }
  }
  if (survey === null) throw new Error('a sheet was read without a survey');
  return {
    format: survey.format,
    found,
    distinct,
    mapping: { headers: headersOf(survey), mapping: { ...survey.mapping } },
  };
}

/** By what a sheet of the same sender is known again: a digest of its headers in their order. */
function headersOf({ columns }: SheetSurvey): string {
  const headers = columns.map(({ header }) => header);
  return createHash('sha256').update(JSON.stringify(headers)).digest('base64url');
}

async function gathered(blocks: AsyncIterable<readonly FromFile[]>): Promise<FromFile[]> {
  const found: FromFile[] = [];
  for await (const block of blocks) found.push(...block);
  return found;
}

/** The first characters of a text, byte-order marks, blanks and the zeros of UTF-16 left out. */
function beginningOf(content: Uint8Array): string {
  const head = Buffer.from(content.subarray(0, 1_000)).toString('latin1');
  return head.replaceAll(/[\0\u00ef\u00bb\u00bf\u00fe\u00ff\s]/gu, '').slice(0, 40);
}
