import { accepted, type CallOptions, type Calls } from './calls.ts';
import * as documents from './generated.ts';
import { type ListOptions, Pages } from './pages.ts';
import type { Membership, Problem } from './records.ts';

/** People who are let in, each as one role, for one actor or for none. */
export class Memberships {
  constructor(private readonly calls: Calls) {}

  /** Your own, for editors those of their actor, for coordinators all; revoked ones too. */
  list(options: Omit<ListOptions<never>, 'filter' | 'orderBy'> = {}): Pages<Membership> {
    const { first = 20 } = options;
    return Pages.of(this.calls, documents.ListMemberships, { first }, options);
  }

  /** Lets a person in: editors for their own actor, coordinators for any. @throws {ConcordProblemError} */
  grant(input: documents.GrantMembershipInput, options?: CallOptions): Promise<Membership> {
    return accepted(this.tryGrant(input, options));
  }

  /** Like `grant`, with a problem as an answer. */
  tryGrant(input: documents.GrantMembershipInput, options?: CallOptions): Promise<Membership | Problem> {
    return this.calls.change(documents.GrantMembership, input, options);
  }

  /** From the next request on the person may not act by it, and its open subscriptions end. @throws {ConcordProblemError} */
  revoke(id: string, options?: CallOptions): Promise<Membership> {
    return accepted(this.tryRevoke(id, options));
  }

  /** Like `revoke`, with a problem as an answer. */
  tryRevoke(id: string, options?: CallOptions): Promise<Membership | Problem> {
    return this.calls.repeatable(documents.RevokeMembership, { id }, options);
  }

  /**
   * Coordinators keep the person of a membership out of everything at once, and the keys that person issued.
   * @throws {ConcordProblemError}
   */
  suspend(membership: string, options?: CallOptions): Promise<Membership> {
    return accepted(this.trySuspend(membership, options));
  }

  /** Like `suspend`, with a problem as an answer. */
  trySuspend(membership: string, options?: CallOptions): Promise<Membership | Problem> {
    return this.calls.repeatable(documents.SuspendUser, { membership }, options);
  }

  /** Coordinators let a suspended person back in. @throws {ConcordProblemError} */
  reinstate(membership: string, options?: CallOptions): Promise<Membership> {
    return accepted(this.tryReinstate(membership, options));
  }

  /** Like `reinstate`, with a problem as an answer. */
  tryReinstate(membership: string, options?: CallOptions): Promise<Membership | Problem> {
    return this.calls.repeatable(documents.ReinstateUser, { membership }, options);
  }
}
