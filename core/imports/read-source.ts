import { PlainError } from '../../platform/plain-error.ts';
import { readActivities } from './iati/read-activities.ts';
import { iatiRecords } from './iati/source-records.ts';
import type { ImportOptions } from './import-run.ts';
import type { Mapping } from './mapping.ts';
import type { FromFile } from './source-record.ts';

/** A file to be read, and how. */
export interface SourceFile {
  readonly name: string;
  readonly content: Uint8Array;
  readonly options: ImportOptions;
  /** How the sender had sheets with these headers understood before; asked when they are known. */
  readonly remembered?: (headers: string) => Promise<Mapping | null>;
  readonly signal?: AbortSignal;
}

/** What a file says, and how it was understood. */
export interface SourceReading {
  /** Such as IATI. */
  readonly format: string;
  readonly found: readonly FromFile[];
  /** How its columns were understood, where it has columns, and the headers by which that is remembered. */
  readonly mapping: { readonly headers: string; readonly mapping: Mapping } | null;
}

/** Activities at most; every row of a file becomes one at most. */
const MOST_ROWS = 100_000;

/**
 * Reads a whole file, whatever it is: what it is its content says, not its name.
 * @throws PlainError that names file, place and remedy, when it cannot be read to its end.
 */
export async function readSource(file: SourceFile): Promise<SourceReading> {
  if (startsAs(file.content, '<')) return readIati(file);
  throw new PlainError(
    `${file.name} is no file that can be imported. Send an IATI activity file, which begins with <iati-activities>.`,
  );
}

async function readIati({ name, content, signal }: SourceFile): Promise<SourceReading> {
  const activities = [];
  for await (const activity of readActivities(once(content), name)) {
    signal?.throwIfAborted();
    activities.push(activity);
    if (activities.length > MOST_ROWS)
      throw new PlainError(`${name} line ${String(activity.line)}: more than ${String(MOST_ROWS)} activities.`);
  }
  return { format: 'IATI', found: [...iatiRecords(activities)], mapping: null };
}

async function* once(content: Uint8Array): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(content);
}

/** Whether the first thing in a text, byte-order marks and blanks aside, is this; in UTF-16 as well. */
function startsAs(content: Uint8Array, beginning: string): boolean {
  const head = Buffer.from(content.subarray(0, 1_000))
    .toString('latin1')
    .replaceAll(/[\0\u00ef\u00bb\u00bf\u00fe\u00ff\s]/gu, '');
  return head.startsWith(beginning);
}
