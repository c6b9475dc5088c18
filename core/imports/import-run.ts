import { z } from 'zod';
import { mappingSchema } from './mapping.ts';

/** How far an import is. READING, APPLYING and ROLLING_BACK are for the worker, which starts over when it was interrupted. */
export const IMPORT_STATES = [
  'UPLOADED',
  'READING',
  'READY',
  'APPLYING',
  'APPLIED',
  'ROLLING_BACK',
  'ROLLED_BACK',
  'FAILED',
] as const;
export type ImportState = (typeof IMPORT_STATES)[number];

export type ItemOutcome = 'CREATED' | 'CHANGED' | 'UNCHANGED' | 'REFUSED';

/** What became of the rows of a file: `rows` is the sum of the five below it. */
export interface ImportCounts {
  readonly rows: number;
  /** Rows that differ from all before them. */
  readonly distinct: number;
  /** Different things that the rows say. */
  readonly records: number;
  readonly created: number;
  readonly changed: number;
  readonly unchanged: number;
  /** Rows that went into the record of another row. */
  readonly merged: number;
  readonly refused: number;
  /** Organisations that were nobody in the hub. */
  readonly registered: number;
}

const day = z.iso.date();

/** What a sender says of a file beside the file itself. */
export const importOptions = z.object({
  /** The days of rows that state none. */
  period: z
    .object({ start: day, end: day })
    .refine(({ start, end }) => start <= end, 'It ends before it starts.')
    .nullish(),
  /** The country of places that are named without one. */
  country: z
    .string()
    .regex(/^[A-Z]{2}$/, 'ISO 3166-1 alpha-2, such as VU')
    .nullish(),
  /** How to understand its columns; without it as the sender had it before, else as they seem. */
  mapping: mappingSchema.nullish(),
  /** Whether a coordinator vouches for organisations that own records of the file and that nobody has vetted. */
  vouch: z.boolean().nullish(),
  /** Whom names mean, where it is not clear: by the name as written. A null actor: nobody whom the hub knows. */
  names: z
    .array(z.object({ name: z.string().min(1).max(300), actor: z.string().nullish() }))
    .max(2_000)
    .nullish(),
});
export type ImportOptions = z.infer<typeof importOptions>;

/** A name of the file that a person should look at. */
export interface NameMatch {
  readonly name: string;
  /** Whom it is taken for; null: a new organisation, or none. */
  readonly actor: string | null;
  /** Whom else it might mean, the likest first. */
  readonly candidates: readonly { readonly actor: string; readonly confidence: number }[];
}
