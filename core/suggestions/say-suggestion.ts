import { assertNever } from '../outcome.ts';
import type { Vocabulary } from '../vocabulary/vocabulary.ts';
import { days, duringDays, list, month } from './phrases.ts';
import { valuesOf } from './reason.ts';
import { countSubjects, names, tentativeOf, windowOf } from './saying/clauses.ts';
import { sayReplicatePractice } from './saying/replicate-practice.ts';
import type { Said, Unsaid } from './saying/said.ts';

/** Says what is proposed. Names countries and roles but no actor, so that whoever may see the suggestion may read it. */
export function saySuggestion(proposal: Unsaid, vocabulary: Vocabulary): Said {
  switch (proposal.kind) {
    case 'JOINT_CAMPAIGN':
      return sayJointCampaign(proposal, vocabulary);
    case 'AVOID_DUPLICATION':
      return sayAvoidDuplication(proposal, vocabulary);
    case 'REPLICATE_PRACTICE':
      return sayReplicatePractice(proposal, vocabulary);
    default:
      return assertNever(proposal.kind);
  }
}

function sayJointCampaign(proposal: Unsaid, vocabulary: Vocabulary): Said {
  const { themes, audiences, countries, corridor, participants } = proposal;
  const window = windowOf(proposal);
  const actors = new Set(participants.map((participant) => participant.actor_id)).size;
  const route = corridor === null ? '' : `On the corridor “${vocabulary.label('corridor', corridor)}”, `;
  const opening =
    `${route}${String(actors)} actors in ${list(countriesWithRoles(proposal, vocabulary))} could speak together to ` +
    `${names('audience', audiences, vocabulary)} about ${names('theme', themes, vocabulary)} ${duringDays(window)}`;
  const merits = list(meritsOf(proposal));
  const caveats = caveatsOf(proposal, vocabulary).map((caveat) => `; ${caveat}`);
  return {
    title: `Joint campaign on ${names('theme', themes, vocabulary)}: ${list(countries.map((code) => vocabulary.label('place', code)))}, ${days(window)}`,
    explanation: `${opening}${merits === '' ? '' : `: ${merits}`}${caveats.join('')}.`,
  };
}

function sayAvoidDuplication(proposal: Unsaid, vocabulary: Vocabulary): Said {
  const { themes, audiences, countries, reasons } = proposal;
  const window = windowOf(proposal);
  const where = list(countries.map((code) => vocabulary.label('place', code)));
  const channels = valuesOf(reasons, 'SAME_CHANNELS', 'CHANNELS').map((code) => vocabulary.label('channel', code));
  const means = channels.length === 0 ? '' : ` by the same channels (${list(channels)})`;
  const caveats = tentativeOf(proposal).map((caveat) => `; ${caveat}`);
  return {
    title: `Avoid double work in ${where}: ${names('theme', themes, vocabulary)}, ${days(window)}`,
    explanation:
      `Two actors in ${where} speak to ${names('audience', audiences, vocabulary)} about ${names('theme', themes, vocabulary)}${means} ` +
      `${duringDays(window)}: they could divide the work or do it together${caveats.join('')}.`,
  };
}

/** What speaks for it, as clauses. */
function meritsOf({ reasons }: Unsaid): string[] {
  const clauses: string[] = [];
  for (const { code } of reasons) {
    if (code === 'STATE_AND_NON_STATE') clauses.push('public bodies and others would work side by side');
    if (code === 'UNMET_NEED') clauses.push('people there lack this information');
    if (code === 'IN_SEASON') {
      const [from, to] = [valuesOf(reasons, code, 'FROM_MONTH'), valuesOf(reasons, code, 'TO_MONTH')];
      clauses.push(`it is the season of travel (${month(Number(from[0]))} to ${month(Number(to[0]))})`);
    }
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

function countriesWithRoles({ countries, participants }: Unsaid, vocabulary: Vocabulary): string[] {
  return countries.map((code) => {
    const role = participants.find(({ country }) => country === code)?.role ?? null;
    const name = vocabulary.label('place', code);
    return role === null ? name : `${name} (${role})`;
  });
}
