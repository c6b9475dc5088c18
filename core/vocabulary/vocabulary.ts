import { type FacetSet, type Place, type Terrain, facetSet } from '../../engine/index.ts';
import type { CodeKind, FacetKind, TermKind } from './code-kind.ts';
import { primaryLanguage } from './language.ts';
import { type NearCode, SpellingIndex } from './nearest-codes.ts';
import { foldName, indexNames } from './place-names.ts';
import { spelledCodes } from './spelled-codes.ts';
import { toTerrain } from './terrain.ts';
import type { CorridorRow, InsightRow, Labels, TermRow, VocabularyRows } from './vocabulary.rows.ts';
import { type VocabularyPlace, expectIn, locatePlaces, numberOf, toNumbers } from './vocabulary-place.ts';

export type { VocabularyPlace };
export type Term = TermRow;
export type VocabularyCorridor = CorridorRow;

/** The codes of one kind, and which of them has which bit. */
interface Codes<T extends { readonly code: string; readonly bit: number }> {
  readonly byCode: ReadonlyMap<string, T>;
  readonly byBit: ReadonlyMap<number, T>;
}

/**
 * Everything records may name, as it was stored at one moment: codes to bits and back, labels, corridors. Immutable and
 * without database; look-ups cost one map access. Methods that translate codes believe them and throw for a code that is
 * none; those that look one up answer undefined.
 */
export class Vocabulary {
  private terrainOnce: Terrain | null = null;
  private placeNamesOnce: ReadonlyMap<string, readonly string[]> | null = null;
  private insightsOnce: ReadonlyMap<string, InsightRow> | null = null;
  private readonly spellings = new Map<CodeKind, SpellingIndex>();

  private constructor(
    private readonly rows: VocabularyRows,
    private readonly terms: ReadonlyMap<TermKind, Codes<Term>>,
    private readonly places: ReadonlyMap<string, VocabularyPlace>,
    private readonly placesByNumber: ReadonlyMap<string, VocabularyPlace>,
    private readonly corridors: Codes<VocabularyCorridor>,
  ) {}

  /** @throws when a place's parents lead nowhere; the database's foreign keys exclude it. */
  static of(rows: VocabularyRows): Vocabulary {
    const places = locatePlaces(rows.places);
    const numbered = rows.places.filter((row) => row.bit !== null).map((row) => expectIn(places, 'place', row.code));
    return new Vocabulary(
      rows,
      indexTerms(rows.terms),
      places,
      new Map(numbered.map((place) => [numberOf(toNumbers(place)), place])),
      indexCodes(rows.corridors),
    );
  }

  /** This vocabulary with terms added that it lacks; those it has stay as they are. */
  with(added: readonly Term[]): Vocabulary {
    const lacking = added.filter((term) => this.term(term.kind, term.code) === undefined);
    if (lacking.length === 0) return this;
    const rows = { ...this.rows, terms: [...this.rows.terms, ...lacking] };
    return new Vocabulary(rows, indexTerms(rows.terms), this.places, this.placesByNumber, this.corridors);
  }

  /** This vocabulary with terms that are stored nowhere, so that something not yet registered can be compared: no record has their bits. */
  withPassing(kind: TermKind, terms: readonly { readonly code: string; readonly labels: Labels }[]): Vocabulary {
    const firstBit = Math.max(-1, ...this.codes(kind).byBit.keys()) + 1;
    const unused = { kind, broader: null, parent: null, aliases: [], deprecated: false, replacedBy: null };
    return this.with(terms.map((term, index) => ({ ...unused, ...term, bit: firstBit + index })));
  }

  /** A country, a subdivision or a P-code. */
  place(code: string): VocabularyPlace | undefined {
    return this.places.get(code);
  }

  /** The places that have this name or alias, whatever its case and accents; in no order. The names are indexed at first use. */
  placesNamed(name: string): readonly VocabularyPlace[] {
    this.placeNamesOnce ??= indexNames(this.rows.places);
    return (this.placeNamesOnce.get(foldName(name)) ?? []).flatMap((code) => this.places.get(code) ?? []);
  }

  /** Every place with its name and all that people may type for it. */
  allPlaces(): readonly { readonly place: VocabularyPlace; readonly names: readonly string[] }[] {
    return this.rows.places.map(({ code, name, aliases }) => ({
      place: this.placeOf(code),
      names: [name, ...aliases],
    }));
  }

  term(kind: TermKind, code: string): Term | undefined {
    return this.terms.get(kind)?.byCode.get(code);
  }

