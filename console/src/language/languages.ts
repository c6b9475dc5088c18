/** A language of the interface. Its messages are in a folder of its tag, one file a view. */
export interface Language {
  readonly tag: string;
  /** In itself. */
  readonly name: string;
  readonly direction: 'ltr' | 'rtl';
  /** False: drafted by a machine, and read by nobody yet who speaks it. The menu says so. */
  readonly isReviewed: boolean;
}

/** English first: it is what the others are drafted from. */
export const LANGUAGES = [
  { tag: 'en', name: 'English', direction: 'ltr', isReviewed: true },
  { tag: 'id', name: 'Bahasa Indonesia', direction: 'ltr', isReviewed: false },
  { tag: 'th', name: 'ไทย', direction: 'ltr', isReviewed: false },
  { tag: 'bn', name: 'বাংলা', direction: 'ltr', isReviewed: false },
  { tag: 'ar', name: 'العربية', direction: 'rtl', isReviewed: false },
] as const satisfies readonly Language[];

export type LanguageTag = (typeof LANGUAGES)[number]['tag'];

const KEPT_AS = 'concord.language';

/** What was chosen here before, else what the browser prefers, else English. */
export function preferredLanguage(): LanguageTag {
  const wanted = [localStorage.getItem(KEPT_AS), ...navigator.languages.map((tag) => tag.split('-')[0])];
  for (const tag of wanted) {
    const found = LANGUAGES.find((language) => language.tag === tag);
    if (found) return found.tag;
  }
  return 'en';
}

export function keepLanguage(tag: LanguageTag): void {
  localStorage.setItem(KEPT_AS, tag);
}

export function languageOf(tag: LanguageTag): Language {
  return LANGUAGES.find((language) => language.tag === tag) ?? LANGUAGES[0];
}
