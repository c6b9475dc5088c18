import type { OwnRule } from './rule.ts';

/** Members of the Bali Process in which most people are Muslims: there Ramadan sets the hours of the day. */
const RAMADAN = ['AE', 'AF', 'BD', 'BN', 'ID', 'IQ', 'IR', 'JO', 'MV', 'MY', 'PK', 'SY', 'TR'];

/** Periods in which daily life keeps other hours. */
export const RELIGIOUS_PERIODS: readonly OwnRule[] = [
  {
    kind: 'RELIGIOUS_PERIOD',
    name: 'Ramadan',
    countries: RAMADAN,
    when: { rule: '1 Ramadan', until: '1 Shawwal' },
    estimated: true,
    reason: 'people fast by day and gather in the evening: daytime events and meals do not fit',
  },
];

/** When people who work elsewhere go home, so that they and their families are met together. Extents are by custom. */
export const HOME_VISIT_PEAKS: readonly OwnRule[] = [
  homeVisit('Eid al-Fitr', ['ID', 'MY'], { rule: '1 Shawwal P2D', before: 7, after: 7 }, 'mudik, balik kampung: workers travel home in the week before the feast and back in the week after it'),
  homeVisit('Eid al-Fitr', ['AF', 'BD', 'PK'], { rule: '1 Shawwal P3D', before: 5, after: 5 }, 'workers from towns and abroad come home for the feast'),
  homeVisit('Eid al-Adha', ['BD', 'PK'], { rule: '10 Dhu al-Hijjah P3D', before: 4, after: 4 }, 'workers from towns and abroad come home for the feast'),
  homeVisit('Christmas', ['PH'], { rule: '12-16 P19D' }, 'overseas workers come home between the first dawn mass and the days after New Year', false),
  homeVisit('Holy Week', ['PH'], { rule: 'easter -7 P8D' }, 'people go home to their provinces', false),
  homeVisit('Christmas and New Year', ['FJ', 'SB', 'TL', 'TO', 'VU', 'WS'], { rule: '12-18 P18D' }, 'seasonal workers and those in towns come home'),
  homeVisit('Tet', ['VN'], { rule: 'vietnamese 1-0-1', before: 7, after: 7 }, 'workers come home from towns and abroad for the lunar new year'),
  homeVisit('Spring Festival', ['CN'], { rule: 'chinese 01-0-01', before: 15, after: 24 }, 'chunyun, the forty days of travel around the lunar new year', false),
  homeVisit('Songkran', ['TH'], { rule: '04-13 P3D', before: 3, after: 3 }, 'workers go home for the new year'),
  homeVisit('Khmer New Year', ['KH'], { rule: '04-14 P3D', before: 3, after: 3 }, 'workers come home from Phnom Penh and from Thailand'),
  homeVisit('Pchum Ben', ['KH'], { newMoonBetween: ['09-15', '10-15'], before: 4, after: 3 }, 'families gather at the pagodas of their villages'),
  homeVisit('Lao New Year', ['LA'], { rule: '04-14 P3D', before: 3, after: 3 }, 'workers come home, from Thailand too'),
  homeVisit('Thingyan', ['MM'], { rule: '04-13 P5D', before: 3, after: 3 }, 'workers come home for the new year'),
  homeVisit('Sinhala and Tamil New Year', ['LK'], { rule: '04-13 P2D', before: 3, after: 4 }, 'people go home to their villages'),
  homeVisit('Dashain and Tihar', ['NP'], { newMoonBetween: ['09-17', '10-16'], before: -3, after: 34 }, 'migrants come home for the largest feasts of the year'),
  homeVisit('Diwali', ['IN'], { newMoonBetween: ['10-17', '11-15'], before: 4, after: 7 }, 'workers go home for Diwali, and in Bihar and Uttar Pradesh for Chhath after it'),
  homeVisit('Nowruz', ['IR'], { rule: 'march equinox', after: 13 }, 'two weeks in which families visit each other'),
]; // prettier-ignore

/** Days of the United Nations that campaigns are tied to. */
export const INTERNATIONAL_DAYS: readonly OwnRule[] = [
  internationalDay('World Refugee Day', '06-20', ['asylum_protection_information']),
  internationalDay('World Day against Trafficking in Persons', '07-30', [
    'trafficking_in_persons',
    'forced_labour_debt_bondage',
    'scam_centre_forced_criminality',
    'fraudulent_recruitment',
  ]),
  internationalDay('International Migrants Day', '12-18', []),
];

function homeVisit(
  name: string,
  countries: readonly string[],
  when: OwnRule['when'],
  reason: string,
  estimated = true,
): OwnRule {
  return { kind: 'HOME_VISIT_PEAK', name, countries, when, reason, ...(estimated && { estimated }) };
}

function internationalDay(name: string, rule: string, themes: readonly string[]): OwnRule {
  return { kind: 'INTERNATIONAL_DAY', name, countries: [], when: { rule }, themes };
}
