import { z } from 'zod';
import { VISIBILITIES } from '../access/release.ts';
import { type Selection, select } from '../projection/selection.ts';
import type { ExportList } from './export-kinds.ts';

const codes = z.array(z.string());
const coded = z.object({ code: z.string() });
const named = z.object({ id: z.string(), name: z.string() });
const identifier = z.object({ scheme: z.string(), value: z.string() });
const texts = z.array(z.object({ language: z.string(), text: z.string() }));
const days = z.object({ start: z.string(), end: z.string().nullable() });
const visibility = z.enum(VISIBILITIES);
const facets = { places: codes, corridors: codes, audiences: codes, themes: codes, channels: codes, languages: codes };

/** An actor as somebody's programme names it. */
const party = named.extend({ kind: coded, identifiers: z.array(identifier) });

const holder = z.object({
  id: z.string(),
  name: z.string(),
  names: texts,
  description: z.string(),
  descriptions: texts,
  owner: party,
  identifier: identifier.nullable(),
  /** With what is inherited. */
  coded: z.object({ start: z.string().nullable(), end: z.string().nullable(), ...facets }),
  stated: z.object(facets),
  release: z.object({ visibility }),
  illustrative: z.boolean(),
  source: z.string().nullable(),
  updatedAt: z.string(),
});

const programme = holder.extend({
  status: z.enum(['planned', 'active', 'ended', 'withdrawn', 'undated']),
  partners: z.array(
    z.object({ role: z.enum(['funding', 'accountable', 'extending', 'implementing']), actor: party.nullable() }),
  ),
});

const campaign = holder.extend({
  status: z.enum(['planned', 'active', 'ended', 'cancelled', 'undated']),
  programme: named.nullable(),
  objectiveLevel: coded.nullable(),
  phase: coded.nullable(),
});

const entry = holder.extend({
  status: z.string(),
  kind: z.string(),
  precision: z.string(),
  recurrence: z.string().nullable(),
  statedDays: z.object({ start: z.string().nullable(), end: z.string().nullable() }),
  campaign: named.nullable(),
});

const actor = named.extend({
  names: texts,
  aliases: codes,
  description: z.string().nullable(),
  website: z.string().nullable(),
  kind: coded,
  baliProcessRole: z.string(),
  basedIn: z.array(coded),
  communityOf: z.array(coded),
  identifiers: z.array(identifier),
  vetting: z.string(),
  visibility,
  illustrative: z.boolean(),
  source: z.string().nullable(),
  updatedAt: z.string(),
});

const subject = named.extend({ release: z.object({ visibility }) }).nullable();

const overlap = z.object({
  id: z.string(),
  kind: z.string(),
  score: z.number(),
  strength: z.number(),
  confidence: z.number(),
  explanation: z.string(),
  days,
  shared: z.object({
    places: z.array(coded),
    corridors: z.array(coded),
    audiences: z.array(coded),
    themes: z.array(coded),
    channels: z.array(coded),
    languages: codes,
  }),
  sides: z.array(z.object({ actor: named.nullable(), subject })),
});

const suggestion = z.object({
  id: z.string(),
  kind: z.string(),
  status: z.string(),
  score: z.number(),
  title: z.string(),
  explanation: z.string(),
  window: days,
  corridor: coded.nullable(),
  themes: z.array(coded),
  audiences: z.array(coded),
  countries: z.array(coded),
  participants: z.array(z.object({ role: z.string().nullable(), place: coded, actor: named.nullable(), subject })),
});

const SCHEMAS = {
  actors: actor,
  programmes: programme,
  campaigns: campaign,
  calendar: entry,
  overlaps: overlap,
  suggestions: suggestion,
} as const;

export type ExportedActor = z.infer<typeof actor>;
export type ExportedProgramme = z.infer<typeof programme>;
export type ExportedCampaign = z.infer<typeof campaign>;
export type ExportedEntry = z.infer<typeof entry>;
export type ExportedOverlap = z.infer<typeof overlap>;
export type ExportedSuggestion = z.infer<typeof suggestion>;

/** A record of a list, as it comes from the reads; the same that GraphQL shows, in codes. */
export type ExportedRecord =
  | { readonly list: 'actors'; readonly record: ExportedActor }
  | { readonly list: 'programmes'; readonly record: ExportedProgramme }
  | { readonly list: 'campaigns'; readonly record: ExportedCampaign }
  | { readonly list: 'calendar'; readonly record: ExportedEntry }
  | { readonly list: 'overlaps'; readonly record: ExportedOverlap }
  | { readonly list: 'suggestions'; readonly record: ExportedSuggestion };

/** Types of the records, as the reads know them. */
export const TYPE_OF: Readonly<Record<ExportList, string>> = {
  actors: 'Actor',
  programmes: 'Programme',
  campaigns: 'Campaign',
  calendar: 'CalendarEntry',
  overlaps: 'Overlap',
  suggestions: 'Suggestion',
};

/** What is read of each record of a list. */
export function selectionFor(list: ExportList, filter: Readonly<Record<string, unknown>>): Selection {
  return { ...toSelection(list, SCHEMAS[list]), args: { filter } };
}

/** A record as it was read. @throws when the reads answer something else than was asked for */
export function toRecord(list: ExportList, answer: unknown): ExportedRecord {
  // The schema of a list is that of its records.
  return { list, record: SCHEMAS[list].parse(answer) } as ExportedRecord;
}

/** Asks for exactly what a schema describes. */
function toSelection(field: string, schema: z.ZodType): Selection {
  const inner = unwrapped(schema);
  if (!(inner instanceof z.ZodObject)) return select(field);
  return select(
    field,
    Object.entries(inner.shape as Record<string, z.ZodType>).map(([name, part]) => toSelection(name, part)),
  );
}

function unwrapped(schema: z.ZodType): z.ZodType {
  if (schema instanceof z.ZodNullable || schema instanceof z.ZodOptional)
    return unwrapped(schema.unwrap() as z.ZodType);
  return schema instanceof z.ZodArray ? unwrapped(schema.element as z.ZodType) : schema;
}
