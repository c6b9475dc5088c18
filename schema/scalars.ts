import { GraphQLScalarType, Kind, GraphQLError } from 'graphql';
import { GraphQLDateTime } from 'graphql-scalars';
import { parseCalendarDate } from '../engine/index.ts';

export { GraphQLDateTime as DateTime };

/** A civil date without time or zone. Travels as text: turning it into an instant would move it by a day somewhere. */
export const CalendarDate = new GraphQLScalarType<string, string>({
  name: 'CalendarDate',
  description: 'A civil date as ISO 8601 `YYYY-MM-DD`: the day at the place where the campaign runs. No time zone.',
  specifiedByURL: 'https://www.rfc-editor.org/rfc/rfc3339#section-5.6',
  serialize: (value) => String(value),
  parseValue: readCalendarDate,
  parseLiteral: (node) => readCalendarDate(node.kind === Kind.STRING ? node.value : undefined),
});

function readCalendarDate(value: unknown): string {
  if (typeof value === 'string' && parseCalendarDate(value) !== null) return value;
  throw new GraphQLError(
    `CalendarDate must be a day that exists, written YYYY-MM-DD such as "2026-03-01", not ${JSON.stringify(value)}.`,
  );
}

const SNAPSHOT = /^\d{1,20}:\d{1,20}:(\d{1,20}(,\d{1,20})*)?$/;

/** A place in the order of commits, not a time: what was written by transactions that this point had not seen comes after it. */
export const ChangeToken = new GraphQLScalarType<string, string>({
  name: 'ChangeToken',
  description:
    'An opaque point in the order of commits. Pass the `changeToken` of an earlier answer as `changedAfter` to get everything written since, late commits included. Valid as long as the database was not restored.',
  serialize: (value) => String(value).replace(/\s/g, ''),
  parseValue: readChangeToken,
  parseLiteral: (node) => readChangeToken(node.kind === Kind.STRING ? node.value : undefined),
});

function readChangeToken(value: unknown): string {
  const text = typeof value === 'string' ? Buffer.from(value, 'base64').toString('utf8') : '';
  if (SNAPSHOT.test(text)) return text;
  throw new GraphQLError('ChangeToken must be the changeToken of an earlier answer, unchanged.');
}
