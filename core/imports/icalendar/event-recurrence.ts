import { Temporal } from 'temporal-polyfill';
import { readRecurrence } from '../../calendar/recurrence-rule.ts';
import { type EventDays, isShown, lastDay, later } from './event-days.ts';
import { clockAt, readMoment } from './moment.ts';
import type { Properties } from './properties.ts';
import type { Property } from './property.ts';
import type { Zones } from './zones.ts';

/** On which days an event takes place beside its first. Days are `20260301`. */
export interface EventRecurrence {
  readonly rule: string | null;
  readonly added: ReadonlySet<string>;
  readonly leftOut: ReadonlySet<string>;
  /** Occurrences that take another number of days than the first. */
  readonly others: readonly { readonly first: Temporal.PlainDate; readonly last: Temporal.PlainDate }[];
}

const MOST_INSTANCES = 5_000;
const TIMES = ['BYHOUR', 'BYMINUTE', 'BYSECOND'];

/** What an event says of RRULE, RDATE and EXDATE, in days. @throws {UnreadableLine} where days do not say it */
export function eventRecurrence(properties: Properties, days: EventDays, zones: Zones): EventRecurrence {
  const { rule, timesADay } = readRule(properties, days, zones);
  const tooMany = (name: string, count: number): Error =>
    properties.refusal(name, `An event has at most ${String(MOST_INSTANCES)} occurrences, not ${String(count)}.`);
  const listed = (name: string): Occurrence[] => {
    if (properties.count(name) > MOST_INSTANCES) throw tooMany(name, properties.count(name));
    const found = properties.all(name).flatMap((property) => occurrencesOf(properties, property, days, zones));
    if (found.length > MOST_INSTANCES) throw tooMany(name, found.length);
    return found;
  };
  const rdates = listed('RDATE');
  const exdates = listed('EXDATE');
  if (timesADay && exdates.length > 0)
    properties.warn('EXDATE', null, 'It takes place several times a day: leaving out one of them leaves out no day.');
  const length = days.first.until(days.last).days;
  const isLikeFirst = ({ first, last }: Occurrence): boolean => last === null || first.until(last).days === length;
  return {
    rule,
    added: new Set(rdates.filter(isLikeFirst).map(({ first }) => compact(first))),
    leftOut: new Set(timesADay ? [] : exdates.map(({ first }) => compact(first))),
    others: rdates.flatMap((one) =>
      one.last === null || isLikeFirst(one) ? [] : [{ first: one.first, last: one.last }],
    ),
  };
}

/** The recurrence of an entry in the hub's form; null when it takes place once. @throws {UnreadableLine} */
export function recurrenceText(
  properties: Properties,
  { rule, added, leftOut }: Pick<EventRecurrence, 'rule' | 'added' | 'leftOut'>,
): string | null {
  if (rule === null && added.size === 0) return null;
  const lines = [
    ...(rule === null ? [] : [`RRULE:${rule}`]),
    ...(added.size > 0 ? [`RDATE:${[...added].join(',')}`] : []),
    ...(leftOut.size > 0 ? [`EXDATE:${[...leftOut].join(',')}`] : []),
  ];
  const read = readRecurrence(lines.join('\n'));
  if (read.ok) return lines.join('\n');
  throw properties.refusal(rule === null ? 'RDATE' : 'RRULE', read.message);
}

export const compact = (day: Temporal.PlainDate): string => day.toString().replaceAll('-', '');

interface Occurrence {
  readonly first: Temporal.PlainDate;
  /** Null: as long as the first. */
  readonly last: Temporal.PlainDate | null;
}

