import type { Calls } from './calls.ts';
import type {
  ActorFilter,
  CalendarFilter,
  CampaignFilter,
  OverlapFilter,
  ProgrammeFilter,
  SuggestionFilter,
} from './generated.ts';
import { download } from './transport.ts';

/** Lists that can be taken out whole, each with its filter. */
export interface ExportFilters {
  readonly actors: ActorFilter;
  readonly programmes: ProgrammeFilter;
  readonly campaigns: CampaignFilter;
  /** Without `between` all of it, what has no days included. */
  readonly calendar: Partial<CalendarFilter>;
  readonly overlaps: OverlapFilter;
  readonly suggestions: SuggestionFilter;
}
export type ExportList = keyof ExportFilters;

/** `csv` and `xlsx` are of every list, `iati` of programmes; `geojson` and `jsonld` of all but overlaps and suggestions. */
export type ExportFormat = 'csv' | 'xlsx' | 'iati' | 'geojson' | 'jsonld';

export interface ExportOptions<List extends ExportList> {
  readonly filter?: ExportFilters[List] | undefined;
  /** Ends it; the stream then breaks off with the reason of the signal. */
  readonly signal?: AbortSignal | undefined;
}

/** A file on its way. */
export interface ExportedFile {
  /** As the hub calls it; its sensitivity and its day are in it. */
  readonly fileName: string;
  readonly mediaType: string;
  /** To whom the most private record in it is shown: PUBLIC, MEMBERS, PARTNERS or RESTRICTED. */
  readonly sensitivity: string;
  /** How many records it has. Null: it is a brief. */
  readonly rows: number | null;
  /** Its bytes. It fails when the file breaks off: what came until then is no whole file. */
  readonly body: ReadableStream<Uint8Array>;
}

const EXTENSIONS: Readonly<Record<ExportFormat, string>> = {
  csv: 'csv',
  xlsx: 'xlsx',
  iati: 'iati.xml',
  geojson: 'geojson',
  jsonld: 'jsonld',
};

/** Whole lists as files, of any length and with no more than you may see. The hub notes that you took them. */
export class Exports {
  constructor(private readonly calls: Calls) {}

  /**
   * Begins to take out a list; nothing is kept of it, and no more comes than is taken.
   *
   * @example
   * const { fileName, body } = await hub.exports.open('programmes', 'csv', { filter: { countries: ['BD'] } });
   * await pipeline(body, createWriteStream(fileName));
   *
   * @throws {ConcordProtocolError} when the filter is wrong, {ConcordTransportError}
   */
  open<List extends ExportList>(
    list: List,
    format: ExportFormat,
    { filter, signal }: ExportOptions<List> = {},
  ): Promise<ExportedFile> {
    const query = filter === undefined ? '' : `?${new URLSearchParams({ filter: JSON.stringify(filter) }).toString()}`;
    return this.take(`${list}.${EXTENSIONS[format]}${query}`, signal);
  }

  /** A brief about a corridor: Markdown, or a page of HTML that is ready to print. @throws as `open` */
  brief(
    corridor: string,
    format: 'md' | 'html',
    { signal }: { readonly signal?: AbortSignal | undefined } = {},
  ): Promise<ExportedFile> {
    return this.take(`briefs/${encodeURIComponent(corridor)}.${format}`, signal);
  }

  private async take(path: string, signal: AbortSignal | undefined): Promise<ExportedFile> {
    const { settings, surroundings } = this.calls;
    const { headers, body } = await download(surroundings, settings, `/exports/${path}`, {
      timeoutMs: settings.timeoutMs,
      signal,
    });
    const rows = headers.get('concord-rows');
    return {
      fileName: /filename="([^"]+)"/.exec(headers.get('content-disposition') ?? '')?.[1] ?? 'export',
      mediaType: headers.get('content-type') ?? 'application/octet-stream',
      sensitivity: headers.get('concord-sensitivity') ?? 'RESTRICTED',
      rows: rows === null ? null : Number(rows),
      body: body ?? new ReadableStream(),
    };
  }
}
