import type { EntityManager } from '@mikro-orm/postgresql';
import type { Issue } from '../outcome.ts';
import type { CodeKind } from './code-kind.ts';
import { canonicalTag, languageName, primaryLanguage } from './language.ts';
import { explainDeprecated, explainUnknown, nearestCodes } from './nearest-codes.ts';
import type { Term, Vocabulary } from './vocabulary.ts';

/** A code as somebody wrote it, and where. */
export interface WrittenCode {
  readonly kind: CodeKind;
  readonly code: string;
  /** As in `input.places[2]`. */
  readonly path: string;
}

export interface ResolvedCodes<W extends WrittenCode> {
  /** Each one written with the code to keep, in the same order; those with an issue are left out. */
  readonly resolved: readonly { readonly written: W; readonly code: string }[];
  readonly issues: readonly Issue[];
  /** Primary subtags of languages that exist but that no record has used yet. */
  readonly newLanguages: readonly string[];
}

type Found =
  | { readonly kind: 'known'; readonly code: string }
  | { readonly kind: 'new-language'; readonly code: string; readonly primary: string }
  | { readonly kind: 'deprecated' }
  | { readonly kind: 'unknown' };

/**
 * Finds the code meant by each one written: upper and lower case are one, languages take the canonical form of BCP 47, a deprecated code
 * becomes its successor. Issues in the order written. Asks the database only for the codes nearest to unknown ones, in one statement.
 */
export async function resolveCodes<W extends WrittenCode>(
  em: EntityManager,
  vocabulary: Vocabulary,
  all: readonly W[],
): Promise<ResolvedCodes<W>> {
  const findings = all.map((written) => ({ written, finding: findCode(vocabulary, written.kind, tidy(written.code)) }));
  const unknown = findings
    .filter(({ finding }) => finding.kind === 'unknown')
    .map(({ written }) => ({ kind: written.kind, code: tidy(written.code) }));
  const near = (await nearestCodes(em, unknown)).values();
  return {
    resolved: findings.flatMap(({ written, finding }) => ('code' in finding ? [{ written, code: finding.code }] : [])),
    issues: findings.flatMap(({ written, finding }) => {
      if ('code' in finding) return [];
      const wrong = { kind: written.kind, code: tidy(written.code) };
      const message =
        finding.kind === 'unknown' ? explainUnknown(wrong, near.next().value ?? []) : explainDeprecated(wrong);
      return [{ path: written.path, message }];
    }),
    newLanguages: [
      ...new Set(findings.flatMap(({ finding }) => (finding.kind === 'new-language' ? [finding.primary] : []))),
    ],
  };
}

/** Without what no code has: control characters (PostgreSQL refuses NUL), surrounding blanks, and more than 60 characters. */
function tidy(code: string): string {
  const plain = code.replaceAll(/\p{C}/gu, '').trim();
  return plain.length > 60 ? `${plain.slice(0, 60)}…` : plain;
}

function findCode(vocabulary: Vocabulary, kind: CodeKind, text: string): Found {
  if (kind === 'language') return findLanguage(vocabulary, text);
  const spellings = kind === 'place' ? [text, text.toUpperCase()] : [text, text.toLowerCase()];
  const code = spellings.find((spelling) => vocabulary.knows(kind, spelling));
  if (code === undefined) return { kind: 'unknown' };
  if (kind === 'place' || kind === 'corridor') return { kind: 'known', code };
  const successor = succeed(vocabulary, vocabulary.term(kind, code));
  return successor ? { kind: 'known', code: successor.code } : { kind: 'deprecated' };
}

function findLanguage(vocabulary: Vocabulary, text: string): Found {
  const code = canonicalTag(text);
  const primary = primaryLanguage(text);
  if (code === null || primary === null) return { kind: 'unknown' };
  if (vocabulary.knows('language', primary)) return { kind: 'known', code };
  return languageName(primary) === null ? { kind: 'unknown' } : { kind: 'new-language', code, primary };
}

/** The term itself while it is in use, else what replaced it, however often; undefined when nothing did. */
function succeed(vocabulary: Vocabulary, term: Term | undefined, passed: readonly Term[] = []): Term | undefined {
  if (term === undefined || !term.deprecated) return term;
  if (term.replacedBy === null || passed.includes(term)) return undefined;
  return succeed(vocabulary, vocabulary.term(term.kind, term.replacedBy), [...passed, term]);
}
