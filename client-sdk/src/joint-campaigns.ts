import { accepted, type CallOptions, type Calls } from './calls.ts';
import * as documents from './generated.ts';
import { type ListOptions, Pages } from './pages.ts';
import type { JointCampaign, JointPart, Problem } from './records.ts';
import { watch, type WatchOptions } from './watch.ts';

/** What agreed suggestions become. Everybody decides for their own part; the lead for what concerns all. */
export class JointCampaigns {
  constructor(private readonly calls: Calls) {}

  /** Those you take part in, are invited to, or may see. */
  list(options: ListOptions<documents.JointCampaignFilter, documents.JointCampaignOrder> = {}): Pages<JointCampaign> {
    const { first = 20, filter = null, orderBy = null } = options;
    return Pages.of(this.calls, documents.ListJointCampaigns, { first, filter, orderBy }, options);
  }

  /** Null: there is none, or you may not see it. */
  async get(id: string, options?: CallOptions): Promise<JointCampaign | null> {
    const { node } = await this.calls.read(documents.GetJointCampaign, { id }, options);
    return node?.__typename === 'JointCampaign' ? node : null;
  }

  /** Each that you are invited to or that changes, for ever; see `suggestions.watch`. */
  watch(options: WatchOptions = {}): AsyncGenerator<JointCampaign, void, undefined> {
    const missed = (changedAfter: string | null): Pages<JointCampaign> =>
      this.list({ first: changedAfter === null ? 1 : 100, filter: { changedAfter } });
    return watch(this.calls, { document: documents.JointCampaignChanged, variables: {}, missed }, options);
  }

  /** Makes a suggestion on which you agreed a joint campaign, and invites those revealed to you. @throws {ConcordProblemError} */
  start(input: documents.StartJointCampaignInput, options?: CallOptions): Promise<JointCampaign> {
    return accepted(this.tryStart(input, options));
  }

  /** Like `start`, with a problem as an answer. */
  tryStart(input: documents.StartJointCampaignInput, options?: CallOptions): Promise<JointCampaign | Problem> {
    return this.calls.create(documents.StartJointCampaign, input, options);
  }

  /** Invites further participants of the suggestion. @throws {ConcordProblemError} */
  invite(input: documents.InviteToJointCampaignInput, options?: CallOptions): Promise<JointCampaign> {
    return accepted(this.tryInvite(input, options));
  }

  /** Like `invite`, with a problem as an answer. */
  tryInvite(input: documents.InviteToJointCampaignInput, options?: CallOptions): Promise<JointCampaign | Problem> {
    return this.calls.change(documents.InviteToJointCampaign, input, options);
  }

  /** Accepts, declines, or prefers other dates, for a part of your own. @throws {ConcordProblemError} */
  respond(input: documents.RespondToInvitationInput, options?: CallOptions): Promise<JointPart> {
    return accepted(this.tryRespond(input, options));
  }

  /** Like `respond`, with a problem as an answer. */
  tryRespond(input: documents.RespondToInvitationInput, options?: CallOptions): Promise<JointPart | Problem> {
    return this.calls.change(documents.RespondToInvitation, input, options);
  }

  /** Puts the window into your own calendar, for a part of your own. @throws {ConcordProblemError} */
  confirmDates(input: documents.ConfirmPartDatesInput, options?: CallOptions): Promise<JointPart> {
    return accepted(this.tryConfirmDates(input, options));
  }

  /** Like `confirmDates`, with a problem as an answer. */
  tryConfirmDates(input: documents.ConfirmPartDatesInput, options?: CallOptions): Promise<JointPart | Problem> {
    return this.calls.change(documents.ConfirmPartDates, input, options);
  }

  /** Leaves, with a part of your own. @throws {ConcordProblemError} */
  withdraw(input: documents.JointPartTargetInput, options?: CallOptions): Promise<JointPart> {
    return accepted(this.tryWithdraw(input, options));
  }

  /** Like `withdraw`, with a problem as an answer. */
  tryWithdraw(input: documents.JointPartTargetInput, options?: CallOptions): Promise<JointPart | Problem> {
    return this.calls.change(documents.WithdrawFromJointCampaign, input, options);
  }

  /** The lead begins, once every required part is ready. @throws {ConcordProblemError} */
  activate(input: documents.JointTargetInput, options?: CallOptions): Promise<JointCampaign> {
    return accepted(this.tryActivate(input, options));
  }

  /** Like `activate`, with a problem as an answer. */
  tryActivate(input: documents.JointTargetInput, options?: CallOptions): Promise<JointCampaign | Problem> {
    return this.calls.change(documents.ActivateJointCampaign, input, options);
  }

  /** The lead calls it off for all. @throws {ConcordProblemError} */
  cancel(input: documents.CancelJointCampaignInput, options?: CallOptions): Promise<JointCampaign> {
    return accepted(this.tryCancel(input, options));
  }

  /** Like `cancel`, with a problem as an answer. */
  tryCancel(input: documents.CancelJointCampaignInput, options?: CallOptions): Promise<JointCampaign | Problem> {
    return this.calls.change(documents.CancelJointCampaign, input, options);
  }
}
