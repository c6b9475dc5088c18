import { accepted, type CallOptions, type Calls } from './calls.ts';
import * as documents from './generated.ts';
import { type ListOptions, Pages } from './pages.ts';
import { asRead, type RecordRead } from './record-read.ts';
import type { Commitment, Problem } from './records.ts';

/** Resources that actors have committed. As long as they last, they count in suggestions. */
export class Commitments {
  constructor(private readonly calls: Calls) {}

  /** Of the actors and programmes that you see; by kind unless ordered otherwise. */
  list(options: ListOptions<documents.CommitmentFilter, documents.CommitmentOrder> = {}): Pages<Commitment> {
    const { first = 20, filter = null, orderBy = null } = options;
    return Pages.of(this.calls, documents.ListCommitments, { first, filter, orderBy }, options);
  }

  /** Null: there is none, or you may not see it. */
  async get(id: string, options?: CallOptions): Promise<Commitment | null> {
    const { node } = await this.calls.read(documents.GetCommitment, { id }, options);
    return node?.__typename === 'Commitment' ? node : null;
  }

  /** Commits resources to everything your actor does, or to one programme of it. @throws {ConcordProblemError} */
  register(input: documents.RegisterCommitmentInput, options?: CallOptions): Promise<Commitment> {
    return accepted(this.tryRegister(input, options));
  }

  /** Like `register`, with a problem as an answer. */
  tryRegister(input: documents.RegisterCommitmentInput, options?: CallOptions): Promise<Commitment | Problem> {
    return this.calls.create(documents.RegisterCommitment, input, options);
  }

  /** Fields left out stay as they are; null clears. @throws {ConcordProblemError} */
  revise(input: documents.ReviseCommitmentInput, options?: CallOptions): Promise<Commitment> {
    return accepted(this.tryRevise(input, options));
  }

  /** Like `revise`, with a problem as an answer. */
  tryRevise(input: documents.ReviseCommitmentInput, options?: CallOptions): Promise<Commitment | Problem> {
    return this.calls.change(documents.ReviseCommitment, input, options);
  }

  /** Ends it for good: it stays to be seen, and counts no more. @throws {ConcordProblemError} */
  end(commitment: RecordRead, options?: CallOptions): Promise<Commitment> {
    return accepted(this.tryEnd(commitment, options));
  }

  /** Like `end`, with a problem as an answer. */
  tryEnd(commitment: RecordRead, options?: CallOptions): Promise<Commitment | Problem> {
    return this.calls.change(documents.EndCommitment, asRead(commitment), options);
  }
}
