import { type DayRange, dayRange, epochDay } from '../../../engine/index.ts';
import type { CodeKind } from '../../vocabulary/code-kind.ts';
import type { Vocabulary } from '../../vocabulary/vocabulary.ts';
import { country, inside, list, listPairs, month, someOf } from '../phrases.ts';
import { type GivenReason, valuesOf } from '../reason.ts';
import type { Unsaid } from './said.ts';

/** The labels of codes, as one list inside a sentence. */
export function names(kind: CodeKind, codes: readonly string[], vocabulary: Vocabulary): string {
  return listPairs(codes.map((code) => inside(vocabulary.label(kind, code))));
}

/** `Bangladesh and Malaysia` */
export function placeNames(codes: readonly string[], vocabulary: Vocabulary): string {
  return list(codes.map((code) => country(vocabulary.label('place', code))));
}

/** The window of a proposal. */
export function windowOf({ start_day, end_day }: Pick<Unsaid, 'start_day' | 'end_day'>): DayRange {
  return dayRange(epochDay(start_day), epochDay(end_day));
}

/** That dates are not confirmed, as a clause; none when all are. */
export function tentativeOf(proposal: Unsaid): string[] {
  const tentative = valuesOf(proposal.reasons, 'TENTATIVE', 'PARTICIPANTS');
  return tentative.length === 0 ? [] : [`the dates of ${countSubjects(proposal, tentative)} are tentative`];
}

/** How many records these seats belong to, of all that take part. */
export function countSubjects({ participants }: Unsaid, positions: readonly string[]): string {
  const meant = participants.filter(({ position }) => positions.includes(String(position)));
  const count = (seats: Unsaid['participants']): number => new Set(seats.map((seat) => seat.subject_id)).size;
  return someOf(count(meant), count(participants));
}

/** Each country with its role on the corridor. */
export function countriesWithRoles({ countries, participants }: Unsaid, vocabulary: Vocabulary): string[] {
  return countries.map((code) => {
    const role = participants.find((participant) => participant.country === code)?.role ?? null;
    const name = country(vocabulary.label('place', code));
    return role === null ? name : `${name} (${role})`;
  });
}

/** `On the corridor “…”, `, where there is one. */
export function routeOf({ corridor }: Unsaid, vocabulary: Vocabulary): string {
  return corridor === null ? '' : `On the corridor “${vocabulary.label('corridor', corridor)}”, `;
}

/** `it is the season of travel (October to January)`, where that is a reason. */
export function seasonOf(reasons: readonly GivenReason[]): string[] {
  const [from] = valuesOf(reasons, 'IN_SEASON', 'FROM_MONTH');
  const [to] = valuesOf(reasons, 'IN_SEASON', 'TO_MONTH');
  return from === undefined ? [] : [`it is the season of travel (${month(Number(from))} to ${month(Number(to))})`];
}

/** What insights rest on, inside a sentence, each once. */
export function listSources(sources: readonly string[]): string {
  return list([...new Set(sources.map((source) => source.replace(/\.$/, '')))]);
}
