import type { StatedDays } from '../footprints/stated-footprint.ts';
import { canonicalTag, languageName, primaryLanguage } from '../vocabulary/language.ts';
import { foldName } from '../vocabulary/place-names.ts';
import type { NewTerm } from '../vocabulary/term-insertion.ts';
import type { Vocabulary, VocabularyPlace } from '../vocabulary/vocabulary.ts';
import { dacLabel } from './iati/dac-labels.ts';
import { themeOfDac } from './iati/dac-themes.ts';
import type { ImportOptions } from './import-run.ts';
import type { NamedPlace, Remark, SourceRecord } from './source-record.ts';

/** The footprint of a record in codes of the hub. */
export interface ResolvedFootprint {
  readonly days: StatedDays | null;
  readonly places: readonly string[];
  readonly corridors: readonly string[];
  readonly themes: readonly string[];
  readonly audiences: readonly string[];
  readonly channels: readonly string[];
  readonly languages: readonly string[];
}

/** New themes that one file may bring. */
const MOST_NEW_THEMES = 500;

/**
 * The codes of a theme as written: `dac:` and a code of DAC with the hub's own theme that includes it, a code or a label of the hub,
 * else a term of its own with the scheme `sheet`.
 */
export class Themes {
  private readonly byLabel: ReadonlyMap<string, string>;
  private readonly cache = new Map<string, readonly string[]>();
  /** Those that the hub does not have yet. */
  readonly lacking = new Map<string, NewTerm>();

  constructor(private readonly vocabulary: Vocabulary) {
    this.byLabel = new Map(
      vocabulary
        .termsOf('theme')
        .filter(({ deprecated }) => !deprecated)
        .flatMap(({ code, labels }) => Object.values(labels).map((label) => [foldName(label), code] as const)),
    );
  }

  codesOf(written: string): readonly string[] {
    const known = this.cache.get(written) ?? this.find(written);
    this.cache.set(written, known);
    return known;
  }

  private find(written: string): readonly string[] {
    const dac = /^dac:(\d{3,5})$/.exec(written)?.[1];
    if (dac !== undefined) {
      const broader = themeOfDac(dac);
      this.want({ code: written, labels: { en: dacLabel(dac) }, ...(broader === null ? {} : { broader }) });
      return broader === null ? [written] : [written, broader];
    }
    const code = [written, written.toLowerCase()].find((one) => this.vocabulary.knows('theme', one));
    if (code !== undefined) return [code];
    const labelled = this.byLabel.get(foldName(written));
    if (labelled !== undefined) return [labelled];
    const slug = foldName(written)
      .replaceAll(/[^\p{L}\p{N}]+/gu, '_')
      .replaceAll(/^_+|_+$/gu, '')
      .slice(0, 80);
    if (slug === '' || this.lacking.size >= MOST_NEW_THEMES) return [];
    this.want({ code: `sheet:${slug}`, labels: { en: written.slice(0, 200) } });
    return [`sheet:${slug}`];
  }

  private want(term: NewTerm): void {
    if (!this.vocabulary.knows('theme', term.code)) this.lacking.set(term.code, term);
  }
}

/** The footprint that a record states, in codes, and a remark for each thing that has none. */
export function resolveFootprint(
  record: SourceRecord,
  vocabulary: Vocabulary,
  themes: Themes,
  options: ImportOptions,
): { readonly footprint: ResolvedFootprint; readonly remarks: readonly Remark[] } {
  const remarks: Remark[] = [];
  const warn = (field: string, value: string, reason: string, suggestion: string | null): void => {
    const { row, column } = record.spots[field] ?? { row: record.rows[0] ?? 1, column: null };
    remarks.push({ row, column, severity: 'WARNING', value: shorten(value), reason, suggestion });
  };
  const codesOf = (kind: 'audience' | 'channel' | 'corridor', field: string, written: readonly string[]): string[] =>
    written.flatMap((text) => {
      const code = codeOf(vocabulary, kind, text);
      if (code !== null) return [code];
      const near = vocabulary.nearest(kind, text).map(({ code: nearCode }) => nearCode);
      const help = near.length > 0 ? `Write ${near.join(' or ')}, or map the value.` : 'Map the value to a code.';
      warn(field, text, `The hub has no ${kind} of that name.`, help);
      return [];
    });
  const languages = record.languages.flatMap((text) => {
    const code = languageOf(vocabulary, text);
    if (code === null) warn('languages', text, 'That is no language by name or BCP 47 tag.', 'Write a tag such as bn.');
    return code ?? [];
  });
  const stated = record.status === 'suspended' ? null : record.days;
  const period = options.period ?? null;
  return {
    footprint: {
      days: stated ?? (record.status === 'suspended' || record.rows.length === 0 ? null : period),
      places: placesOf(record.places, vocabulary, options.country ?? null, warn),
      corridors: unique(codesOf('corridor', 'corridors', record.corridors)),
      themes: unique(record.themes.flatMap((text) => themes.codesOf(text))),
      audiences: unique(codesOf('audience', 'audiences', record.audiences)),
      channels: unique(codesOf('channel', 'channels', record.channels)),
      languages: unique(languages),
    },
    remarks,
  };
}

