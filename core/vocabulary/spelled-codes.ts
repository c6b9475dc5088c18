import type { CodeKind } from './code-kind.ts';
import type { SpelledCode } from './nearest-codes.ts';
import type { Labels, VocabularyRows } from './vocabulary.rows.ts';

/** The codes of a kind that may be offered, with their English labels and with all that people may type for them. */
export function spelledCodes(rows: VocabularyRows, kind: CodeKind): readonly SpelledCode[] {
  if (kind === 'place') return rows.places.map(({ code, name, aliases }) => spelled(code, { en: name }, aliases));
  if (kind === 'corridor') return rows.corridors.map(({ code, names }) => spelled(code, names, []));
  return rows.terms
    .filter((term) => term.kind === kind && !term.deprecated)
    .map(({ code, labels, aliases }) => spelled(code, labels, aliases));
}

function spelled(code: string, labels: Labels, aliases: readonly string[]): SpelledCode {
  return { code, label: labels['en'] ?? code, spellings: [code, ...Object.values(labels), ...aliases] };
}
