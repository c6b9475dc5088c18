import { accepted, type CallOptions, type Calls } from './calls.ts';
import * as documents from './generated.ts';
import { type ListOptions, Pages } from './pages.ts';
import { asRead, type RecordRead } from './record-read.ts';
import type { NameQuestion, Problem } from './records.ts';

/** Names in your files of which only a person can say whom they mean. What is said once holds for the files to come. */
export class Names {
  constructor(private readonly calls: Calls) {}

  /** What waits and what was decided; the earliest first. */
  list(options: Omit<ListOptions<documents.NameQuestionFilter>, 'orderBy'> = {}): Pages<NameQuestion> {
    const { first = 20, filter = null } = options;
    return Pages.of(this.calls, documents.ListNameQuestions, { first, filter }, options);
  }

  /** Null: there is none, or you may not see it. */
  async get(id: string, options?: CallOptions): Promise<NameQuestion | null> {
    const { node } = await this.calls.read(documents.GetNameQuestion, { id }, options);
    return node?.__typename === 'NameQuestion' ? node : null;
  }

  /** Says whom a name means: a candidate, or another actor that you see. Also when it was decided before. @throws {ConcordProblemError} */
  confirm(question: RecordRead, actor: string, options?: CallOptions): Promise<NameQuestion> {
    return accepted(this.tryConfirm(question, actor, options));
  }

  /** Like `confirm`, with a problem as an answer. */
  tryConfirm(question: RecordRead, actor: string, options?: CallOptions): Promise<NameQuestion | Problem> {
    return this.calls.change(documents.ConfirmNameMatch, { ...asRead(question), actor }, options);
  }

  /** Says that a name means none of the candidates: they are not proposed for it again. @throws {ConcordProblemError} */
  refuse(question: RecordRead, options?: CallOptions): Promise<NameQuestion> {
    return accepted(this.tryRefuse(question, options));
  }

  /** Like `refuse`, with a problem as an answer. */
  tryRefuse(question: RecordRead, options?: CallOptions): Promise<NameQuestion | Problem> {
    return this.calls.change(documents.RefuseNameMatch, asRead(question), options);
  }
}
