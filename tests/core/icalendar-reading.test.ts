import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import ICAL from 'ical.js';
import { describe, expect, test } from 'vitest';
import { readCalendarFile, readICalendar } from '../../core/imports/icalendar/read-icalendar.ts';
import type { FromFile, SourceRecord } from '../../core/imports/source-record.ts';

/** A folder of real files that nobody on this project wrote; without it these tests are skipped. */
const folder = process.env['CONCORD_REALDATA'] ?? '';

const calendar = (...lines: readonly string[]): Uint8Array =>
  Buffer.from(['BEGIN:VCALENDAR', 'VERSION:2.0', ...lines, 'END:VCALENDAR', ''].join('\r\n'));
const event = (...lines: readonly string[]): string[] => ['BEGIN:VEVENT', ...lines, 'END:VEVENT'];
const NAMED = ['UID:one@example.org', 'SUMMARY:Village radio'];

function recordsOf(items: readonly FromFile[]): SourceRecord[] {
  return items.flatMap((item) => (item.kind === 'record' ? [item.record] : []));
}

/** The only record of a calendar with this event. */
function record(...lines: readonly string[]): SourceRecord {
  const items = readICalendar(calendar(...event(...NAMED, ...lines)));
  const [only] = recordsOf(items);
  if (!only || items.length > 1) throw new Error(JSON.stringify(items));
  return only;
}

const days = (...lines: readonly string[]): string => {
  const { start, end } = record(...lines).days ?? {};
  return `${String(start)} ${String(end)}`;
};

/** Why an event is refused, and where. */
function refusal(...lines: readonly string[]): string {
  const [item] = readICalendar(calendar(...event(...NAMED, ...lines)));
  const [remark] = item?.kind === 'refused' ? item.remarks : [];
  if (!remark) throw new Error(JSON.stringify(item));
  return `${String(remark.row)} ${String(remark.column)}: ${remark.reason}`;
}

describe('the days of an event', () => {
  test('all-day ends are exclusive, and without one it takes a day', () => {
    expect(days('DTSTART;VALUE=DATE:20260301', 'DTEND;VALUE=DATE:20260304')).toBe('2026-03-01 2026-03-03');
    expect(days('DTSTART;VALUE=DATE:20260301')).toBe('2026-03-01 2026-03-01');
    expect(days('DTSTART;VALUE=DATE:20260301', 'DTEND;VALUE=DATE:20260301')).toBe('2026-03-01 2026-03-01');
    expect(days('DTSTART:20260301', 'DTEND:20260303')).toBe('2026-03-01 2026-03-02');
  });

  test('what ends at midnight ends the day before', () => {
    expect(days('DTSTART:20260301T200000', 'DTEND:20260302T000000')).toBe('2026-03-01 2026-03-01');
    expect(days('DTSTART:20260301T200000', 'DTEND:20260302T000001')).toBe('2026-03-01 2026-03-02');
  });

  test('lengths count from the start', () => {
    expect(days('DTSTART;VALUE=DATE:20260301', 'DURATION:P2D')).toBe('2026-03-01 2026-03-02');
    expect(days('DTSTART;VALUE=DATE:20260301', 'DURATION:P1W')).toBe('2026-03-01 2026-03-07');
    expect(days('DTSTART:20260301T230000', 'DURATION:PT2H')).toBe('2026-03-01 2026-03-02');
  });

  test.each([
    ['Asia/Dhaka', '2026-03-01 2026-03-01'],
    ['Bangladesh Standard Time', '2026-03-01 2026-03-01'],
    ['/mozilla.org/20070129_1/Asia/Dhaka', '2026-03-01 2026-03-01'],
    ['"(UTC+06:00) Dhaka"', '2026-03-01 2026-03-01'],
    ['Our office', '2026-03-01 2026-03-01'],
  ])('in %s they are those of the clock there', (zone, expected) => {
    // An end in UTC, as some programs write it: 18:30 there.
    expect(days(`DTSTART;TZID=${zone}:20260301T010000`, 'DTEND:20260301T123000Z')).toBe(expected);
  });

  test('a zone that the file describes counts by its standard offset', () => {
    const zone = ['BEGIN:VTIMEZONE', 'TZID:Ours', 'BEGIN:STANDARD', 'DTSTART:19700101T000000'];
    const end = ['TZOFFSETFROM:+0600', 'TZOFFSETTO:+0600', 'END:STANDARD', 'END:VTIMEZONE'];
    const one = event(...NAMED, 'DTSTART;TZID=Ours:20260301T230000', 'DTEND:20260301T190000Z');
    const [found] = recordsOf(readICalendar(calendar(...zone, ...end, ...one)));
    expect(found?.days).toEqual({ start: '2026-03-01', end: '2026-03-02' });
  });

  test('what is in UTC is shown by the clock of the calendar', () => {
    const one = event(...NAMED, 'DTSTART:20260301T190000Z', 'DTEND:20260301T200000Z');
    const [shown] = recordsOf(readICalendar(calendar('X-WR-TIMEZONE:Asia/Dhaka', ...one)));
    expect(shown?.days).toEqual({ start: '2026-03-02', end: '2026-03-02' });
    expect(days('DTSTART:20260301T190000Z')).toBe('2026-03-01 2026-03-01');
  });

  test('an unknown zone is remarked, and days are taken as written', () => {
    const [item] = readICalendar(calendar(...event(...NAMED, 'DTSTART;TZID=Our office:20260301T010000')));
    expect(item?.remarks).toMatchObject([{ severity: 'WARNING', row: 6, column: 'DTSTART', value: 'Our office' }]);
  });

  test.each([
    [
      ['DTSTART:20260230'],
      '6 DTSTART: DTSTART is a day such as 20260301, or a day and a time such as 20260301T100000.',
    ],
    [['DTEND:20260302'], '3 DTSTART: An event says when it begins: DTSTART is missing.'],
    [['DTSTART:20260302', 'DTEND:20260301'], '7 DTEND: The event ends before it begins, 2026-03-02T00:00:00.'],
    [['DTSTART:20260302', 'DURATION:-P1D'], /^7 DURATION: /],
    [['DTSTART:99991231', 'DURATION:P2D'], '6 DTSTART: The event is not in one of the years from 1 to 9999.'],
    [['DTSTART:20260302', 'DURATION:P99999999W'], /^7 DURATION: /],
  ])('%j is refused with its place', (lines, expected) => {
    expect(refusal(...lines)).toMatch(expected);
  });
});

