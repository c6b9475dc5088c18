import type { NamedOrganisation, NamedPlace, Remark } from '../source-record.ts';
import type { Status } from './mapping.ts';

/** First and last day, both included, as `YYYY-MM-DD`; a null end is open. */
export interface RowDays {
  readonly start: string;
  readonly end: string | null;
}

/** What one row says, in the hub's forms but in the sheet's names. */
export interface RowStatement {
  readonly row: number;
  /** Null: the sender's. */
  readonly owner: NamedOrganisation | null;
  readonly partners: readonly { readonly organisation: NamedOrganisation; readonly role: string }[];
  readonly identifier: string | null;
  readonly name: string;
  readonly description: string | null;
  readonly status: Status | null;
  readonly days: RowDays | null;
  /** The days as the row itself has them; null when they come from a mapping or are the file's. */
  readonly ownDays: RowDays | null;
  readonly places: readonly NamedPlace[];
  readonly corridors: readonly string[];
  readonly themes: readonly string[];
  readonly audiences: readonly string[];
  readonly channels: readonly string[];
  readonly languages: readonly string[];
}

export type RowReading =
  | { readonly kind: 'stated'; readonly statement: RowStatement; readonly remarks: readonly Remark[] }
  | { readonly kind: 'refused'; readonly remarks: readonly Remark[] };
