import { useIntl } from 'react-intl';
import { useVocabulary } from '../../hub/use-vocabulary.ts';
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

/** Puts suggestions into the language of whoever looks: their codes are the hub's, their words the vocabulary's. */
export function useSaying(): (suggestion: Suggestion) => Said {
  const { formatMessage, formatList, formatDate, locale } = useIntl();
  const { word } = useVocabulary();
  const within = (list: 'audiences' | 'themes', code: string): string => midSentence(word(list, code), locale);
  const place = usePlaceName();
  const days = useDayRange();
  const spoken = (texts: readonly string[], none: string): string =>
    texts.length === 0 ? formatMessage({ id: `suggestions.${none}` }) : formatList(texts, { type: 'conjunction' });
  const month = (number: string): string =>
    formatDate(`2000-${number.padStart(2, '0')}-01`, { month: 'long', timeZone: 'UTC' });
  const value = (name: string, values: readonly string[]): string => {
    if (name === 'AUDIENCES') return formatList(values.map((code) => within('audiences', code)));
    if (name === 'THEMES') return formatList(values.map((code) => within('themes', code)));
    // Names, most of them.
    if (name === 'CHANNELS') return formatList(values.map((code) => word('channels', code)));
    if (name === 'LANGUAGES') return formatList(values.map((code) => word('languages', code)));
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
        themes.map(({ code }) => within('themes', code)),
        'noThemes',
      ),
      audiences: spoken(
        audiences.map(({ code }) => within('audiences', code)),
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
      title: atBeginning(title, locale),
      why: formatMessage({ id: `suggestions.why.${kind}` }, words),
      where: corridor ? `${words.countries} · ${corridor.name}` : words.countries,
      when: window ? days(window) : formatMessage({ id: 'suggestions.noDates' }),
      reasons: reasons.map(({ code, parameters }) =>
        atBeginning(
          formatMessage(
            { id: `suggestions.reason.${code}` },
            Object.fromEntries(PARAMETERS.map((name) => [name, said(name, parameters, value)])),
          ),
          locale,
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

function atBeginning(text: string, locale: string): string {
  return text.charAt(0).toLocaleUpperCase(locale) + text.slice(1);
}

/** `Refugees in camps` within a sentence; abbreviations stay as they are. */
function midSentence(label: string, locale: string): string {
  return /^\p{Lu}\p{Ll}/u.test(label) ? label.charAt(0).toLocaleLowerCase(locale) + label.slice(1) : label;
}