describe('what recurs', () => {
  const rule = (...lines: readonly string[]): string | null => record('DTSTART:20260302T100000', ...lines).recurrence;

  test('has a rule in whole days', () => {
    expect(rule('RRULE:FREQ=WEEKLY;BYDAY=MO,WE;WKST=SU')).toBe('RRULE:FREQ=WEEKLY;BYDAY=MO,WE;WKST=SU');
    expect(rule('RRULE:FREQ=DAILY;BYHOUR=10;BYMINUTE=0')).toBe('RRULE:FREQ=DAILY');
    expect(rule('RRULE:FREQ=DAILY;BYDAY=MO, TU;')).toBe('RRULE:FREQ=DAILY;BYDAY=MO,TU');
  });

  test('UNTIL is the last day on which it may begin', () => {
    expect(rule('RRULE:FREQ=DAILY;UNTIL=20260310T100000')).toBe('RRULE:FREQ=DAILY;UNTIL=20260310');
    expect(rule('RRULE:FREQ=DAILY;UNTIL=20260310T095959')).toBe('RRULE:FREQ=DAILY;UNTIL=20260309');
    const there = record('DTSTART;TZID=Asia/Dhaka:20260302T010000', 'RRULE:FREQ=DAILY;UNTIL=20260309T190000Z');
    expect(there.recurrence).toBe('RRULE:FREQ=DAILY;UNTIL=20260310');
    expect(rule('RRULE:FREQ=DAILY;UNTIL=20260101')).toBeNull();
  });

  test('days are added and left out, each by the clock of the start', () => {
    const lines = ['RRULE:FREQ=WEEKLY', 'RDATE:20260304T100000', 'EXDATE:20260309T100000,20260316T100000', 'EXDATE:'];
    expect(rule(...lines)).toBe('RRULE:FREQ=WEEKLY\nRDATE:20260304\nEXDATE:20260309,20260316');
    const there = ['DTSTART;TZID=Asia/Dhaka:20260302T010000', 'RRULE:FREQ=WEEKLY', 'EXDATE:20260308T190000Z'];
    expect(record(...there).recurrence).toBe('RRULE:FREQ=WEEKLY\nEXDATE:20260309');
  });

  test('an added occurrence of another length is an entry of its own', () => {
    const lines = ['DTSTART:20260302T100000', 'RDATE;VALUE=PERIOD:20260304T100000/PT1H,20260306T100000/P2D'];
    const records = recordsOf(readICalendar(calendar(...event(...NAMED, ...lines))));
    expect(records.map(({ key, days: own, recurrence }) => [key, own, recurrence])).toEqual([
      ['one@example.org', { start: '2026-03-02', end: '2026-03-02' }, 'RDATE:20260304'],
      ['one@example.org#20260306', { start: '2026-03-06', end: '2026-03-08' }, null],
    ]);
  });

  test('a changed occurrence is an entry of its own, and the series leaves out its day', () => {
    const series = event(...NAMED, 'DTSTART:20260302T100000', 'RRULE:FREQ=WEEKLY;COUNT=4');
    const moved = event(
      'UID:one@example.org',
      'RECURRENCE-ID:20260309T100000',
      'DTSTART:20260311T100000',
      'SUMMARY:Village radio, moved',
    );
    const calledOff = event(...NAMED, 'RECURRENCE-ID:20260316T100000', 'DTSTART:20260316T100000', 'STATUS:CANCELLED');
    const records = recordsOf(readICalendar(calendar(...series, ...moved, ...calledOff)));
    expect(
      records.map(({ key, rows, recurrence, days: own }) => ({ key, rows, recurrence, start: own?.start })),
    ).toEqual([
      {
        key: 'one@example.org',
        rows: [3, 15],
        recurrence: 'RRULE:FREQ=WEEKLY;COUNT=4\nEXDATE:20260309,20260316',
        start: '2026-03-02',
      },
      { key: 'one@example.org#20260309', rows: [9], recurrence: null, start: '2026-03-11' },
    ]);
  });

  test('of several versions the one with the greatest SEQUENCE stands', () => {
    const version = (sequence: number, name: string): string[] =>
      event('UID:1', `SEQUENCE:${String(sequence)}`, `SUMMARY:${name}`, 'DTSTART:20260301');
    const { items } = readCalendarFile(calendar(...version(1, 'a'), ...version(3, 'b'), ...version(2, 'c')));
    expect(items).toMatchObject([{ sequence: 3, fromFile: { record: { name: 'b', rows: [9, 3, 15] } } }]);
  });

  test.each([
    ['RRULE:FREQ=HOURLY', '7 RRULE: Entries are whole days, and recur by days at most: FREQ=HOURLY is not taken.'],
    ['RRULE:FREQ=YEARLY;BYMONTH=16', /^7 RRULE: BYMONTH=16: /],
    ['RRULE:FREQ=DAILY;COUNT=5001', '7 RRULE: An event has at most 5000 occurrences, not 5001.'],
    ['RDATE:199709T180000Z', '7 RDATE: RDATE is days such as 20260301, separated by commas.'],
    ['RECURRENCE-ID;RANGE=THISANDFUTURE:20260309', /^7 RECURRENCE-ID: RANGE=THISANDFUTURE is not taken/],
  ])('%s is refused with its place', (line, expected) => {
    expect(refusal('DTSTART:20260302', line)).toMatch(expected);
  });
});

