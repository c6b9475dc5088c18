import { parseCalendarDate } from '../../engine/index.ts';

/**
 * A recurrence that has been read, in canonical form: RFC 5545 RRULE without its name, then a line `RDATE:` with days that are
 * added and a line `EXDATE:` with days that are left out, each where there are any. Without a rule it begins with `RDATE:`.
 */
export interface Recurrence {
  readonly text: string;
}

export type ReadRecurrence =
  { readonly ok: true; readonly recurrence: Recurrence } | { readonly ok: false; readonly message: string };

/** Longer ones say nothing that a person would plan. */
const LONGEST = 300;
/** As many as there are days that a recurrence is followed. */
const MOST_DAYS = 731;

/** Which values a part of a rule may have (RFC 5545, 3.3.10), and how to say so. */
interface Part {
  readonly expected: string;
  allows(value: string): boolean;
}

const PARTS: ReadonlyMap<string, Part> = new Map([
  [
    'FREQ',
    { expected: 'DAILY, WEEKLY, MONTHLY or YEARLY', allows: (value) => /^(DAILY|WEEKLY|MONTHLY|YEARLY)$/.test(value) },
  ],
  ['INTERVAL', number(1, 1_000)],
  ['COUNT', number(1, 10_000)],
  ['UNTIL', { expected: 'a day such as 20261231', allows: isCompactDay }],
  ['BYMONTH', listOf(number(1, 12))],
  ['BYWEEKNO', listOf(fromEitherEnd(53))],
  ['BYYEARDAY', listOf(fromEitherEnd(366))],
  ['BYMONTHDAY', listOf(fromEitherEnd(31))],
  ['BYDAY', listOf(weekday())],
  ['BYSETPOS', listOf(fromEitherEnd(366))],
  ['WKST', { expected: 'a weekday such as MO', allows: (value) => /^(MO|TU|WE|TH|FR|SA|SU)$/.test(value) }],
]);

/**
 * Reads a recurrence as people paste it, `RRULE:` before the rule or not, lines of RDATE and EXDATE after it, in either case.
 */
export function readRecurrence(text: string): ReadRecurrence {
  const days = { RDATE: new Set<string>(), EXDATE: new Set<string>() };
  let rule: string | null = null;
  for (const line of text.trim().toUpperCase().split(/\r?\n/)) {
    const [, name, values = ''] = /^(RDATE|EXDATE)(?:;VALUE=DATE)?:(.*)$/.exec(line) ?? [];
    if (name === 'RDATE' || name === 'EXDATE') {
      const message = addDays(days[name], name, values);
      if (message !== null) return wrong(message);
    } else if (rule === null) {
      rule = line;
    } else {
      return wrong(`${shorten(line)}: after the rule there are lines of RDATE and EXDATE only.`);
    }
  }
  const read: ReadRecurrence = rule === null ? { ok: true, recurrence: { text: '' } } : readRule(rule);
  if (!read.ok) return read;
  if (rule === null && days.RDATE.size === 0) return wrong('EXDATE leaves out days of a rule; there is none.');
  const lines = (['RDATE', 'EXDATE'] as const).map((name) => `${name}:${[...days[name]].sort().join(',')}`);
  return {
    ok: true,
    recurrence: { text: [read.recurrence.text, ...lines].filter((line) => !/^(|\w+:)$/.test(line)).join('\n') },
  };
}

/** Adds the days of a line; says what is wrong with it, or null. */
function addDays(days: Set<string>, name: string, values: string): string | null {
  for (const value of values.split(',')) {
    if (!isCompactDay(value)) return `${shorten(value)}: ${name} is days such as 20261231, separated by commas.`;
    days.add(value);
  }
  return days.size > MOST_DAYS ? `${name} has at most ${String(MOST_DAYS)} days.` : null;
}

/**
 * Reads the rule of a recurrence. Strict where the library is not: it passes over a part or a value it does not know
 * (`BYMONTH=16`), and the entry would recur on days nobody meant.
 */
