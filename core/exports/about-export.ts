import type { Vocabulary } from '../vocabulary/vocabulary.ts';
import type { ExportList } from './export-kinds.ts';
import type { ExportedRecord } from './exported-records.ts';
import type { Sensitivity } from './sensitivity.ts';

/** What a writer is told beside the records. */
export interface AboutExport {
  readonly list: ExportList;
  /** Of the whole file: that of its most sensitive record. */
  readonly sensitivity: Sensitivity;
  /** What may be done with it, in a sentence or by the address of a licence. */
  readonly licence: string;
  readonly madeAt: Date;
  /** The hub's calendar day, `2027-03-01`. */
  readonly today: string;
  readonly vocabulary: Vocabulary;
}

/** Writes a list: takes records as they come, some at once, and gives what they become; keeps none. */
export type ExportWriter = (
  records: AsyncIterable<readonly ExportedRecord[]>,
  about: AboutExport,
) => AsyncIterable<string | Uint8Array>;
