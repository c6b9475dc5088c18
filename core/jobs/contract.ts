import { z } from 'zod';
import { newsSchema } from '../notifications/news.ts';
import { scopeSchema } from './scope.ts';

/**
 * The queues and what a job in each carries: ids and a version, never content. A handler reads the present.
 * Producers and workers may be of different releases: add fields as optional, never change one's meaning.
 */
export const jobPayloads = {
  /** Rewrites the footprints of records and of what is below them, and of all that depends on actors, and finds their overlaps anew. */
  'match-footprint': z.strictObject({ subjectIds: z.array(z.string().min(1)).min(1).readonly() }),
  /** Composes the suggestions of one scope anew and reconciles them with what is stored. */
  'compose-suggestions': z.strictObject({ scope: scopeSchema }),
  /** Looks again at the overlaps and scopes that rest on what is known of audiences, by code. */
  'apply-insights': z.strictObject({ audiences: z.array(z.string().min(1)).min(1).readonly() }),
  /** Reveals those who endorsed a suggestion to each other, or no longer. */
  'reveal-endorsers': z.strictObject({ suggestionId: z.string().min(1) }),
  /** Writes notifications: of what is due, else of whatever has happened since it was last looked. */
  'write-notifications': z.strictObject({ due: newsSchema.optional() }),
  /** Calls a webhook. */
  'deliver-webhook': z.strictObject({ deliveryId: z.string().min(1) }),
  /** It is the hour of the digests: those of today are planned. */
  'plan-digests': z.strictObject({}),
  /** Sends one mail of a digest. */
  'send-digest': z.strictObject({ digestId: z.string().min(1) }),
  /** Looks at subscribed calendars that are due: at one, else at whichever are. */
  'refresh-calendars': z.strictObject({ subscriptionId: z.string().min(1).optional() }),
  /** Reads, applies or rolls back a file that somebody sent, as its state asks for. */
  'work-on-import': z.strictObject({ runId: z.string().min(1) }),
  /** All of the stage before has ended: the next one of a recomputation begins, or it ends. */
  recompute: z.strictObject({ runId: z.string().min(1), next: z.enum(['overlaps', 'suggestions', 'end']) }),
  /** Makes the footprints of a block of records anew, or the best lists of a block of footprints; null: to the end. */
  'recompute-block': z.strictObject({
    stage: z.enum(['footprints', 'overlaps']),
    from: z.string(),
    to: z.string().min(1).nullable(),
  }),
  /** Composes one scope, as a part of a recomputation. */
  'recompute-scope': z.strictObject({ scope: scopeSchema }),
  /** The hub's day has turned: what depends on today is looked at again. */
  'advance-day': z.strictObject({}),
  /** What the hub need not keep any longer is forgotten. */
  'apply-retention': z.strictObject({}),
} as const;

export type QueueName = keyof typeof jobPayloads;
export type JobPayload<Q extends QueueName> = z.infer<(typeof jobPayloads)[Q]>;

/** One job to be added, with the payload that its queue wants. */
export type JobRequest = { [Q in QueueName]: { readonly queue: Q; readonly payload: JobPayload<Q> } }[QueueName];

export const queueNames: readonly QueueName[] = [
  'match-footprint',
  'compose-suggestions',
  'apply-insights',
  'reveal-endorsers',
  'write-notifications',
  'deliver-webhook',
  'plan-digests',
  'send-digest',
  'refresh-calendars',
  'work-on-import',
  'recompute',
  'recompute-block',
  'recompute-scope',
  'advance-day',
  'apply-retention',
];
