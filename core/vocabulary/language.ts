const NAMES = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' });

/** Well-formed BCP 47 that names no language people speak: undetermined, many, none, not coded. */
const NO_LANGUAGE = new Set(['und', 'mul', 'zxx', 'mis']);

/** The canonical form of a BCP 47 tag (`ben` → `bn`, `zh-hant` → `zh-Hant`), or null when it is not one. */
export function canonicalTag(text: string): string | null {
  try {
    return Intl.getCanonicalLocales(text.trim())[0] ?? null;
  } catch {
    return null;
  }
}

/** The canonical primary subtag, on which languages match (`bn-BD` and `ben` → `bn`), or null when the text is no tag of a language. */
export function primaryLanguage(text: string): string | null {
  const tag = canonicalTag(text);
  if (tag === null) return null;
  const primary = new Intl.Locale(tag).language;
  return NO_LANGUAGE.has(primary) ? null : primary;
}

/** The English name of a primary subtag by Unicode CLDR, or null: CLDR names some 600 of the 7,900 languages of ISO 639-3. */
export function languageName(primary: string): string | null {
  try {
    return NAMES.of(primary) ?? null;
  } catch {
    return null;
  }
}
