import { setTimeout as delay } from 'node:timers/promises';
import { codeOf } from '../plain-error.ts';
import type { OnceReader, Statement } from './read-once.ts';

/** Whoever answers reads. */
export type Reader = Pick<OnceReader, 'read'>;

/** How far the primary's log is kept: all that was confirmed is before it. */
const WRITTEN: Statement = { text: `select pg_current_wal_flush_lsn()::text`, values: [] };
/** Whether a replica has replayed up to there; it has not when it is no replica any more. */
const replayed = (position: string): Statement => ({
  text: `select (pg_is_in_recovery() and pg_last_wal_replay_lsn() >= $1::pg_lsn)::text`,
  values: [position],
});

/** How long a read waits for the replica: about what it takes to replay a change on a line without trouble. */
const WAITED_AT_MOST_MS = 50;
const LOOK_AGAIN_AFTER_MS = 2;
/** How long nobody asks a replica that was behind or away. */
const RESTS_FOR_MS = 500;
/** A statement that took too long would take as long at the primary. */
const TOOK_TOO_LONG = '57014';

/**
 * Reads from a replica of the database whatever was confirmed before the read began; where the replica does not have it yet, or does not
 * answer, from the primary. So nobody can tell them apart: each reads what he, and everybody else, has written, and what somebody
 * may no longer see is hidden from the same moment on.
 *
 * The primary is asked how far its log is, which costs it next to nothing and is asked once for all who come meanwhile.
 */
export class ReplicaReader implements Reader {
  private restsUntil = 0;
  private readonly written: () => Promise<string | null>;
  /** How many reads each has answered. */
  readonly answered = { replica: 0, primary: 0 };

  constructor(
    private readonly primary: Reader,
    private readonly replica: Reader,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.written = sharedByWhoeverAsksMeanwhile(() => primary.read({}, WRITTEN));
  }

  /** As `OnceReader.read`. */
  async read(context: Readonly<Record<string, string>>, statement: Statement): Promise<string | null> {
    if (this.now() >= this.restsUntil) {
      const position = await this.written();
      try {
        if (position !== null && (await this.hasReplayed(position))) {
          const answer = await this.replica.read(context, statement);
          this.answered.replica += 1;
          return answer;
        }
      } catch (error) {
        if (codeOf(error) === TOOK_TOO_LONG) throw error;
      }
      this.restsUntil = this.now() + RESTS_FOR_MS;
    }
    this.answered.primary += 1;
    return this.primary.read(context, statement);
  }

  private async hasReplayed(position: string): Promise<boolean> {
    const patience = new AbortController();
    const tooLong = delay(WAITED_AT_MOST_MS, true, { signal: patience.signal }).catch(() => true);
    let isOver = false;
    const looking = async (): Promise<boolean> => {
      while (!isOver) {
        if ((await this.replica.read({}, replayed(position))) === 'true') return true;
        await delay(LOOK_AGAIN_AFTER_MS);
      }
      return false;
    };
    try {
      return await Promise.race([looking(), tooLong.then(() => false)]);
    } finally {
      isOver = true;
      patience.abort();
    }
  }
}

/** One question at a time: whoever comes while it is asked waits for the next, which begins after he came. */
function sharedByWhoeverAsksMeanwhile<T>(ask: () => Promise<T>): () => Promise<T> {
  let underWay: Promise<unknown> = Promise.resolve();
  let next: Promise<T> | null = null;
  return () => {
    next ??= underWay.then(() => {
      next = null;
      const asked = ask();
      underWay = asked.catch(() => undefined);
      return asked;
    });
    return next;
  };
}
