import type { Vocabulary } from '../../vocabulary/vocabulary.ts';
import { days, duringDays, list } from '../phrases.ts';
import { valuesOf } from '../reason.ts';
import {
  countriesWithRoles,
  countSubjects,
  names,
  routeOf,
  type Said,
  seasonOf,
  tentativeOf,
  type Unsaid,
  windowOf,
} from './clauses.ts';

/** Says who could speak together, to whom, about what and when; then what speaks for it, then what one should know. */
export function sayJointCampaign(proposal: Unsaid, vocabulary: Vocabulary): Said {
  const { themes, audiences, countries, participants } = proposal;
  const window = windowOf(proposal);
  const actors = new Set(participants.map((participant) => participant.actor_id)).size;
  const opening =
    `${routeOf(proposal, vocabulary)}${String(actors)} actors in ${list(countriesWithRoles(proposal, vocabulary))} could speak together to ` +
    `${names('audience', audiences, vocabulary)} about ${names('theme', themes, vocabulary)} ${duringDays(window)}`;
  const merits = list(meritsOf(proposal));
  const caveats = caveatsOf(proposal, vocabulary).map((caveat) => `; ${caveat}`);
  return {
    title: `Joint campaign on ${names('theme', themes, vocabulary)}: ${list(countries.map((code) => vocabulary.label('place', code)))}, ${days(window)}`,
    explanation: `${opening}${merits === '' ? '' : `: ${merits}`}${caveats.join('')}.`,
  };
}

/** What speaks for it, as clauses. */
function meritsOf(proposal: Unsaid): string[] {
  const clauses: string[] = [];
  for (const { code } of proposal.reasons) {
    if (code === 'STATE_AND_NON_STATE') clauses.push('public bodies and others would work side by side');
    if (code === 'UNMET_NEED') clauses.push('people there lack this information');
    if (code === 'IN_SEASON') clauses.push(...seasonOf(proposal));
    if (code === 'COMMITTED_RESOURCES') clauses.push('resources are committed');
  }
  return clauses;
}

/** What somebody who takes it up should know, as clauses. */
function caveatsOf(proposal: Unsaid, vocabulary: Vocabulary): string[] {
  const missing = proposal.missing_countries.map((code) => vocabulary.label('place', code));
  const silent = valuesOf(proposal.reasons, 'AUDIENCE_NOT_STATED', 'PARTICIPANTS');
  return [
    ...(missing.length === 0 ? [] : [`not on board yet: ${list(missing)}`]),
    ...(silent.length === 0 ? [] : [`${countSubjects(proposal, silent)} did not state an audience`]),
    ...tentativeOf(proposal),
  ];
}