function occurrencesOf(properties: Properties, property: Property, { zone }: EventDays, zones: Zones): Occurrence[] {
  if (property.raw.trim() === '') return [];
  const unreadable = (): Error =>
    properties.refusal(property, `${property.name} is days such as 20260301, separated by commas.`);
  const clockOf = (value: string): Temporal.PlainDateTime => {
    const moment = readMoment(value, property, zones);
    if (!moment) throw unreadable();
    return clockAt(moment, zone);
  };
  return property.values.map((value) => {
    if (typeof value === 'string') return { first: clockOf(value).toPlainDate(), last: null };
    const [start = '', end = ''] = value;
    const from = clockOf(start);
    const until = end.startsWith('P') ? later(from, end) : clockOf(end);
    if (!until || Temporal.PlainDateTime.compare(until, from) < 0) throw unreadable();
    const last = lastDay(from, until);
    if (!isShown(from.toPlainDate()) || !isShown(last)) throw unreadable();
    return { first: from.toPlainDate(), last };
  });
}

/** The rule in whole days: times of day do not count, and UNTIL is the last day that it allows. */
function readRule(
  properties: Properties,
  days: EventDays,
  zones: Zones,
): { readonly rule: string | null; readonly timesADay: boolean } {
  const rules = properties.all('RRULE');
  const [written, second] = rules;
  const refuse = (reason: string): Error => properties.refusal(written ?? 'RRULE', reason);
  if (second ?? properties.first('EXRULE'))
    throw refuse('An event has one rule: write the others as events of their own, or their days as RDATE and EXDATE.');
  if (!written || written.raw.trim() === '') return { rule: null, timesADay: false };
  const parts = written.raw
    .toUpperCase()
    .replaceAll(/\s/g, '')
    .split(';')
    .map((part) => part.split('='))
    .filter(([name, value]) => name !== '' && !(name === 'RSCALE' && value === 'GREGORIAN'));
  const valueOf = (name: string): string | undefined => parts.find(([one]) => one === name)?.[1];
  if (/^(HOURLY|MINUTELY|SECONDLY)$/.test(valueOf('FREQ') ?? ''))
    throw refuse(`Entries are whole days, and recur by days at most: FREQ=${valueOf('FREQ') ?? ''} is not taken.`);
  const timesADay = TIMES.some((name) => valueOf(name)?.includes(',') === true);
  const count = valueOf('COUNT');
  if (count !== undefined && Number(count) > MOST_INSTANCES)
    throw refuse(`An event has at most ${String(MOST_INSTANCES)} occurrences, not ${count}.`);
  if (count !== undefined && timesADay)
    throw refuse('COUNT counts times of day here, and entries are whole days: give UNTIL instead.');
  const until = valueOf('UNTIL');
  const lastAllowed = until === undefined ? null : untilDay(until, days, zones);
  if (until !== undefined && lastAllowed === null) throw refuse(`UNTIL=${until}: UNTIL is a day such as 20261231.`);
  if (lastAllowed && Temporal.PlainDate.compare(lastAllowed, days.first) < 0) {
    properties.warn('RRULE', written.raw, 'The rule ends before the event begins: it takes place once.');
    return { rule: null, timesADay: false };
  }
  const kept = parts.filter(([name = '']) => !TIMES.includes(name) && name !== 'UNTIL').map((part) => part.join('='));
  const rule = [...kept, ...(lastAllowed ? [`UNTIL=${compact(lastAllowed)}`] : [])].join(';');
  const read = readRecurrence(rule);
  if (!read.ok) throw refuse(read.message);
  return { rule: read.recurrence.text, timesADay };
}

/** The last day on which an occurrence may begin that begins at the time of the first. */
function untilDay(text: string, { start, zone }: EventDays, zones: Zones): Temporal.PlainDate | null {
  const [, year, month, day, hour, minute, second, utc = ''] =
    /^(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})(Z?))?$/.exec(text) ?? [];
  const date = [year, month, day].join('-');
  const time = hour === undefined ? '' : `T${[hour, minute, second].join(':')}${utc}`;
  const moment = readMoment(`${date}${time}`, { params: {} }, zones);
  if (!moment) return null;
  const until = clockAt(moment, zone);
  const isTooLate = moment.kind === 'time' && Temporal.PlainTime.compare(start.toPlainTime(), until.toPlainTime()) > 0;
  return isTooLate ? until.toPlainDate().subtract({ days: 1 }) : until.toPlainDate();
}
