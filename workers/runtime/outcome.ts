/** How a job ended, as its handler says. Throwing means: a fault, try again with the next attempt. */
export type JobOutcome =
  | { readonly kind: 'done' }
  /** Will never succeed (its row is gone, its payload makes no sense): stays visible as failed, and is not tried again. */
  | { readonly kind: 'discard'; readonly reason: string }
  /** Did not succeed this time: tried again after a pause, while attempts are left. */
  | { readonly kind: 'retry'; readonly reason: string };

export const done: JobOutcome = { kind: 'done' };
/** The reason is stored and logged: ids are fine, contents are not. */
export const discard = (reason: string): JobOutcome => ({ kind: 'discard', reason });
/** The reason is stored and logged: ids are fine, contents are not. */
export const retry = (reason: string): JobOutcome => ({ kind: 'retry', reason });
