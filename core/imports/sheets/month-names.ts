import { foldName } from '../../vocabulary/place-names.ts';

/** Languages in which months are read; where two write one word for different months, the earlier in this list wins. */
const LANGUAGES = 'en fr es pt id ms ar bn ur fa hi ne si ta th vi km lo my de it nl ru tr zh sw so am ti'.split(' ');

const MONTHS: ReadonlyMap<string, number> = new Map(
  LANGUAGES.flatMap((language) =>
    (['long', 'short'] as const).flatMap((length) => {
      const format = new Intl.DateTimeFormat(`${language}-u-ca-gregory-nu-latn`, { month: length, timeZone: 'UTC' });
      return Array.from({ length: 12 }, (_, index) => {
        return [foldMonth(format.format(Date.UTC(2014, index, 15))), index + 1] as const;
      });
    }),
  )
    .concat([['sept', 9]])
    .toReversed(),
);

/** The month of a year, 1 to 12, that a word names in one of the languages, whole or shortened; null for any other word. */
export function monthNamed(word: string): number | null {
  return MONTHS.get(foldMonth(word)) ?? null;
}

function foldMonth(word: string): string {
  return foldName(word).replaceAll('.', '');
}
