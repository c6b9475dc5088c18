import { accepted, type CallOptions, type Calls } from './calls.ts';
import * as documents from './generated.ts';
import { type ListOptions, Pages } from './pages.ts';
import { asRead, type ReasonOptions, type RecordRead } from './record-read.ts';
import type { Insight, Problem } from './records.ts';

/** How audiences obtain information, what they lack, and what is changing for them: each statement with its source. */
export class Insights {
  constructor(private readonly calls: Calls) {}

  /** By the last change, the latest first, unless ordered otherwise. */
  list(options: ListOptions<documents.InsightFilter, documents.InsightOrder> = {}): Pages<Insight> {
    const { first = 20, filter = null, orderBy = null } = options;
    return Pages.of(this.calls, documents.ListInsights, { first, filter, orderBy }, options);
  }

  /** Null: there is none, or you may not see it. */
  async get(id: string, options?: CallOptions): Promise<Insight | null> {
    const { node } = await this.calls.read(documents.GetInsight, { id }, options);
    return node?.__typename === 'Insight' ? node : null;
  }

  /**
   * Registers what is known of an audience. What coordinators register counts at once, the word of others once coordinators confirm
   * it. @throws {ConcordProblemError}
   */
  register(input: documents.RegisterInsightInput, options?: CallOptions): Promise<Insight> {
    return accepted(this.tryRegister(input, options));
  }

  /** Like `register`, with a problem as an answer. */
  tryRegister(input: documents.RegisterInsightInput, options?: CallOptions): Promise<Insight | Problem> {
    return this.calls.create(documents.RegisterInsight, input, options);
  }

  /** Fields left out stay as they are; null clears. @throws {ConcordProblemError} */
  revise(input: documents.ReviseInsightInput, options?: CallOptions): Promise<Insight> {
    return accepted(this.tryRevise(input, options));
  }

  /** Like `revise`, with a problem as an answer. */
  tryRevise(input: documents.ReviseInsightInput, options?: CallOptions): Promise<Insight | Problem> {
    return this.calls.change(documents.ReviseInsight, input, options);
  }

  /** Coordinators make the word of an actor count. @throws {ConcordProblemError} */
  confirm(insight: RecordRead, options?: CallOptions): Promise<Insight> {
    return accepted(this.tryConfirm(insight, options));
  }

  /** Like `confirm`, with a problem as an answer. */
  tryConfirm(insight: RecordRead, options?: CallOptions): Promise<Insight | Problem> {
    return this.calls.change(documents.ConfirmInsight, asRead(insight), options);
  }

  /** Takes it back for good. @throws {ConcordProblemError} */
  withdraw(insight: RecordRead, options?: ReasonOptions): Promise<Insight> {
    return accepted(this.tryWithdraw(insight, options));
  }

  /** Like `withdraw`, with a problem as an answer. */
  tryWithdraw(insight: RecordRead, { reason, ...options }: ReasonOptions = {}): Promise<Insight | Problem> {
    return this.calls.change(documents.WithdrawInsight, { ...asRead(insight), reason: reason ?? null }, options);
  }
}