function readRule(text: string): ReadRecurrence {
  const rule = text.replace(/^RRULE:/, '');
  if (rule.length > LONGEST)
    return wrong(`A rule has at most ${String(LONGEST)} characters, not ${String(rule.length)}.`);
  const parts = new Map<string, string>();
  for (const written of rule.split(';')) {
    const [name = '', value = '', more] = written.split('=');
    const part = PARTS.get(name);
    if (part === undefined) return wrong(unknownPart(name));
    if (more !== undefined || !part.allows(value)) return wrong(`${shorten(written)}: ${name} is ${part.expected}.`);
    if (parts.has(name)) return wrong(`${name} is given twice.`);
    parts.set(name, value);
  }
  const message = contradictionIn(parts);
  if (message !== null) return wrong(message);
  return { ok: true, recurrence: { text: [...parts].map(([name, value]) => `${name}=${value}`).join(';') } };
}

/** The rules between parts (RFC 5545, 3.3.10). */
function contradictionIn(parts: ReadonlyMap<string, string>): string | null {
  const frequency = parts.get('FREQ');
  const ordinal = /\d/.test(parts.get('BYDAY') ?? '');
  const selects = [...parts.keys()].some((name) => name.startsWith('BY') && name !== 'BYSETPOS');
  if (frequency === undefined) return 'A rule says how often, as in FREQ=WEEKLY;BYDAY=MO.';
  if (parts.has('COUNT') && parts.has('UNTIL')) return 'COUNT and UNTIL exclude each other.';
  if (parts.has('BYWEEKNO') && frequency !== 'YEARLY') return 'BYWEEKNO needs FREQ=YEARLY.';
  if (parts.has('BYYEARDAY') && frequency !== 'YEARLY') return 'BYYEARDAY needs FREQ=YEARLY.';
  if (parts.has('BYMONTHDAY') && frequency === 'WEEKLY') return 'BYMONTHDAY does not go with FREQ=WEEKLY.';
  if (ordinal && frequency !== 'MONTHLY' && frequency !== 'YEARLY')
    return 'A numbered weekday such as 2MO needs FREQ=MONTHLY or YEARLY.';
  if (ordinal && parts.has('BYWEEKNO')) return 'A numbered weekday does not go with BYWEEKNO.';
  if (parts.has('BYSETPOS') && !selects) return 'BYSETPOS selects among the days of another BY part; there is none.';
  return null;
}

function unknownPart(name: string): string {
  if (/^BY(HOUR|MINUTE|SECOND)$/.test(name)) return `${name}: entries are whole days without times.`;
  if (name === '') return 'Parts are written NAME=VALUE and separated by one semicolon.';
  return `${shorten(name)} is no part of a rule; parts are ${[...PARTS.keys()].join(', ')}.`;
}

function number(least: number, most: number): Part {
  return {
    expected: `a whole number from ${String(least)} to ${String(most)}`,
    allows: (value) => /^\d{1,6}$/.test(value) && Number(value) >= least && Number(value) <= most,
  };
}

/** Counted from the start, or with a minus from the end. */
function fromEitherEnd(most: number): Part {
  return {
    expected: `a whole number from 1 to ${String(most)}, or from -${String(most)} to -1`,
    allows: (value) => /^[+-]?\d{1,3}$/.test(value) && Number(value) !== 0 && Math.abs(Number(value)) <= most,
  };
}

function weekday(): Part {
  return {
    expected: 'weekdays such as MO, or 2MO and -1FR within a month',
    allows: (value) => {
      const [, ordinal] = /^([+-]?\d{1,2})?(?:MO|TU|WE|TH|FR|SA|SU)$/.exec(value) ?? [null, '0'];
      return ordinal === undefined || (Number(ordinal) !== 0 && Math.abs(Number(ordinal)) <= 53);
    },
  };
}

function listOf(item: Part): Part {
  return {
    expected: `${item.expected}, separated by commas`,
    allows: (value) => value.split(',').every((one) => item.allows(one)),
  };
}

function isCompactDay(value: string): boolean {
  return (
    /^\d{8}$/.test(value) && parseCalendarDate(`${value.slice(0, 4)}-${value.slice(4, 6)}-${value.slice(6)}`) !== null
  );
}

const wrong = (message: string): ReadRecurrence => ({ ok: false, message });

function shorten(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
