import type { Vocabulary } from '../../vocabulary/vocabulary.ts';
import { anyOf, betweenDays, count, country, days, inside, list } from '../phrases.ts';
import { valuesOf } from '../reason.ts';
import { countriesWithRoles, countSubjects, names, placeNames, seasonOf, tentativeOf, windowOf } from './clauses.ts';
import type { Sayer, Unsaid } from './said.ts';

/**
 * Says who reaches whom when, what speaks for doing it together and what is missing: "Three campaigns reach prospective migrants about
 * people smuggling on the corridor “…” between 3 and 28 February 2027, in …: …; nobody is known to speak Rohingya or to use radio; Thailand is missing."
 */
export const sayJointCampaign: Sayer = (proposal, vocabulary) => {
  const { themes, audiences, countries, corridor } = proposal;
  const window = windowOf(proposal);
  const route = corridor === null ? '' : ` on the corridor “${vocabulary.label('corridor', corridor)}”`;
  const opening =
    `${subjects(proposal)} reach ${names('audience', audiences, vocabulary)} about ${names('theme', themes, vocabulary)}${route} ` +
    `${betweenDays(window)}, in ${list(countriesWithRoles(proposal, vocabulary))}: they could speak with one voice`;
  const clauses = [...meritsOf(proposal), ...lacksOf(proposal, vocabulary), ...caveatsOf(proposal)];
  return {
    title: `Joint campaign on ${names('theme', themes, vocabulary)}: ${placeNames(countries, vocabulary)}, ${days(window)}`,
    explanation: `${[opening, ...clauses].join('; ')}.`,
  };
};

const NOUNS = { campaign: 'campaign', programme: 'programme', calendar_entry: 'calendar entry' } as const;

/** `Three campaigns`, `Two campaigns and one programme` */
function subjects({ participants }: Unsaid): string {
  const kinds = new Map(participants.map(({ subject_id, subject_kind }) => [subject_id, subject_kind]));
  const counted = (['campaign', 'programme', 'calendar_entry'] as const).flatMap((kind) => {
    const number = [...kinds.values()].filter((each) => each === kind).length;
    return number === 0 ? [] : [count(number, NOUNS[kind])];
  });
  return list(counted).replace(/^./, (letter) => letter.toUpperCase());
}

/** What speaks for it, as clauses. */
function meritsOf({ reasons }: Unsaid): string[] {
  const clauses: string[] = [];
  for (const { code } of reasons) {
    if (code === 'STATE_AND_NON_STATE') clauses.push('public bodies and others would work side by side');
    if (code === 'UNMET_NEED') clauses.push('people there lack this information');
    if (code === 'IN_SEASON') clauses.push(...seasonOf(reasons));
    if (code === 'COMMITTED_RESOURCES') clauses.push('resources are committed');
  }
  return clauses;
}

/** What it would still lack, as clauses: languages, channels, countries. */
function lacksOf({ missing_languages, missing_channels, missing_countries }: Unsaid, vocabulary: Vocabulary): string[] {
  const languages = missing_languages.map((code) => vocabulary.label('language', code));
  const channels = missing_channels.map((code) => inside(vocabulary.label('channel', code)));
  const countries = missing_countries.map((code) => country(vocabulary.label('place', code)));
  // What is not stated may be so all the same: nobody is known to.
  const known = [
    ...(languages.length === 0 ? [] : [`speak ${anyOf(languages)}`]),
    ...(channels.length === 0 ? [] : [`use ${anyOf(channels)}`]),
  ];
  return [
    ...(known.length === 0 ? [] : [`nobody is known to ${known.join(' or to ')}`]),
    ...(countries.length === 0 ? [] : [`${list(countries)} ${countries.length === 1 ? 'is' : 'are'} missing`]),
  ];
}

/** What somebody who takes it up should know, as clauses. */
function caveatsOf(proposal: Unsaid): string[] {
  const silent = valuesOf(proposal.reasons, 'AUDIENCE_NOT_STATED', 'PARTICIPANTS');
  return [
    ...(silent.length === 0 ? [] : [`${countSubjects(proposal, silent)} did not state an audience`]),
    ...tentativeOf(proposal),
  ];
}
