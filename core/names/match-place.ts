import type { Vocabulary, VocabularyPlace } from '../vocabulary/vocabulary.ts';
import { confidenceOf } from './confidence.ts';
import { countriesByName } from './country-names.ts';
import { likeness } from './likeness.ts';
import { comparableCode } from './match-organisation.ts';
import { NameIndex, type OwnedName } from './name-index.ts';
import { normaliseName } from './normalise-name.ts';
import { type ReadName, readName } from './read-name.ts';
import { type WordWeights, weighWords } from './word-weights.ts';

/** A place as a file names it. */
export interface PlaceMention {
  readonly name: string | null;
  /** ISO 3166 or a P-code. */
  readonly code: string | null;
  /** 0: a country; 1: its first subdivisions; null: not stated. */
  readonly level: number | null;
  /** The place it lies in. */
  readonly within: PlaceMention | null;
}

export type PlaceVerdict =
  /** `exact`: the very place; else the nearest known place around it, because nobody has told the hub of the finer one. */
  | { readonly kind: 'sure'; readonly code: string; readonly by: 'CODE' | 'NAME' | 'WITHIN'; readonly exact: boolean }
  /** For a person to say; the likeliest first, at most five. `around`: the place that they all lie in, if it is known. */
  | { readonly kind: 'doubtful'; readonly codes: readonly string[]; readonly around: string | null }
  | { readonly kind: 'unknown' };

/** What is equal for mentions that get the same verdict. */
export function placeKey({ name, code, level, within }: PlaceMention): string {
  return JSON.stringify([name, code, level, within && placeKey(within)]);
}

/**
 * Says which place of the vocabulary each mention means, each distinct one once: by code, then by name inside what it lies in. Needs no
 * database; the names are indexed once for a vocabulary, in some 200 ms for ISO 3166.
 */
export function matchPlaces(
  vocabulary: Vocabulary,
  mentions: readonly PlaceMention[],
): ReadonlyMap<string, PlaceVerdict> {
  const matcher = matcherOf(vocabulary);
  const distinct = new Map(mentions.map((mention) => [placeKey(mention), mention]));
  return new Map([...distinct].map(([key, mention]) => [key, matcher.match(mention)]));
}

const matchers = new WeakMap<Vocabulary, PlaceMatcher>();

function matcherOf(vocabulary: Vocabulary): PlaceMatcher {
  const known = matchers.get(vocabulary) ?? new PlaceMatcher(vocabulary);
  matchers.set(vocabulary, known);
  return known;
}

/** What sheets write for a whole country. */
const WHOLE = new Set([
  'national',
  'nationwide',
  'countrywide',
  'country wide',
  'whole country',
  'all',
  'na',
  'n a',
  'none',
  '',
]);
/** What kind of part it is, which one says and another leaves out. */
const KINDS_OF_PARTS = new Set(
  `province provinces district division region regions state governorate county department departement prefecture municipality city
  township commune commune parish island islands area zone wilaya provinsi kabupaten kota changwat oblast provincia departamento
  autonomous special capital of the de la le du and`.split(/\s+/u),
);
const MOST_CANDIDATES = 5;
const NEAR = 0.5;
/** From here on two names of parts of one country are for a person to compare. */
const LIKE_ENOUGH = 0.15;

interface NamedPart {
  readonly place: VocabularyPlace;
  readonly names: readonly string[];
}

/** The parts of one country by their names. */
interface Parts {
  readonly byName: ReadonlyMap<string, readonly VocabularyPlace[]>;
  readonly index: NameIndex;
  readonly weigh: WordWeights;
}

class PlaceMatcher {
  private readonly countries: ReadonlyMap<string, readonly string[]>;
  private readonly named: ReadonlyMap<string, readonly NamedPart[]>;
  private readonly parts = new Map<string, Parts>();
  private readonly partsByName: ReadonlyMap<string, readonly VocabularyPlace[]>;
  private readonly alpha3: ReadonlyMap<string, string>;

  constructor(private readonly vocabulary: Vocabulary) {
    const all = vocabulary.allPlaces();
    const countries = all.filter(({ place }) => place.kind === 'country');
    this.countries = countriesByName(countries.map(({ place, names }) => ({ code: place.code, names })));
    this.named = Map.groupBy(
      all.filter(({ place }) => place.kind !== 'country'),
      ({ place }) => place.country,
    );
    this.partsByName = byNames([...this.named.values()].flat());
    this.alpha3 = new Map(
      countries.flatMap(({ place, names }) =>
        names.filter((name) => /^[A-Z]{3}$/u.test(name)).map((code) => [code, place.code]),
      ),
    );
  }

