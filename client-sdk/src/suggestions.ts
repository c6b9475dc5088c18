import { accepted, type CallOptions, type Calls } from './calls.ts';
import * as documents from './generated.ts';
import { type ListOptions, Pages } from './pages.ts';
import type { Problem, Suggestion } from './records.ts';
import { watch, type WatchOptions } from './watch.ts';

/** A suggestion as it was read: consent is to this version, not to what it may have become meanwhile. */
export interface SuggestionRead {
  readonly id: string;
  readonly version: number;
}

/** Which suggestions to follow. */
export interface WatchSuggestionsOptions extends WatchOptions {
  /** Only on this corridor. */
  readonly corridor?: string | undefined;
  /** True: only with your actor among the participants. */
  readonly addressedToMe?: boolean | undefined;
}

/** Proposals to act. */
export class Suggestions {
  constructor(private readonly calls: Calls) {}

  /** The highest score first unless ordered otherwise. */
  list(options: ListOptions<documents.SuggestionFilter, documents.SuggestionOrder> = {}): Pages<Suggestion> {
    const { first = 20, filter = null, orderBy = null } = options;
    return Pages.of(this.calls, documents.ListSuggestions, { first, filter, orderBy }, options);
  }

  /** Null: there is none, or you may not see it. */
  async get(id: string, options?: CallOptions): Promise<Suggestion | null> {
    const { node } = await this.calls.read(documents.GetSuggestion, { id }, options);
    return node?.__typename === 'Suggestion' ? node : null;
  }

  /**
   * Each suggestion that is made, changes, is decided on or reveals somebody to you, for ever. Outlives broken lines: what was
   * written meanwhile comes once the hub can be reached again. To end it while it waits, abort the signal.
   */
  watch({ corridor, addressedToMe, ...options }: WatchSuggestionsOptions = {}): AsyncGenerator<
    Suggestion,
    void,
    undefined
  > {
    const variables = { corridor: corridor ?? null, addressedToMe: addressedToMe ?? null };
    const missed = (changedAfter: string | null): Pages<Suggestion> =>
      this.list({ first: changedAfter === null ? 1 : 100, filter: { ...variables, changedAfter } });
    return watch(this.calls, { document: documents.SuggestionChanged, variables, missed }, options);
  }

  /** In private: once enough participants endorse the same version, they are revealed to each other. @throws {ConcordProblemError} */
  endorse(suggestion: SuggestionRead, options?: CallOptions): Promise<Suggestion> {
    return accepted(this.tryEndorse(suggestion, options));
  }

  /** Like `endorse`, with a problem as an answer. */
  tryEndorse({ id, version }: SuggestionRead, options?: CallOptions): Promise<Suggestion | Problem> {
    return this.calls.repeatable(documents.EndorseSuggestion, { id, expectedVersion: version }, options);
  }

  /** In private: to all others it looks like silence. @throws {ConcordProblemError} */
  decline(suggestion: SuggestionRead, options?: CallOptions): Promise<Suggestion> {
    return accepted(this.tryDecline(suggestion, options));
  }

  /** Like `decline`, with a problem as an answer. */
  tryDecline({ id, version }: SuggestionRead, options?: CallOptions): Promise<Suggestion | Problem> {
    return this.calls.repeatable(documents.DeclineSuggestion, { id, expectedVersion: version }, options);
  }

  /** Takes the answer of your actor back. @throws {ConcordProblemError} */
  withdrawAnswer(suggestion: SuggestionRead, options?: CallOptions): Promise<Suggestion> {
    return accepted(this.tryWithdrawAnswer(suggestion, options));
  }

  /** Like `withdrawAnswer`, with a problem as an answer. */
  tryWithdrawAnswer({ id, version }: SuggestionRead, options?: CallOptions): Promise<Suggestion | Problem> {
    return this.calls.change(documents.WithdrawAnswer, { id, expectedVersion: version }, options);
  }

  /** For everybody, with a reason that everybody reads. @throws {ConcordProblemError} */
  dismiss(suggestion: SuggestionRead, reason: string, options?: CallOptions): Promise<Suggestion> {
    return accepted(this.tryDismiss(suggestion, reason, options));
  }

  /** Like `dismiss`, with a problem as an answer. */
  tryDismiss({ id, version }: SuggestionRead, reason: string, options?: CallOptions): Promise<Suggestion | Problem> {
    return this.calls.change(documents.DismissSuggestion, { id, expectedVersion: version, reason }, options);
  }
}