  corridor(code: string): VocabularyCorridor | undefined {
    return this.corridors.byCode.get(code);
  }

  /** An insight that counts, by its id. @throws for an id that none has. */
  insight(id: string): InsightRow {
    this.insightsOnce ??= new Map(this.rows.insights.map((insight) => [insight.id, insight]));
    return expectIn(this.insightsOnce, 'insight', id);
  }

  /** The terms of a kind in the order shown, deprecated ones included. */
  termsOf(kind: TermKind): readonly Term[] {
    return [...(this.terms.get(kind)?.byCode.values() ?? [])];
  }

  /** Whether records may name this, as it is written here. */
  knows(kind: CodeKind, code: string): boolean {
    return kind === 'place' ? this.places.has(code) : this.codes(kind).byCode.has(code);
  }

  /** The codes of a kind that are spelled most like a text: at most three, the likest first; terms out of use are not offered. */
  nearest(kind: CodeKind, text: string): readonly NearCode[] {
    const index = this.spellings.get(kind) ?? new SpellingIndex(spelledCodes(this.rows, kind));
    this.spellings.set(kind, index);
    return index.nearest(text);
  }

  /** @throws for a code that is none. */
  bitOf(kind: FacetKind, code: string): number {
    return expectIn(this.codes(kind).byCode, kind, code).bit;
  }

  /** @throws for a bit that no code of the kind has. */
  codeOf(kind: FacetKind, bit: number): string {
    return expectIn(this.codes(kind).byBit, kind, bit).code;
  }

  /** The bits of the codes. Languages are BCP 47 tags and count by their primary subtag. @throws for a code that is none. */
  toFacetSet(kind: FacetKind, codes: readonly string[]): FacetSet {
    return facetSet(codes.map((code) => this.bitOf(kind, kind === 'language' ? this.languageOf(code) : code)));
  }

  /** The places as matching counts them, each once, in the order of their first mention. @throws for a code that is none. */
  toPlaces(codes: readonly string[]): readonly Place[] {
    const counted = codes.map((code) => toNumbers(this.placeOf(code)));
    return [...new Map(counted.map((place) => [numberOf(place), place])).values()];
  }

  /** The country or first-level subdivision behind the engine's numbers. @throws when no place has them. */
  placeAt(place: Place): VocabularyPlace {
    return expectIn(this.placesByNumber, 'place number', numberOf(place));
  }

  /** The canonical primary subtag of a BCP 47 tag: `ben` and `bn-BD` are `bn`. @throws for a text that is no tag of a language. */
  languageOf(tag: string): string {
    const primary = primaryLanguage(tag);
    if (primary === null) throw new Error(`${tag} is no BCP 47 tag of a language`);
    return primary;
  }

  /** What people call this, in the language asked for, else in English, else in any; a code that is none is its own label. */
  label(kind: CodeKind, code: string, language = 'en'): string {
    if (kind === 'place') return this.places.get(code)?.name ?? code;
    const labels = this.labels(kind, code);
    return labels[language] ?? labels['en'] ?? Object.values(labels)[0] ?? code;
  }

  /** The labels by BCP 47 tag; none for a code that is none. */
  labels(kind: FacetKind, code: string): Labels {
    if (kind === 'corridor') return this.corridor(code)?.names ?? {};
    return this.term(kind, code)?.labels ?? {};
  }

  /** What matching knows beside footprints. Made once, so that equal vocabularies cost nothing more. */
  terrain(): Terrain {
    this.terrainOnce ??= toTerrain(this.rows.corridors, this.rows.insights, {
      bitOf: (kind, code) => this.bitOf(kind, code),
      placeOf: (code) => this.placeOf(code),
    });
    return this.terrainOnce;
  }

  private placeOf(code: string): VocabularyPlace {
    return expectIn(this.places, 'place', code);
  }

  private codes(kind: FacetKind): Codes<Term | VocabularyCorridor> {
    return kind === 'corridor' ? this.corridors : (this.terms.get(kind) ?? NO_CODES);
  }
}

const NO_CODES: Codes<Term> = { byCode: new Map(), byBit: new Map() };

function indexTerms(terms: readonly Term[]): ReadonlyMap<TermKind, Codes<Term>> {
  return new Map([...Map.groupBy(terms, (term) => term.kind)].map(([kind, group]) => [kind, indexCodes(group)]));
}

function indexCodes<T extends { readonly code: string; readonly bit: number }>(rows: readonly T[]): Codes<T> {
  return { byCode: new Map(rows.map((row) => [row.code, row])), byBit: new Map(rows.map((row) => [row.bit, row])) };
}
