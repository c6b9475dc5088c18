import { LEGAL_FORMS, SPELLINGS, STATE_WORDS, STOP_WORDS } from './generic-words.ts';
import { normaliseName } from './normalise-name.ts';

/** A name as it is compared. */
export interface ReadName {
  /** Without case, accents and punctuation. */
  readonly plain: string;
  /** The words that carry its meaning, in one spelling each; never empty unless the name has no letter at all. */
  readonly words: readonly string[];
  /** The words as one text, so that `Action Aid` is `ActionAid`. */
  readonly compact: string;
  /** Short forms that the name states itself: of `Médecins Sans Frontières (MSF)` and `MSF - Médecins Sans Frontières`, `msf`. */
  readonly statedAcronyms: readonly string[];
  /** The first letters of its words, with and without the small ones; for names of at least two words that matter. */
  readonly initials: readonly string[];
  /** Whether it is written as a short form itself: one word of at most eight letters, in capitals where it has any case. */
  readonly isAcronym: boolean;
  /** Whether it says what a state body does and not whose it is: `Ministry of Health`. */
  readonly isAnyStates: boolean;
}

const LONGEST_ACRONYM = 10;

/** Reads a name; the same name is always read the same. In time linear in the text, some 10 µs. */
export function readName(text: string): ReadName {
  const plain = normaliseName(text);
  const { main, aside } = partsOf(text);
  const allWords = normaliseName(main).split(' ').filter(Boolean);
  const spoken = allWords.length > 0 ? allWords : plain.split(' ').filter(Boolean);
  const initials = initialsOf(spoken);
  const { words: bare, edge } = withoutOwnInitials(spoken, aside);
  const words = meaningOf(bare);
  const statedAcronyms = [...new Set([...aside.filter(isShort), ...edge].map(compacted))].filter(
    (acronym) => acronym.length >= 2,
  );
  return {
    plain,
    words,
    compact: words.join(''),
    statedAcronyms,
    initials: edge.length > 0 ? initialsOf(bare) : initials,
    isAcronym: isWrittenShort(main),
    isAnyStates: words.length > 0 && words.every((word) => STATE_WORDS.has(word)),
  };
}

const compacted = (text: string): string => text.replaceAll(' ', '');
const isShort = (plain: string): boolean => plain !== '' && !plain.includes(' ') && plain.length <= LONGEST_ACRONYM;

function isWrittenShort(main: string): boolean {
  const letters = main.replaceAll(/[^\p{L}\p{N}]/gu, '');
  return letters.length >= 2 && letters.length <= 8 && !/\s/u.test(main.trim()) && letters === letters.toUpperCase();
}

/**
 * What a name says, and the short forms that it states in brackets. What else stands in brackets belongs to it: `Trócaire (Northern Ireland)`
 * is not `Trócaire`; but `(aka …)` is only another name.
 */
function partsOf(text: string): { readonly main: string; readonly aside: readonly string[] } {
  const aside: string[] = [];
  const main = text.replaceAll(/[([{]([^()[\]{}]*)[)\]}]/gu, (bracket: string, inside: string) => {
    const plain = normaliseName(inside);
    const isOther = OTHER_NAME.test(plain);
    if (!isOther && !isShortFormOf(plain, text.replace(bracket, ' '))) return ` ${inside} `;
    aside.push(plain.replace(OTHER_NAME, ''));
    return ' ';
  });
  return { main, aside };
}

const OTHER_NAME = /^(?:aka|a k a|also known as|formerly|ex) /u;

/** Whether letters are taken from a name in its order, as `OCHA` is, and do not stand for a country. */
function isShortFormOf(plain: string, name: string): boolean {
  if (!isShort(plain) || standsForMore(plain)) return false;
  const letters = normaliseName(name).replaceAll(' ', '');
  let at = -1;
  return [...plain].every((letter) => (at = letters.indexOf(letter, at + 1)) >= 0);
}

/** `uk` and the like: an abbreviation that names of others contain. */
const standsForMore = (word: string): boolean => SPELLINGS[word]?.includes(' ') ?? false;

/** Takes a first or last word off that is the initials of the others: `AUSMAT`, `ICRC - International Committee of …`. */
function withoutOwnInitials(
  words: readonly string[],
  aside: readonly string[],
): { readonly words: readonly string[]; readonly edge: readonly string[] } {
  if (words.length < 3) return { words, edge: [] };
  const tries = [
    { edge: words[0] ?? '', rest: words.slice(1) },
    { edge: words[words.length - 1] ?? '', rest: words.slice(0, -1) },
  ];
  const found = tries.find(
    ({ edge, rest }) =>
      edge.length >= 2 && !standsForMore(edge) && (initialsOf(rest).includes(edge) || aside.includes(edge)),
  );
  return found ? { words: found.rest, edge: [found.edge] } : { words, edge: [] };
}

/** Without small words and legal forms, in one spelling; a name of nothing else keeps all its words. */
function meaningOf(words: readonly string[]): readonly string[] {
  const meaning = words
    .filter((word, index) => !STOP_WORDS.has(word) && !(index > 0 && LEGAL_FORMS.has(word)))
    .flatMap((word) => (SPELLINGS[word] ?? word).split(' '));
  return meaning.length > 0 ? meaning : words;
}

function initialsOf(words: readonly string[]): readonly string[] {
  const meaning = words.filter((word) => !STOP_WORDS.has(word));
  if (meaning.length < 2) return [];
  const first = (of: readonly string[]): string => of.map((word) => word.charAt(0)).join('');
  return [...new Set([first(meaning), first(words)])];
}
