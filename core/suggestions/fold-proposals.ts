import { isDeepStrictEqual } from 'node:util';
import {
  dayRange,
  type DraftIdentity,
  type EpochDay,
  epochDay,
  foldDrafts,
  type PastSuggestion,
  type SuggestionStatus,
} from '../../engine/index.ts';
import { assertNever } from '../outcome.ts';
import type { Vocabulary } from '../vocabulary/vocabulary.ts';
import type { Composed } from './compose-scope.ts';
import type { Proposal } from './proposal.ts';
import { valuesIn } from './reason.ts';

/** A suggestion as stored, but for times and texts of people. */
export interface StoredSuggestion {
  readonly id: string;
  readonly status: SuggestionStatus;
  readonly proposal: Proposal;
}

/** What has to be written so that the suggestions of a scope say what was composed. */
export type SuggestionChange =
  | { readonly kind: 'open'; readonly proposal: Proposal }
  | {
      /** It says something else now, or it is open again. */
      readonly kind: 'revise';
      readonly id: string;
      readonly status: SuggestionStatus;
      readonly proposal: Proposal;
      /** It is another version: what people answered to the former one does not speak about this. */
      readonly material: boolean;
    }
  /** Its window has passed, or nothing speaks for it any more. */
  | { readonly kind: 'close'; readonly id: string; readonly status: 'EXPIRED' | 'LAPSED' };

/**
 * Folds what was composed into what is stored and what people decided. What stays as it is gives no change: after the changes
 * are written, the same proposals give none. In the order of the proposals, then by id.
 * @param history the stored suggestions of ONE scope that may still change or that stand in the way of a new one
 */
export function foldProposals(
  history: readonly StoredSuggestion[],
  composed: readonly Composed[],
  vocabulary: Vocabulary,
  asOf: EpochDay,
): SuggestionChange[] {
  const storedById = new Map(history.map((stored) => [stored.id, stored]));
  const past = history.map((stored) => toPast(stored, vocabulary));
  const drafts = composed.map(({ draft, proposal }) => ({ ...draft, proposal }));
  return foldDrafts(past, drafts, asOf).flatMap((step): SuggestionChange[] => {
    switch (step.kind) {
      case 'new':
        return [{ kind: 'open', proposal: step.draft.proposal }];
      case 'update': {
        const { id, revived } = step;
        const { proposal } = step.draft;
        const stored = storedById.get(id);
        if (stored === undefined) throw new Error(`folding updates ${id}, which is not in the history`);
        const status = revived ? 'OPEN' : stored.status;
        const isSame = status === stored.status && isDeepStrictEqual(proposal, stored.proposal);
        if (isSame) return [];
        const material = step.material || revived || !asksTheSame(stored.proposal, proposal);
        return [{ kind: 'revise', id, status, proposal, material }];
      }
      case 'suppressed':
        return [];
      case 'expire':
        return [{ kind: 'close', id: step.id, status: 'EXPIRED' }];
      case 'lapse':
        return [{ kind: 'close', id: step.id, status: 'LAPSED' }];
      default:
        return assertNever(step);
    }
  });
}

/**
 * Whether two proposals for the same seats ask the same of the same: whose records they are, which can change when actors are merged,
 * and what somebody would lend. All other reasons say why, and a lead is only proposed.
 */
function asksTheSame(stored: Proposal, proposal: Proposal): boolean {
  return isDeepStrictEqual(ownersOf(stored), ownersOf(proposal)) && isDeepStrictEqual(lentBy(stored), lentBy(proposal));
}

function ownersOf({ participants }: Proposal): string[] {
  return participants.map(({ subject_id, country, actor_id }) => `${subject_id}@${country} ${actor_id}`).sort();
}

/** The channels that a public body could borrow. Who has them follows from the seats. */
function lentBy({ reasons }: Proposal): string[] {
  const offers = reasons.filter(({ code }) => code === 'EFFECTIVE_CHANNEL');
  return offers.map((offer) => valuesIn(offer, 'CHANNELS').join()).sort();
}

/** A stored suggestion as the engine compares it with drafts. */
function toPast({ id, status, proposal }: StoredSuggestion, vocabulary: Vocabulary): PastSuggestion {
  const draft: DraftIdentity = {
    kind: proposal.kind,
    key: proposal.draft_key,
    about: proposal.about,
    corridor: proposal.corridor === null ? null : vocabulary.bitOf('corridor', proposal.corridor),
    window: dayRange(epochDay(proposal.start_day), epochDay(proposal.end_day)),
    themes: vocabulary.toFacetSet('theme', proposal.themes),
    audiences: vocabulary.toFacetSet('audience', proposal.audiences),
    participants: proposal.participants.map(({ subject_id, country }) => {
      const place = vocabulary.place(country);
      if (place === undefined) throw new Error(`no place ${country} in the vocabulary`);
      return { footprint: subject_id, country: place.countryBit };
    }),
  };
  return { id, status, draft };
}
