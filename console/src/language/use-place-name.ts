import { useMemo } from 'react';
import { useIntl } from 'react-intl';

/** Names of countries in the language of whoever looks, as the browser knows them; a part of a country keeps its code: `Bangladesh (BD-C)`. */
export function usePlaceName(): (code: string) => string {
  const { locale } = useIntl();
  return useMemo(() => {
    const names = new Intl.DisplayNames(locale, { type: 'region', fallback: 'code' });
    return (code) => {
      const country = code.slice(0, 2);
      if (!/^[A-Z]{2}$/.test(country)) return code;
      const name = names.of(country) ?? country;
      return code === country ? name : `${name} (${code})`;
    };
  }, [locale]);
}
