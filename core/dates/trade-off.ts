import { formatCalendarDate, type TradeOff } from '../../engine/index.ts';
import { assertNever } from '../outcome.ts';
import { countryCode } from '../suggestions/reason.ts';
import type { Vocabulary } from '../vocabulary/vocabulary.ts';

/** What the values of a parameter are. */
export type TradeOffParameterName =
  | 'KIND'
  | 'NAME'
  /** ISO 3166-1 alpha-2; none: everywhere. */
  | 'COUNTRIES'
  | 'DAYS'
  | 'DAY'
  | 'CORRIDOR'
  | 'FROM_MONTH'
  | 'TO_MONTH'
  | 'COUNT';

export interface TradeOffParameter {
  readonly name: TradeOffParameterName;
  readonly values: readonly string[];
}

/** The parameters of a trade-off of the engine, in codes. */
export function parametersOf(tradeOff: TradeOff, vocabulary: Vocabulary): readonly TradeOffParameter[] {
  const one = (name: TradeOffParameterName, value: string | number): TradeOffParameter => ({
    name,
    values: [String(value)],
  });
  switch (tradeOff.code) {
    case 'INSIDE_OBSERVANCE':
    case 'HOME_VISIT_PEAK':
      return [
        one('KIND', tradeOff.kind),
        one('NAME', tradeOff.name),
        { name: 'COUNTRIES', values: countriesOf(tradeOff.countries, vocabulary) },
        one('DAYS', tradeOff.days),
      ];
    case 'AVOIDS_OBSERVANCE':
      return [
        one('KIND', tradeOff.kind),
        one('NAME', tradeOff.name),
        { name: 'COUNTRIES', values: countriesOf(tradeOff.countries, vocabulary) },
      ];
    case 'PUBLIC_HOLIDAYS':
      return [one('DAYS', tradeOff.days), { name: 'COUNTRIES', values: countriesOf(tradeOff.countries, vocabulary) }];
    case 'ON_INTERNATIONAL_DAY':
      return [one('NAME', tradeOff.name), one('DAY', formatCalendarDate(tradeOff.day))];
    case 'BEFORE_SEASON':
    case 'IN_SEASON': {
      const { fromMonth, toMonth } = tradeOff.season;
      const corridor = one('CORRIDOR', vocabulary.codeOf('corridor', tradeOff.corridor));
      const season = [corridor, one('FROM_MONTH', fromMonth), one('TO_MONTH', toMonth)];
      return tradeOff.code === 'IN_SEASON' ? season : [...season, one('DAYS', tradeOff.days)];
    }
    case 'COMPETES_WITH':
    case 'JOINS':
      return [one('COUNT', tradeOff.count)];
    case 'LEAD_TIME':
      return [one('DAYS', tradeOff.days)];
    default:
      return assertNever(tradeOff);
  }
}

/** ISO 3166-1 alpha-2, in order; none where everywhere is among them. */
export function countriesOf(countries: readonly (number | null)[], vocabulary: Vocabulary): string[] {
  const codes = countries.flatMap((country) => (country === null ? [] : [countryCode(country, vocabulary)]));
  return codes.length === countries.length ? codes.sort() : [];
}
