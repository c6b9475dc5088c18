/** A membership entity of the Bali Process: a code, its name, and where the hub has that from. */
export interface Member {
  readonly code: string;
  readonly name: string;
  readonly committed: boolean;
  readonly source: string;
}

const IOM = 'https://www.iom.int/node/30036';

const member = (code: string, name: string, committed = false, note = ''): Member => ({
  code,
  name,
  committed,
  source: note === '' ? IOM : `${IOM} (${note})`,
});

/** The 45 membership entities. HK, MO and NC are ISO codes but not states. Eight have resources for campaigns committed. */
export const MEMBERS: readonly Member[] = [
  member('AF', 'Afghanistan'),
  member('AU', 'Australia', true, 'co-chair'),
  member('BD', 'Bangladesh', true),
  member('BT', 'Bhutan'),
  member('BN', 'Brunei Darussalam'),
  member('KH', 'Cambodia', true),
  member('CN', 'China'),
  member('KP', "Korea, Democratic People's Republic of"),
  member('FJ', 'Fiji'),
  member('NC', 'New Caledonia', false, 'listed by IOM as "New Caledonia (France)"'),
  member('HK', 'Hong Kong', false, 'listed as "Hong Kong (SAR of China)"'),
  member('IN', 'India'),
  member('ID', 'Indonesia', true, 'co-chair'),
  member('IR', 'Iran, Islamic Republic of'),
  member('IQ', 'Iraq'),
  member('JP', 'Japan'),
  member('JO', 'Jordan'),
  member('KI', 'Kiribati'),
  member('KR', 'Korea, Republic of'),
  member('LA', "Lao People's Democratic Republic"),
  member('MO', 'Macao', false, 'listed as "Macau (SAR of China)"'),
  member('MY', 'Malaysia', true),
  member('MV', 'Maldives'),
  member('MN', 'Mongolia'),
  member(
    'MM',
    'Myanmar',
    false,
    'absent from the scraped two-column IOM table (44 of 45 legible); membership corroborated by goc.gov.tr and 2011 AHG statement',
  ),
  member('NR', 'Nauru'),
  member('NP', 'Nepal'),
  member('NZ', 'New Zealand'),
  member('PK', 'Pakistan'),
  member('PW', 'Palau'),
  member('PG', 'Papua New Guinea'),
  member('PH', 'Philippines', true),
  member('WS', 'Samoa'),
  member('SG', 'Singapore'),
  member('SB', 'Solomon Islands'),
  member('LK', 'Sri Lanka', true),
  member('SY', 'Syrian Arab Republic'),
  member('TH', 'Thailand', true),
  member('TL', 'Timor-Leste'),
  member('TO', 'Tonga'),
  member('TR', 'Türkiye'),
  member('AE', 'United Arab Emirates'),
  member('US', 'United States of America'),
  member('VU', 'Vanuatu'),
  member('VN', 'Viet Nam'),
];

/** Member organisations, in the order of the source. */
export const MEMBER_ORGANISATIONS: readonly {
  readonly acronym: string;
  readonly name: string;
  readonly source: string;
}[] = [
  { acronym: 'IOM', name: 'International Organization for Migration', source: 'About the Bali Process (stored page)' },
  {
    acronym: 'UNHCR',
    name: 'Office of the UN High Commissioner for Refugees',
    source: 'About the Bali Process (stored page)',
  },
  { acronym: 'UNODC', name: 'UN Office on Drugs and Crime', source: 'About the Bali Process (stored page)' },
  {
    acronym: 'ILO',
    name: 'International Labour Organization',
    source: 'About the Bali Process (stored page); added as 4th member organisation; older IOM page lists 3',
  },
];

/** Observer states; `source` keeps the word UNVERIFIED where the list rests on general knowledge only. */
export const OBSERVERS: readonly Member[] = [
  {
    code: 'NL',
    name: 'Netherlands, Kingdom of the',
    committed: false,
    source: 'verified: iom.int/node/30036 (partial scrape)',
  },
  { code: 'RU', name: 'Russian Federation', committed: false, source: 'verified: iom.int/node/30036 (partial scrape)' },
  { code: 'ZA', name: 'South Africa', committed: false, source: 'verified: iom.int/node/30036 (partial scrape)' },
  {
    code: 'GB',
    name: 'United Kingdom of Great Britain and Northern Ireland',
    committed: false,
    source: 'verified: iom.int/node/30036 (partial scrape)',
  },
  {
    code: 'AT',
    name: 'Austria',
    committed: false,
    source: 'UNVERIFIED: analyst background knowledge; total of 18 matches the published count',
  },
  {
    code: 'BE',
    name: 'Belgium',
    committed: false,
    source: 'UNVERIFIED: analyst background knowledge; total of 18 matches the published count',
  },
  {
    code: 'CA',
    name: 'Canada',
    committed: false,
    source: 'UNVERIFIED: analyst background knowledge; total of 18 matches the published count',
  },
  {
    code: 'DK',
    name: 'Denmark',
    committed: false,
    source: 'UNVERIFIED: analyst background knowledge; total of 18 matches the published count',
  },
  {
    code: 'FI',
    name: 'Finland',
    committed: false,
    source: 'UNVERIFIED: analyst background knowledge; total of 18 matches the published count',
  },
  {
    code: 'FR',
    name: 'France',
    committed: false,
    source: 'UNVERIFIED: analyst background knowledge; total of 18 matches the published count',
  },
  {
    code: 'DE',
    name: 'Germany',
    committed: false,
    source: 'UNVERIFIED: analyst background knowledge; total of 18 matches the published count',
  },
  {
    code: 'IT',
    name: 'Italy',
    committed: false,
    source: 'UNVERIFIED: analyst background knowledge; total of 18 matches the published count',
  },
  {
    code: 'NO',
    name: 'Norway',
    committed: false,
    source: 'UNVERIFIED: analyst background knowledge; total of 18 matches the published count',
  },
  {
    code: 'PL',
    name: 'Poland',
    committed: false,
    source: 'UNVERIFIED: analyst background knowledge; total of 18 matches the published count',
  },
  {
    code: 'RO',
    name: 'Romania',
    committed: false,
    source: 'UNVERIFIED: analyst background knowledge; total of 18 matches the published count',
  },
  {
    code: 'ES',
    name: 'Spain',
    committed: false,
    source: 'UNVERIFIED: analyst background knowledge; total of 18 matches the published count',
  },
  {
    code: 'SE',
    name: 'Sweden',
    committed: false,
    source: 'UNVERIFIED: analyst background knowledge; total of 18 matches the published count',
  },
  {
    code: 'CH',
    name: 'Switzerland',
    committed: false,
    source: 'UNVERIFIED: analyst background knowledge; total of 18 matches the published count',
  },
];
