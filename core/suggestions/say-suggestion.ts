import { dayRange, epochDay } from '../../engine/index.ts';
import { assertNever } from '../outcome.ts';
import type { CodeKind } from '../vocabulary/code-kind.ts';
import type { Vocabulary } from '../vocabulary/vocabulary.ts';
import { days, duringDays, inside, list, month, someOf } from './phrases.ts';
import type { Proposal } from './proposal.ts';
import { valuesOf } from './reason.ts';

/** A proposal that nobody has put into words yet. */
export type Unsaid = Omit<Proposal, 'title' | 'explanation'>;

/** A title, and one English sentence that a coordinator can read aloud. */
export interface Said {
  readonly title: string;
  readonly explanation: string;
}

/** Says what is proposed. Names countries and roles but no actor, so that whoever may see the suggestion may read it. */
export function saySuggestion(proposal: Unsaid, vocabulary: Vocabulary): Said {
  switch (proposal.kind) {
    case 'JOINT_CAMPAIGN':
      return sayJointCampaign(proposal, vocabulary);
    case 'AVOID_DUPLICATION':
      return sayAvoidDuplication(proposal, vocabulary);
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

function tentativeOf(proposal: Unsaid): string[] {
  const tentative = valuesOf(proposal.reasons, 'TENTATIVE', 'PARTICIPANTS');
  return tentative.length === 0 ? [] : [`the dates of ${countSubjects(proposal, tentative)} are tentative`];
}

/** How many records these seats belong to, of all that take part. */
function countSubjects({ participants }: Unsaid, positions: readonly string[]): string {
  const meant = participants.filter(({ position }) => positions.includes(String(position)));
  const count = (seats: Unsaid['participants']): number => new Set(seats.map((seat) => seat.subject_id)).size;
  return someOf(count(meant), count(participants));
}

function countriesWithRoles({ countries, participants }: Unsaid, vocabulary: Vocabulary): string[] {
  return countries.map((code) => {
    const role = participants.find(({ country }) => country === code)?.role ?? null;
    const name = vocabulary.label('place', code);
    return role === null ? name : `${name} (${role})`;
  });
}

function names(kind: CodeKind, codes: readonly string[], vocabulary: Vocabulary): string {
  return list(codes.map((code) => inside(vocabulary.label(kind, code))));
}

function windowOf({ start_day, end_day }: Unsaid) {
  return dayRange(epochDay(start_day), epochDay(end_day));
}
