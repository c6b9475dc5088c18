import { z } from 'zod';
import { jobPayloads } from '../jobs/contract.ts';
import { newsSchema } from '../notifications/news.ts';

/**
 * What may happen in a write that others need to know. An event carries ids and a version, never content: whoever
 * reads it reads the record anew, under its own rights.
 */
export const outboxEventSchema = z.discriminatedUnion('kind', [
  /** Programmes, campaigns, calendar entries or actors were written. */
  jobPayloads['match-footprint'].extend({ kind: z.literal('record.changed') }),
  /** What is known of these audiences, and counts, is different now. */
  jobPayloads['apply-insights'].extend({ kind: z.literal('insight.changed') }),
  /** Something that composing reads in this scope is different now. */
  jobPayloads['compose-suggestions'].extend({ kind: z.literal('scope.touched') }),
  /** Overlaps were stored for the first time. */
  z.strictObject({ kind: z.literal('overlaps.found'), ids: z.array(z.string().min(1)).min(1) }),
  /** The same of one: as the first release wrote it. */
  z.strictObject({ kind: z.literal('overlap.found'), id: z.string().min(1) }),
  /** A suggestion was made, changed, decided on or withdrawn. */
  z.strictObject({ kind: z.literal('suggestion.changed'), id: z.string().min(1) }),
  /** An answer was given or withdrawn: the same event whatever it says, so that nothing on its way tells. */
  jobPayloads['reveal-endorsers'].extend({ kind: z.literal('answer.given') }),
  /** A suggestion shows this one actor other participants than before, and nobody else anything new. */
  z.strictObject({ kind: z.literal('suggestion.revealed'), id: z.string().min(1), actorId: z.string().min(1) }),
  /** This one actor finds a joint campaign that it takes part in or is invited to different. Written by `app.tell_joint_campaign`. */
  z.strictObject({ kind: z.literal('joint-campaign.changed'), id: z.string().min(1), actorId: z.string().min(1) }),
  /** Somebody is to be told of something that the worker would not find by itself. */
  z.strictObject({ kind: z.literal('notification.due'), due: newsSchema }),
  /** A webhook is to be called. */
  jobPayloads['deliver-webhook'].extend({ kind: z.literal('webhook.due') }),
  /** A file that somebody sent is to be read, applied or rolled back. */
  jobPayloads['work-on-import'].extend({ kind: z.literal('import.due') }),
  /** An import is further, or ended. */
  z.strictObject({ kind: z.literal('import.progressed'), id: z.string().min(1) }),
  /** A mail of a digest is to be sent. */
  jobPayloads['send-digest'].extend({ kind: z.literal('digest.due') }),
  /** A subscribed calendar is to be looked at. */
  z.strictObject({ kind: z.literal('subscription.due'), id: z.string().min(1) }),
  /** A subscribed calendar says something that the registry does not know. */
  z.strictObject({ kind: z.literal('subscription.fetched'), id: z.string().min(1) }),
  /** A job that failed is to be tried again, or forgotten. */
  z.strictObject({ kind: z.literal('failed-job.asked'), id: z.string().min(1) }),
]);

export type OutboxEvent = z.infer<typeof outboxEventSchema>;
export type OutboxEventKind = OutboxEvent['kind'];
