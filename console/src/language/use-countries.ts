import { useMemo } from 'react';
import { useIntl } from 'react-intl';

/** Named by CLDR, and no countries: unions, zones, pseudo-locales. */
const NO_COUNTRIES = new Set([
  'EU',
  'EZ',
  'UN',
  'QO',
  'XA',
  'XB',
  'ZZ',
  'AC',
  'CP',
  'CQ',
  'DG',
  'EA',
  'IC',
  'TA',
  'XK',
]);
const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];

/** All countries by their ISO 3166-1 codes, as the browser names them in the language of whoever looks, in its order. */
export function useCountries(): readonly { readonly id: string; readonly label: string }[] {
  const { locale } = useIntl();
  return useMemo(() => {
    const names = new Intl.DisplayNames(locale, { type: 'region', fallback: 'none' });
    return LETTERS.flatMap((first) => LETTERS.map((second) => first + second))
      .flatMap((id) => {
        // A code that is out of use stands for another one today.
        const isInUse = Intl.getCanonicalLocales(`und-${id}`)[0] === `und-${id}`;
        const label = isInUse && !NO_COUNTRIES.has(id) ? names.of(id) : undefined;
        return label === undefined ? [] : [{ id, label }];
      })
      .sort((one, other) => one.label.localeCompare(other.label, locale));
  }, [locale]);
}
