import { languageName, primaryLanguage } from '../language.ts';
import type { SeedTerm } from './seed-types.ts';

/** Languages in use on the reference corridors, by ISO 639-3. Audiences of rhg and ctg are largely oral: audio matters. */
const ON_CORRIDORS =
  'rhg ctg syl ben mya kac shn ksw mnw ind jav sun mad sas msa tha khm lao vie tgl fil ceb tam sin nep urd pus prs fas haz uzb hin dzo div mon tet tpi bis ara eng';

/** Official or widely used in countries with a leg, beyond the list above. */
const OF_COUNTRIES_WITH_A_LEG = 'tur jpn kor smo ton fij gil zho yue';

/** English names of ISO 639-3 where Unicode CLDR has none. */
const NAMES_BEYOND_CLDR: Readonly<Record<string, string>> = {
  ctg: 'Chittagonian',
  syl: 'Sylheti',
  ksw: 'S’gaw Karen',
  mnw: 'Mon',
  haz: 'Hazaragi',
};

/** What people call a language that the canonical name does not show; Dari and Tagalog share a primary subtag with another. */
const OTHER_NAMES: Readonly<Record<string, readonly string[]>> = {
  bn: ['Bengali'],
  fa: ['Dari', 'Farsi'],
  fil: ['Tagalog'],
  my: ['Myanmar'],
  gil: ['Kiribati'],
  kac: ['Jingpho'],
};

/** One term for each canonical BCP 47 primary subtag; ISO 639-3 codes that it stands for become aliases. */
function languageTerms(codes: readonly string[]): SeedTerm[] {
  const aliasesBySubtag = new Map<string, string[]>();
  for (const code of codes) {
    const subtag = primaryLanguage(code);
    if (subtag === null) throw new Error(`${code} is not a language`);
    const aliases = aliasesBySubtag.get(subtag) ?? [...(OTHER_NAMES[subtag] ?? [])];
    if (code !== subtag) aliases.push(code);
    aliasesBySubtag.set(subtag, aliases);
  }
  return [...aliasesBySubtag].map(([code, aliases]) => {
    const label = NAMES_BEYOND_CLDR[code] ?? languageName(code);
    if (label === null) throw new Error(`no English name for language ${code}`);
    return { kind: 'language', code, label, aliases };
  });
}

export const LANGUAGES: readonly SeedTerm[] = languageTerms(`${ON_CORRIDORS} ${OF_COUNTRIES_WITH_A_LEG}`.split(' '));
