import type { Issue } from '../outcome.ts';
import type { CodeKind } from './code-kind.ts';
import { canonicalTag, languageName, primaryLanguage } from './language.ts';
import { explainDeprecated, explainUnknown } from './nearest-codes.ts';
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
  /** In the order written. */
  readonly issues: readonly Issue[];
  /** Primary subtags of languages that exist but that no record has used yet. */
  readonly newLanguages: readonly string[];
}

type Finding =
  | { readonly kind: 'known'; readonly code: string }
  | { readonly kind: 'new-language'; readonly code: string; readonly primary: string }
  | { readonly kind: 'wrong'; readonly message: string };

/**
 * Finds the code meant by each one written: upper and lower case are one, languages take the canonical form of BCP 47, a
 * deprecated code becomes its successor. An unknown one gets an issue that names the codes nearest in spelling.
 */
export function resolveWritten<W extends WrittenCode>(vocabulary: Vocabulary, all: readonly W[]): ResolvedCodes<W> {
  const resolved: { written: W; code: string }[] = [];
  const issues: Issue[] = [];
  const newLanguages = new Set<string>();
  for (const written of all) {
    const finding = findCode(vocabulary, written.kind, tidy(written.code));
    if (finding.kind === 'wrong') issues.push({ path: written.path, message: finding.message });
    else resolved.push({ written, code: finding.code });
    if (finding.kind === 'new-language') newLanguages.add(finding.primary);
  }
  return { resolved, issues, newLanguages: [...newLanguages] };
}

/** Without control characters and surrounding blanks, and cut where no code is longer. */
function tidy(code: string): string {
  return code.slice(0, 200).replaceAll(/\p{C}/gu, '').trim();
}

function findCode(vocabulary: Vocabulary, kind: CodeKind, text: string): Finding {
  if (kind === 'language') return findLanguage(vocabulary, text);
  const spellings = kind === 'place' ? [text, text.toUpperCase()] : [text, text.toLowerCase()];
  const code = spellings.find((spelling) => vocabulary.knows(kind, spelling));
  if (code === undefined) return unknown(vocabulary, kind, text);
  if (kind === 'place' || kind === 'corridor') return { kind: 'known', code };
  const successor = succeed(vocabulary, vocabulary.term(kind, code));
  return successor
    ? { kind: 'known', code: successor.code }
    : { kind: 'wrong', message: explainDeprecated({ kind, code }) };
}

function findLanguage(vocabulary: Vocabulary, text: string): Finding {
  const code = canonicalTag(text);
  const primary = primaryLanguage(text);
  if (code === null || primary === null) return unknown(vocabulary, 'language', text);
  if (vocabulary.knows('language', primary)) return { kind: 'known', code };
  return languageName(primary) === null
    ? unknown(vocabulary, 'language', text)
    : { kind: 'new-language', code, primary };
}

/** Repeats no more of what was written than a message should. */
function unknown(vocabulary: Vocabulary, kind: CodeKind, text: string): Finding {
  const code = text.length > 60 ? `${text.slice(0, 60)}…` : text;
  return { kind: 'wrong', message: explainUnknown({ kind, code }, vocabulary.nearest(kind, code)) };
}

/** The term itself while it is in use, else what replaced it, however often; undefined when nothing did. */
function succeed(vocabulary: Vocabulary, term: Term | undefined, passed: readonly Term[] = []): Term | undefined {
  if (term === undefined || !term.deprecated) return term;
  if (term.replacedBy === null || passed.includes(term)) return undefined;
  return succeed(vocabulary, vocabulary.term(term.kind, term.replacedBy), [...passed, term]);
}
