import { iso31661, iso31662 } from 'iso-3166';
import type { SeedPlace } from './seed-types.ts';

/**
 * Subdivisions that ISO 3166-2 lists under a state although ISO 3166-1 gives them a code of their own, which is how members
 * and corridors name them: both codes are one place, so that `CN-HK` meets `HK`. Source: the notes "see also separate country
 * code entry under …" of ISO 3166-2.
 */
const LISTED_TWICE: Readonly<Record<string, string>> = {
  'CN-HK': 'HK',
  'CN-MO': 'MO',
  'CN-TW': 'TW',
  'FI-01': 'AX',
  'FR-971': 'GP',
  'FR-972': 'MQ',
  'FR-973': 'GF',
  'FR-974': 'RE',
  'FR-976': 'YT',
  'FR-BL': 'BL',
  'FR-MF': 'MF',
  'FR-NC': 'NC',
  'FR-PF': 'PF',
  'FR-PM': 'PM',
  'FR-TF': 'TF',
  'FR-WF': 'WF',
  'NL-AW': 'AW',
  'NL-BQ1': 'BQ-BO',
  'NL-BQ2': 'BQ-SA',
  'NL-BQ3': 'BQ-SE',
  'NL-CW': 'CW',
  'NL-SX': 'SX',
  'NO-21': 'SJ',
  'NO-22': 'SJ',
  'US-AS': 'AS',
  'US-GU': 'GU',
  'US-MP': 'MP',
  'US-PR': 'PR',
  'US-UM': 'UM',
  'US-VI': 'VI',
};

/** Everyday names by Unicode CLDR beside ISO's formal ones: `Laos` for Lao People's Democratic Republic. */
const EVERYDAY_NAMES = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });

/** What people write for a country although neither ISO nor CLDR does. */
const OTHER_NAMES: Readonly<Record<string, readonly string[]>> = {
  GB: ['UK', 'Great Britain'],
  US: ['USA', 'United States of America'],
  AE: ['UAE'],
  MM: ['Burma'],
  TL: ['East Timor'],
  TR: ['Turkey'],
};

/**
 * The countries of ISO 3166-1 and the subdivisions of ISO 3166-2, parents before children. Order within a country is the
 * order in which numbers are first given: by code.
 */
export const SEED_PLACES: readonly SeedPlace[] = [...countries(), ...subdivisions()];

function countries(): SeedPlace[] {
  return iso31661.map(({ alpha2, alpha3, name }) => {
    const everyday = EVERYDAY_NAMES.of(alpha2);
    const others = everyday === undefined || everyday === name ? [] : [everyday];
    const aliases = [alpha3, ...others, ...(OTHER_NAMES[alpha2] ?? [])];
    return { code: alpha2, kind: 'country', country: alpha2, parent: null, numbered: true, name, aliases };
  });
}

function subdivisions(): SeedPlace[] {
  const places = iso31662.map(({ code, name, parent }): SeedPlace => {
    const same = LISTED_TWICE[code];
    const country = (same ?? code).slice(0, 2);
    const numbered = same === undefined && parent === country;
    return { code, kind: 'subdivision', country, parent: same ?? parent, numbered, name, aliases: [] };
  });
  return places;
}