  match(mention: PlaceMention): PlaceVerdict {
    const around = this.aroundOf(mention.within);
    const coded = mention.code === null ? null : this.coded(mention.code);
    const called = this.called(mention, around ?? (coded && this.countryOf(coded.code)));
    if (coded === null) return called;
    if (around !== null && this.countryOf(coded.code) !== this.countryOf(around))
      return { kind: 'doubtful', codes: [coded.code, around], around: null };
    // A name may say more than a code that only tells the country.
    if (
      !coded.exact &&
      called.kind === 'sure' &&
      called.exact &&
      this.countryOf(called.code) === this.countryOf(coded.code)
    )
      return called;
    return { kind: 'sure', code: coded.code, by: 'CODE', exact: coded.exact };
  }

  private countryOf(code: string): string | null {
    return this.vocabulary.place(code)?.country ?? null;
  }

  /** The nearest known place that a mention is or lies in. */
  private aroundOf(mention: PlaceMention | null): string | null {
    if (mention === null) return null;
    const verdict = this.match(mention);
    if (verdict.kind === 'sure') return verdict.code;
    return verdict.kind === 'doubtful' ? verdict.around : null;
  }

  /** A place by its code: itself; else, of a P-code, the finest one known that it begins with, down to its country. */
  private coded(written: string): { readonly code: string; readonly exact: boolean } | null {
    const code = comparableCode(written);
    if (code === null) return null;
    const known = [code, this.alpha3.get(code) ?? code].find((one) => this.vocabulary.place(one) !== undefined);
    if (known !== undefined) return { code: known, exact: true };
    if (!/^[A-Z]{2,3}[A-Z]*\d[A-Z0-9]*$/u.test(code)) return null;
    for (let length = code.length - 1; length > 3; length -= 1) {
      const place = this.vocabulary.place(code.slice(0, length));
      if (place?.kind === 'p_code') return { code: place.code, exact: false };
    }
    const [letters = ''] = /^[A-Z]+/u.exec(code) ?? [];
    const country = letters.length === 2 ? letters : this.alpha3.get(letters.slice(0, 3));
    return country !== undefined && this.vocabulary.place(country) ? { code: country, exact: false } : null;
  }

  private called({ name, level }: PlaceMention, around: string | null): PlaceVerdict {
    const within: PlaceVerdict =
      around === null ? { kind: 'unknown' } : { kind: 'sure', code: around, by: 'WITHIN', exact: false };
    const key = normaliseName(name ?? '');
    if (name === null || WHOLE.has(key))
      return within.kind === 'sure' ? { ...within, exact: name !== null && key !== '' } : within;
    const country = around === null ? null : this.countryOf(around);
    const countries = level === null || level === 0 ? (this.countries.get(key) ?? []) : [];
    if (countries.length > 0 && (country === null || level === 0))
      return this.settle(
        countries.map((code) => this.expect(code)),
        null,
      );
    if (level === 0) return this.likeCountry(name);
    if (country === null) {
      const parts = this.partsByName.get(key) ?? this.partsByName.get(bare(key)) ?? [];
      return parts.length === 0 && level === null ? this.likeCountry(name) : this.settle(parts, null);
    }
    const { byName } = this.partsOf(country);
    const parts = byName.get(key) ?? byName.get(bare(key)) ?? [];
    if (parts.length > 0) return this.settle(inside(parts, around, this.vocabulary), around);
    if (countries.includes(country)) return { kind: 'sure', code: country, by: 'NAME', exact: true };
    const like = this.likeParts(name, country);
    if (like.length > 0) return { kind: 'doubtful', codes: like, around };
    return within;
  }

  /** Several places of one name: the division and the district in it that is called alike are the division. */
  private settle(places: readonly VocabularyPlace[], around: string | null): PlaceVerdict {
    const [widest] = places.toSorted(
      (a, b) => Number(b.parent === b.country) - Number(a.parent === a.country) || (a.code < b.code ? -1 : 1),
    );
    if (!widest) return { kind: 'unknown' };
    const isOne = places.every(
      ({ subdivisionBit, country }) => subdivisionBit === widest.subdivisionBit && country === widest.country,
    );
    if (isOne) return { kind: 'sure', code: widest.code, by: 'NAME', exact: true };
    return {
      kind: 'doubtful',
      codes: places
        .map(({ code }) => code)
        .toSorted()
        .slice(0, MOST_CANDIDATES),
      around,
    };
  }

