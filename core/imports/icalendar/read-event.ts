import type { Remark, SourceRecord } from '../source-record.ts';
import type { Component } from './components.ts';
import { type EventDays, eventDays, homeOf, momentOf } from './event-days.ts';
import { type EventRecurrence, compact, eventRecurrence } from './event-recurrence.ts';
import { clockAt } from './moment.ts';
import { Properties, brief, cleaned, cut } from './properties.ts';
import { UnreadableLine } from './property.ts';
import type { Zones } from './zones.ts';

/** An event by itself, before it is seen beside others with its UID. */
export interface ReadEvent {
  readonly kind: 'event';
  readonly row: number;
  readonly uid: string | null;
  /** The day of the occurrence it replaces, `20260301`; null for an event or series as a whole. */
  readonly instance: string | null;
  readonly sequence: number;
  readonly days: EventDays;
  readonly recurrence: EventRecurrence;
  /** All but its key and recurrence, which its neighbours have a say in. */
  readonly record: Omit<SourceRecord, 'key' | 'rows' | 'identifier' | 'recurrence'>;
  readonly properties: Properties;
}

/** An event that is not taken, and why. */
export interface RefusedEvent {
  readonly kind: 'refused';
  readonly row: number;
  readonly remarks: readonly Remark[];
}

/** What holds for all events of one calendar. */
export interface CalendarContext {
  readonly zones: Zones;
  /** By whose clock events in UTC are shown; null: nothing was said. */
  readonly zone: string | null;
  /** METHOD:CANCEL: all of them are called off. */
  readonly cancels: boolean;
}

const LONGEST_NAME = 300;
const LONGEST_DESCRIPTION = 20_000;
const MOST_CATEGORIES = 50;

/** Reads one event. Whom it names (ORGANIZER, ATTENDEE, CONTACT) is not read: people are no part of a shared calendar. */
export function readEvent(component: Component, context: CalendarContext): ReadEvent | RefusedEvent {
  const { row } = component;
  try {
    if (!component.ended)
      throw new UnreadableLine(row, 'BEGIN', 'VEVENT', 'The event is cut off: END:VEVENT is missing.');
    return eventOf(component, context);
  } catch (error) {
    return { kind: 'refused', row, remarks: [remarkOf(error)] };
  }
}

/** What a refusal says of its place. @throws whatever else went wrong */
export function remarkOf(error: unknown): Remark {
  if (!(error instanceof UnreadableLine)) throw error;
  const { row, column, value, message } = error;
  return {
    row,
    column,
    severity: 'ERROR',
    value: value === '' ? null : brief(value),
    reason: message,
    suggestion: 'Correct it where the calendar is kept, and export it again.',
  };
}

function eventOf(component: Component, context: CalendarContext): ReadEvent {
  const properties = new Properties(component);
  const days = eventDays(properties, context.zones, context.zone);
  const recurrence = eventRecurrence(properties, days, context.zones);
  const name = nameOf(properties);
  const location = properties.shortened('LOCATION', LONGEST_NAME);
  if (component.lines.some(({ text }) => text.includes('\uFFFD')))
    properties.warn('SUMMARY', null, 'Some bytes of the event are no UTF-8: they are shown as \uFFFD.');
  return {
    kind: 'event',
    row: component.row,
    uid: properties.text('UID'),
    instance: instanceOf(properties, context),
    sequence: Number(/^\d{1,9}$/.exec(properties.text('SEQUENCE') ?? '')?.[0] ?? 0),
    days,
    recurrence,
    properties,
    record: {
      kind: 'calendar-entry',
      parentKey: null,
      owner: null,
      partners: [],
      name,
      description: properties.shortened('DESCRIPTION', LONGEST_DESCRIPTION),
      days: { start: days.first.toString(), end: days.last.toString() },
      status: context.cancels ? 'cancelled' : statusOf(properties),
      places: location === null ? [] : [{ name: location, code: null, level: null, within: null }],
      corridors: [],
      themes: categoriesOf(properties),
      audiences: [],
      channels: [],
      languages: languagesOf(properties),
      spots: Object.fromEntries(
        Object.entries(SPOTS).map(([field, property]) => [field, properties.spot(property)] as const),
      ),
    },
  };
}

/** From which property each field comes. */
const SPOTS = {
  key: 'UID',
  name: 'SUMMARY',
  description: 'DESCRIPTION',
  days: 'DTSTART',
  recurrence: 'RRULE',
  status: 'STATUS',
  places: 'LOCATION',
  themes: 'CATEGORIES',
};

function nameOf(properties: Properties): string {
  const name = properties.shortened('SUMMARY', LONGEST_NAME);
  if (name !== null) return name.replaceAll(/\s+/g, ' ');
  const instead = properties.text('DESCRIPTION') ?? properties.text('LOCATION');
  if (instead === null) throw properties.refusal('SUMMARY', 'An event needs a name: SUMMARY is missing.');
  properties.warn('SUMMARY', null, 'SUMMARY is missing: what the event says of itself stands for its name.');
  return cut(instead.replaceAll(/\s+/g, ' '), LONGEST_NAME);
}

function statusOf(properties: Properties): SourceRecord['status'] {
  const status = properties.text('STATUS')?.toUpperCase() ?? null;
  if (status === 'CANCELLED') return 'cancelled';
  if (status === 'TENTATIVE') return 'planned';
  if (status !== null && status !== 'CONFIRMED')
    properties.warn('STATUS', status, 'STATUS of an event is TENTATIVE, CONFIRMED or CANCELLED.');
  return null;
}

function categoriesOf(properties: Properties): string[] {
  const values = properties.all('CATEGORIES').flatMap(({ values: listed }) => listed);
  const named = values.flatMap((value) => (typeof value === 'string' ? (cleaned(value) ?? []) : []));
  return [...new Set(named.map((name) => cut(name, LONGEST_NAME)))].slice(0, MOST_CATEGORIES);
}

function languagesOf(properties: Properties): string[] {
  const language = properties.first('SUMMARY')?.params['language'];
  return language === undefined ? [] : [cleaned(language) ?? []].flat();
}

function instanceOf(properties: Properties, { zones, zone }: CalendarContext): string | null {
  const written = properties.first('RECURRENCE-ID');
  if (!written) return null;
  if (written.params['range'] !== undefined)
    throw properties.refusal(
      written,
      'RANGE=THISANDFUTURE is not taken: end the series where it changes, and begin another.',
    );
  const moment = momentOf(properties, written, zones);
  return compact(clockAt(moment, homeOf(moment, zone)).toPlainDate());
}
