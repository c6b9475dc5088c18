import { accepted, type CallOptions, type Calls } from './calls.ts';
import * as documents from './generated.ts';
import { asRead, type RecordRead } from './record-read.ts';
import type { CaseStudy, JointOutcome, Problem } from './records.ts';

/** What the case study says beside the outcome. */
export type OutcomeStudy = Omit<documents.PublishAsCaseStudyInput, 'outcome' | 'expectedVersion'>;

/** What came of a joint campaign, as each of those that took part says. */
export class JointOutcomes {
  constructor(private readonly calls: Calls) {}

  /** At most one of each who took part. */
  async of(id: string, options?: CallOptions): Promise<readonly JointOutcome[]> {
    const { node } = await this.calls.read(documents.JointOutcomes, { id }, options);
    return node?.__typename === 'JointCampaign' ? node.outcomes : [];
  }

  /**
   * Says what came of it, once its window has passed or it is completed; with `expectedVersion` corrects it. You agree thereby that it
   * may be published; the others are asked. @throws {ConcordProblemError}
   */
  record(input: documents.RecordOutcomeInput, options?: CallOptions): Promise<JointOutcome> {
    return accepted(this.tryRecord(input, options));
  }

  /** Like `record`, with a problem as an answer. */
  tryRecord(input: documents.RecordOutcomeInput, options?: CallOptions): Promise<JointOutcome | Problem> {
    return this.calls.change(documents.RecordOutcome, input, options);
  }

  /** Agrees to an outcome being published as it stands, or takes that back. @throws {ConcordProblemError} */
  consent(outcome: RecordRead, publish: boolean, options?: CallOptions): Promise<JointOutcome> {
    return accepted(this.tryConsent(outcome, publish, options));
  }

  /** Like `consent`, with a problem as an answer. */
  tryConsent(outcome: RecordRead, publish: boolean, options?: CallOptions): Promise<JointOutcome | Problem> {
    return this.calls.change(documents.ConsentToOutcome, { ...asRead(outcome), publish }, options);
  }

  /**
   * Makes a published case study of an outcome of your own, once all who take part agreed. It names neither the joint campaign nor who
   * took part. @throws {ConcordProblemError}
   */
  publish(outcome: RecordRead, study: OutcomeStudy, options?: CallOptions): Promise<CaseStudy> {
    return accepted(this.tryPublish(outcome, study, options));
  }

  /** Like `publish`, with a problem as an answer. */
  tryPublish({ id, version }: RecordRead, study: OutcomeStudy, options?: CallOptions): Promise<CaseStudy | Problem> {
    const input = { ...study, outcome: id, expectedVersion: version };
    return this.calls.create(documents.PublishAsCaseStudy, input, options);
  }
}
