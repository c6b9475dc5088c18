import { useIntl } from 'react-intl';
import { useWords } from '../../hub/use-words.ts';
import { useDayRange } from '../../language/use-day-range.ts';
import { usePlaceName } from '../../language/use-place-name.ts';
import type { Suggestion } from './suggestion.ts';

interface Said {
  readonly title: string;
  /** In one sentence. */
  readonly why: string;
  readonly where: string;
  readonly when: string;
  /** What speaks for it, each a phrase. */
  readonly reasons: readonly string[];
}

const LISTED_BY_WORD = new Set(['AUDIENCES', 'THEMES', 'CHANNELS', 'LANGUAGES']);

/** Puts suggestions into the language of whoever looks: their codes are the hub's, their words the vocabulary's. */
export function useSaying(): (suggestion: Suggestion) => Said {
  const { formatMessage, formatList, formatDate, locale } = useIntl();
  const word = useWords();
  const place = usePlaceName();
  const days = useDayRange();
  const spoken = (texts: readonly string[], none: string): string =>
    texts.length === 0 ? formatMessage({ id: `suggestions.${none}` }) : formatList(texts, { type: 'conjunction' });
  const month = (number: string): string =>
    formatDate(`2000-${number.padStart(2, '0')}-01`, { month: 'long', timeZone: 'UTC' });
  const value = (name: string, values: readonly string[]): string => {
    if (LISTED_BY_WORD.has(name)) return formatList(values.map(word));
    if (name === 'COUNTRIES') return formatList(values.map(place));
    if (name === 'ROLES') return formatList(values.map((role) => formatMessage({ id: 'suggestions.role' }, { role })));
    if (name === 'FACTS') return formatList(values.map((fact) => fact.toLowerCase().replaceAll('_', ' ')));
    if (name.endsWith('MONTH')) return month(values[0] ?? '1');
    if (name.endsWith('DAY')) return days({ start: values[0] ?? '2000-01-01', end: values[0] ?? '2000-01-01' });
    return formatList(values);
  };
  return (suggestion) => {
    const { kind, themes, audiences, countries, corridor, window, participants, reasons } = suggestion;
    const sides = new Set(participants.map((seat) => seat.actor?.id ?? `${seat.place.code} ${String(seat.position)}`))
      .size;
    const words = {
      themes: spoken(
        themes.map(({ code }) => word(code)),
        'noThemes',
      ),
      audiences: spoken(
        audiences.map(({ code }) => word(code)),
        'somePeople',
      ),
      countries: spoken(
        countries.map(({ code }) => place(code)),
        'noCountry',
      ),
      sides,
    };
    const title = formatMessage({ id: `suggestions.title.${kind}` }, words);
    return {
      title: title.charAt(0).toLocaleUpperCase(locale) + title.slice(1),
      why: formatMessage({ id: `suggestions.why.${kind}` }, words),
      where: corridor ? `${words.countries} · ${corridor.name}` : words.countries,
      when: window ? days(window) : formatMessage({ id: 'suggestions.noDates' }),
      reasons: reasons.map(({ code, parameters }) =>
        formatMessage(
          { id: `suggestions.reason.${code}` },
          Object.fromEntries(PARAMETERS.map((name) => [name, said(name, parameters, value)])),
        ),
      ),
    };
  };
}

/** All that messages may name: one that a reason comes without is empty. */
const PARAMETERS = [
  'AUDIENCES',
  'CHANNELS',
  'COUNTRIES',
  'DAYS',
  'FACTS',
  'FIRST_DAY',
  'LAST_DAY',
  'FROM_MONTH',
  'TO_MONTH',
  'LANGUAGES',
  'PARTICIPANTS',
  'ROLES',
  'SHARED_DAYS',
  'SOURCES',
  'THEMES',
  'DETERRING',
  'PROTECTING',
  'EARLIER',
  'LATER',
] as const;

function said(
  name: string,
  parameters: Suggestion['reasons'][number]['parameters'],
  value: (name: string, values: readonly string[]) => string,
): string {
  const found = parameters.find((parameter) => parameter.name === name);
  return found ? value(name, found.values) : '';
}
