import { Temporal } from 'temporal-polyfill';
import { parseCalendarDate } from '../../../engine/index.ts';
import type { Property } from './property.ts';
import type { Zones } from './zones.ts';

/** When something is, as written: a day, or a day and a time somewhere. */
export type Moment =
  | { readonly kind: 'day'; readonly day: Temporal.PlainDate }
  | {
      readonly kind: 'time';
      readonly time: Temporal.PlainDateTime;
      /** An IANA name, an offset, `UTC`; null: not said, or nothing that is known. */
      readonly zone: string | null;
    };

const WRITTEN = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}):(\d{2}):(\d{2})(Z?))?$/;

/** Reads a value of a property as the library writes dates; null for what is none. A second of 60 is the last one there is. */
export function readMoment(value: string, { params }: Pick<Property, 'params'>, zones: Zones): Moment | null {
  const [, date, hour, minute, second, utc] = WRITTEN.exec(value) ?? [];
  if (date === undefined || parseCalendarDate(date) === null) return null;
  const day = Temporal.PlainDate.from(date);
  if (hour === undefined) return { kind: 'day', day };
  const [hours, minutes, seconds] = [hour, minute, second].map(Number);
  if (hours === undefined || minutes === undefined || seconds === undefined) return null;
  if (hours > 23 || minutes > 59 || seconds > 60) return null;
  const tzid = params['tzid'];
  return {
    kind: 'time',
    time: day.toPlainDateTime({ hour: hours, minute: minutes, second: Math.min(seconds, 59) }),
    zone: utc === 'Z' ? 'UTC' : tzid === undefined ? null : zones(tzid),
  };
}

/** Its day and time as clocks in a zone show it; as it is written where either zone is not known. */
export function clockAt(moment: Moment, zone: string | null): Temporal.PlainDateTime {
  if (moment.kind === 'day') return moment.day.toPlainDateTime();
  if (moment.zone === null || zone === null || moment.zone === zone) return moment.time;
  return moment.time.toZonedDateTime(moment.zone).withTimeZone(zone).toPlainDateTime();
}
