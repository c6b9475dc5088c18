import { recordEach } from '../access/audit.ts';
import type { Work } from '../access/unit-of-work.ts';
import { append } from '../outbox/outbox.ts';
import { findWhoMeets } from './reveal.ts';
import {
  type Answered,
  type ChangedRevelation,
  endRevelations,
  readEndorsements,
  reveal,
  takeAnswered,
} from './revelation.rows.ts';

/** Reveals endorsers to each other. Only the worker does: it alone reads all answers. */
export class RevealingService {
  /**
   * Brings who is revealed to whom up to date with the answers to the present version of a suggestion, and tells those for whom
   * something is different, nobody else. Safe to run twice, late and in any order: it reads the present while it holds the
   * suggestion, so that of two endorsers at once the second run sees both. @returns false when there is no such suggestion.
   */
  async revealEndorsers(work: Work, id: string): Promise<boolean> {
    const { em } = work;
    const suggestion = await takeAnswered(work, id);
    if (suggestion === null) return false;
    const ended = await endRevelations(work, { ...suggestion, id });
    const begun = suggestion.living ? await this.revealNew(work, { ...suggestion, id }) : [];
    await recordEach(work, 'answer.revealed', answersOf(begun));
    const concerned = [...new Set([...ended, ...begun].map(({ toActorId }) => toActorId))].sort();
    await append(em, ...concerned.map((actorId) => ({ kind: 'suggestion.revealed' as const, id, actorId })));
    return true;
  }

  private async revealNew(work: Work, suggestion: Answered & { readonly id: string }): Promise<ChangedRevelation[]> {
    const endorsements = await readEndorsements(work.em, suggestion.id, suggestion.version);
    const endorsers = new Set(endorsements.map(({ actorId }) => actorId));
    const meeting = new Set(findWhoMeets({ ...suggestion, endorsers }));
    return reveal(work, { ...suggestion, endorsements: endorsements.filter(({ actorId }) => meeting.has(actorId)) });
  }
}

function answersOf(revelations: readonly ChangedRevelation[]): string[] {
  return [...new Set(revelations.map(({ fromAnswerId }) => fromAnswerId))];
}
