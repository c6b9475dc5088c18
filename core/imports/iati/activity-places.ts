import type { Vocabulary, VocabularyPlace } from '../../vocabulary/vocabulary.ts';
import type { IatiActivity, Narrative } from './activity.ts';

export interface ActivityPlaces {
  /** ISO 3166-1 or 3166-2, in code order; a country of which a part is named is left to that part. */
  readonly places: readonly string[];
  /** Recipient countries that the hub does not know, as written. */
  readonly unknown: readonly string[];
}

/**
 * Where an activity reaches people: its recipient countries, and of these the subdivisions that its locations name by ISO 3166-2
 * code or by name. A location that is finer, or has only codes of other gazetteers, stands for its country. Without a recipient
 * country, locations that name one say it.
 */
export function activityPlaces(
  { countries: recipients, locations }: Pick<IatiActivity, 'countries' | 'locations'>,
  vocabulary: Vocabulary,
): ActivityPlaces {
  const found = recipients.map(({ code, names }) => ({
    written: code ?? names[0]?.text ?? '',
    country: countryOf(vocabulary, code === null ? [] : [code], names),
  }));
  const stated = found.flatMap(({ country }) => country ?? []);
  const countries = new Set(
    stated.length > 0 ? stated : locations.flatMap(({ codes, names }) => countryOf(vocabulary, codes, names) ?? []),
  );
  const parts = locations.flatMap(({ codes, names }) => {
    const coded = codes.flatMap((code) => vocabulary.place(code.toUpperCase()) ?? []);
    const named = names.flatMap(({ text }) => vocabulary.placesNamed(text));
    return [coded, named].flatMap((places) =>
      onePlace(places.filter(({ kind, country }) => kind !== 'country' && countries.has(country))),
    );
  });
  const divided = new Set(parts.map(({ country }) => country));
  const whole = [...countries].filter((country) => !divided.has(country));
  return {
    places: [...new Set([...whole, ...parts.map(({ code }) => code)])].sort(),
    unknown: found.flatMap(({ written, country }) => (country === null && written !== '' ? [written] : [])),
  };
}

/**
 * The place that several with one name stand for: a division and the district in it that is called alike are the division. None
 * when they lie apart, since the name then tells nothing.
 */
function onePlace(places: readonly VocabularyPlace[]): readonly VocabularyPlace[] {
  const [widest] = places.toSorted((a, b) => Number(b.parent === b.country) - Number(a.parent === a.country));
  const apart = places.some(
    ({ subdivisionBit, country }) => subdivisionBit !== widest?.subdivisionBit || country !== widest.country,
  );
  return widest && !apart ? [widest] : [];
}

/** The one country that a code lies in or a name stands for; null when none does. */
function countryOf(vocabulary: Vocabulary, codes: readonly string[], names: readonly Narrative[]): string | null {
  const [coded] = codes.flatMap((code) => vocabulary.place(code.toUpperCase()) ?? []);
  if (coded) return coded.country;
  const named = names.flatMap(({ text }) => vocabulary.placesNamed(text));
  return named.find(({ kind }) => kind === 'country')?.code ?? null;
}
