import type { CallOptions } from './calls.ts';
import { ConcordProtocolError, ConcordTransportError } from './errors.ts';
import type { RegisterProgrammeInput } from './generated.ts';
import { isProblem, type Problem, type Programme } from './records.ts';

/** What became of one row: `saved`, `refused` by the hub, or `failed` on the way. `row` is as it was sent. */
export type RowVerdict = { readonly index: number; readonly row: RegisterProgrammeInput } & (
  | { readonly kind: 'saved'; readonly programme: Programme }
  | { readonly kind: 'refused'; readonly problem: Problem }
  /** It may have been made: pass `row`, which carries its key, once more, and there is one. */
  | { readonly kind: 'failed'; readonly error: ConcordTransportError | ConcordProtocolError }
);

/** How far many rows have come. */
export interface RowProgress {
  readonly done: number;
  /** The row whose fate was decided just now. */
  readonly verdict: RowVerdict;
}

/** How to work through rows. */
export interface ManyOptions extends CallOptions {
  /** How many are under way at once. Default 4. */
  readonly concurrency?: number | undefined;
  /** True: a row with an `identifier` revises the programme that already has it. Default false: that one is refused. */
  readonly upsert?: boolean | undefined;
  /** Told of every row as soon as its fate is decided, in whatever order that is. */
  readonly onProgress?: ((progress: RowProgress) => void) | undefined;
}

interface RowSender {
  newKey(): string;
  send(row: RegisterProgrammeInput): Promise<Programme | Problem>;
}

/**
 * Sends rows, a few at a time and no more drawn than are under way; answers a verdict for each, in the order of the rows.
 * @throws the reason of the signal, and whatever the rows themselves throw; what was sent before stays
 */
export async function sendRows(
  rows: Iterable<RegisterProgrammeInput> | AsyncIterable<RegisterProgrammeInput>,
  { newKey, send }: RowSender,
  { concurrency = 4, onProgress, signal }: ManyOptions,
): Promise<RowVerdict[]> {
  const verdicts: RowVerdict[] = [];
  const source = Symbol.asyncIterator in rows ? rows[Symbol.asyncIterator]() : rows[Symbol.iterator]();
  let drawn = 0;
  let done = 0;
  const sendSome = async (): Promise<void> => {
    for (;;) {
      signal?.throwIfAborted();
      const next = await source.next();
      if (next.done === true) return;
      const index = drawn++;
      const verdict = await verdictOn(
        index,
        { ...next.value, clientMutationKey: next.value.clientMutationKey ?? newKey() },
        send,
      );
      verdicts[index] = verdict;
      onProgress?.({ done: ++done, verdict });
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, concurrency) }, sendSome));
  return verdicts;
}

async function verdictOn(index: number, row: RegisterProgrammeInput, send: RowSender['send']): Promise<RowVerdict> {
  try {
    const result = await send(row);
    return isProblem(result)
      ? { kind: 'refused', index, row, problem: result }
      : { kind: 'saved', index, row, programme: result };
  } catch (error) {
    if (!(error instanceof ConcordTransportError || error instanceof ConcordProtocolError)) throw error;
    return { kind: 'failed', index, row, error };
  }
}