type Warn = (field: string, value: string, reason: string, suggestion: string | null) => void;

/**
 * The places meant: by code, else by name, inside the place or country that the row names or the sender says. A country of which a
 * part is named is left to that part; a part that nobody knows stands for what it lies in.
 */
function placesOf(named: readonly NamedPlace[], vocabulary: Vocabulary, country: string | null, warn: Warn): string[] {
  const inside = country === null ? null : (vocabulary.place(country) ?? null);
  const whole = named.flatMap((place) => (place.level === 0 ? (countryOf(place, vocabulary) ?? unknown(place)) : []));
  const countries = new Set(whole.map((place) => place.country));
  const parts = named.flatMap((place) => (place.level === 0 ? [] : partOf(place)));
  const found = [...whole, ...parts];
  const divided = new Set(found.filter(({ code, country: of }) => code !== of).map(({ country: of }) => of));
  const codes = found.filter(({ code }) => !divided.has(code)).map(({ code }) => code);
  return unique(codes.length === 0 && inside !== null ? [inside.code] : codes);

  function unknown(place: NamedPlace): VocabularyPlace[] {
    const written = place.code ?? place.name;
    if (written !== null)
      warn('places', written, 'No country of ISO 3166-1 has that code or name.', 'Write its code, such as BD.');
    return [];
  }

  function partOf(place: NamedPlace): VocabularyPlace[] {
    const coded = place.code === null ? undefined : vocabulary.place(place.code.toUpperCase());
    if (coded) return countries.size === 0 || countries.has(coded.country) ? [coded] : [];
    const around = place.within === null ? inside : (surroundings(place.within) ?? inside);
    const name = place.name;
    const called = name === null ? [] : vocabulary.placesNamed(name);
    const here = called.filter(({ kind, country: of }) =>
      around !== null
        ? of === around.country && kind !== 'country'
        : countries.size === 0 || (countries.has(of) && kind !== 'country'),
    );
    const one = onePlace(here);
    if (one) return [one];
    if (place.within === null && inside === null) {
      if (countries.size === 0 && name !== null)
        warn('places', name, meansNothing(here.length), 'Say in which country it lies, or write its code.');
      return [];
    }
    const written = name ?? place.code;
    if (written !== null)
      warn('places', written, meansNothing(here.length), 'Write its code, or add the name to the place.');
    return around === null ? [] : [around];
  }

  function surroundings(place: NamedPlace): VocabularyPlace | null {
    if (place.level === 0 || place.within === null) return countryOf(place, vocabulary) ?? partOf(place)[0] ?? null;
    return partOf(place)[0] ?? null;
  }
}

const meansNothing = (found: number): string =>
  found === 0 ? 'The hub knows no place of that name there.' : 'Several places are called so.';

/** The one country that a code lies in or a name stands for; null when none does. */
function countryOf({ code, name }: NamedPlace, vocabulary: Vocabulary): VocabularyPlace | null {
  const coded = code === null ? undefined : vocabulary.place(code.toUpperCase());
  if (coded) return vocabulary.place(coded.country) ?? null;
  const called = [name, code].flatMap((text) => (text === null ? [] : vocabulary.placesNamed(text)));
  return called.find(({ kind }) => kind === 'country') ?? null;
}

/**
 * The place that several with one name stand for: a division and the district in it that is called alike are the division. Null
 * when they lie apart, since the name then tells nothing.
 */
function onePlace(places: readonly VocabularyPlace[]): VocabularyPlace | null {
  const [widest] = places.toSorted(
    (a, b) =>
      Number(b.code === b.country) - Number(a.code === a.country) ||
      Number(b.parent === b.country) - Number(a.parent === a.country),
  );
  const apart = places.some(
    ({ subdivisionBit, country }) =>
      country !== widest?.country || (widest.kind !== 'country' && subdivisionBit !== widest.subdivisionBit),
  );
  return widest && !apart ? widest : null;
}

/** A tag whose language is known, or a language called so. */
function languageOf(vocabulary: Vocabulary, text: string): string | null {
  const primary = primaryLanguage(text);
  if (primary !== null && (vocabulary.knows('language', primary) || languageName(primary) !== null))
    return canonicalTag(text);
  return codeOf(vocabulary, 'language', text);
}

function codeOf(
  vocabulary: Vocabulary,
  kind: 'audience' | 'channel' | 'corridor' | 'language',
  text: string,
): string | null {
  const code = [text, text.toLowerCase()].find((one) => vocabulary.knows(kind, one));
  if (code !== undefined || kind === 'corridor') return code ?? null;
  const fold = foldName(text);
  const term = vocabulary
    .termsOf(kind)
    .find(({ labels, deprecated }) => !deprecated && Object.values(labels).some((label) => foldName(label) === fold));
  return term?.code ?? null;
}

const unique = (codes: readonly string[]): string[] => [...new Set(codes)].sort();

/** As much of a value as a remark shows. */
export const shorten = (text: string): string => (text.length > 100 ? `${text.slice(0, 99)}…` : text);
