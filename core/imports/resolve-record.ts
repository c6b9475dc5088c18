import type { StatedDays } from '../footprints/stated-footprint.ts';
import { canonicalTag, languageName, primaryLanguage } from '../vocabulary/language.ts';
import { foldName } from '../vocabulary/place-names.ts';
import type { NewTerm } from '../vocabulary/term-insertion.ts';
import type { Vocabulary } from '../vocabulary/vocabulary.ts';
import { dacLabel } from './iati/dac-labels.ts';
import { themeOfDac } from './iati/dac-themes.ts';
import type { ImportOptions } from './import-run.ts';
import type { Places } from './resolve-places.ts';
import type { Remark, SourceRecord } from './source-record.ts';

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
      .slice(0, 80)
      .toWellFormed();
    if (slug === '' || this.lacking.size >= MOST_NEW_THEMES) return [];
    this.want({ code: `sheet:${slug}`, labels: { en: written.slice(0, 200).toWellFormed() } });
    return [`sheet:${slug}`];
  }

  private want(term: NewTerm): void {
    if (!this.vocabulary.knows('theme', term.code)) this.lacking.set(term.code, term);
  }
}

/** What texts of a file are in codes of the hub: a file says few texts many times. */
export class Codes {
  private readonly cache = new Map<string, CodeFound>();

  constructor(private readonly vocabulary: Vocabulary) {}

  /** The code by code or label; else what is nearest to it. */
  of(kind: CodedKind, text: string): CodeFound {
    const key = `${kind} ${text}`;
    const known = this.cache.get(key) ?? this.find(kind, text);
    this.cache.set(key, known);
    return known;
  }

  private find(kind: CodedKind, text: string): CodeFound {
    const code = kind === 'language' ? languageOf(this.vocabulary, text) : codeOf(this.vocabulary, kind, text);
    const near = code === null ? this.vocabulary.nearest(kind, text).map((one) => one.code) : [];
    return { code, near };
  }
}

type CodedKind = 'audience' | 'channel' | 'corridor' | 'language';
interface CodeFound {
  readonly code: string | null;
  readonly near: readonly string[];
}

/** What the codes of a record are looked up in. */
export interface RecordContext {
  readonly themes: Themes;
  readonly codes: Codes;
  readonly places: Places;
  readonly options: ImportOptions;
}

/** The footprint that a record states, in codes, and a remark for each thing that has none. */
export function resolveFootprint(
  record: SourceRecord,
  { themes, codes, places, options }: RecordContext,
): { readonly footprint: ResolvedFootprint; readonly remarks: readonly Remark[] } {
  const remarks: Remark[] = [];
  const warn = (field: string, value: string, reason: string, suggestion: string | null): void => {
    const { row, column } = record.spots[field] ?? { row: record.rows[0] ?? 1, column: null };
    remarks.push({ row, column, severity: 'WARNING', value: shorten(value), reason, suggestion });
  };
  const codesOf = (kind: CodedKind, field: string, written: readonly string[]): string[] =>
    written.flatMap((text) => {
      const { code, near } = codes.of(kind, text);
      if (code !== null) return [code];
      const help = near.length > 0 ? `Write ${near.join(' or ')}, or map the value.` : 'Map the value to a code.';
      warn(field, text, `The hub has no ${kind} of that name.`, help);
      return [];
    });
  const languages = record.languages.flatMap((text) => {
    const { code } = codes.of('language', text);
    if (code === null) warn('languages', text, 'That is no language by name or BCP 47 tag.', 'Write a tag such as bn.');
    return code ?? [];
  });
  const where = places.of(record);
  for (const { written, reason, suggestion } of where.doubts) warn('places', written, reason, suggestion);
  const stated = record.status === 'suspended' ? null : record.days;
  const period = options.period ?? null;
  return {
    footprint: {
      days: stated ?? (record.status === 'suspended' || record.rows.length === 0 ? null : period),
      places: where.codes,
      corridors: unique(codesOf('corridor', 'corridors', record.corridors)),
      themes: unique(record.themes.flatMap((text) => themes.codesOf(text))),
      audiences: unique(codesOf('audience', 'audiences', record.audiences)),
      channels: unique(codesOf('channel', 'channels', record.channels)),
      languages: unique(languages),
    },
    remarks,
  };
}

/** A tag whose language is known, or a language called so. */
function languageOf(vocabulary: Vocabulary, text: string): string | null {
  const primary = primaryLanguage(text);
  if (primary !== null && (vocabulary.knows('language', primary) || languageName(primary) !== null))
    return canonicalTag(text);
  return codeOf(vocabulary, 'language', text);
}

function codeOf(vocabulary: Vocabulary, kind: CodedKind, text: string): string | null {
  const code = [text, text.toLowerCase()].find((one) => vocabulary.knows(kind, one));
  if (code !== undefined || kind === 'corridor') return code ?? null;
  const fold = foldName(text);
  const term = vocabulary
    .termsOf(kind)
    .find(({ labels, deprecated }) => !deprecated && Object.values(labels).some((label) => foldName(label) === fold));
  return term?.code ?? null;
}

const unique = (codes: readonly string[]): string[] => [...new Set(codes)].sort();

/** As much of a value as a remark shows; a sign that would be cut in half is U+FFFD. */
export const shorten = (text: string): string => (text.length > 100 ? `${text.slice(0, 99)}…` : text).toWellFormed();
