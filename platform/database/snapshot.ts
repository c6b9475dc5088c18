import { setTimeout as delay } from 'node:timers/promises';
import type pg from 'pg';
import type { Statement } from './read-once.ts';
import { allowSilence } from './silent-connections.ts';

/** How long a snapshot may lie unused before PostgreSQL ends it: whoever reads it has gone or takes nothing more. */
const IDLE_FOR = '60s';
const LONGEST_STATEMENT_MS = 30_000;
/** Longer than that, so that only a lost line meets it. */
const LONGEST_SILENCE_MS = 31_000;
/** A cancellation that comes before its statement has begun does nothing: it is sent again until the statement has ended. */
const CANCEL_AGAIN_MS = 50;

/** What was stored at one moment, for as long as somebody reads of it. It holds a connection: end it. */
export interface Snapshot {
  /** The first column of the first row, a text; null when there is none. */
  first(statement: Statement): Promise<string | null>;
  /** The first column of all rows, texts, in the order of the statement; so many in memory at once. */
  batches(statement: Statement, size: number): AsyncGenerator<readonly string[]>;
  end(): Promise<void>;
}

/**
 * Reads of one moment in several statements and as many rows as there are: one read-only transaction under a session context, and a
 * cursor in it. For what does not fit into memory; anything else is read in one round trip.
 */
export class SnapshotReader {
  constructor(private readonly pool: () => Promise<pg.Pool>) {}

  /**
   * @param signal when aborted, what PostgreSQL is computing is cancelled, and what is asked afterwards is refused with its reason
   * @throws what PostgreSQL or the line to it throws
   */
  async open(context: Readonly<Record<string, string>>, signal: AbortSignal): Promise<Snapshot> {
    const pool = await this.pool();
    signal.throwIfAborted();
    const client = await pool.connect();
    const snapshot = new OpenSnapshot(client, pool, signal);
    try {
      await snapshot.begin(context);
      return snapshot;
    } catch (error) {
      await snapshot.end();
      throw error;
    }
  }
}

class OpenSnapshot implements Snapshot {
  private readonly silence: { restore(): void };
  private cursors = 0;
  private isOpen = true;
  private isAsking = false;
  /** Nothing more is asked while it is being cancelled: the cancellation could hit the wrong statement. */
  private cancelling: Promise<void> = Promise.resolve();
  private readonly cancel = (): void => {
    this.cancelling = this.cancelStatement();
  };

  constructor(
    private readonly client: pg.PoolClient,
    private readonly pool: pg.Pool,
    private readonly signal: AbortSignal,
  ) {
    this.silence = allowSilence(client, LONGEST_SILENCE_MS);
    signal.addEventListener('abort', this.cancel, { once: true });
  }

  async begin(context: Readonly<Record<string, string>>): Promise<void> {
    const settings = Object.entries({
      ...context,
      idle_in_transaction_session_timeout: IDLE_FOR,
      // Whole lists take longer than what else is asked for.
      statement_timeout: String(LONGEST_STATEMENT_MS),
    });
    await this.ask({ text: 'begin isolation level repeatable read read only', values: [] });
    const calls = settings.map((_, at) => `set_config($${String(2 * at + 1)}, $${String(2 * at + 2)}, true)`);
    await this.ask({ text: `select ${calls.join(', ')}`, values: settings.flat() });
    // All rows will be wanted, so a plan that is quick for the first few is the wrong one.
    await this.ask({ text: 'set local cursor_tuple_fraction = 1', values: [] });
  }

  async first(statement: Statement): Promise<string | null> {
    const [row] = await this.ask(statement);
    return row ?? null;
  }

  async *batches({ text, values }: Statement, size: number): AsyncGenerator<readonly string[]> {
    const cursor = `listed_${String((this.cursors += 1))}`;
    await this.ask({ text: `declare ${cursor} no scroll cursor for ${text}`, values });
    for (;;) {
      const rows = await this.ask({ text: `fetch ${String(size)} from ${cursor}`, values: [] });
      if (rows.length > 0) yield rows;
      if (rows.length < size) break;
    }
    await this.ask({ text: `close ${cursor}`, values: [] });
  }

  async end(): Promise<void> {
    if (!this.isOpen) return;
    this.isOpen = false;
    this.signal.removeEventListener('abort', this.cancel);
    await this.cancelling;
    const isGood = await this.client.query('rollback').then(
      () => true,
      () => false,
    );
    this.silence.restore();
    this.client.release(!isGood);
  }

  private async ask({ text, values }: Statement): Promise<string[]> {
    this.signal.throwIfAborted();
    this.isAsking = true;
    try {
      const { rows } = await this.client.query<[string]>({ text, values: [...values], rowMode: 'array' });
      return rows.map(([value]) => value);
    } catch (error) {
      this.signal.throwIfAborted();
      throw error;
    } finally {
      this.isAsking = false;
    }
  }

  private async cancelStatement(): Promise<void> {
    const { processID } = this.client as unknown as { readonly processID: number };
    try {
      while (this.isAsking) {
        await this.pool.query('select pg_cancel_backend($1)', [processID]);
        await delay(CANCEL_AGAIN_MS);
      }
    } catch {
      // Should it not come through, the statement ends by its time-out.
    }
  }
}
