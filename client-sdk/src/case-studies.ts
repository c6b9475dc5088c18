import { accepted, type CallOptions, type Calls } from './calls.ts';
import * as documents from './generated.ts';
import { type ListOptions, Pages } from './pages.ts';
import { asRead, type RecordRead } from './record-read.ts';
import type { CaseStudy, FullCaseStudy, Problem } from './records.ts';

/** What others have done and what came of it, to learn from and to replicate. */
export class CaseStudies {
  constructor(private readonly calls: Calls) {}

  /** Those that you see, drafts of your own included; the latest published first unless ordered otherwise. */
  list(options: ListOptions<documents.CaseStudyFilter, documents.CaseStudyOrder> = {}): Pages<CaseStudy> {
    const { first = 20, filter = null, orderBy = null } = options;
    return Pages.of(this.calls, documents.ListCaseStudies, { first, filter, orderBy }, options);
  }

  /** With what was done and achieved, under which conditions, and the evidence. Null: there is none, or you may not see it. */
  async get(id: string, options?: CallOptions): Promise<FullCaseStudy | null> {
    const { node } = await this.calls.read(documents.GetCaseStudy, { id }, options);
    return node?.__typename === 'CaseStudy' ? node : null;
  }

  /** Begins a case study of your actor; a title is enough. Nobody else sees a draft. @throws {ConcordProblemError} */
  draft(input: documents.DraftCaseStudyInput, options?: CallOptions): Promise<CaseStudy> {
    return accepted(this.tryDraft(input, options));
  }

  /** Like `draft`, with a problem as an answer. */
  tryDraft(input: documents.DraftCaseStudyInput, options?: CallOptions): Promise<CaseStudy | Problem> {
    return this.calls.create(documents.DraftCaseStudy, input, options);
  }

  /** Fields left out stay as they are; null clears. @throws {ConcordProblemError} */
  revise(input: documents.ReviseCaseStudyInput, options?: CallOptions): Promise<CaseStudy> {
    return accepted(this.tryRevise(input, options));
  }

  /** Like `revise`, with a problem as an answer. */
  tryRevise(input: documents.ReviseCaseStudyInput, options?: CallOptions): Promise<CaseStudy | Problem> {
    return this.calls.change(documents.ReviseCaseStudy, input, options);
  }

  /** Shows it to those for whom it is. From then on it may be suggested to those who could replicate it. @throws {ConcordProblemError} */
  publish(study: RecordRead, options?: CallOptions): Promise<CaseStudy> {
    return accepted(this.tryPublish(study, options));
  }

  /** Like `publish`, with a problem as an answer. */
  tryPublish(study: RecordRead, options?: CallOptions): Promise<CaseStudy | Problem> {
    return this.calls.change(documents.PublishCaseStudy, asRead(study), options);
  }

  /** Coordinators recommend a published one to everybody who sees it, or no longer. @throws {ConcordProblemError} */
  feature(study: RecordRead, featured: boolean, options?: CallOptions): Promise<CaseStudy> {
    return accepted(this.tryFeature(study, featured, options));
  }

  /** Like `feature`, with a problem as an answer. */
  tryFeature(study: RecordRead, featured: boolean, options?: CallOptions): Promise<CaseStudy | Problem> {
    return this.calls.change(documents.FeatureCaseStudy, { ...asRead(study), featured }, options);
  }

  /** Takes it back for good: nobody else sees it any more. @throws {ConcordProblemError} */
  withdraw(study: RecordRead, options?: CallOptions): Promise<CaseStudy> {
    return accepted(this.tryWithdraw(study, options));
  }

  /** Like `withdraw`, with a problem as an answer. */
  tryWithdraw(study: RecordRead, options?: CallOptions): Promise<CaseStudy | Problem> {
    return this.calls.change(documents.WithdrawCaseStudy, asRead(study), options);
  }
}
