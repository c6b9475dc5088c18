import { betweenDays, days } from '../phrases.ts';
import { type GivenReason, type ReasonParameterName, valuesIn } from '../reason.ts';
import { listSources, names, placeNames, routeOf, tentativeOf, windowOf } from './clauses.ts';
import type { Sayer } from './said.ts';

/** Says by what an audience obtains information, that another actor has that channel, and that a public body could borrow it. */
export const sayLeverageChannel: Sayer = (proposal, vocabulary) => {
  const window = windowOf(proposal);
  const where = placeNames(proposal.countries, vocabulary);
  const offers = proposal.reasons.filter(({ code }) => code === 'EFFECTIVE_CHANNEL');
  const offered = distinct(offers, 'CHANNELS');
  const channels = names('channel', offered, vocabulary);
  const whom = names('audience', proposal.audiences, vocabulary);
  const about = proposal.themes.length === 0 ? '' : ` about ${names('theme', proposal.themes, vocabulary)}`;
  const caveats = tentativeOf(proposal).map((caveat) => `; ${caveat}`);
  const sentence =
    `${routeOf(proposal, vocabulary)}${whom} obtain information through ${channels} ` +
    `(${listSources(distinct(offers, 'SOURCES'))}): a public body in ${where} that speaks to them${about} could borrow ` +
    `${offered.length === 1 ? 'this channel' : 'these channels'} from another actor there ${betweenDays(window)}${caveats.join('')}.`;
  return {
    title: `Borrow a channel in ${where}: ${channels}, ${days(window)}`,
    explanation: sentence.charAt(0).toUpperCase() + sentence.slice(1),
  };
};

/** The values of a parameter in all these reasons, each once. */
function distinct(reasons: readonly GivenReason[], name: ReasonParameterName): string[] {
  return [...new Set(reasons.flatMap((reason) => valuesIn(reason, name)))];
}
