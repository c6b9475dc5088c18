import { z } from 'zod';
import { PlainError } from '../../../platform/plain-error.ts';
import { daysInput } from '../../footprints/stated-footprint.ts';
import { FIELD_NAMES } from './field.ts';

export const STATUSES = ['planned', 'ongoing', 'completed', 'suspended', 'cancelled'] as const;
export type Status = (typeof STATUSES)[number];

const text = z.string().trim().min(1).max(500);
const texts = z.array(text).max(100);

/** What is said of rows without standing in them. */
const statement = z.strictObject({
  organisation: text.optional(),
  name: text.optional(),
  status: z.enum(STATUSES).optional(),
  period: daysInput.optional(),
  country: text.optional(),
  corridors: texts.optional(),
  themes: texts.optional(),
  audiences: texts.optional(),
  channels: texts.optional(),
  languages: texts.optional(),
});

const field = z.enum(FIELD_NAMES);

const statedValue = z.union([
  // Read as if it stood there; null as if nothing did.
  z.string().max(500).nullable(),
  statement.extend({ leaveOut: z.literal(true).optional() }),
]);

const sheetMapping = z.strictObject({
  sheet: text.optional(),
  headerRow: z.int().min(1).max(100_000).optional(),
  encoding: text.optional(),
  delimiter: z.enum([',', ';', '\t', '|']).optional(),
  dateOrder: z.enum(['day-first', 'month-first']).optional(),
  columns: z.record(z.string().max(500), z.union([field, z.array(field).max(5), z.null()])).optional(),
  constants: statement.optional(),
  values: z.record(z.string().max(500), z.record(z.string().max(1_000), statedValue)).optional(),
});

/** How a sheet is to be read, as people write it and as it is remembered: docs/imports.md. */
export type SheetMapping = z.infer<typeof sheetMapping>;
/** What is said of rows without standing in them. */
export type Statement = z.infer<typeof statement>;
export type DateOrder = NonNullable<SheetMapping['dateOrder']>;
export type StatedValue = z.infer<typeof statedValue>;

/** Says nothing: everything is guessed. */
export const NO_MAPPING: SheetMapping = {};

/**
 * Reads a mapping.
 * @param source its file or where else it comes from, for messages
 * @throws PlainError that names every place that is not as it should be.
 */
export function parseMapping(input: unknown, source: string): SheetMapping {
  const result = sheetMapping.safeParse(input);
  if (result.success) return result.data;
  const problems = result.error.issues.map(
    ({ path, message }) => `${path.map(String).join(' → ') || 'all'}: ${message}`,
  );
  throw new PlainError(`${source} is no mapping of a sheet.\n  ${problems.join('\n  ')}`);
}
