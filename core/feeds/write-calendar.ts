import ICAL from 'ical.js';
import { createHash } from 'node:crypto';
import { type EpochDay, epochDay, formatCalendarDate, parseCalendarDate } from '../../engine/index.ts';
import { partsOf } from '../calendar/recurrence.ts';

/** First and last day, `2026-03-01`; an end of null is not known. */
export interface ShownDays {
  readonly start: string;
  readonly end: string | null;
}

/** What a feed shows of an entry: what its reader may see of it. */
export interface ShownEntry {
  readonly id: string;
  readonly name: string;
  readonly description: string | null;
  readonly status: 'tentative' | 'confirmed' | 'cancelled';
  readonly cancelledReason: string | null;
  readonly precision: string;
  /** As `Recurrence` writes it. */
  readonly recurrence: string | null;
  /** Of its first occurrence, as written. */
  readonly statedDays: ShownDays;
  readonly footprint: {
    /** Of all occurrences, in whole weeks, months or quarters where it is known no better. */
    readonly days: ShownDays | null;
    readonly places: readonly { readonly name: string }[];
    readonly themes: readonly { readonly label: string }[];
  };
  /** Null: not shown to the reader. */
  readonly owner: { readonly name: string } | null;
  readonly campaign: { readonly name: string } | null;
  readonly version: number;
  /** ISO 8601. */
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface ShownBand {
  readonly kind: string;
  readonly name: string;
  readonly days: ShownDays;
  readonly countries: readonly { readonly code: string; readonly name: string }[];
  readonly reason: string | null;
  readonly estimated: boolean;
}

export interface ShownCalendar {
  readonly title: string;
  readonly entries: readonly ShownEntry[];
  readonly observances: readonly ShownBand[];
}

type Property = readonly [name: string, params: Record<string, string>, type: string, ...values: readonly unknown[]];

/** How often subscribers need to look. */
const REFRESH = 'PT1H';

/**
 * A calendar as iCalendar (RFC 5545, 7986). The UID of an entry never changes; SEQUENCE is the number of its changes, so that the
 * same contents are the same bytes. All events are of whole days, and block nobody's time.
 */
export function writeCalendar({ title, entries, observances }: ShownCalendar): string {
  const text = (name: string, value: string): Property => [name, {}, 'text', plain(value)];
  // The library would write VALUE=TEXT, which programs do not expect of properties that they made up.
  const untyped = (name: string, value: string): Property => [name, {}, 'unknown', value];
  return `${ICAL.stringify([
    'vcalendar',
    [
      text('prodid', '-//Concord//Calendar feed//EN'),
      text('version', '2.0'),
      text('calscale', 'GREGORIAN'),
      text('method', 'PUBLISH'),
      untyped('name', escaped(title)),
      untyped('x-wr-calname', escaped(title)),
      ['refresh-interval', {}, 'duration', REFRESH],
      untyped('x-published-ttl', REFRESH),
    ],
    [
      ...entries.map((entry) => ['vevent', eventOf(entry), []]),
      ...observances.map((band) => ['vevent', bandOf(band), []]),
    ],
  ])}\r\n`;
}

function eventOf(entry: ShownEntry): Property[] {
  const { id, status, footprint, recurrence } = entry;
  const place = footprint.places.map(({ name }) => name).join('; ');
  const themes = footprint.themes.map(({ label }) => plain(label));
  const days = recurrence === null ? (footprint.days ?? entry.statedDays) : entry.statedDays;
  return [
    ['uid', {}, 'text', `${id}@concord`],
    ['dtstamp', {}, 'date-time', instant(entry.updatedAt)],
    ['created', {}, 'date-time', instant(entry.createdAt)],
    ['last-modified', {}, 'date-time', instant(entry.updatedAt)],
    ['sequence', {}, 'integer', entry.version - 1],
    ...wholeDays(days),
    ...(recurrence === null ? [] : recurring(recurrence)),
    ['summary', {}, 'text', plain(entry.name)],
    ['status', {}, 'text', status.toUpperCase()],
    ['transp', {}, 'text', 'TRANSPARENT'],
    ['description', {}, 'text', plain(describe(entry, days))],
    ...(place === '' ? [] : [['location', {}, 'text', plain(place)] as const]),
    ...(themes.length === 0 ? [] : [['categories', {}, 'text', ...themes] as const]),
  ];
}

function bandOf({ kind, name, days, countries, reason, estimated }: ShownBand): Property[] {
  const where = countries.map((country) => country.name).join(', ');
  const made = [kind, name, days.start, ...countries.map(({ code }) => code)].join('\n');
  const notes = [reason, where, estimated ? 'It may come a day earlier or later.' : null].filter((one) => one !== null);
  return [
    ['uid', {}, 'text', `observance-${createHash('sha256').update(made).digest('hex').slice(0, 32)}@concord`],
    // Nobody changed it at any moment: one that stays the same.
    ['dtstamp', {}, 'date-time', `${days.start}T00:00:00Z`],
    ...wholeDays(days),
    ['summary', {}, 'text', plain(name)],
    ['transp', {}, 'text', 'TRANSPARENT'],
    ['description', {}, 'text', plain(notes.filter((note) => note !== '').join('\n'))],
    ['categories', {}, 'text', 'Observance'],
  ];
}

/** Ends are exclusive; what has no known end shows its first day. */
function wholeDays({ start, end }: ShownDays): Property[] {
  const last = dayOf(end ?? start);
  return [
    ['dtstart', {}, 'date', start],
    ['dtend', {}, 'date', formatCalendarDate(epochDay(last + 1))],
  ];
}

function recurring(text: string): Property[] {
  const { rule, added, leftOut } = partsOf({ text });
  const listed = (name: string, days: readonly EpochDay[]): Property[] =>
    days.length === 0 ? [] : [[name, {}, 'date', ...days.map(formatCalendarDate)]];
  return [
    ...(rule === null ? [] : [['rrule', {}, 'recur', ICAL.Recur.fromString(rule).toJSON()] as const]),
    ...listed('rdate', added),
    ...listed('exdate', leftOut),
  ];
}

function describe({ description, owner, campaign, precision, cancelledReason }: ShownEntry, days: ShownDays): string {
  return [
    description,
    owner && campaign ? `${owner.name}: ${campaign.name}` : (owner?.name ?? campaign?.name ?? null),
    cancelledReason === null ? null : `Cancelled: ${cancelledReason}`,
    precision === 'day' ? null : `Known to the ${precision}.`,
    days.end === null ? 'No end is planned.' : null,
  ]
    .filter((line) => line !== null && line !== '')
    .join('\n');
}

function dayOf(text: string): EpochDay {
  const day = parseCalendarDate(text);
  if (day === null) throw new Error(`expected a day, found ${text}`);
  return day;
}

/** To the second, as RFC 5545 has it. */
const instant = (iso: string): string => `${new Date(iso).toISOString().slice(0, 19)}Z`;

const escaped = (value: string): string =>
  plain(value)
    .replaceAll(/[\\;,]/g, '\\$&')
    .replaceAll('\n', '\\n');

/** Without the control characters that no line of a calendar may hold. */
// eslint-disable-next-line no-control-regex
const plain = (value: string): string => value.replaceAll(/\r\n?/g, '\n').replaceAll(/[\0-\x08\x0B-\x1F\x7F]/g, '');