  private likeCountry(name: string): PlaceVerdict {
    const wanted = normaliseName(name);
    const like = [...this.countries].filter(([key]) => isMistyped(wanted, key)).flatMap(([, codes]) => codes);
    const codes = [...new Set(like)].sort().slice(0, MOST_CANDIDATES);
    return codes.length === 0 ? { kind: 'unknown' } : { kind: 'doubtful', codes, around: null };
  }

  private likeParts(name: string, country: string): readonly string[] {
    const { index, weigh } = this.partsOf(country);
    const wanted = withoutKind(readName(name));
    const like = index.nearest(wanted, NEAR, 8).flatMap(({ owner, name: other }) => {
      const confidence = confidenceOf(likeness(wanted, other, weigh));
      return confidence >= LIKE_ENOUGH ? [{ owner, confidence }] : [];
    });
    const ordered = like.toSorted((a, b) => b.confidence - a.confidence || (a.owner < b.owner ? -1 : 1));
    return [...new Set(ordered.map(({ owner }) => owner))].slice(0, MOST_CANDIDATES);
  }

  private partsOf(country: string): Parts {
    const known = this.parts.get(country);
    if (known) return known;
    const named = this.named.get(country) ?? [];
    const names = named.flatMap(({ place, names: texts }) =>
      texts.map((text): OwnedName => ({ owner: place.code, name: withoutKind(readName(text)), isMain: true })),
    );
    const parts = {
      byName: byNames(named),
      index: new NameIndex(names),
      weigh: weighWords(names.map(({ name }) => name.words)),
    };
    this.parts.set(country, parts);
    return parts;
  }

  private expect(code: string): VocabularyPlace {
    const place = this.vocabulary.place(code);
    if (!place) throw new Error(`no place ${code} in the vocabulary`);
    return place;
  }
}

/** Those that lie in a place; all when none does. */
function inside(
  places: readonly VocabularyPlace[],
  around: string | null,
  vocabulary: Vocabulary,
): readonly VocabularyPlace[] {
  const lies = (place: VocabularyPlace): boolean => {
    for (
      let at: VocabularyPlace | undefined = place;
      at;
      at = at.parent === null ? undefined : vocabulary.place(at.parent)
    )
      if (at.code === around) return true;
    return false;
  };
  const found = places.filter(lies);
  return found.length > 0 ? found : places;
}

function byNames(parts: readonly NamedPart[]): ReadonlyMap<string, readonly VocabularyPlace[]> {
  const index = new Map<string, VocabularyPlace[]>();
  for (const { place, names } of parts) {
    for (const key of new Set(names.flatMap(keysOf))) {
      const list = index.get(key);
      if (list) list.push(place);
      else index.set(key, [place]);
    }
  }
  return index;
}

/** A name as written, without what stands in brackets, each of several names that `[…]` and `/` join, and without its kind. */
function keysOf(name: string): string[] {
  const texts = [name, ...name.split(/[/[\]()]/u), name.replaceAll(/[([][^)\]]*[)\]]/gu, ' ')];
  return texts.flatMap((text) => [normaliseName(text), bare(normaliseName(text))]).filter((key) => key !== '');
}

function bare(plain: string): string {
  const words = plain.split(' ');
  const left = words.filter((word) => !KINDS_OF_PARTS.has(word));
  return left.length === 0 ? plain : left.join(' ');
}

function withoutKind(name: ReadName): ReadName {
  const words = name.words.filter((word) => !KINDS_OF_PARTS.has(word));
  return words.length === 0 ? name : { ...name, words, compact: words.join('') };
}

/** Whether one letter more, less or other, or two swapped, make one text of another of at least five letters. In linear time. */
function isMistyped(a: string, b: string): boolean {
  if (Math.min(a.length, b.length) < 5 || Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) end += 1;
  const [restA, restB] = [a.slice(start, a.length - end), b.slice(start, b.length - end)];
  const isSwapped = restA.length === 2 && restB.length === 2 && restA[0] === restB[1] && restA[1] === restB[0];
  return isSwapped || (restA.length <= 1 && restB.length <= 1);
}
