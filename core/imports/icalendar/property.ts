import ICAL from 'ical.js';
import { z } from 'zod';
import type { ContentLine } from './components.ts';

/** A property of a component as it is written, its values as jCal (RFC 7265) has them: `2026-03-01`, `2026-03-01T10:00:00Z`. */
export interface Property {
  /** In capitals. */
  readonly name: string;
  readonly row: number;
  /** By name in small letters. */
  readonly params: Readonly<Record<string, string>>;
  readonly values: readonly (string | readonly string[])[];
  /** All after the colon. */
  readonly raw: string;
}

/** A line that says nothing readable, in a sentence. */
export class UnreadableLine extends Error {
  override readonly name = 'UnreadableLine';
  constructor(
    readonly row: number,
    readonly column: string,
    readonly value: string,
    message: string,
  ) {
    super(message);
  }
}

/** Longer values are pictures and documents, which nobody asks for here. */
const LONGEST_LINE = 100_000;
const NAME = /^[A-Za-z0-9-]+(?=[;:])/;
const RAW = /^[^:"]*(?:"[^"]*"[^:"]*)*:(.*)$/s;

const DATED = new Set(['DTSTART', 'DTEND', 'RDATE', 'EXDATE', 'RECURRENCE-ID']);
const DAYS = /^\d{8}(?:,\d{8})*$/;

const dashed = (day: string): string => [day.slice(0, 4), day.slice(4, 6), day.slice(6)].join('-');

const written = z.union([z.string(), z.number().transform(String), z.boolean().transform(String)]);
/** What the library says of one content line. */
const jcalProperty = z.tuple([z.string(), z.record(z.string(), z.unknown()), z.string()]).rest(z.unknown());

/** The name before the first `;` or `:`, in capitals; empty where there is none. */
export function nameOf({ text }: ContentLine): string {
  return NAME.exec(text.trimStart())?.[0].toUpperCase() ?? '';
}

/** Reads a content line. @throws {UnreadableLine} */
export function readProperty(line: ContentLine): Property {
  const name = nameOf(line);
  const raw = RAW.exec(line.text)?.[1] ?? '';
  const unreadable = (message: string): UnreadableLine => new UnreadableLine(line.row, name, raw, message);
  if (line.text.length > LONGEST_LINE)
    throw unreadable(`${name} has ${String(line.text.length)} characters; at most ${String(LONGEST_LINE)} are read.`);
  // What the library would turn into an object, and fail on as a whole, is read here.
  if (name === 'RRULE') return { name, row: line.row, params: {}, values: [raw], raw };
  const parsed = jcalProperty.safeParse(jcalOf(line.text, () => unreadable(`${name} is not written as iCalendar is.`)));
  if (!parsed.success) throw unreadable(`${name} is not written as iCalendar is.`);
  const [, given, , ...said] = parsed.data;
  // Days without VALUE=DATE, as many programs write them.
  const values = DATED.has(name) && DAYS.test(raw) ? raw.split(',').map(dashed) : said.flatMap(valueOf);
  const params = Object.entries(given).flatMap(([key, value]) => (typeof value === 'string' ? [[key, value]] : []));
  return { name, row: line.row, params: Object.fromEntries(params), values, raw };
}

function jcalOf(text: string, unreadable: () => Error): unknown {
  try {
    return ICAL.parse.property(text.trimStart(), ICAL.design.icalendar);
  } catch {
    throw unreadable();
  }
}

function valueOf(value: unknown): (string | readonly string[])[] {
  const one = written.safeParse(value);
  if (one.success) return [one.data];
  const period = z.array(z.string()).safeParse(value);
  return period.success ? [period.data] : [];
}
