import { expect, test } from 'vitest';
import {
  type DayRange,
  epochDay,
  formatCalendarDate,
  fromInclusive,
  lastDayOf,
  parseCalendarDate,
} from '../../engine/index.ts';
import { ObservanceCalendar } from '../../core/observances/observance-calendar.ts';
import type { DerivedObservance } from '../../core/observances/observance.ts';
import { fixedClock } from '../../platform/clock.ts';

const calendar = new ObservanceCalendar(fixedClock(Date.parse('2026-11-27T00:00:00Z')));

/** The 45 entries of the Bali Process. */
const MEMBERS =
  'AF AU BD BT BN KH CN KP FJ NC HK IN ID IQ IR JP JO KI LA MO MY MV MN MM NR NP NZ PK PW PG PH KR WS SG SB LK SY TH TL TO TR AE US VU VN'.split(
    ' ',
  );

function range(first: string, last: string): DayRange {
  const day = (text: string) => parseCalendarDate(text) ?? epochDay(0);
  return fromInclusive(day(first), day(last));
}

const year = (number: number): DayRange => range(`${String(number)}-01-01`, `${String(number)}-12-31`);

const said = ({ days, name }: DerivedObservance): string =>
  `${formatCalendarDate(days.start)} ${formatCalendarDate(lastDayOf(days) ?? days.start)} ${name}`;

async function of(country: string, kind: DerivedObservance['kind'], days: DayRange): Promise<string[]> {
  const found = await calendar.between(days, [country]);
  return found.filter((one) => one.kind === kind && one.country === country).map(said);
}

test.each([
  ['BD', 2026, '2026-02-18 2026-03-19 Ramadan'],
  ['BD', 2027, '2027-02-08 2027-03-08 Ramadan'],
  ['MY', 2027, '2027-02-08 2027-03-08 Ramadan'],
])('Ramadan comes by the moon: %s in %i', async (country, number, expected) => {
  expect(await of(country, 'RELIGIOUS_PERIOD', year(number))).toEqual([expected]);
});

test('a year in which Ramadan begins twice has it twice, and one that runs over the new year is found from either side', async () => {
  expect(await of('PK', 'RELIGIOUS_PERIOD', year(2030))).toEqual([
    '2030-01-05 2030-02-03 Ramadan',
    expect.stringMatching(/^2030-12-26 2031-01-2\d Ramadan$/),
  ]);
  expect(await of('PK', 'RELIGIOUS_PERIOD', range('2031-01-10', '2031-01-10'))).toHaveLength(1);
});

test.each([
  ['TH', 'PUBLIC_HOLIDAY', '2027-04-13 2027-04-13 Songkran Festival'],
  ['TH', 'PUBLIC_HOLIDAY', '2027-04-15 2027-04-15 Songkran Festival'],
  ['BD', 'PUBLIC_HOLIDAY', '2027-03-09 2027-03-11 End of Ramadan (Eid al-Fitr)'],
  ['BD', 'PUBLIC_HOLIDAY', '2027-03-26 2027-03-26 Independence Day'],
  ['VN', 'PUBLIC_HOLIDAY', '2027-02-05 2027-02-09 Vietnamese New Year Holidays'],
  ['PH', 'PUBLIC_HOLIDAY', "2027-11-01 2027-11-01 All Saints' Day"],
  ['KR', 'PUBLIC_HOLIDAY', '2027-02-06 2027-02-08 Korean New Year'],
  ['LK', 'PUBLIC_HOLIDAY', '2027-03-09 2027-03-09 Eid al-Fitr'],
  ['LK', 'PUBLIC_HOLIDAY', '2027-04-14 2027-04-14 Sinhala and Tamil New Year'],
  ['AF', 'PUBLIC_HOLIDAY', '2027-05-16 2027-05-19 Eid al-Adha'],
  ['KH', 'PUBLIC_HOLIDAY', '2027-04-14 2027-04-16 Khmer New Year'],
  ['MM', 'PUBLIC_HOLIDAY', '2027-01-04 2027-01-04 Independence Day'],
  ['PG', 'PUBLIC_HOLIDAY', '2027-03-26 2027-03-26 Good Friday'],
  ['TR', 'PUBLIC_HOLIDAY', '2027-03-09 2027-03-11 End of Ramadan (Eid al-Fitr)'],
  ['NP', 'PUBLIC_HOLIDAY', '2027-10-06 2027-10-14 Dashain'],
  ['ID', 'HOME_VISIT_PEAK', '2027-03-02 2027-03-17 Eid al-Fitr'],
  ['VN', 'HOME_VISIT_PEAK', '2027-01-30 2027-02-13 Tet'],
  ['CN', 'HOME_VISIT_PEAK', '2027-01-22 2027-03-02 Spring Festival'],
  ['PH', 'HOME_VISIT_PEAK', '2027-12-16 2028-01-03 Christmas'],
  ['IR', 'HOME_VISIT_PEAK', '2027-03-20 2027-04-02 Nowruz'],
] as const)('%s has as %s %s', async (country, kind, expected) => {
  expect(await of(country, kind, year(2027))).toContain(expected);
});