describe('what else an event says', () => {
  test('texts, places, classes and status, with where they stand; never people', () => {
    const found = record(
      'DTSTART:20260301',
      'SUMMARY;LANGUAGE=bn:is not the first',
      'DESCRIPTION:Every\\, village\\nin the district',
      ' , folded',
      'LOCATION: Cox’s Bazar ',
      'CATEGORIES:Radio,Radio,Risks\\, at sea',
      'STATUS:TENTATIVE',
      'ORGANIZER;CN=Jane Doe:mailto:jane@example.org',
      'ATTENDEE:mailto:john@example.org',
    );
    expect(found).toMatchObject({
      name: 'Village radio',
      description: 'Every, village\nin the district, folded',
      places: [{ name: 'Cox’s Bazar', code: null }],
      themes: ['Radio', 'Risks, at sea'],
      status: 'planned',
      owner: null,
      identifier: { scheme: 'icalendar-uid', value: 'one@example.org' },
      spots: { days: { row: 6, column: 'DTSTART' }, places: { row: 10, column: 'LOCATION' } },
    });
    expect(JSON.stringify(found)).not.toMatch(/jane|john/i);
  });

  test('a name of eight digits stays what it is', () => {
    const [found] = recordsOf(readICalendar(calendar(...event('SUMMARY:20260301', 'DTSTART:20260301'))));
    expect(found?.name).toBe('20260301');
  });

  test('lines that are folded inside a character, and texts cut before one', () => {
    const bytes = Buffer.from(calendar(...event('SUMMARY:Größe', 'DTSTART:20260301')));
    const at = bytes.indexOf('ö') + 1;
    const folded = Buffer.concat([bytes.subarray(0, at), Buffer.from('\r\n '), bytes.subarray(at)]);
    expect(recordsOf(readICalendar(folded))).toMatchObject([{ name: 'Größe', spots: { days: { row: 6 } } }]);
    const [long] = recordsOf(readICalendar(calendar(...event(`SUMMARY:${'x'.repeat(299)}😀`, 'DTSTART:20260301'))));
    expect(long?.name).toBe('x'.repeat(299));
  });

  test('called off, alone or with its whole calendar', () => {
    expect(record('DTSTART:20260301', 'STATUS:CANCELLED').status).toBe('cancelled');
    const items = readICalendar(calendar('METHOD:CANCEL', ...event(...NAMED, 'DTSTART:20260301')));
    expect(recordsOf(items)).toMatchObject([{ status: 'cancelled' }]);
  });

  test('marks of byte order, UTF-16, and bytes that are no text', () => {
    const text = Buffer.from(calendar(...event('SUMMARY:Größe', 'DTSTART:20260301'))).toString('utf8');
    const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);
    for (const bytes of [Buffer.from(`\uFEFF${text}`), utf16])
      expect(recordsOf(readICalendar(bytes))).toMatchObject([{ name: 'Größe' }]);
    const [latin] = readICalendar(Buffer.from(text, 'latin1'));
    expect(latin).toMatchObject({
      kind: 'record',
      record: { name: 'Gr\uFFFD\uFFFDe' },
      remarks: [{ severity: 'WARNING' }],
    });
  });
});

