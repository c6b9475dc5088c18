import type { WhySilent } from './to-programme.ts';

/** What became of one activity of a file. */
export interface LoadedActivity {
  /** Line of its start tag in the file, from 1. */
  readonly line: number;
  readonly identifier: string | null;
  /** `merged`: it repeats an identifier, and what it says went into the programme of the first. */
  readonly outcome: 'created' | 'changed' | 'unchanged' | 'merged' | 'refused';
  /** Null when it was refused. */
  readonly programmeId: string | null;
  /** Why it was refused. */
  readonly reason: string | null;
  /** Why its programme matches nothing; null for one that can match. */
  readonly silent: WhySilent | 'publisher-not-verified' | null;
  /** Recipient countries it names that the hub does not know, as written. */
  readonly unknownCountries: readonly string[];
}

/** What became of a file: every activity in it, once. */
export interface LoadReport {
  readonly fileName: string;
  /** True: nothing was written; the report says what would have been. */
  readonly dryRun: boolean;
  /** In the order of the file. */
  readonly activities: readonly LoadedActivity[];
  readonly organisations: { readonly found: number; readonly registered: number; readonly verified: number };
}
