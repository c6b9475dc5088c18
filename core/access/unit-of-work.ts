import { type EntityManager, IsolationLevel, type MikroORM, type TransactionOptions } from '@mikro-orm/postgresql';
import { hubId, type HubIdPrefix } from '../../engine/index.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Randomness } from '../../platform/ids.ts';
import { currentTraceparent } from '../../platform/telemetry/tracing.ts';
import { inChunks } from '../in-chunks.ts';
import { append } from '../outbox/outbox.ts';
import { type Viewer, sessionVariables } from './viewer.ts';

/** What a service method works with: one transaction under one viewer's session context. */
export interface Work {
  readonly em: EntityManager;
  readonly viewer: Viewer;
  /** The instant of this transaction; every row it writes carries the same. */
  readonly now: Date;
  /** The hub's calendar day (UTC) in whole days since 1970-01-01. */
  readonly today: number;
  newId(prefix: HubIdPrefix): string;
  /** What it writes is not charged to the budget of looks: an import has an allowance of its own. */
  readonly uncharged?: true;
  /** The ids of records and actors that this transaction has changed so that matching must look at them; announced at its end. */
  readonly changed: Set<string>;
}

/** SQLSTATEs after which the same transaction may succeed if run again: serialization failure, deadlock, and a lock not had in time. */
const RETRYABLE = new Set(['40001', '40P01', '55P03']);
const ATTEMPTS = 3;

/**
 * Runs service methods: one method, one transaction, its outbox events inside; and the unit of retry.
 * The body must not touch anything but the database, because it may run again.
 */
export class UnitOfWork {
  private readonly onWritten: (() => void)[] = [];

  constructor(
    private readonly orm: MikroORM,
    private readonly clock: Clock,
    private readonly randomness: Randomness,
  ) {}

  /** Calls back whenever a transaction of this process was committed. */
  afterWrites(listener: () => void): void {
    this.onWritten.push(listener);
  }

  /** Commits what the body did, or nothing at all when it throws. */
  async run<T>(viewer: Viewer, body: (work: Work) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        const result = await this.once(viewer, body);
        for (const listener of this.onWritten) listener();
        return result;
      } catch (error) {
        if (attempt === ATTEMPTS || !isRetryable(error)) throw error;
      }
    }
  }

  /** Lets the body read in several statements what was stored at ONE moment; it may write nothing. */
  look<T>(viewer: Viewer, body: (work: Work) => Promise<T>): Promise<T> {
    return this.once(viewer, body, { isolationLevel: IsolationLevel.REPEATABLE_READ, readOnly: true });
  }

  private once<T>(viewer: Viewer, body: (work: Work) => Promise<T>, options: TransactionOptions = {}): Promise<T> {
    const em = this.orm.em.fork();
    const traceparent = currentTraceparent();
    // What the outbox takes for the default of its column, whoever writes the event.
    const traced = traceparent === null ? {} : { 'app.traceparent': traceparent };
    em.setSessionContext({ variables: { ...sessionVariables(viewer), ...traced } });
    const now = this.clock.now();
    return em.transactional(async (tx) => {
      const changed = new Set<string>();
      const result = await body({
        em: tx,
        viewer,
        now: new Date(now),
        today: this.clock.today(),
        newId: (prefix) => hubId(prefix, this.randomness.bytes(16)),
        changed,
      });
      await append(
        tx,
        ...inChunks([...changed], MATCHED_AT_ONCE).map((subjectIds) => ({
          kind: 'record.changed' as const,
          subjectIds,
        })),
      );
      return result;
    }, options);
  }
}

/** Records that one job matches together: some seconds of work at most. */
const MATCHED_AT_ONCE = 500;

function isRetryable(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && RETRYABLE.has(code);
}