describe('a file as a whole', () => {
  test('that holds no calendar, or no event, is refused in a sentence', () => {
    for (const [bytes, reason] of [
      [Buffer.from('<html>Sign in</html>'), 'This is no iCalendar file: it has no BEGIN:VCALENDAR.'],
      [Buffer.from(''), 'This is no iCalendar file: it has no BEGIN:VCALENDAR.'],
      [calendar(), 'There is no event in this file.'],
    ] as const)
      expect(readICalendar(bytes)).toMatchObject([{ kind: 'refused', rows: [1], remarks: [{ reason }] }]);
  });

  test('that was cut off says so, whatever was whole is taken', () => {
    const whole = Buffer.from(calendar(...event(...NAMED, 'DTSTART:20260301'), ...event('UID:2', 'DTSTART:20260302')));
    const cut = readCalendarFile(whole.subarray(0, whole.indexOf('DTSTART:20260302')));
    expect(cut.complete).toBe(false);
    expect(cut.items.map(({ fromFile }) => fromFile)).toMatchObject([
      { kind: 'record' },
      { kind: 'refused', rows: [8], remarks: [{ reason: 'The event is cut off: END:VEVENT is missing.' }] },
      { kind: 'refused', rows: [9] },
    ]);
    expect(readCalendarFile(whole).complete).toBe(true);
  });

  test('has at most 20,000 events', () => {
    const one = event('UID:1', 'DTSTART:20260301');
    const items = readICalendar(calendar(...Array.from({ length: 20_001 }, () => one).flat()));
    expect(items).toHaveLength(1);
    expect(items).toMatchObject([{ kind: 'refused', remarks: [{ row: 80_003 }] }]);
  });
});

