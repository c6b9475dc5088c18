import type { OwnRule } from './rule.ts';

/** `MM-DD name`, or `MM-DD P3D name`: days fixed by law, by country. Only those that are sure; the list of a country need not be whole. */
const FIXED: Readonly<Record<string, readonly string[]>> = {
  AF: ['08-19 Independence Day'],
  BT: ['02-21 P3D Birthday of the King', '11-11 Birthday of the Fourth King', '12-17 National Day'],
  IQ: ["01-01 New Year's Day", '01-06 Army Day', '05-01 Labour Day', '10-03 National Day'],
  JO: ["01-01 New Year's Day", '05-01 Labour Day', '05-25 Independence Day', '12-25 Christmas Day'],
  KH: [
    "01-01 New Year's Day",
    '01-07 Victory over Genocide Day',
    "03-08 International Women's Day",
    '05-01 Labour Day',
    "05-14 King's Birthday",
    '09-24 Constitution Day',
    '11-09 Independence Day',
  ],
  KI: ["01-01 New Year's Day", '07-12 Independence Day', '12-25 P2D Christmas'],
  KP: ['02-16 Day of the Shining Star', '04-15 Day of the Sun', '09-09 Foundation Day', '10-10 Party Foundation Day'],
  LA: ["01-01 New Year's Day", "03-08 International Women's Day", '05-01 Labour Day', '12-02 National Day'],
  MM: [
    '01-04 Independence Day',
    '02-12 Union Day',
    "03-02 Peasants' Day",
    '03-27 Armed Forces Day',
    '05-01 Labour Day',
    "07-19 Martyrs' Day",
    '12-25 Christmas Day',
  ],
  MN: ["01-01 New Year's Day", '07-11 P3D Naadam', '12-29 Independence Day'],
  MO: [
    "01-01 New Year's Day",
    '05-01 Labour Day',
    '10-01 National Day',
    '12-20 Establishment Day',
    '12-25 Christmas Day',
  ],
  MV: ["01-01 New Year's Day", '05-01 Labour Day', '07-26 Independence Day', '11-03 Victory Day', '11-11 Republic Day'],
  NP: ['05-01 Labour Day'],
  NR: ["01-01 New Year's Day", '01-31 Independence Day', '05-17 Constitution Day', '12-25 P2D Christmas'],
  PG: ["01-01 New Year's Day", '07-23 Remembrance Day', '09-16 Independence Day', '12-25 P2D Christmas'],
  PW: ["01-01 New Year's Day", '07-09 Constitution Day', '10-01 Independence Day', '12-25 Christmas Day'],
  SB: ["01-01 New Year's Day", '07-07 Independence Day', '12-25 P2D Christmas'],
  SY: ["01-01 New Year's Day", '04-17 Evacuation Day', '05-01 Labour Day'],
  TL: [
    "01-01 New Year's Day",
    '05-01 Labour Day',
    '05-20 Restoration of Independence',
    '08-30 Popular Consultation Day',
    '11-28 Proclamation of Independence',
    '12-25 Christmas Day',
  ],
  WS: ["01-01 New Year's Day", '06-01 Independence Day', '12-25 P2D Christmas'],
};

/** Of the countries above, and of those whose moving days date-holidays states as if they stood still (see `not-believed.ts`). */
const MOVING: readonly OwnRule[] = [
  holiday('Eid al-Fitr', ['AF', 'IQ', 'JO', 'MV', 'SY'], { rule: '1 Shawwal P3D' }, true),
  holiday('Eid al-Fitr', ['LK'], { rule: '1 Shawwal' }, true),
  holiday('Eid al-Adha', ['AF', 'IQ', 'JO', 'MV', 'SY'], { rule: '10 Dhu al-Hijjah P4D' }, true),
  holiday('Eid al-Adha', ['LK'], { rule: '10 Dhu al-Hijjah' }, true),
  holiday('Birthday of Muhammad (Mawlid)', ['LK'], { rule: '12 Rabi al-awwal' }, true),
  holiday('Good Friday', ['KI', 'NR', 'PG', 'SB', 'TL', 'WS'], { rule: 'easter -2' }),
  holiday('Easter Monday', ['KI', 'NR', 'PG', 'SB', 'WS'], { rule: 'easter 1' }),
  holiday('Lunar New Year', ['MO'], { rule: 'chinese 01-0-01 P3D' }),
  holiday('Korean New Year', ['KR'], { rule: 'korean 01-0-01', before: 1, after: 1 }),
  holiday('Khmer New Year', ['KH'], { rule: '04-14 P3D' }, true),
  holiday('Pchum Ben', ['KH'], { newMoonBetween: ['09-15', '10-15'], before: 1, after: 1 }, true),
  holiday('Lao New Year', ['LA'], { rule: '04-14 P3D' }, true),
  holiday('Thingyan and Myanmar New Year', ['MM'], { rule: '04-13 P5D' }, true),
  // From Fulpati, the seventh day, to the full moon.
  holiday('Dashain', ['NP'], { newMoonBetween: ['09-17', '10-16'], before: -6, after: 14 }, true),
  holiday('Tihar', ['NP'], { newMoonBetween: ['10-17', '11-15'], before: 1, after: 3 }, true),
  holiday('Diwali', ['IN'], { newMoonBetween: ['10-17', '11-15'], before: 1 }, true),
];

/** Public holidays of the hub's own. */
export const OWN_PUBLIC_HOLIDAYS: readonly OwnRule[] = [
  ...Object.entries(FIXED).flatMap(([country, days]) => days.map((day) => fixed(country, day))),
  ...MOVING,
];

function fixed(country: string, text: string): OwnRule {
  const [, rule = '', name = ''] = /^(\d\d-\d\d(?: P\dD)?) (.*)$/.exec(text) ?? [];
  return holiday(name, [country], { rule });
}

function holiday(name: string, countries: readonly string[], when: OwnRule['when'], estimated?: true): OwnRule {
  return { kind: 'PUBLIC_HOLIDAY', name, countries, when, ...(estimated && { estimated }) };
}