test('the days of Dashain follow the new moon in years in which the Chinese month has another number', async () => {
  // Vijaya Dashami fell or falls on 21 October 2026 and about 27 September 2028.
  expect(await of('NP', 'PUBLIC_HOLIDAY', year(2026))).toContain('2026-10-16 2026-10-24 Dashain');
  expect(await of('NP', 'PUBLIC_HOLIDAY', year(2028))).toContain('2028-09-25 2028-10-03 Dashain');
});

test('a christmas that runs over the new year is found in January', async () => {
  expect(await of('PH', 'HOME_VISIT_PEAK', range('2027-01-02', '2027-01-05'))).toEqual([
    '2026-12-16 2027-01-03 Christmas',
  ]);
});

test('moving days that the library states as if they stood still are left out', async () => {
  const found = [...(await of('LK', 'PUBLIC_HOLIDAY', year(2027))), ...(await of('BD', 'PUBLIC_HOLIDAY', year(2027)))];
  expect(found.filter((one) => /Poya|Id-Ul|Durga Puja|Krishna|Mujib|Mourning/.test(one))).toEqual([]);
});

test('every entry of the Bali Process has public holidays, and what follows the moon is marked as estimated', async () => {
  const found = await calendar.between(year(2027), MEMBERS);
  const holidays = found.filter(({ kind }) => kind === 'PUBLIC_HOLIDAY');
  expect(MEMBERS.filter((country) => !holidays.some((one) => one.country === country))).toEqual([]);
  expect(MEMBERS).toHaveLength(45);
  const eids = found.filter(({ name }) => /Eid|Ramadan|Hari Raya|Mawlid/.test(name));
  expect(eids.length).toBeGreaterThan(40);
  expect(eids.filter(({ estimated }) => !estimated)).toEqual([]);
  expect(holidays.find(({ country, name }) => country === 'BD' && name === 'Independence Day')?.estimated).toBe(false);
});

test('international days are observed everywhere, whatever country is asked for', async () => {
  const found = await calendar.between(year(2027), []);
  expect(found.map(said)).toEqual([
    '2027-06-20 2027-06-20 World Refugee Day',
    '2027-07-30 2027-07-30 World Day against Trafficking in Persons',
    '2027-12-18 2027-12-18 International Migrants Day',
  ]);
  expect(found.map(({ country }) => country)).toEqual([null, null, null]);
});

test('years long past and far ahead are not worked out', async () => {
  expect(await calendar.between(range('1990-01-01', '1990-12-31'), ['BD'])).toEqual([]);
  expect(await calendar.between(range('2040-01-01', '2040-12-31'), ['BD'])).toEqual([]);
});

test('asking again, and in another order, tells the same', async () => {
  const once = await calendar.between(year(2027), ['BD', 'MY']);
  expect(
    await new ObservanceCalendar(fixedClock(Date.parse('2027-06-01T00:00:00Z'))).between(year(2027), [
      'MY',
      'BD',
      'MY',
    ]),
  ).toEqual(once);
});
