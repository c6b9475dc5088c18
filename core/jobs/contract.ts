import { z } from 'zod';
import { scopeSchema } from './scope.ts';

/**
 * The queues and what a job in each carries: ids and a version, never content. A handler reads the present.
 * Producers and workers may be of different releases: add fields as optional, never change one's meaning.
 */
export const jobPayloads = {
  /** Finds the overlaps of one footprint anew, then touches these scopes and those it is in now. */
  'match-footprint': z.strictObject({
    /** The programme, campaign or calendar entry whose footprint changed or went. */
    subjectId: z.string().min(1),
    /** Of the subject when the event was written. */
    version: z.int().positive(),
    /** Where it was or is. Those it has left can be read nowhere else. */
    scopes: z.array(scopeSchema).readonly(),
  }),
  /** Composes the suggestions of one scope anew and reconciles them with what is stored. */
  'compose-suggestions': z.strictObject({ scope: scopeSchema }),
  /** Reveals those who endorsed a suggestion to each other, or no longer. */
  'reveal-endorsers': z.strictObject({ suggestionId: z.string().min(1) }),
  /** The hub's day has turned: what depends on today is looked at again. */
  'advance-day': z.strictObject({}),
} as const;

export type QueueName = keyof typeof jobPayloads;
export type JobPayload<Q extends QueueName> = z.infer<(typeof jobPayloads)[Q]>;

/** One job to be added, with the payload that its queue wants. */
export type JobRequest = { [Q in QueueName]: { readonly queue: Q; readonly payload: JobPayload<Q> } }[QueueName];

export const queueNames: readonly QueueName[] = [
  'match-footprint',
  'compose-suggestions',
  'reveal-endorsers',
  'advance-day',
];
