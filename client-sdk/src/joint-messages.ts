import { accepted, type CallOptions, type Calls } from './calls.ts';
import * as documents from './generated.ts';
import { asRead, type RecordRead } from './record-read.ts';
import type { JointMessage, Problem } from './records.ts';

/** What a reviewer says of a message. */
export interface JointReview {
  readonly verdict: documents.ReviewVerdict;
  /** Read by whoever proposed it. */
  readonly note?: string | undefined;
}

/** What a joint campaign says: proposed by one part, reviewed by another. */
export class JointMessages {
  constructor(private readonly calls: Calls) {}

  /** Those of a joint campaign, by perspective and language. Empty: before you accept, too. */
  async of(id: string, options?: CallOptions): Promise<readonly JointMessage[]> {
    const { node } = await this.calls.read(documents.JointMessages, { id }, options);
    return node?.__typename === 'JointCampaign' ? node.messages : [];
  }

  /** Proposes one as a part of your own, for others to review. @throws {ConcordProblemError} */
  draft(input: documents.DraftJointMessageInput, options?: CallOptions): Promise<JointMessage> {
    return accepted(this.tryDraft(input, options));
  }

  /** Like `draft`, with a problem as an answer. */
  tryDraft(input: documents.DraftJointMessageInput, options?: CallOptions): Promise<JointMessage | Problem> {
    return this.calls.create(documents.DraftJointMessage, input, options);
  }

  /** Changes one of your own, which is then reviewed anew. @throws {ConcordProblemError} */
  revise(input: documents.ReviseJointMessageInput, options?: CallOptions): Promise<JointMessage> {
    return accepted(this.tryRevise(input, options));
  }

  /** Like `revise`, with a problem as an answer. */
  tryRevise(input: documents.ReviseJointMessageInput, options?: CallOptions): Promise<JointMessage | Problem> {
    return this.calls.change(documents.ReviseJointMessage, input, options);
  }

  /** Approves or returns what another part proposed, and tells it why. @throws {ConcordProblemError} */
  review(message: RecordRead, review: JointReview, options?: CallOptions): Promise<JointMessage> {
    return accepted(this.tryReview(message, review, options));
  }

  /** Like `review`, with a problem as an answer. */
  tryReview(message: RecordRead, review: JointReview, options?: CallOptions): Promise<JointMessage | Problem> {
    return this.calls.change(documents.ReviewJointMessage, { ...asRead(message), ...review }, options);
  }

  /** Takes back one of your own. @throws {ConcordProblemError} */
  withdraw(message: RecordRead, options?: CallOptions): Promise<JointMessage> {
    return accepted(this.tryWithdraw(message, options));
  }

  /** Like `withdraw`, with a problem as an answer. */
  tryWithdraw(message: RecordRead, options?: CallOptions): Promise<JointMessage | Problem> {
    return this.calls.change(documents.WithdrawJointMessage, asRead(message), options);
  }
}
