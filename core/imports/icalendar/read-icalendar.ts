import { createHash } from 'node:crypto';
import type { FromFile, Remark } from '../source-record.ts';
import { type Component, readComponents } from './components.ts';
import { compact, recurrenceText } from './event-recurrence.ts';
import { Properties } from './properties.ts';
import { type CalendarContext, type ReadEvent, type RefusedEvent, readEvent, remarkOf } from './read-event.ts';
import { zonesOf } from './zones.ts';

/** What one event says, with the number of its version: a greater one is later. */
export interface CalendarItem {
  readonly sequence: number;
  readonly fromFile: FromFile;
}

export interface CalendarFile {
  /** In the order of the file. */
  readonly items: readonly CalendarItem[];
  /** Whether everything was there that its beginning promised: what a file that was cut off does not name may still exist. */
  readonly complete: boolean;
}

/** How a UID is written down as an identifier. */
export const UID_SCHEME = 'icalendar-uid';
const LONGEST_IDENTIFIER = 300;
const MOST_EVENTS = 20_000;
const TO_DOS = new Map([
  ['VTODO', 'a task'],
  ['VJOURNAL', 'a journal entry'],
  ['VFREEBUSY', 'a list of busy times'],
  ['VAVAILABILITY', 'a list of times when somebody can be reached'],
]);

/**
 * Reads an iCalendar file (RFC 5545): every event becomes a calendar entry or is refused with its reason, each in its rows, the
 * lines of BEGIN:VEVENT. An occurrence that was changed is an entry of its own, and its series leaves out its day; one that was
 * called off, and earlier versions of an event, go into the rows of what stands. Never throws; linear in the bytes.
 */
export function readICalendar(bytes: Uint8Array): readonly FromFile[] {
  return readCalendarFile(bytes).items.map(({ fromFile }) => fromFile);
}

/** The same with what a subscription needs to tell what is new. */
export function readCalendarFile(bytes: Uint8Array): CalendarFile {
  const { components, lastRow } = readComponents(bytes);
  const all = components.flatMap(flatten);
  const events = all.filter(({ name }) => name === 'VEVENT');
  if (events.length > MOST_EVENTS) {
    const reason = `A calendar has at most ${String(MOST_EVENTS)} events, not ${String(events.length)}.`;
    const rows = events.map(({ row }) => row);
    const extra = events[MOST_EVENTS]?.row ?? 1;
    return {
      items: [refused(rows, wholeFile(extra, reason, 'Export fewer years, or several files.'))],
      complete: false,
    };
  }
  const read = components.flatMap(eventsIn);
  const others = all.flatMap(({ name, row }): CalendarItem[] => {
    const what = TO_DOS.get(name);
    return what === undefined ? [] : [refused([row], wholeFile(row, `This is ${what}: the hub takes events.`, null))];
  });
  const cutOff = components.some(({ name, ended }) => name === 'VCALENDAR' && !ended);
  const items = [
    ...seenTogether(read.filter((one) => one.kind === 'event')),
    ...read.filter((one) => one.kind === 'refused').map(({ row, remarks }) => refused([row], ...remarks)),
    ...others,
  ].sort((a, b) => firstRow(a) - firstRow(b));
  if (cutOff) {
    const reason = 'The file ends before END:VCALENDAR: it was cut off, and events may be missing.';
    items.push(refused([lastRow], wholeFile(lastRow, reason, 'Export it again.')));
  }
  if (items.length === 0) {
    const reason =
      components.length === 0
        ? 'This is no iCalendar file: it has no BEGIN:VCALENDAR.'
        : 'There is no event in this file.';
    items.push(refused([1], wholeFile(1, reason, 'Export events as an iCalendar file (.ics).')));
  }
  return { items, complete: !cutOff && components.length > 0 && events.every(({ ended }) => ended) };
}

/** Events also stand alone, as mails and tests have them. */
function eventsIn(root: Component): (ReadEvent | RefusedEvent)[] {
  const inside = flatten(root);
  const properties = new Properties(root);
  const zones = zonesOf(inside);
  const zone = quietly(() => properties.text('X-WR-TIMEZONE'));
  const context: CalendarContext = {
    zones,
    zone: zone === null ? null : zones(zone),
    cancels: quietly(() => properties.text('METHOD'))?.toUpperCase() === 'CANCEL',
  };
  return inside.filter(({ name }) => name === 'VEVENT').map((event) => readEvent(event, context));
}

/** What cannot be read of a calendar as a whole says nothing of its events. */
function quietly(read: () => string | null): string | null {
  try {
    return read();
  } catch (error) {
    remarkOf(error);
    return null;
  }
}

