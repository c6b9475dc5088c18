/** Where in a file something stands, as people find it again. */
export interface Spot {
  /** Line of a text file, row of a sheet; from 1, counted in the file as it came. */
  readonly row: number;
  /** The header as written, an element or a property; null when it is the row as a whole. */
  readonly column: string | null;
}

/** What is to be said of a spot of a file. */
export interface Remark extends Spot {
  /** ERROR: the row is refused. WARNING: it is taken, and something of it is not. */
  readonly severity: 'ERROR' | 'WARNING';
  /** As written, shortened. */
  readonly value: string | null;
  readonly reason: string;
  /** What to do about it; the nearest codes where there are some. */
  readonly suggestion: string | null;
}

/** An organisation as a file names it. */
export interface NamedOrganisation {
  readonly name: string;
  readonly code: { readonly scheme: string; readonly value: string } | null;
  /** Code of the hub's actor kinds where the file states it in one. */
  readonly kind: string | null;
}

/** A place as a file names it. */
export interface NamedPlace {
  readonly name: string | null;
  /** ISO 3166 or a P-code, as written without blanks around. */
  readonly code: string | null;
  /** 0: a country; 1: its first subdivisions; null: not stated. */
  readonly level: number | null;
  /** The place it lies in, as the same row names it. */
  readonly within: NamedPlace | null;
}

/** What a file says of one thing, before anything is looked up in the hub. Texts are trimmed; what is not stated is null or empty. */
export interface SourceRecord {
  readonly kind: 'programme' | 'campaign' | 'calendar-entry';
  /** What the sender's next file finds it by again: its identifier, or what it is made of. */
  readonly key: string;
  /** The rows that say it: the first made it, the others went into it. */
  readonly rows: readonly number[];
  readonly identifier: { readonly scheme: string; readonly value: string } | null;
  /** The key of the record it belongs to, where the file has that too. */
  readonly parentKey: string | null;
  /** Null: the sender's. */
  readonly owner: NamedOrganisation | null;
  readonly partners: readonly { readonly organisation: NamedOrganisation; readonly role: string }[];
  readonly name: string;
  /** Variants of the name by canonical BCP 47 tag; left out by formats that have none. */
  readonly names?: Readonly<Record<string, string>>;
  readonly description: string | null;
  /** Variants of the description by canonical BCP 47 tag; left out by formats that have none. */
  readonly descriptions?: Readonly<Record<string, string>>;
  /** Calendar days, `2026-03-01`, inclusive on both sides. */
  readonly days: { readonly start: string; readonly end: string | null } | null;
  /** RFC 5545 recurrence of a calendar entry: the lines RRULE, RDATE, EXDATE; null when it happens once. */
  readonly recurrence: string | null;
  readonly status: 'planned' | 'ongoing' | 'completed' | 'suspended' | 'cancelled' | null;
  readonly places: readonly NamedPlace[];
  /** Corridors of the hub, by code. */
  readonly corridors: readonly string[];
  /** As written, or codes of the hub; resolved when applied, unknown themes become terms, the others a remark. */
  readonly themes: readonly string[];
  readonly audiences: readonly string[];
  readonly channels: readonly string[];
  readonly languages: readonly string[];
  /** Where each field came from, by field name, for remarks and provenance. */
  readonly spots: Readonly<Record<string, Spot>>;
}

/** What reading a file yields: every row of it ends in exactly one of these, by the rows they name. */
export type FromFile =
  | { readonly kind: 'record'; readonly record: SourceRecord; readonly remarks: readonly Remark[] }
  | { readonly kind: 'refused'; readonly rows: readonly number[]; readonly remarks: readonly Remark[] };
