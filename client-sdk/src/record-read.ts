import type { CallOptions } from './calls.ts';

/** A record as you have read it: what you decide is about this version, not about what it may have become meanwhile. */
export interface RecordRead {
  readonly id: string;
  readonly version: number;
}

/** What a decision that may be given a reason takes. */
export interface ReasonOptions extends CallOptions {
  /** Read by everybody who sees the record. */
  readonly reason?: string | undefined;
}

/** The version that was read, as changes name it. */
export function asRead({ id, version }: RecordRead): { readonly id: string; readonly expectedVersion: number } {
  return { id, expectedVersion: version };
}