const RICH = calendar(
  'X-WR-TIMEZONE:Asia/Dhaka',
  'BEGIN:VTIMEZONE',
  'TZID:Ours',
  'BEGIN:STANDARD',
  'DTSTART:19700101T000000',
  'TZOFFSETFROM:+0600',
  'TZOFFSETTO:+0600',
  'RRULE:FREQ=SECONDLY',
  'END:STANDARD',
  'END:VTIMEZONE',
  ...event(
    ...NAMED,
    'DTSTART;TZID=Ours:20260302T100000',
    'DURATION:PT2H',
    'RRULE:FREQ=MONTHLY;BYDAY=1MO;UNTIL=20271231T000000Z',
    'RDATE;VALUE=PERIOD:20260304T100000Z/PT1H',
    'EXDATE;TZID="Bangladesh Standard Time":20260406T100000',
  ),
  ...event(...NAMED, 'RECURRENCE-ID;TZID=Ours:20260504T100000', 'DTSTART;VALUE=DATE:20260505', 'STATUS:CANCELLED'),
  'BEGIN:VTODO',
  'SUMMARY:Book the hall',
  'END:VTODO',
);

/** Every event and task of a file is in the rows of one item. */
function expectAccountedFor(bytes: Uint8Array): void {
  const rows = readICalendar(bytes).flatMap((item) =>
    item.kind === 'record' ? item.record.rows.slice(0, 1) : item.rows,
  );
  expect(rows.length).toBeGreaterThan(0);
  expect(rows.every((row) => Number.isInteger(row) && row > 0)).toBe(true);
}

/** Reads any copy of a file with bytes flipped or the end missing. */
function expectUnbroken(file: Uint8Array, runs: number): void {
  const flips = fc.array(fc.tuple(fc.nat(file.length - 1), fc.nat(7)), { maxLength: 12 });
  fc.assert(
    fc.property(flips, fc.nat(file.length), (flipped, length) => {
      const copy = Uint8Array.from(file);
      for (const [at, bit] of flipped) copy[at] = (copy[at] ?? 0) ^ (1 << bit);
      expectAccountedFor(copy);
      expectAccountedFor(copy.subarray(0, length));
    }),
    { numRuns: runs, seed: 41 },
  );
}

test('copies with flipped bits or without their end are read or refused', () => {
  expectUnbroken(RICH, 1_000);
});

describe.skipIf(folder === '')('real calendars', () => {
  const root = join(folder, 'ics', 'collective-icalendar');
  const files = folder === '' ? [] : filesIn(root);

  test('each is read, or refused with a reason that names its place', () => {
    expect(files).toHaveLength(163);
    for (const file of files) {
      const items = readICalendar(readFileSync(file));
      expect(items.length, file).toBeGreaterThan(0);
      for (const item of items) {
        if (item.kind === 'record') continue;
        expect(
          item.remarks.map(({ severity }) => severity),
          file,
        ).toContain('ERROR');
        expect(
          item.remarks.every(({ row, reason }) => row > 0 && reason.length > 10),
          file,
        ).toBe(true);
      }
    }
  });

  test('no event is lost that another library finds', () => {
    for (const file of files) {
      const bytes = readFileSync(file);
      const found = eventsByLibrary(bytes.toString('utf8'));
      if (found === null) continue;
      const items = readICalendar(bytes);
      const rows = items.flatMap((item) => (item.kind === 'record' ? item.record.rows : item.rows));
      expect(new Set(rows).size, file).toBeGreaterThanOrEqual(found);
    }
  });

  test('copies with flipped bits or without their end are read or refused', () => {
    for (const file of files) {
      const bytes = readFileSync(file);
      if (bytes.length > 0) expectUnbroken(bytes, 4);
    }
  });
});

function filesIn(root: string): string[] {
  const entries = readdirSync(root, { recursive: true, withFileTypes: true });
  return entries.flatMap((entry) => (entry.isFile() ? [join(entry.parentPath, entry.name)] : [])).sort();
}

/** How many events ical.js finds in a calendar; null where it cannot read it. */
function eventsByLibrary(text: string): number | null {
  try {
    const calendars = [ICAL.parse(text)].flat(1) as unknown;
    return JSON.stringify(calendars).split('"vevent"').length - 1;
  } catch {
    return null;
  }
}
