import type { JobRequest, QueueName } from './contract.ts';

/** How a queue treats its jobs. */
export interface QueuePolicy {
  /** How often a job is started before it stays as failed. */
  readonly attempts: number;
  /** The pause before attempt n + 1 is between half and all of `backoffMs × 2^(n-1)`: the jitter keeps failures of one cause apart. */
  readonly backoffMs: number;
  /** After this an attempt counts as failed, and its signal is aborted. */
  readonly timeoutMs: number;
  /** Jobs one process works on at a time. */
  readonly concurrency: number;
  /** Work that somebody waits for goes `first` in a process; what follows from it, and is done once for many changes, `gives` way. */
  readonly way?: 'first' | 'gives';
  /** How long a completed job is remembered. */
  readonly keepCompletedS: number;
  /** How long a failed job stays to be looked at, retried or discarded. */
  readonly keepFailedS: number;
}

const MINUTE_S = 60;
const DAY_S = 86_400;

export const queuePolicies: Readonly<Record<QueueName, QueuePolicy>> = {
  'match-footprint': {
    // 0.5 + 1 + 2 + 4 s of pauses outlast a restart of the database.
    attempts: 5,
    backoffMs: 500,
    // Typical are tens of milliseconds; a footprint in every country against 100,000 others needs seconds, and a job waits for the
    // round before its own.
    timeoutMs: 60_000,
    way: 'first',
    // Matching holds one lock for the whole hub: those that wait for it in one process hold no connection and are matched together.
    concurrency: 50,
    // Its id keeps an event that the relay hands on twice from running twice. Age only: keeping a count would sort all kept rows per job.
    keepCompletedS: 10 * MINUTE_S,
    keepFailedS: 14 * DAY_S,
  },
  'compose-suggestions': {
    attempts: 5,
    backoffMs: 500,
    // Reads and composes a whole corridor.
    timeoutMs: 30_000,
    way: 'gives',
    // Computing fills the event loop: more at a time would only interleave. Two, so that one reads while the other computes.
    concurrency: 2,
    // Nothing refers to it: it has no id of its own (see job-options.ts).
    keepCompletedS: 0,
    keepFailedS: 14 * DAY_S,
  },
  'apply-insights': {
    attempts: 5,
    backoffMs: 500,
    // Goes through every overlap that shares an audience.
    timeoutMs: 120_000,
    // It holds matching's lock, so more would only wait.
    concurrency: 1,
    keepCompletedS: 10 * MINUTE_S,
    keepFailedS: 14 * DAY_S,
  },
  'reveal-endorsers': {
    attempts: 5,
    backoffMs: 500,
    // A few rows of one suggestion; but composing may hold it, for as long as composing may take.
    timeoutMs: 45_000,
    // Short, and different suggestions do not wait for each other.
    concurrency: 2,
    // Nothing refers to it: it has no id of its own (see job-options.ts).
    keepCompletedS: 0,
    keepFailedS: 14 * DAY_S,
  },
  'write-notifications': {
    attempts: 5,
    backoffMs: 500,
    // Reads what has happened since the last look, which after a large load is much.
    timeoutMs: 60_000,
    way: 'gives',
    // It holds one row for the whole hub.
    concurrency: 1,
    // Its id keeps news that the relay hands on twice from being looked at twice.
    keepCompletedS: 10 * MINUTE_S,
    keepFailedS: 14 * DAY_S,
  },
  'deliver-webhook': {
    // 10 + 20 + 40 + 80 + 160 minutes of pauses: who is down for an evening has missed nothing.
    attempts: 6,
    backoffMs: 600_000,
    // The call itself may take 10 s.
    timeoutMs: 30_000,
    // They wait for others' machines, not for ours.
    concurrency: 8,
    keepCompletedS: DAY_S,
    keepFailedS: 14 * DAY_S,
  },
  'plan-digests': {
    // Must not be missed for a whole day: 5 s doubling nine times is 43 minutes of trying.
    attempts: 10,
    backoffMs: 5_000,
    timeoutMs: 120_000,
    // There is one a day.
    concurrency: 1,
    keepCompletedS: 7 * DAY_S,
    keepFailedS: 14 * DAY_S,
  },
  'send-digest': {
    // 1 + 2 + 4 … 64 minutes of pauses outlast what a mail server calls temporary.
    attempts: 8,
    backoffMs: 60_000,
    // A mail server may take its time before it accepts.
    timeoutMs: 90_000,
    // Mail servers limit how many connections one sender has.
    concurrency: 2,
    keepCompletedS: 7 * DAY_S,
    keepFailedS: 14 * DAY_S,
  },
  'refresh-calendars': {
    // What a calendar's host does is no failure of a job: only the database can be.
    attempts: 5,
    backoffMs: 500,
    // 20 calendars of 5 s each, and what it takes to read a megabyte.
    timeoutMs: 180_000,
    // It waits for others' machines; calendars that are slow must not keep a new one waiting.
    concurrency: 2,
    keepCompletedS: 10 * MINUTE_S,
    keepFailedS: 14 * DAY_S,
  },
  'work-on-import': {
    // What is wrong with the file is no failure. 2 + 4 + 8 s of pauses outlast a restart of the database.
    attempts: 4,
    backoffMs: 2_000,
    // 100,000 rows and as many organisations.
    timeoutMs: 300_000,
    // It reads whole files into memory.
    concurrency: 1,
    // Its id keeps an event that the relay hands on twice from running twice.
    keepCompletedS: 10 * MINUTE_S,
    keepFailedS: 14 * DAY_S,
  },
  recompute: {
    // 1 + 2 + 4 + 8 s of pauses outlast a restart of the database.
    attempts: 5,
    backoffMs: 1_000,
    // Splits a table into blocks, and adds a job for each.
    timeoutMs: 120_000,
    // One after the other by itself.
    concurrency: 1,
    // Whoever started it looks for how it ended.
    keepCompletedS: DAY_S,
    keepFailedS: 14 * DAY_S,
  },
  'recompute-block': {
    attempts: 5,
    backoffMs: 1_000,
    // The first one of a process reads all footprints; one in which all is new writes 80,000 overlaps.
    timeoutMs: 600_000,
    // While one writes, the lists of another are found.
    concurrency: 2,
    // Its id keeps a stage that is begun twice from being worked on twice.
    keepCompletedS: DAY_S,
    keepFailedS: 14 * DAY_S,
  },
  'recompute-scope': {
    attempts: 5,
    backoffMs: 500,
    // Reads and composes a whole corridor; somebody else may be composing it.
    timeoutMs: 60_000,
    // As composing.
    concurrency: 2,
    keepCompletedS: DAY_S,
    keepFailedS: 14 * DAY_S,
  },
  'advance-day': {
    // Must not be missed for a whole day: 5 s doubling nine times is 43 minutes of trying.
    attempts: 10,
    backoffMs: 5_000,
    // Goes through every record that starts or ends about now.
    timeoutMs: 120_000,
    // There is one a day.
    concurrency: 1,
    // A week, so that an operator sees that it ran.
    keepCompletedS: 7 * DAY_S,
    keepFailedS: 14 * DAY_S,
  },
  'apply-retention': {
    // What one day leaves the next takes.
    attempts: 5,
    backoffMs: 5_000,
    // The first run on an old hub has much to forget; each of its transactions is short.
    timeoutMs: 600_000,
    // There is one a day.
    concurrency: 1,
    // A week, so that an operator sees that it ran.
    keepCompletedS: 7 * DAY_S,
    keepFailedS: 14 * DAY_S,
  },
};

/**
 * What makes a waiting job stand for a new one, or null when both must run.
 *
 * Composing is keyed by its scope: a waiting run will read whatever the new job is about, so one is enough.
 *
 * Revealing is keyed by its suggestion for the same reason.
 *
 * A look for news reads whatever there is, so that one stands for all; what is due by name must each be written.
 *
 * Matching is NOT keyed by its record, although a burst of edits then leaves a job per edit: each is the answer to a write, and
 * one that comes late finds nothing different and is cheap.
 */
export function deduplicationKey(request: JobRequest): string | null {
  switch (request.queue) {
    case 'compose-suggestions':
      return request.payload.scope;
    case 'reveal-endorsers':
      return request.payload.suggestionId;
    case 'write-notifications':
      return request.payload.due === undefined ? 'news' : null;
    case 'refresh-calendars':
    case 'match-footprint':
    case 'apply-insights':
    case 'deliver-webhook':
    case 'plan-digests':
    case 'send-digest':
    case 'work-on-import':
    case 'recompute':
    case 'recompute-block':
    case 'recompute-scope':
    case 'advance-day':
    case 'apply-retention':
      return null;
  }
}
