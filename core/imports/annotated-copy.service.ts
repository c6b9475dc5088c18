import { sql } from 'kysely';
import { PlainError } from '../../platform/plain-error.ts';
import type { UnitOfWork, Work } from '../access/unit-of-work.ts';
import type { Viewer } from '../access/viewer.ts';
import { findRun, readContent } from './import-run.rows.ts';
import { annotatedName } from './sheets/annotate-sheet.ts';
import { annotateSheetApart } from './sheets/annotate-sheet-apart.ts';
import { NO_MAPPING, parseMapping } from './sheets/mapping.ts';
import type { Remark } from './source-record.ts';

/** Copies that a process writes at once: each has a thread of its own. */
const MOST_AT_ONCE = 2;
const RETRY_AFTER_S = 5;
/** Remarks in one copy, the first of them; more help nobody. */
const MOST_REMARKS = 100_000;

const MEDIA_TYPES = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const;

export type CopyOutcome =
  | {
      readonly kind: 'copy';
      /** `plan-remarks.csv` */
      readonly fileName: string;
      readonly mediaType: string;
      /** Once, and no faster than it is taken. */
      readonly content: AsyncIterable<Uint8Array>;
    }
  /** There is none, or it is not the viewer's. */
  | { readonly kind: 'not-found' }
  /** Of this import there can be none, or not now. */
  | { readonly kind: 'conflict'; readonly reason: string }
  | { readonly kind: 'busy'; readonly reason: string; readonly retryAfterS: number };

interface Copied {
  readonly fileName: string;
  readonly content: Uint8Array | null;
  readonly isRead: boolean;
  readonly mapping: unknown;
  readonly remarks: readonly Remark[];
}

/** Gives sheets back to those who sent them, with what is to be said of their rows. */
export class AnnotatedCopyService {
  private underWay = 0;

  constructor(private readonly unitOfWork: UnitOfWork) {}

  /**
   * The sheet of an import that was read, while its bytes are kept: until it is applied, or a week.
   * @param signal ends the writing
   */
  async open(viewer: Viewer, id: string, signal: AbortSignal): Promise<CopyOutcome> {
    if (this.underWay >= MOST_AT_ONCE) {
      return {
        kind: 'busy',
        reason: 'Several copies are being written: try again in a moment.',
        retryAfterS: RETRY_AFTER_S,
      };
    }
    this.underWay += 1;
    let isOpen = false;
    try {
      const copied = await this.unitOfWork.look(viewer, (work) => find(work, id));
      if (copied === null) return { kind: 'not-found' };
      const { fileName, content: bytes, isRead, remarks } = copied;
      if (!isRead) return conflict('It was not read yet, or could not be read: there are no remarks on its rows.');
      if (bytes === null) return conflict('Its bytes are not kept any more: send the file again.');
      const name = annotatedName({ bytes, fileName });
      const mapping =
        copied.mapping === null ? NO_MAPPING : parseMapping(copied.mapping, 'What is kept of its columns');
      const pieces = annotateSheetApart({ bytes, fileName, mapping, remarks }, signal);
      // What is wrong is told before the first byte leaves.
      const first = await pieces.next();
      isOpen = true;
      return {
        kind: 'copy',
        fileName: name,
        mediaType: MEDIA_TYPES[name.endsWith('.xlsx') ? 'xlsx' : 'csv'],
        content: this.closing(first, pieces),
      };
    } catch (error) {
      if (error instanceof PlainError) return conflict(error.message);
      throw error;
    } finally {
      if (!isOpen) this.underWay -= 1;
    }
  }

  private async *closing(
    first: IteratorResult<Uint8Array, void>,
    rest: AsyncGenerator<Uint8Array>,
  ): AsyncGenerator<Uint8Array> {
    try {
      if (first.done !== true) yield first.value;
      yield* rest;
    } finally {
      this.underWay -= 1;
    }
  }
}

const conflict = (reason: string): CopyOutcome => ({ kind: 'conflict', reason });

async function find(work: Work, id: string): Promise<Copied | null> {
  const run = await findRun(work, id);
  if (run === null) return null;
  const content = await readContent(work, id);
  const db = work.em.getKysely();
  const { rows: runs } = await sql<{ mapping: unknown }>`select mapping from import_run where id = ${id}`.execute(db);
  const { rows } = await sql<{ remark: Remark }>`
    select remark from import_item, jsonb_array_elements(remarks) with ordinality as of_item (remark, place)
    where run_id = ${id} order by position, place limit ${MOST_REMARKS}`.execute(db);
  const { fileName, state } = run;
  return {
    fileName,
    content,
    isRead: state === 'READY' || state === 'APPLIED' || state === 'ROLLED_BACK',
    mapping: runs[0]?.mapping ?? null,
    remarks: rows.map(({ remark }) => remark),
  };
}
