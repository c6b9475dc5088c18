import { days, duringDays, list } from '../phrases.ts';
import type { GivenReason, ReasonParameterName } from '../reason.ts';
import { listSources, names, routeOf, tentativeOf, windowOf } from './clauses.ts';
import type { Sayer } from './said.ts';

/** Says by what an audience obtains information, that one has that channel, and that a public body could speak by it. */
export const sayLeverageChannel: Sayer = (proposal, vocabulary) => {
  const window = windowOf(proposal);
  const where = list(proposal.countries.map((code) => vocabulary.label('place', code)));
  const offers = proposal.reasons.filter(({ code }) => code === 'EFFECTIVE_CHANNEL');
  const channels = names('channel', distinct(offers, 'CHANNELS'), vocabulary);
  const whom = names('audience', proposal.audiences, vocabulary);
  const about = proposal.themes.length === 0 ? '' : ` about ${names('theme', proposal.themes, vocabulary)}`;
  const caveats = tentativeOf(proposal).map((caveat) => `; ${caveat}`);
  const sentence =
    `${routeOf(proposal, vocabulary)}${whom} obtain information by ${channels} (${listSources(distinct(offers, 'SOURCES'))}): ` +
    `in ${where} a public body that speaks to them${about} could use what another actor already has there ` +
    `${duringDays(window)}${caveats.join('')}.`;
  return {
    title: `Borrow a channel in ${where}: ${channels}, ${days(window)}`,
    explanation: sentence.charAt(0).toUpperCase() + sentence.slice(1),
  };
};

/** The values of a parameter in all these reasons, each once. */
function distinct(reasons: readonly GivenReason[], name: ReasonParameterName): string[] {
  return [
    ...new Set(
      reasons.flatMap(({ parameters }) => parameters.find((parameter) => parameter.name === name)?.values ?? []),
    ),
  ];
}
