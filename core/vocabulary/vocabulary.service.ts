import type { EntityManager } from '@mikro-orm/postgresql';
import type { Issue } from '../outcome.ts';
import { type TermKind, codeKind } from './code-kind.ts';
import { languageName } from './language.ts';
import { type ResolvedCodes, type WrittenCode, resolveWritten } from './resolve-codes.ts';
import { type NewTerm, insertTerms } from './term-insertion.ts';
import { Vocabulary } from './vocabulary.ts';
import { readVersion, readVocabulary } from './vocabulary.rows.ts';

/** The coded lists of a record; null = unstated, so that it inherits its parent's. */
export interface FootprintCodes {
  readonly places: readonly string[] | null;
  readonly corridors: readonly string[] | null;
  readonly audiences: readonly string[] | null;
  readonly themes: readonly string[] | null;
  readonly channels: readonly string[] | null;
  /** Canonical BCP 47 tags, region and script kept. */
  readonly languages: readonly string[] | null;
}

export type FootprintCodesInput = { readonly [K in keyof FootprintCodes]?: FootprintCodes[K] | undefined };

export interface ResolvedFootprint {
  /** Every code as it is to be stored, each once, in the order written; codes with an issue are left out. */
  readonly footprint: FootprintCodes;
  readonly issues: readonly Issue[];
  /** Knows every code of `footprint`, new languages included. */
  readonly vocabulary: Vocabulary;
}

const FACETS = [
  { facet: 'places', kind: 'place' },
  { facet: 'corridors', kind: 'corridor' },
  { facet: 'audiences', kind: 'audience' },
  { facet: 'themes', kind: 'theme' },
  { facet: 'channels', kind: 'channel' },
  { facet: 'languages', kind: 'language' },
] as const;

/** Keeps this process's copy of the vocabulary in step with the stored one, and checks the codes of inputs against it. */
export class VocabularyService {
  /** Possibly of a version that only a running transaction sees: the others ask for theirs, and no version comes twice. */
  private held: { readonly version: string; readonly vocabulary: Vocabulary } | null = null;

  /**
   * The vocabulary as stored now; one statement by key, and a load (some 40 ms) only after a change. Call it after reading the
   * records whose codes are to be translated: a record may have brought a new term.
   */
  async current(em: EntityManager): Promise<Vocabulary> {
    const version = await readVersion(em);
    if (this.held?.version === version) return this.held.vocabulary;
    const loaded = await readVocabulary(em);
    const vocabulary = Vocabulary.of(loaded.rows);
    this.held = { version: loaded.version, vocabulary };
    return vocabulary;
  }

  /**
   * Checks every code of a footprint and writes it in its canonical form. A language that exists but that no record has used
   * yet becomes a term, unless an issue stops the write; with `readOnly` nothing is stored and it has a bit in the returned
   * vocabulary only, so that a preview scores as the record would.
   */
  async resolve(
    em: EntityManager,
    input: FootprintCodesInput,
    path = 'input',
    { readOnly = false }: { readonly readOnly?: boolean } = {},
  ): Promise<ResolvedFootprint> {
    const current = await this.current(em);
    const { footprint, issues, newLanguages } = resolveFootprint(current, input, path);
    return {
      footprint,
      issues,
      vocabulary: await this.welcome(em, current, newLanguages, readOnly || issues.length > 0),
    };
  }

  /** The same of many footprints at once: each with its issues, in the order given, and one vocabulary that knows all their codes. */
  async resolveEach(
    em: EntityManager,
    inputs: readonly FootprintCodesInput[],
    path = 'input',
  ): Promise<{
    readonly resolved: readonly Omit<ResolvedFootprint, 'vocabulary'>[];
    readonly vocabulary: Vocabulary;
  }> {
    const current = await this.current(em);
    const welcome = new Set<string>();
    const resolved = inputs.map((input) => {
      const one = resolveFootprint(current, input, path);
      if (one.issues.length === 0) for (const language of one.newLanguages) welcome.add(language);
      return one;
    });
    return { resolved, vocabulary: await this.welcome(em, current, [...welcome], false) };
  }

  /** Checks codes outside footprints: kinds of actor, stances, where an actor is based … */
  async resolveCodes<W extends WrittenCode>(em: EntityManager, written: readonly W[]): Promise<ResolvedCodes<W>> {
    return resolveWritten(await this.current(em), written);
  }

  /**
   * Checks the codes that a query names, without asking the database as long as this process knows them all:
   * the code meant by each, in the order written, or a complaint for each that does not exist.
   */
  async checkAsked(
    reading: (body: (em: EntityManager) => Promise<Vocabulary>) => Promise<Vocabulary>,
    written: readonly { readonly kind: string; readonly code: string; readonly path: string }[],
  ): Promise<{ readonly codes: readonly string[]; readonly complaints: readonly string[] }> {
    const typed = written.map((one) => ({ ...one, kind: codeKind(one.kind) }));
    const known = this.held && resolveWritten(this.held.vocabulary, typed);
    const { resolved, issues } =
      known?.issues.length === 0 ? known : resolveWritten(await reading((em) => this.current(em)), typed);
    return {
      codes: resolved.map(({ code }) => code),
      complaints: issues.map(({ path, message }) => `${path}: ${message}`),
    };
  }

  /**
   * Adds terms that the kind lacks: codes of outside vocabularies, languages on first use. Those it has stay as they are.
   * Safe to run twice and at once: bits are given one transaction at a time.
   * @returns the vocabulary with them.
   */
  async ensureTerms(em: EntityManager, kind: TermKind, terms: readonly NewTerm[]): Promise<Vocabulary> {
    const current = await this.current(em);
    const lacking = terms.filter((term) => !current.knows(kind, term.code));
    if (lacking.length === 0) return current;
    await insertTerms(em, kind, lacking);
    return this.current(em);
  }

  /** The vocabulary with these languages, kept for everybody or for the caller alone. */
  private async welcome(
    em: EntityManager,
    current: Vocabulary,
    languages: readonly string[],
    readOnly: boolean,
  ): Promise<Vocabulary> {
    if (languages.length === 0) return current;
    const terms = languages.map((code) => ({ code, labels: { en: languageName(code) ?? code } }));
    return readOnly ? current.withPassing('language', terms) : this.ensureTerms(em, 'language', terms);
  }
}

function resolveFootprint(
  current: Vocabulary,
  input: FootprintCodesInput,
  path: string,
): Omit<ResolvedFootprint, 'vocabulary'> & { readonly newLanguages: readonly string[] } {
  const written = FACETS.flatMap(({ facet, kind }) =>
    (input[facet] ?? []).map((code, index) => ({ facet, kind, code, path: `${path}.${facet}[${String(index)}]` })),
  );
  const { resolved, issues, newLanguages } = resolveWritten(current, written);
  const codesOf = (facet: keyof FootprintCodes): readonly string[] | null => {
    if ((input[facet] ?? null) === null) return null;
    return [...new Set(resolved.filter((one) => one.written.facet === facet).map((one) => one.code))];
  };
  return {
    footprint: {
      places: codesOf('places'),
      corridors: codesOf('corridors'),
      audiences: codesOf('audiences'),
      themes: codesOf('themes'),
      channels: codesOf('channels'),
      languages: codesOf('languages'),
    },
    issues,
    newLanguages,
  };
}
