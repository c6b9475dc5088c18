import { accepted, type CallOptions, type Calls } from './calls.ts';
import * as documents from './generated.ts';
import { JointMessages } from './joint-messages.ts';
import { JointOutcomes } from './joint-outcomes.ts';
import { JointTasks } from './joint-tasks.ts';
import { type ListOptions, Pages } from './pages.ts';
import { asRead, type ReasonOptions, type RecordRead } from './record-read.ts';
import type { JointCampaign, JointDecision, JointPart, Problem, ProposedDates } from './records.ts';
import { watch, type WatchOptions } from './watch.ts';

/** What agreed suggestions become. Everybody decides for their own part; the lead for what concerns all. */
export class JointCampaigns {
  readonly tasks: JointTasks;
  readonly messages: JointMessages;
  readonly outcomes: JointOutcomes;

  constructor(private readonly calls: Calls) {
    this.tasks = new JointTasks(calls);
    this.messages = new JointMessages(calls);
    this.outcomes = new JointOutcomes(calls);
  }

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
  activate(joint: RecordRead, options?: CallOptions): Promise<JointCampaign> {
    return accepted(this.tryActivate(joint, options));
  }

  /** Like `activate`, with a problem as an answer. */
  tryActivate(joint: RecordRead, options?: CallOptions): Promise<JointCampaign | Problem> {
    return this.calls.change(documents.ActivateJointCampaign, asRead(joint), options);
  }

  /** The lead calls it off for all. @throws {ConcordProblemError} */
  cancel(joint: RecordRead, options?: ReasonOptions): Promise<JointCampaign> {
    return accepted(this.tryCancel(joint, options));
  }

  /** Like `cancel`, with a problem as an answer. */
  tryCancel(joint: RecordRead, { reason, ...options }: ReasonOptions = {}): Promise<JointCampaign | Problem> {
    return this.calls.change(documents.CancelJointCampaign, { ...asRead(joint), reason: reason ?? null }, options);
  }

  /** The lead closes it, from its first day on. @throws {ConcordProblemError} */
  complete(joint: RecordRead, options?: CallOptions): Promise<JointCampaign> {
    return accepted(this.tryComplete(joint, options));
  }

  /** Like `complete`, with a problem as an answer. */
  tryComplete(joint: RecordRead, options?: CallOptions): Promise<JointCampaign | Problem> {
    return this.calls.change(documents.CompleteJointCampaign, asRead(joint), options);
  }

  /** Takes the lead, for whoever takes part, where nobody has it any more. @throws {ConcordProblemError} */
  takeLead(joint: RecordRead, options?: CallOptions): Promise<JointCampaign> {
    return accepted(this.tryTakeLead(joint, options));
  }

  /** Like `takeLead`, with a problem as an answer. */
  tryTakeLead(joint: RecordRead, options?: CallOptions): Promise<JointCampaign | Problem> {
    return this.calls.change(documents.TakeLead, asRead(joint), options);
  }

  /** The lead changes what concerns all, hands the lead over, or moves the window. Nothing in the calendars of others moves by it. @throws {ConcordProblemError} */
  revise(input: documents.ReviseJointCampaignInput, options?: CallOptions): Promise<JointCampaign> {
    return accepted(this.tryRevise(input, options));
  }

  /** Like `revise`, with a problem as an answer. */
  tryRevise(input: documents.ReviseJointCampaignInput, options?: CallOptions): Promise<JointCampaign | Problem> {
    return this.calls.change(documents.ReviseJointCampaign, input, options);
  }

  /** Changes what a part of your own brings, and whether coordinators see the joint campaign. @throws {ConcordProblemError} */
  revisePart(input: documents.ReviseJointPartInput, options?: CallOptions): Promise<JointPart> {
    return accepted(this.tryRevisePart(input, options));
  }

  /** Like `revisePart`, with a problem as an answer. */
  tryRevisePart(input: documents.ReviseJointPartInput, options?: CallOptions): Promise<JointPart | Problem> {
    return this.calls.change(documents.ReviseJointPart, input, options);
  }

  /** Other dates that parts would prefer, in the order in which they were proposed; before you accept, your own. */
  async proposedDates(id: string, options?: CallOptions): Promise<readonly ProposedDates[]> {
    const { node } = await this.calls.read(documents.JointProposedDates, { id }, options);
    return node?.__typename === 'JointCampaign' ? node.proposedDates : [];
  }

  /** What was decided, in order. Empty before you accept. */
  decisions(id: string, options: Omit<ListOptions<never>, 'filter' | 'orderBy'> = {}): Pages<JointDecision> {
    const { first = 20 } = options;
    return Pages.inNode(this.calls, documents.JointDecisions, { first, id }, options);
  }
}
