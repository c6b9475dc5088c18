import { accepted, type CallOptions, type Calls } from './calls.ts';
import * as documents from './generated.ts';
import { type ListOptions, Pages } from './pages.ts';
import type { ApiKey, IssuedApiKey, Problem } from './records.ts';

/** Keys that let programs and people in. */
export class ApiKeys {
  constructor(private readonly calls: Calls) {}

  /** Those of your actor, for coordinators all; revoked and expired ones too. The newest first. */
  list(options: Omit<ListOptions<never>, 'filter' | 'orderBy'> = {}): Pages<ApiKey> {
    const { first = 20 } = options;
    return Pages.of(this.calls, documents.ListApiKeys, { first }, options);
  }

  /** Issues a key with at most your own rights. This answer alone shows its text: keep it. @throws {ConcordProblemError} */
  issue(input: documents.IssueApiKeyInput, options?: CallOptions): Promise<IssuedApiKey> {
    return accepted(this.tryIssue(input, options));
  }

  /** Like `issue`, with a problem as an answer. */
  tryIssue(input: documents.IssueApiKeyInput, options?: CallOptions): Promise<IssuedApiKey | Problem> {
    return this.calls.change(documents.IssueApiKey, input, options);
  }

  /** From the next request on it opens nothing, and its open subscriptions end. @throws {ConcordProblemError} */
  revoke(id: string, options?: CallOptions): Promise<ApiKey> {
    return accepted(this.tryRevoke(id, options));
  }

  /** Like `revoke`, with a problem as an answer. */
  tryRevoke(id: string, options?: CallOptions): Promise<ApiKey | Problem> {
    return this.calls.repeatable(documents.RevokeApiKey, { id }, options);
  }
}
