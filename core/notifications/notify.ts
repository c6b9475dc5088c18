import type { Work } from '../access/unit-of-work.ts';
import { append } from '../outbox/outbox.ts';
import type { News } from './news.ts';

/**
 * Has somebody told of something, once this transaction has committed. For what the worker does not find by itself: invitations
 * and approvals. The same news twice is told once; whoever may not see the subject when it looks is told nothing.
 *
 * @example
 * await notify(work, { recipient: actorId, notice: 'INVITATION', subjectId: jointCampaignId, occasion: '' });
 */
export async function notify(work: Work, ...news: readonly News[]): Promise<void> {
  await append(work.em, ...news.map((due) => ({ kind: 'notification.due' as const, due })));
}
