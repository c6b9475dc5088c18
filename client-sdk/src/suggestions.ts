import { accepted, type CallOptions, type Calls } from './calls.ts';
import * as documents from './generated.ts';
import { type ListOptions, Pages } from './pages.ts';
import type { Problem, Suggestion } from './records.ts';

/** A suggestion as it was read: consent is to this version, not to what it may have become meanwhile. */
export interface SuggestionRead {
  readonly id: string;
  readonly version: number;
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
