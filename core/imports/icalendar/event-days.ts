import ICAL from 'ical.js';
import { Temporal } from 'temporal-polyfill';
import { type Moment, clockAt, readMoment } from './moment.ts';
import type { Properties } from './properties.ts';
import type { Property } from './property.ts';
import type { Zones } from './zones.ts';

/** The days of an event, and by what clock they are counted. */
export interface EventDays {
  readonly first: Temporal.PlainDate;
  readonly last: Temporal.PlainDate;
  /** When it begins, by that clock. */
  readonly start: Temporal.PlainDateTime;
  /** Null: by the clock of wherever it takes place. */
  readonly zone: string | null;
}

/** What lasts longer is no event. */
const LONGEST_DAYS = 3_660;
const DAY_S = 86_400;

/**
 * First and last day of an event where it takes place: by the clock that its start is written in, and by that of the calendar
 * where it is written in UTC. An end is exclusive: what ends at midnight ends the day before. @throws {UnreadableLine}
 */
export function eventDays(properties: Properties, zones: Zones, calendarZone: string | null): EventDays {
  const written = properties.first('DTSTART');
  if (!written) throw properties.refusal('DTSTART', 'An event says when it begins: DTSTART is missing.');
  const start = momentOf(properties, written, zones);
  const zone = homeOf(start, calendarZone);
  noteUnknownZone(properties, written, start);
  const from = clockAt(start, zone);
  const until = endOf(properties, from, (end) => clockAt(momentOf(properties, end, zones), zone));
  const last = lastDay(from, until);
  if (!isShown(from.toPlainDate()) || !isShown(last))
    throw properties.refusal(written, 'The event is not in one of the years from 1 to 9999.');
  return { first: from.toPlainDate(), last, start: from, zone };
}

/** The clock by which the days of what begins then are counted. */
export function homeOf(start: Moment, calendarZone: string | null): string | null {
  if (start.kind === 'day') return null;
  return start.zone === 'UTC' ? (calendarZone ?? 'UTC') : start.zone;
}

/** @throws {UnreadableLine} */
export function momentOf(properties: Properties, property: Property, zones: Zones): Moment {
  const [value] = property.values;
  const moment = typeof value === 'string' ? readMoment(value, property, zones) : null;
  if (moment) return moment;
  throw properties.refusal(
    property,
    `${property.name} is a day such as 20260301, or a day and a time such as 20260301T100000.`,
  );
}

/** The last of the days from a beginning to an end that is not part of them; the first where they are the same. */
export function lastDay(from: Temporal.PlainDateTime, until: Temporal.PlainDateTime): Temporal.PlainDate {
  const atMidnight = until.toPlainTime().equals(new Temporal.PlainTime());
  const last = atMidnight ? until.toPlainDate().subtract({ days: 1 }) : until.toPlainDate();
  const first = from.toPlainDate();
  return Temporal.PlainDate.compare(last, first) < 0 ? first : last;
}

/** Whether a day is one that is written with four digits of its year. */
export const isShown = (day: Temporal.PlainDate): boolean => day.year >= 1 && day.year <= 9_999;

/** So long after a beginning; null for what is no length of time, or too long a one. */
export function later(from: Temporal.PlainDateTime, duration: string): Temporal.PlainDateTime | null {
  try {
    const seconds = ICAL.Duration.fromString(duration).toSeconds();
    return seconds >= 0 && seconds <= LONGEST_DAYS * DAY_S ? from.add({ seconds }) : null;
  } catch {
    return null;
  }
}

function endOf(
  properties: Properties,
  from: Temporal.PlainDateTime,
  clockOf: (end: Property) => Temporal.PlainDateTime,
): Temporal.PlainDateTime {
  const end = properties.first('DTEND');
  if (end) {
    const until = clockOf(end);
    if (Temporal.PlainDateTime.compare(until, from) >= 0) return until;
    throw properties.refusal(end, `The event ends before it begins, ${from.toString()}.`);
  }
  const duration = properties.first('DURATION');
  if (!duration) return from;
  const until = later(from, duration.raw.trim());
  if (until) return until;
  throw properties.refusal(
    duration,
    `DURATION is a length of time such as P1D or PT2H30M, of at most ${String(LONGEST_DAYS)} days.`,
  );
}

function noteUnknownZone(properties: Properties, { params }: Property, start: Moment): void {
  const tzid = params['tzid'];
  if (tzid === undefined || start.kind === 'day' || start.zone !== null) return;
  properties.warn('DTSTART', tzid, 'This is no time zone that is known: days are taken as they are written.');
}
