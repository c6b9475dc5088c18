import { assertNever } from '../outcome.ts';
import type { SuggestionChange } from '../suggestions/fold-proposals.ts';

/** A change that should not be necessary, in a line for people. */
export function sayChange(change: SuggestionChange): string {
  switch (change.kind) {
    case 'open':
      return `no suggestion says "${change.proposal.title}"`;
    case 'revise':
      return `${change.id} should say "${change.proposal.title}" and be ${change.status}`;
    case 'close':
      return `${change.id} should be ${change.status}`;
    default:
      return assertNever(change);
  }
}
