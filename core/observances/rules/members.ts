/** The 45 entries of the Bali Process that are countries or codes of ISO 3166-1: what is meant when no country is named. */
export const MEMBER_COUNTRIES: readonly string[] = [
  ...['AE', 'AF', 'AU', 'BD', 'BN', 'BT', 'CN', 'FJ', 'HK', 'ID', 'IN', 'IQ', 'IR', 'JO', 'JP', 'KH', 'KI', 'KP', 'KR'],
  ...['LA', 'LK', 'MM', 'MN', 'MO', 'MV', 'MY', 'NC', 'NP', 'NR', 'NZ', 'PG', 'PH', 'PK', 'PW', 'SB', 'SG', 'SY', 'TH'],
  ...['TL', 'TO', 'TR', 'US', 'VN', 'VU', 'WS'],
];
