import type { CallOptions, Calls } from './calls.ts';
import { ConcordProtocolError, ConcordTransportError } from './errors.ts';
import { type OutboxDraft, type OutboxRecord, sendDraft, withKey } from './outbox-drafts.ts';
import type { OutboxStorage } from './outbox-storage.ts';
import { isProblem, type Problem } from './records.ts';

/** A draft that waits to be sent, or that the hub refused and somebody has to look at. */
export interface OutboxEntry {
  readonly id: string;
  /** They are sent in this order, the lowest first. */
  readonly order: number;
  readonly draft: OutboxDraft;
  /** Why the hub refused it. It then stays until it is amended or discarded. Null: it waits. */
  readonly refused: Problem | null;
}

/** What became of the outbox. */
export interface OutboxReport {
  /** In the order in which they were sent. They are out of the outbox. */
  readonly sent: readonly { readonly entry: OutboxEntry; readonly record: OutboxRecord }[];
  /** Refused this time: conflicts, and what breaks a rule. */
  readonly refused: readonly OutboxEntry[];
  /** Not sent yet: the line broke, or they refer to something that is not sent. */
  readonly waiting: readonly OutboxEntry[];
  /** What broke the line. Null: nothing did. */
  readonly interrupted: ConcordTransportError | ConcordProtocolError | null;
}

/**
 * What people write without a line, kept until it can be sent. A draft may refer to an earlier one by `reference(entry)`, where the
 * hub wants an id: a campaign to a programme that the hub does not know yet.
 */
export class Outbox {
  /** One thing at a time: two flushes at once would send everything twice. */
  private turn: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly calls: Calls,
    private readonly storage: OutboxStorage,
  ) {}

  /** Stands for the id that an entry will have once it is sent. */
  static reference({ id }: Pick<OutboxEntry, 'id'>): string {
    return `outbox:${id}`;
  }

  /** What waits or was refused, in order. */
  async entries(): Promise<readonly OutboxEntry[]> {
    return [...(await this.storage.entries())].sort((one, other) => one.order - other.order);
  }

  /** Puts a draft behind the others; it is kept once this resolves. */
  add(draft: OutboxDraft): Promise<OutboxEntry> {
    return this.inTurn(async () => {
      const { newKey } = this.calls.surroundings;
      const last = (await this.entries()).at(-1);
      const order = (last?.order ?? 0) + 1;
      const entry: OutboxEntry = { id: newKey(), order, draft: withKey(draft, newKey), refused: null };
      await this.storage.put(entry);
      return entry;
    });
  }

  /** Replaces what an entry says, at its place in the order, so that it waits again. */
  amend(id: string, draft: OutboxDraft): Promise<OutboxEntry> {
    return this.inTurn(async () => {
      const stored = (await this.entries()).find((entry) => entry.id === id);
      if (!stored) throw new Error(`The outbox has no entry ${id}: it was sent or discarded.`);
      // With the key it had: if the first draft arrived after all, the hub says so instead of making a second record.
      const { clientMutationKey } = stored.draft.input as { clientMutationKey?: string };
      const entry = {
        ...stored,
        draft: withKey(draft, () => clientMutationKey ?? this.calls.surroundings.newKey()),
        refused: null,
      };
      await this.storage.put(entry);
      return entry;
    });
  }

  /** Gives a draft up. */
  discard(id: string): Promise<void> {
    return this.inTurn(() => this.storage.remove(id));
  }

  /**
   * Sends what waits, in order, until all is sent or the line breaks. What is refused stays with the reason, and what does not
   * depend on it goes on. Call it when the line returns, however often.
   */
  flush(options: CallOptions = {}): Promise<OutboxReport> {
    return this.inTurn(async () => {
      const sent: { entry: OutboxEntry; record: OutboxRecord }[] = [];
      const refused: OutboxEntry[] = [];
      let interrupted: OutboxReport['interrupted'] = null;
      for (let entry = await this.next(); entry; entry = await this.next()) {
        try {
          const result = await sendDraft(this.calls, entry.draft, options);
          if (isProblem(result)) refused.push(await this.keepRefused(entry, result));
          else {
            await this.letGo(entry, result.id);
            sent.push({ entry, record: result });
          }
        } catch (error) {
          if (!(error instanceof ConcordTransportError || error instanceof ConcordProtocolError)) throw error;
          interrupted = error;
          break;
        }
      }
      const waiting = (await this.entries()).filter((entry) => entry.refused === null);
      return { sent, refused, waiting, interrupted };
    });
  }

  /** The first that waits and refers to nothing that is still here. */
  private async next(): Promise<OutboxEntry | undefined> {
    const entries = await this.entries();
    const references = entries.map((entry) => JSON.stringify(Outbox.reference(entry)));
    return entries.find(({ draft, refused }) => {
      const text = JSON.stringify(draft);
      return refused === null && !references.some((reference) => text.includes(reference));
    });
  }

  private async keepRefused(entry: OutboxEntry, problem: Problem): Promise<OutboxEntry> {
    const kept = { ...entry, refused: problem };
    await this.storage.put(kept);
    return kept;
  }

  /** The references first: if the program ends between, the entry is sent again with its key, and is the same record. */
  private async letGo(entry: OutboxEntry, recordId: string): Promise<void> {
    const reference = JSON.stringify(Outbox.reference(entry));
    for (const other of await this.entries()) {
      const text = JSON.stringify(other.draft);
      if (!text.includes(reference)) continue;
      const draft = JSON.parse(text.replaceAll(reference, JSON.stringify(recordId))) as OutboxDraft;
      await this.storage.put({ ...other, draft });
    }
    await this.storage.remove(entry.id);
  }

  private inTurn<T>(body: () => Promise<T>): Promise<T> {
    const result = this.turn.then(body);
    this.turn = result.catch(() => undefined);
    return result;
  }
}
