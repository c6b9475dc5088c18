import { z } from 'zod';
import { epochDay, formatCalendarDate } from '../../engine/index.ts';
import type { Clock } from '../../platform/clock.ts';
import type { AuditLog } from '../access/audit-log.ts';
import type { UnitOfWork } from '../access/unit-of-work.ts';
import { HUB_VIEWER, type Viewer } from '../access/viewer.ts';
import type { Listing, Reads } from '../projection/reads.ts';
import type { VocabularyService } from '../vocabulary/vocabulary.service.ts';
import type { ExportWriter } from './about-export.ts';
import { EXPORT_FORMATS, type ExportFormat, type ExportName } from './export-kinds.ts';
import { type ExportedRecord, TYPE_OF, selectionFor, toRecord } from './exported-records.ts';
import { type Sensitivity, atRank, tallyOf } from './sensitivity.ts';
import { writeGeoJson, writeJsonLd } from './write-json.ts';
import { writeIati } from './write-iati.ts';
import { writeCsv, writeXlsx } from './write-sheets.ts';

/** Records in memory at once. */
const AT_ONCE = 200;
/** Each holds a connection to the database until its last byte is taken; a process has ten of them. */
const MOST_AT_ONCE = 3;
/** Until then another may have ended. */
const RETRY_AFTER_S = 10;

/** What is said of what may be done with a file where the operator says nothing. */
export const NO_LICENCE = 'None given: ask the owner of each record';

const WRITERS: Readonly<Record<ExportFormat, ExportWriter>> = {
  csv: writeCsv,
  xlsx: writeXlsx,
  iati: writeIati,
  geojson: writeGeoJson,
  jsonld: writeJsonLd,
};

const tallied = z.object({ rows: z.number(), rank: z.number() });

/** A whole list on its way out. */
export interface OpenExport {
  readonly kind: 'open';
  /** `concord-programmes-2027-03-01-members.csv`: its sensitivity goes with the file. */
  readonly fileName: string;
  readonly mediaType: string;
  readonly sensitivity: Sensitivity;
  /** How many records it has. */
  readonly rows: number;
  /** Its bytes, once, and no faster than they are taken. */
  readonly content: AsyncIterable<string | Uint8Array>;
  /** To be called when nothing more is wanted of it, in any case. */
  close(): Promise<void>;
}

/** Nothing was begun, because too much is under way. */
export interface ExportsBusy {
  readonly kind: 'busy';
  readonly reason: string;
  readonly retryAfterS: number;
}

export interface ExportRequest extends ExportName {
  /** As the list itself takes it; every code in it is checked. */
  readonly filter: Readonly<Record<string, unknown>>;
}

/** Hands out whole lists, each with what its viewer may see of it and nothing else. */
export class ExportService {
  /** Who takes something out now. */
  private readonly underWay = new Set<string>();

  constructor(
    private readonly reads: Reads,
    private readonly unitOfWork: UnitOfWork,
    private readonly vocabulary: VocabularyService,
    private readonly auditLog: AuditLog,
    private readonly clock: Clock,
    private readonly licence: string,
  ) {}

  /**
   * Opens a list as it is stored at this moment. That it was taken out is in the audit before the first byte leaves.
   * @param signal ends it, also what PostgreSQL is computing for it
   * @throws {BadRequest} when the filter names a code that does not exist
   */
  async open(viewer: Viewer, request: ExportRequest, signal: AbortSignal): Promise<OpenExport | ExportsBusy> {
    const { keyId } = viewer;
    if (this.underWay.has(keyId)) return busy('You are taking out a list already: wait until it is through.');
    if (this.underWay.size >= MOST_AT_ONCE) return busy('Several lists are being taken out: try again in a moment.');
    this.underWay.add(keyId);
    let listing: Listing | undefined;
    const close = async (): Promise<void> => {
      this.underWay.delete(keyId);
      await listing?.end();
    };
    try {
      listing = await this.list(viewer, request, signal);
      return await this.toExport(viewer, request, listing, close);
    } catch (error) {
      await close();
      throw error;
    }
  }

  private list(viewer: Viewer, { list, filter }: ExportRequest, signal: AbortSignal): Promise<Listing> {
    const options = { tally: tallyOf(list), atOnce: AT_ONCE, signal };
    return this.reads.listing(viewer, TYPE_OF[list], selectionFor(list, filter), options);
  }

  private async toExport(
    viewer: Viewer,
    { list, format }: ExportRequest,
    listing: Listing,
    close: () => Promise<void>,
  ): Promise<OpenExport> {
    const { rows, rank } = tallied.parse(listing.tally);
    const sensitivity = atRank(rank);
    const vocabulary = await this.unitOfWork.look(HUB_VIEWER, ({ em }) => this.vocabulary.current(em));
    await this.auditLog.note(viewer, { kind: 'exported', detail: { list, format, rows, sensitivity } });
    const { extension, mediaType } = EXPORT_FORMATS[format];
    const today = formatCalendarDate(epochDay(this.clock.today()));
    const about = { list, sensitivity, licence: this.licence, madeAt: new Date(this.clock.now()), today, vocabulary };
    async function* records(): AsyncGenerator<readonly ExportedRecord[]> {
      for await (const answers of listing.records()) yield answers.map((answer) => toRecord(list, answer));
    }
    return {
      kind: 'open',
      fileName: `concord-${list}-${today}-${sensitivity.toLowerCase()}.${extension}`,
      mediaType,
      sensitivity,
      rows,
      content: closing(WRITERS[format](records(), about), close),
      close,
    };
  }
}

/** Lets go of the database before the last byte is through, so that whoever has it all may ask again at once. */
async function* closing(
  content: OpenExport['content'],
  close: () => Promise<void>,
): AsyncGenerator<string | Uint8Array> {
  try {
    yield* content;
  } finally {
    await close();
  }
}

const busy = (reason: string): ExportsBusy => ({ kind: 'busy', reason, retryAfterS: RETRY_AFTER_S });
