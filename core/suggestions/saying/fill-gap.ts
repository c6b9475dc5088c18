import type { Vocabulary } from '../../vocabulary/vocabulary.ts';
import { anyOf, betweenDays, count, days, inside, list } from '../phrases.ts';
import { valuesOf } from '../reason.ts';
import {
  countriesWithRoles,
  countSubjects,
  listSources,
  names,
  routeOf,
  seasonOf,
  tentativeOf,
  windowOf,
} from './clauses.ts';
import type { Sayer, Unsaid } from './said.ts';

/** Says whom nobody speaks to about what, why that is a gap, who could fill it, and what else is missing there. */
export const sayFillGap: Sayer = (proposal, vocabulary) => {
  const { themes, audiences, participants } = proposal;
  const window = windowOf(proposal);
  const [whom, what] = [names('audience', audiences, vocabulary), names('theme', themes, vocabulary)];
  const actors = new Set(participants.map((participant) => participant.actor_id)).size;
  const could =
    `${actors === 1 ? 'an actor' : count(actors, 'actor')} in ${list(countriesWithRoles(proposal, vocabulary))} ` +
    `could fill the gap`;
  return {
    title: `Gap on ${what}: ${whom}, ${days(window)}`,
    explanation:
      `${routeOf(proposal, vocabulary)}no campaign speaks to ${whom} about ${what} ${betweenDays(window)}` +
      `${[`: ${list(needOf(proposal))}`, could, ...restOf(proposal, vocabulary)].join('; ')}.`,
  };
};

/** Why it is a gap; never empty. */
function needOf(proposal: Unsaid): string[] {
  const { reasons } = proposal;
  const sources = valuesOf(reasons, 'DECLARED_NEED', 'SOURCES');
  const has = (code: 'UNMET_NEED' | 'TREND'): boolean => reasons.some((reason) => reason.code === code);
  const said = [
    ...(has('UNMET_NEED') ? ['people there lack information'] : []),
    ...(has('TREND') ? ['the situation is changing'] : []),
  ];
  const declared = said.length === 0 ? [] : [`${list(said)} (${listSources(sources)})`];
  return [...declared, ...seasonOf(reasons)];
}

function restOf(proposal: Unsaid, vocabulary: Vocabulary): string[] {
  const { reasons, missing_languages: languages, missing_channels: channels } = proposal;
  const reaching = valuesOf(reasons, 'REACHES_AUDIENCE', 'PARTICIPANTS');
  return [
    ...(proposal.participants.length > 1
      ? [`${countSubjects(proposal, reaching)} already ${reaching.length === 1 ? 'reaches' : 'reach'} these people`]
      : []),
    ...(languages.length === 0
      ? []
      : [`nobody is known to speak to them in ${anyOf(languages.map((code) => vocabulary.label('language', code)))}`]),
    ...(channels.length === 0
      ? []
      : [`nobody is known to use ${anyOf(channels.map((code) => inside(vocabulary.label('channel', code))))}`]),
    ...tentativeOf(proposal),
  ];
}