/** Not what is inside events: alarms say nothing of days. */
function flatten(component: Component): Component[] {
  return component.name === 'VEVENT' ? [component] : [component, ...component.inside.flatMap(flatten)];
}

function seenTogether(events: readonly ReadEvent[]): CalendarItem[] {
  const byUid = Map.groupBy(events, keyOf);
  return [...byUid].flatMap(([key, alike]) => seriesOf(key, alike));
}

/** Its UID, or what it is made of where it has none. */
function keyOf({ uid, record, row }: ReadEvent): string {
  if (uid !== null) return uid;
  const made = [record.name, record.days?.start, record.days?.end, record.places[0]?.name ?? ''].join('\n');
  return record.days === null ? String(row) : `made-of:${createHash('sha256').update(made).digest('hex')}`;
}

/** All events with one UID: the series, and the occurrences of it that were changed. */
function seriesOf(uid: string, events: readonly ReadEvent[]): CalendarItem[] {
  const series = latest(events.filter(({ instance }) => instance === null));
  const changed = [
    ...Map.groupBy(
      events.filter(({ instance }) => instance !== null),
      ({ instance }) => instance ?? '',
    ),
  ]
    .map(([instance, versions]) => ({ instance, ...latest(versions) }))
    .flatMap(({ instance, event, rows }) => (event ? [{ instance, event, rows }] : []));
  if (!series.event) return changed.flatMap(({ instance, event, rows }) => itemsOf(event, `${uid}#${instance}`, rows));
  const recurs = series.event.recurrence.rule !== null || series.event.recurrence.added.size > 0;
  // What was called off of a series is told by the series; what stands is an entry of its own.
  const calledOff = recurs ? changed.filter(({ event }) => event.record.status === 'cancelled') : [];
  const rows = [...series.rows, ...calledOff.flatMap((one) => one.rows)];
  const without = recurs ? changed.map(({ instance }) => instance) : [];
  return [
    ...itemsOf(series.event, uid, rows, without),
    ...changed
      .filter((one) => !calledOff.includes(one))
      .flatMap(({ instance, event, rows: own }) => itemsOf(event, `${uid}#${instance}`, own)),
  ];
}

/** The version with the greatest SEQUENCE, of these the last; and the rows of all. */
function latest(versions: readonly ReadEvent[]): {
  readonly event: ReadEvent | null;
  readonly rows: readonly number[];
} {
  const event = versions.reduce<ReadEvent | null>(
    (best, one) => (best === null || one.sequence >= best.sequence ? one : best),
    null,
  );
  const rows = versions.map(({ row }) => row).filter((row) => row !== event?.row);
  return { event, rows: event ? [event.row, ...rows] : [] };
}

function itemsOf(
  event: ReadEvent,
  key: string,
  rows: readonly number[],
  without: readonly string[] = [],
): CalendarItem[] {
  const { properties, recurrence, record, sequence } = event;
  const leftOut = new Set([...recurrence.leftOut, ...without]);
  try {
    const text = event.instance === null ? recurrenceText(properties, { ...recurrence, leftOut }) : null;
    const others = recurrence.others.map(({ first, last }) => {
      const days = { start: first.toString(), end: last.toString() };
      return recordItem({ ...event, record: { ...record, days } }, `${key}#${compact(first)}`, rows.slice(0, 1), null);
    });
    return [{ ...recordItem(event, key, rows, text, properties.remarks), sequence }, ...others];
  } catch (error) {
    return [refused(rows, remarkOf(error))];
  }
}

function recordItem(
  { record, sequence }: ReadEvent,
  key: string,
  rows: readonly number[],
  recurrence: string | null,
  remarks: readonly Remark[] = [],
): CalendarItem {
  const identifier = key.length > LONGEST_IDENTIFIER ? null : { scheme: UID_SCHEME, value: key };
  return { sequence, fromFile: { kind: 'record', record: { ...record, key, rows, identifier, recurrence }, remarks } };
}

function refused(rows: readonly number[], ...remarks: readonly Remark[]): CalendarItem {
  return { sequence: 0, fromFile: { kind: 'refused', rows, remarks } };
}

function wholeFile(row: number, reason: string, suggestion: string | null): Remark {
  return { row, column: null, severity: 'ERROR', value: null, reason, suggestion };
}

function firstRow({ fromFile }: CalendarItem): number {
  return (fromFile.kind === 'record' ? fromFile.record.rows[0] : fromFile.rows[0]) ?? 0;
}
