import { OwnLine } from '../../platform/database/own-line.ts';
import { codeOf } from '../../platform/plain-error.ts';
import { migrations } from '../migrations/index.ts';

/** Three beats of a worker and a bit: longer silence means that nobody works on the queues. */
const SILENT_AFTER_MS = 1_700;
/** A database that takes longer is of no use to a request either. */
const ANSWER_WITHIN_MS = 1_000;
/** However many ask, the database is asked no more often than this. */
const REMEMBERED_MS = 150;
/** `app.readiness` does not exist before the migration that brings it. */
const NO_SUCH_FUNCTION = '42883';

export interface ReadinessOptions {
  /** The login that this process works with. */
  readonly url: string;
  /** The worker process whose sign of life counts; null: that of any. */
  readonly processId: string | null;
}

/**
 * Whether this process can do its work: its database answers, has the tables that this release needs, and somebody works on the
 * queues. It has one connection to itself, so that it can tell when all others are taken.
 */
export class Readiness {
  private readonly line: OwnLine;
  private asked: { readonly at: number; readonly answer: Promise<string | null> } | null = null;

  constructor(private readonly options: ReadinessOptions) {
    this.line = new OwnLine({ url: options.url, applicationName: 'concord-readiness', withinMs: ANSWER_WITHIN_MS });
  }

  /** Why the process is not ready, in words that anybody may read; null when it is. Answers within a second or so. */
  reason(): Promise<string | null> {
    const now = performance.now();
    if (this.asked === null || now - this.asked.at > REMEMBERED_MS) this.asked = { at: now, answer: this.ask() };
    return this.asked.answer;
  }

  close(): Promise<void> {
    return this.line.close();
  }

  private async ask(): Promise<string | null> {
    try {
      const state = await this.line.ask<{ migrated: boolean; silentMs: string | null }>(
        'select migrated, silent_ms as "silentMs" from app.readiness($1, $2)',
        [migrations.at(-1)?.name, this.options.processId],
      );
      if (!state?.migrated) return 'migrations have not run';
      const isSilent = state.silentMs === null || Number(state.silentMs) > SILENT_AFTER_MS;
      return isSilent ? 'no worker gives a sign of life' : null;
    } catch (error) {
      return codeOf(error) === NO_SUCH_FUNCTION ? 'migrations have not run' : 'the database does not answer';
    }
  }
}
