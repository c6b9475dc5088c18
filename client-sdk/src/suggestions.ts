import { accepted, type CallOptions, type Calls } from './calls.ts';
import * as documents from './generated.ts';
import { type ListOptions, Pages } from './pages.ts';
import { asRead, type RecordRead } from './record-read.ts';
import type { Problem, Suggestion, SuggestionRanking } from './records.ts';
import { watch, type WatchOptions } from './watch.ts';

/** Which suggestions to follow. */
export interface WatchSuggestionsOptions extends WatchOptions {
  /** Only on this corridor. */
  readonly corridor?: string | undefined;
  /** True: only with your actor among the participants. */
  readonly addressedToMe?: boolean | undefined;
}

/** What dismissing takes. */
export interface DismissOptions extends CallOptions {
  /** The reason in a word. All but `ALREADY_DONE` rank suggestions like it lower. */
  readonly code?: documents.DismissalCode | undefined;
}

/** What `suggestions.ranking` answered. */
type RankingRead = Pick<SuggestionRanking, 'id' | 'ranking'>;

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
  endorse(suggestion: RecordRead, options?: CallOptions): Promise<Suggestion> {
    return accepted(this.tryEndorse(suggestion, options));
  }

  /** Like `endorse`, with a problem as an answer. */
  tryEndorse(suggestion: RecordRead, options?: CallOptions): Promise<Suggestion | Problem> {
    return this.calls.repeatable(documents.EndorseSuggestion, asRead(suggestion), options);
  }

  /** In private: to all others it looks like silence. @throws {ConcordProblemError} */
  decline(suggestion: RecordRead, options?: CallOptions): Promise<Suggestion> {
    return accepted(this.tryDecline(suggestion, options));
  }

  /** Like `decline`, with a problem as an answer. */
  tryDecline(suggestion: RecordRead, options?: CallOptions): Promise<Suggestion | Problem> {
    return this.calls.repeatable(documents.DeclineSuggestion, asRead(suggestion), options);
  }

  /** Takes the answer of your actor back. @throws {ConcordProblemError} */
  withdrawAnswer(suggestion: RecordRead, options?: CallOptions): Promise<Suggestion> {
    return accepted(this.tryWithdrawAnswer(suggestion, options));
  }

  /** Like `withdrawAnswer`, with a problem as an answer. */
  tryWithdrawAnswer(suggestion: RecordRead, options?: CallOptions): Promise<Suggestion | Problem> {
    return this.calls.change(documents.WithdrawAnswer, asRead(suggestion), options);
  }

  /** For everybody, with a reason that everybody reads. @throws {ConcordProblemError} */
  dismiss(suggestion: RecordRead, reason: string, options?: DismissOptions): Promise<Suggestion> {
    return accepted(this.tryDismiss(suggestion, reason, options));
  }

  /** Like `dismiss`, with a problem as an answer. */
  tryDismiss(
    suggestion: RecordRead,
    reason: string,
    { code, ...options }: DismissOptions = {},
  ): Promise<Suggestion | Problem> {
    const input = { ...asRead(suggestion), reason, reasonCode: code ?? null };
    return this.calls.change(documents.DismissSuggestion, input, options);
  }

  /** How far up a suggestion is listed, and what people made of suggestions like it. Null: there is none, or you may not see it. */
  async ranking(id: string, options?: CallOptions): Promise<SuggestionRanking | null> {
    const { node } = await this.calls.read(documents.SuggestionRanking, { id }, options);
    return node?.__typename === 'Suggestion' ? node : null;
  }

  /**
   * Coordinators let what was decided so far about suggestions of this kind and corridor count no more for their order, which follows
   * within moments. @throws {ConcordProblemError}
   */
  resetRanking(read: RankingRead, options?: CallOptions): Promise<SuggestionRanking> {
    return accepted(this.tryResetRanking(read, options));
  }

  /** Like `resetRanking`, with a problem as an answer. */
  tryResetRanking({ id, ranking }: RankingRead, options?: CallOptions): Promise<SuggestionRanking | Problem> {
    const input = { suggestion: id, expectedVersion: ranking.version };
    return this.calls.change(documents.ResetRanking, input, options);
  }

  /** Undoes `resetRanking`: everything that was ever decided counts again. @throws {ConcordProblemError} */
  restoreRanking(read: RankingRead, options?: CallOptions): Promise<SuggestionRanking> {
    return accepted(this.tryRestoreRanking(read, options));
  }

  /** Like `restoreRanking`, with a problem as an answer. */
  tryRestoreRanking({ id, ranking }: RankingRead, options?: CallOptions): Promise<SuggestionRanking | Problem> {
    const input = { suggestion: id, expectedVersion: ranking.version };
    return this.calls.change(documents.RestoreRanking, input, options);
  }
}
