import { type Place, WHOLE_COUNTRY } from '../../engine/index.ts';
import type { PlaceRow } from './vocabulary.rows.ts';

/** A place with the two numbers matching knows it by. */
export interface VocabularyPlace {
  readonly code: string;
  readonly kind: PlaceRow['kind'];
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  readonly parent: string | null;
  readonly name: string;
  readonly countryBit: number;
  /** 0 for a whole country; a finer place has the number of the first-level subdivision it lies in. */
  readonly subdivisionBit: number;
}

/** Gives every place the numbers of its country and of the nearest place above it that has its own. @throws when parents are missing. */
export function locatePlaces(rows: readonly PlaceRow[]): ReadonlyMap<string, VocabularyPlace> {
  const byCode = new Map(rows.map((row) => [row.code, row]));
  return new Map(
    rows.map(({ code, kind, country, parent, name, bit }) => {
      const numbered = bit === null ? firstNumbered(byCode, code) : { kind, bit };
      const countryBit = expectIn(byCode, 'place', country).bit ?? WHOLE_COUNTRY;
      const subdivisionBit = numbered.kind === 'country' ? WHOLE_COUNTRY : (numbered.bit ?? WHOLE_COUNTRY);
      return [code, { code, kind, country, parent, name, countryBit, subdivisionBit }];
    }),
  );
}

/** The place itself or the first above it that has a number; countries always have one. */
function firstNumbered(byCode: ReadonlyMap<string, PlaceRow>, code: string): PlaceRow {
  const row = expectIn(byCode, 'place', code);
  return row.bit !== null || row.parent === null ? row : firstNumbered(byCode, row.parent);
}

/** The place as the engine counts it. */
export function toNumbers(place: VocabularyPlace): Place {
  return { country: place.countryBit, subdivision: place.subdivisionBit };
}

/** A key that is equal for equal places. */
export function numberOf(place: Place): string {
  return `${String(place.country)}/${String(place.subdivision)}`;
}

/** The value of a key that must be there. @throws when it is not. */
export function expectIn<K, V>(map: ReadonlyMap<K, V>, kind: string, key: K): V {
  const value = map.get(key);
  if (value === undefined) throw new Error(`no ${kind} ${String(key)} in the vocabulary`);
  return value;
}
