import { normaliseName } from './normalise-name.ts';

/** The languages of the members and observers of the Bali Process, and those that files about them are written in. */
const LANGUAGES =
  `en fr es pt ar fa ps ur hi bn ta si ne dz my th lo km vi id ms fil zh zh-Hant ja ko mn tr ru it de nl sv no da fi pl uk`.split(
    ' ',
  );

/** What people and sheets write for a country although neither ISO 3166 nor CLDR does. */
const EVERYDAY: Readonly<Record<string, readonly string[]>> = {
  AE: ['Emirates'],
  BN: ['Brunei'],
  CD: ['DRC', 'DR Congo', 'Congo DRC', 'Congo Kinshasa', 'Zaire'],
  CF: ['CAR'],
  CG: ['Congo Brazzaville', 'Republic of Congo'],
  CI: ['Ivory Coast', 'Cote dIvoire'],
  CN: ['PRC', 'Mainland China'],
  CV: ['Cape Verde'],
  CZ: ['Czech Republic'],
  FM: ['Federated States of Micronesia', 'FSM'],
  GB: ['UK', 'U.K.', 'Britain', 'England'],
  HK: ['Hong Kong SAR', 'Hongkong'],
  KP: ['DPRK', 'DPR Korea'],
  KR: ['ROK', 'Republic of Korea'],
  LA: ['Lao PDR', 'Lao', 'Laos'],
  MK: ['Macedonia', 'FYROM'],
  MM: ['Burma'],
  MO: ['Macao', 'Macau', 'Macao SAR'],
  PG: ['PNG'],
  PS: ['Palestine', 'oPt', 'Occupied Palestinian Territory', 'West Bank and Gaza'],
  RU: ['Russia'],
  SA: ['KSA'],
  SY: ['Syria'],
  SZ: ['Swaziland'],
  TH: ['ประเทศไทย'],
  TL: ['East Timor', 'Timor Leste'],
  TR: ['Turkey'],
  TZ: ['Tanzania'],
  US: ['USA', 'U.S.', 'U.S.A.', 'United States of America'],
  VA: ['Vatican', 'Holy See'],
  VN: ['Vietnam', 'Viet Nam'],
};

/**
 * The countries by what they are called in the languages of the members, by CLDR, as `normaliseName` writes it. What several are
 * called leads to all of them. Made once a process, in some 100 ms.
 */
export function countriesByName(
  countries: readonly { readonly code: string; readonly names: readonly string[] }[],
): ReadonlyMap<string, readonly string[]> {
  const index = new Map<string, readonly string[]>();
  const note = (code: string, text: string): void => {
    const key = normaliseName(text);
    const known = index.get(key) ?? [];
    if (key !== '' && !known.includes(code)) index.set(key, [...known, code]);
  };
  const displays = LANGUAGES.map((language) => new Intl.DisplayNames([language], { type: 'region', fallback: 'none' }));
  for (const { code, names } of countries) for (const name of names) note(code, name);
  for (const { code } of countries) for (const name of EVERYDAY[code] ?? []) note(code, name);
  // What has one meaning by now keeps it: Dominica is not what some language calls the Dominican Republic.
  const settled = new Set(index.keys());
  const others = countries.flatMap(({ code, names }) => [
    ...displays.flatMap((display) => spokenNames(display.of(code))).map((name) => ({ code, name })),
    ...names.flatMap(variantsOf).map((name) => ({ code, name })),
  ]);
  for (const { code, name } of others) if (!settled.has(normaliseName(name))) note(code, name);
  return index;
}

/** `Myanmar (Birmanie)` is each of the two. */
function spokenNames(name: string | undefined): readonly string[] {
  return name === undefined ? [] : [name, ...name.split(/[()]/u)];
}

/** `Tanzania, United Republic of` and `Iran (Islamic Republic of)` the other way round, and without what follows. */
function variantsOf(name: string): readonly string[] {
  const [, head, tail] = /^([^,(]+)[,(]\s*([^)]+)\)?$/u.exec(name) ?? [];
  return head === undefined || tail === undefined ? [] : [`${tail} ${head}`, head, `${head} ${tail}`];
}
