import { iso31661 } from 'iso-3166';
import type { NamedPlace, Remark } from '../source-record.ts';
import { isPlaceCode } from './cell-words.ts';
import type { SheetField } from './field.ts';
import { type RowCells, splitList } from './row-cells.ts';

/** The levels of places from the coarsest, and the fields that name them. */
const LEVELS: readonly (readonly [level: number | null, name: SheetField, code: SheetField | null])[] = [
  [0, 'country', 'countryCode'],
  [1, 'admin1', 'admin1Code'],
  [2, 'admin2', 'admin2Code'],
  [3, 'admin3', 'admin3Code'],
  [null, 'place', null],
];

const COUNTRY_CODES: ReadonlySet<string> = new Set(iso31661.flatMap(({ alpha2, alpha3 }) => [alpha2, alpha3]));

/**
 * The finest places that a row names, each within the coarser ones that it names too. Several in one cell become several
 * places.
 * @param country for rows that name none, a code or a name; null: there is none
 */
export function readPlaces(
  cells: RowCells,
  country: string | null,
): { readonly places: readonly NamedPlace[]; readonly remarks: readonly Remark[] } {
  const remarks: Remark[] = [];
  const codesOf = (field: SheetField | null): readonly string[] => {
    const cell = field && cells.one(field);
    if (!cell) return [];
    const codes = splitList(cell.text);
    if (codes.every(isPlaceCode)) return codes;
    remarks.push(
      cells.remark(
        'WARNING',
        cell,
        'is no code of a place',
        'Write a P-code or a code of ISO 3166, or leave the cell blank. The place was left out.',
      ),
    );
    return codes.filter(isPlaceCode);
  };
  let found: readonly NamedPlace[] = [];
  for (const [level, nameField, codeField] of LEVELS) {
    const name = cells.one(nameField);
    const names = name ? splitList(name.text) : [];
    const codes = codesOf(codeField);
    if (level === 0) {
      found = names.length + codes.length > 0 ? pair(names, codes, 0, null) : countryPlace(country);
      continue;
    }
    if (names.length + codes.length === 0) continue;
    // Of several coarser places nobody knows which one a finer place lies in.
    found = pair(names, codes, level, found.length === 1 ? (found[0] ?? null) : null);
  }
  const finest = codesOf('placeCode');
  return { places: finest.length === 0 ? found : withCodes(found, finest), remarks };
}

/** The place of a code or name of a country; none for null. */
function countryPlace(country: string | null): readonly NamedPlace[] {
  return country === null ? [] : [toPlace(country, null, 0, null)];
}

/** Names with their codes when there are as many, else both for themselves. */
function pair(
  names: readonly string[],
  codes: readonly string[],
  level: number | null,
  within: NamedPlace | null,
): readonly NamedPlace[] {
  if (codes.length === 0) return names.map((name) => toPlace(name, null, level, within));
  if (names.length === 0 || names.length !== codes.length)
    return codes.map((code) => toPlace(null, code, level, within));
  return names.map((name, index) => toPlace(name, codes[index] ?? null, level, within));
}

/** A code without a level belongs to the finest place that has none, else it is a place within it. */
function withCodes(found: readonly NamedPlace[], codes: readonly string[]): readonly NamedPlace[] {
  const [only] = found;
  const [code] = codes;
  const isOne = found.length === 1 && codes.length === 1;
  if (isOne && only && code !== undefined && only.code === null && only.level !== 0) {
    // The code is of whatever level it is.
    return [{ ...only, code, level: null }];
  }
  return codes.map((each) => toPlace(null, each, null, found.length === 1 ? (only ?? null) : null));
}

/** A country written as its code is known by it. */
function toPlace(
  name: string | null,
  code: string | null,
  level: number | null,
  within: NamedPlace | null,
): NamedPlace {
  if (level === 0 && code === null && name !== null && COUNTRY_CODES.has(name.toUpperCase())) {
    return { name: null, code: name.toUpperCase(), level, within };
  }
  return { name, code, level, within };
}
