import { useMemo } from 'react';
import { useIntl } from 'react-intl';
import { hub } from '../../hub/hub.ts';
import { useAnswer } from '../../hub/use-answer.ts';
import { usePlaceName } from '../../language/use-place-name.ts';
import type { Axis } from './axes.ts';
import type { Heading } from './use-matrix.ts';

type Named = readonly { readonly code: string; readonly label: string }[];

const VOCABULARY = `query ConsoleMatrixNames($language: String!) {
  ACTOR_KIND: taxonomy(kind: ACTOR_KIND) { code label(language: $language) }
  THEME: taxonomy(kind: THEME) { code label(language: $language) }
  AUDIENCE: taxonomy(kind: AUDIENCE) { code label(language: $language) }
  CHANNEL: taxonomy(kind: CHANNEL) { code label(language: $language) }
  LANGUAGE: taxonomy(kind: LANGUAGE) { code label(language: $language) }
  CORRIDOR: corridors { code label: name(language: $language) legs { country { code } } }
}`;

export interface Names {
  /** What a row or column is called in the language of whoever looks; as the hub calls it in English until that is here. */
  readonly nameOf: (axis: Axis, heading: Pick<Heading, 'code' | 'label'>) => string;
  readonly corridors: Named;
  /** Codes of those that corridors lead through. */
  readonly countries: readonly string[];
}

export function useNames(): Names {
  const { locale } = useIntl();
  const placeName = usePlaceName();
  const answer = useAnswer(
    (signal) => hub.query<Vocabulary, { language: string }>(VOCABULARY, { language: locale }, { signal }),
    [locale],
  );
  const known = answer.kind === 'here' ? answer.value : null;
  return useMemo(() => {
    const labels = new Map(
      Object.entries(known ?? {}).map(([axis, terms]) => [
        axis,
        new Map((terms as Named).map(({ code, label }) => [code, label])),
      ]),
    );
    const month = new Intl.DateTimeFormat(locale, { month: 'short', year: 'numeric', timeZone: 'UTC' });
    const inMonth = new Intl.DateTimeFormat(locale, { month: 'short', timeZone: 'UTC' });
    return {
      nameOf: (axis, { code, label }) => {
        if (axis === 'COUNTRY') return placeName(code);
        if (axis === 'MONTH') return month.format(new Date(`${code}-01T00:00:00Z`));
        if (axis === 'QUARTER') return quarter(code, inMonth, month);
        return labels.get(axis)?.get(code) ?? label;
      },
      corridors: known?.CORRIDOR ?? [],
      countries: [
        ...new Set(known?.CORRIDOR.flatMap(({ legs }) => legs.map(({ country }) => country.code)) ?? []),
      ].sort((a, b) => placeName(a).localeCompare(placeName(b), locale)),
    };
  }, [known, locale, placeName]);
}

type Vocabulary = Readonly<Record<'ACTOR_KIND' | 'THEME' | 'AUDIENCE' | 'CHANNEL' | 'LANGUAGE', Named>> & {
  readonly CORRIDOR: Corridors;
};
type Corridors = readonly {
  readonly code: string;
  readonly label: string;
  readonly legs: readonly { readonly country: { readonly code: string } }[];
}[];

/** `2027-Q1` as its first and last month, which every language has words for. */
function quarter(code: string, inMonth: Intl.DateTimeFormat, month: Intl.DateTimeFormat): string {
  const [year = '', number = '1'] = code.split('-Q');
  const at = (months: number): Date => new Date(Date.UTC(Number(year), 3 * Number(number) - 3 + months, 1));
  return `${inMonth.format(at(0))} – ${month.format(at(2))}`;
}
