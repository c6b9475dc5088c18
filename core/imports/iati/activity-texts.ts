import type { IatiActivity, Narrative } from './activity.ts';

/** What a record is called and described as: the main text, and what there is in each language. */
export interface ActivityTexts {
  readonly name: string;
  /** By canonical BCP 47 tag, in order of tag. */
  readonly names: Readonly<Record<string, string>>;
  readonly description: string;
  readonly descriptions: Readonly<Record<string, string>>;
}

/** Characters that the hub keeps of a name and of a text. */
export const LONGEST_NAME = 300;
const LONGEST_TEXT = 20_000;

/**
 * The title and the descriptions (general, objectives, target groups …, in the order of the file) of an activity. The main text is the
 * English one, else that of the first language written. An activity without a title is called by its identifier.
 */
export function activityTexts({ titles, descriptions, identifier }: IatiActivity): ActivityTexts {
  const names = byLanguage(titles.map(onOneLine), (texts) => cut(texts[0] ?? '', LONGEST_NAME));
  const texts = byLanguage(descriptions, (parts) => cut([...new Set(parts)].join('\n\n'), LONGEST_TEXT));
  return {
    name: names.main ?? cut(identifier ?? '', LONGEST_NAME),
    names: names.variants,
    description: texts.main ?? '',
    descriptions: texts.variants,
  };
}

/** A text that is to stand in one line, such as a name. */
export function onOneLine({ language, text }: Narrative): Narrative {
  return { language, text: text.replaceAll(/\s+/gu, ' ') };
}

/** The text of the name that people read first; null when there is none. */
export function mainName(names: readonly Narrative[]): string | null {
  const { main } = byLanguage(names.map(onOneLine), (texts) => cut(texts[0] ?? '', LONGEST_NAME));
  return main;
}

/** The names by language, as inputs have them, in order of tag. */
export function namesByLanguage(names: readonly Narrative[]): Readonly<Record<string, string>> {
  return byLanguage(names.map(onOneLine), (texts) => cut(texts[0] ?? '', LONGEST_NAME)).variants;
}

function byLanguage(
  narratives: readonly Narrative[],
  unite: (texts: readonly string[]) => string,
): { readonly main: string | null; readonly variants: Readonly<Record<string, string>> } {
  const groups = new Map(
    [...Map.groupBy(narratives, ({ language }) => language)].map(([language, group]) => [
      language,
      unite(group.map(({ text }) => text)),
    ]),
  );
  const [first] = groups.keys();
  const main = first === undefined ? null : (groups.get('en') ?? groups.get(first) ?? null);
  const tagged = [...groups].flatMap(([language, text]) => (language === null ? [] : [[language, text] as const]));
  return { main, variants: Object.fromEntries(tagged.sort(([a], [b]) => (a < b ? -1 : 1))) };
}

/** At most so many UTF-16 units, a cut text ending in an ellipsis. */
function cut(text: string, longest: number): string {
  if (text.length <= longest) return text;
  // Half of a surrogate pair would be no text.
  return `${text
    .slice(0, longest - 1)
    .replace(/[\uD800-\uDBFF]$/u, '')
    .trimEnd()}…`;
}
