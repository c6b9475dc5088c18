import type { DateProposal, DayRange, TradeOff } from '../../engine/index.ts';
import { assertNever } from '../outcome.ts';
import { days, duringDays, list, month } from '../suggestions/phrases.ts';
import type { Vocabulary } from '../vocabulary/vocabulary.ts';
import { countriesOf } from './trade-off.ts';

/** One English sentence on a window: what speaks for it, then what one has to put up with. */
export function sayProposal({ window, tradeOffs }: DateProposal, vocabulary: Vocabulary): string {
  const clauses = (isFavourable: boolean): string[] =>
    tradeOffs.filter(({ favourable }) => favourable === isFavourable).map((one) => clauseOf(one, vocabulary));
  const [merits, prices] = [clauses(true), clauses(false)];
  const but = merits.length > 0 && prices.length > 0 ? '; but ' : '';
  return `${days(window)}: ${merits.join('; ')}${but}${prices.join('; ')}.`;
}

/** One trade-off as a sentence of its own. */
export function sayTradeOff(tradeOff: TradeOff, window: DayRange, vocabulary: Vocabulary): string {
  const clause = clauseOf(tradeOff, vocabulary);
  return `${upper(duringDays(window))}: ${clause}.`;
}

function clauseOf(tradeOff: TradeOff, vocabulary: Vocabulary): string {
  const where = (countries: readonly (number | null)[]): string => {
    const names = countriesOf(countries, vocabulary).map((code) => vocabulary.label('place', code));
    return names.length === 0 ? '' : ` in ${list(names)}`;
  };
  const route = (corridor: number): string =>
    `“${vocabulary.label('corridor', vocabulary.codeOf('corridor', corridor))}”`;
  switch (tradeOff.code) {
    case 'INSIDE_OBSERVANCE':
      return `${count(tradeOff.days, 'day')} of ${tradeOff.name}${where(tradeOff.countries)} fall${tradeOff.days === 1 ? 's' : ''} inside`;
    case 'AVOIDS_OBSERVANCE':
      return `it is clear of ${tradeOff.name}${where(tradeOff.countries)}`;
    case 'PUBLIC_HOLIDAYS':
      return `${count(tradeOff.days, 'public holiday')}${where(tradeOff.countries)}`;
    case 'HOME_VISIT_PEAK':
      return `people are at home for ${tradeOff.name}${where(tradeOff.countries)} on ${count(tradeOff.days, 'day')}`;
    case 'ON_INTERNATIONAL_DAY':
      return `it includes the ${tradeOff.name}`;
    case 'BEFORE_SEASON':
      return `it ends ${count(tradeOff.days, 'day')} before the season of ${route(tradeOff.corridor)} opens in ${month(tradeOff.season.fromMonth)}, while people decide`;
    case 'IN_SEASON':
      return `it is the season of ${route(tradeOff.corridor)} (${month(tradeOff.season.fromMonth)} to ${month(tradeOff.season.toMonth)})`;
    case 'COMPETES_WITH':
      return `${count(tradeOff.count, 'other campaign')} speak${tradeOff.count === 1 ? 's' : ''} to the same people there`;
    case 'JOINS':
      return `${count(tradeOff.count, 'campaign')} run${tradeOff.count === 1 ? 's' : ''} at the other end of the route`;
    case 'LEAD_TIME':
      return `${count(tradeOff.days, 'day')} ${tradeOff.days === 1 ? 'is' : 'are'} left to prepare`;
    default:
      return assertNever(tradeOff);
  }
}

const count = (number: number, what: string): string => `${String(number)} ${what}${number === 1 ? '' : 's'}`;
const upper = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
