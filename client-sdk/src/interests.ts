import { accepted, type CallOptions, type Calls } from './calls.ts';
import * as documents from './generated.ts';
import { type ListOptions, Pages } from './pages.ts';
import { asRead, type RecordRead } from './record-read.ts';
import type { Interest, InterestCell, Problem } from './records.ts';

/** Who wants to contribute to what. */
export class Interests {
  constructor(private readonly calls: Calls) {}

  /** What is current of verified actors that you see; by topic unless ordered otherwise. */
  list(
    options: ListOptions<documents.ContributionInterestFilter, documents.ContributionInterestOrder> = {},
  ): Pages<Interest> {
    const { first = 20, filter = null, orderBy = null } = options;
    return Pages.of(this.calls, documents.ListInterests, { first, filter, orderBy }, options);
  }

  /** Null: there is none, or you may not see it. */
  async get(id: string, options?: CallOptions): Promise<Interest | null> {
    const { node } = await this.calls.read(documents.GetInterest, { id }, options);
    return node?.__typename === 'ContributionInterest' ? node : null;
  }

  /** How many verified actors that you see want to contribute, by topic and country; an actor based in several counts in each. */
  async map(options?: CallOptions): Promise<readonly InterestCell[]> {
    return (await this.calls.read(documents.InterestMap, {}, options)).result;
  }

  /** Declares what your actor wants to contribute to. @throws {ConcordProblemError} */
  declare(input: documents.DeclareInterestInput, options?: CallOptions): Promise<Interest> {
    return accepted(this.tryDeclare(input, options));
  }

  /** Like `declare`, with a problem as an answer. */
  tryDeclare(input: documents.DeclareInterestInput, options?: CallOptions): Promise<Interest | Problem> {
    return this.calls.create(documents.DeclareInterest, input, options);
  }

  /** Fields left out stay as they are; null clears. @throws {ConcordProblemError} */
  revise(input: documents.ReviseInterestInput, options?: CallOptions): Promise<Interest> {
    return accepted(this.tryRevise(input, options));
  }

  /** Like `revise`, with a problem as an answer. */
  tryRevise(input: documents.ReviseInterestInput, options?: CallOptions): Promise<Interest | Problem> {
    return this.calls.change(documents.ReviseInterest, input, options);
  }

  /** Takes it back for good. @throws {ConcordProblemError} */
  withdraw(interest: RecordRead, options?: CallOptions): Promise<Interest> {
    return accepted(this.tryWithdraw(interest, options));
  }

  /** Like `withdraw`, with a problem as an answer. */
  tryWithdraw(interest: RecordRead, options?: CallOptions): Promise<Interest | Problem> {
    return this.calls.change(documents.WithdrawInterest, asRead(interest), options);
  }
}
