import { type DayRange, dayRange, epochDay } from '../../../engine/index.ts';
import type { CodeKind } from '../../vocabulary/code-kind.ts';
import type { Vocabulary } from '../../vocabulary/vocabulary.ts';
import { inside, list, someOf } from '../phrases.ts';
import { valuesOf } from '../reason.ts';
import type { Unsaid } from './said.ts';

/** The labels of codes, as one list inside a sentence. */
export function names(kind: CodeKind, codes: readonly string[], vocabulary: Vocabulary): string {
  return list(codes.map((code) => inside(vocabulary.label(kind, code))));
}

/** `Bangladesh and Malaysia` */
export function placeNames(codes: readonly string[], vocabulary: Vocabulary): string {
  return list(codes.map((code) => vocabulary.label('place', code)));
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
