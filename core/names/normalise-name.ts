/** Letters that Unicode does not take apart, as people without them on their keyboard write them. */
const LETTERS: Readonly<Record<string, string>> = {
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  æ: 'ae',
  œ: 'oe',
  ß: 'ss',
  ı: 'i',
  ħ: 'h',
  ŋ: 'n',
};

/** Accents of Latin, Greek and Cyrillic, and the vowel signs that Arabic and Hebrew mostly leave out; those of other scripts are letters. */
const ACCENTS = /[\u0300-\u036f]|[\u0591-\u05c7]|[\u0610-\u061a]|\u0640|[\u064b-\u065f]|\u0670/gu;

const ASCII = /^[\x20-\x7e]*$/;

/**
 * What a name is compared by: without case, accents, punctuation, invisible characters and the Unicode form it came in; words apart
 * by one blank. `U.N.I.C.E.F.` is `unicef`, `&` is `and`. Doing it again changes nothing. In time linear in the text.
 */
export function normaliseName(text: string): string {
  const lower = ASCII.test(text) ? text.toLowerCase() : plainLetters(text);
  return lower
    .replaceAll(/['’‘ʼ`´]/gu, '')
    .replaceAll(/[&+]/gu, ' and ')
    .replaceAll(/(?<=(?:^|[^\p{L}\p{N}])\p{L}(?:\.\p{L}){0,30})\.(?=\p{L}(?:[^\p{L}\p{N}]|$))/gu, '')
    .replaceAll(/[^\p{L}\p{N}\p{M}]+/gu, ' ')
    .trim();
}

function plainLetters(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .normalize('NFKD')
    .replaceAll(ACCENTS, '')
    .replaceAll(/\p{Cf}/gu, '')
    .replaceAll(/[øłđðþæœßıħŋ]/gu, (letter) => LETTERS[letter] ?? letter)
    .normalize('NFC');
}
