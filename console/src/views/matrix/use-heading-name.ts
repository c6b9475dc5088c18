import { useMemo } from 'react';
import { useIntl } from 'react-intl';
import { useVocabulary, type VocabularyList } from '../../hub/use-vocabulary.ts';
import { usePlaceName } from '../../language/use-place-name.ts';
import type { Axis } from './axes.ts';
import type { Heading } from './use-matrix.ts';

/** The axes whose rows and columns the vocabulary has words for. */
const WORDED: Partial<Record<Axis, VocabularyList>> = {
  ACTOR_KIND: 'actorKinds',
  AUDIENCE: 'audiences',
  CHANNEL: 'channels',
  CORRIDOR: 'corridors',
  LANGUAGE: 'languages',
  THEME: 'themes',
};

export type HeadingName = (axis: Axis, heading: Pick<Heading, 'code' | 'label'>) => string;

/** What a row or column is called in the language of whoever looks; as the hub calls it in English until that is here. */
export function useHeadingName(): HeadingName {
  const { locale } = useIntl();
  const placeName = usePlaceName();
  const { word } = useVocabulary();
  return useMemo(() => {
    const month = new Intl.DateTimeFormat(locale, { month: 'short', year: 'numeric', timeZone: 'UTC' });
    const inMonth = new Intl.DateTimeFormat(locale, { month: 'short', timeZone: 'UTC' });
    return (axis, { code, label }) => {
      if (axis === 'COUNTRY') return placeName(code);
      if (axis === 'MONTH') return month.format(new Date(`${code}-01T00:00:00Z`));
      if (axis === 'QUARTER') return quarter(code, inMonth, month);
      const list = WORDED[axis];
      return list ? word(list, code, label) : label;
    };
  }, [locale, placeName, word]);
}

/** `2027-Q1` as its first and last month, which every language has words for. */
function quarter(code: string, inMonth: Intl.DateTimeFormat, month: Intl.DateTimeFormat): string {
  const [year = '', number = '1'] = code.split('-Q');
  const at = (months: number): Date => new Date(Date.UTC(Number(year), 3 * Number(number) - 3 + months, 1));
  return `${inMonth.format(at(0))} – ${month.format(at(2))}`;
}
