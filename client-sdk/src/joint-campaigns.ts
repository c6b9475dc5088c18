import { accepted, type CallOptions, type Calls } from './calls.ts';
import * as documents from './generated.ts';
import { JointMessages } from './joint-messages.ts';
import { JointOutcomes } from './joint-outcomes.ts';
import { JointTasks } from './joint-tasks.ts';
import { type ListOptions, Pages } from './pages.ts';
import { asRead, type ReasonOptions, type RecordRead } from './record-read.ts';
import type { JointCampaign, JointDecision, JointPart, Problem, ProposedDates } from './records.ts';
import { watch, type WatchOptions } from './watch.ts';

/** A part of your own as you have read it: one of `parts` that is `mine`. */
export interface PartRead {
  readonly id: string;
  /** Null: it is not yours, and the hub will say so. */
  readonly version: number | null;
}

/** What you answer to an invitation. */
export type InvitationReply = Omit<documents.RespondToInvitationInput, keyof PartTarget>;
/** Where you keep the window. */
export type DatesConfirmation = Omit<documents.ConfirmPartDatesInput, keyof PartTarget>;
/** What a part brings. */
export type PartChanges = Omit<documents.ReviseJointPartInput, keyof PartTarget>;

type PartTarget = documents.JointPartTargetInput;

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

  /** Invites further participants of the suggestion, by their `position` there. @throws {ConcordProblemError} */
  invite(joint: RecordRead, participants: readonly number[], options?: CallOptions): Promise<JointCampaign> {
    return accepted(this.tryInvite(joint, participants, options));
  }

  /** Like `invite`, with a problem as an answer. */
  tryInvite(
    joint: RecordRead,
    participants: readonly number[],
    options?: CallOptions,
  ): Promise<JointCampaign | Problem> {
    return this.calls.change(documents.InviteToJointCampaign, { ...asRead(joint), participants }, options);
  }

  /** Accepts, declines, or prefers other dates, for a part of your own. @throws {ConcordProblemError} */
  respond(part: PartRead, answer: InvitationReply, options?: CallOptions): Promise<JointPart> {
    return accepted(this.tryRespond(part, answer, options));
  }

  /** Like `respond`, with a problem as an answer. */
  tryRespond(part: PartRead, answer: InvitationReply, options?: CallOptions): Promise<JointPart | Problem> {
    return this.calls.change(documents.RespondToInvitation, { ...asOwn(part), ...answer }, options);
  }

  /** Puts the window that you have read into your own calendar, for a part of your own. @throws {ConcordProblemError} */
  confirmDates(part: PartRead, confirmation: DatesConfirmation, options?: CallOptions): Promise<JointPart> {
    return accepted(this.tryConfirmDates(part, confirmation, options));
  }

  /** Like `confirmDates`, with a problem as an answer. */
  tryConfirmDates(
    part: PartRead,
    confirmation: DatesConfirmation,
    options?: CallOptions,
  ): Promise<JointPart | Problem> {
    return this.calls.change(documents.ConfirmPartDates, { ...asOwn(part), ...confirmation }, options);
  }

  /** Leaves, with a part of your own; what is in your calendar for it is called off. @throws {ConcordProblemError} */
  withdraw(part: PartRead, options?: CallOptions): Promise<JointPart> {
    return accepted(this.tryWithdraw(part, options));
  }

  /** Like `withdraw`, with a problem as an answer. */
  tryWithdraw(part: PartRead, options?: CallOptions): Promise<JointPart | Problem> {
    return this.calls.change(documents.WithdrawFromJointCampaign, asOwn(part), options);
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

  /**
   * The lead changes what concerns all: name, window, which parts are required, or who leads. Nothing in the calendars of others moves
   * by it. @throws {ConcordProblemError}
   */
  revise(input: documents.ReviseJointCampaignInput, options?: CallOptions): Promise<JointCampaign> {
    return accepted(this.tryRevise(input, options));
  }

  /** Like `revise`, with a problem as an answer. */
  tryRevise(input: documents.ReviseJointCampaignInput, options?: CallOptions): Promise<JointCampaign | Problem> {
    return this.calls.change(documents.ReviseJointCampaign, input, options);
  }

  /** Changes what a part of your own brings, and whether coordinators see the joint campaign. @throws {ConcordProblemError} */
  revisePart(part: PartRead, changes: PartChanges, options?: CallOptions): Promise<JointPart> {
    return accepted(this.tryRevisePart(part, changes, options));
  }

  /** Like `revisePart`, with a problem as an answer. */
  tryRevisePart(part: PartRead, changes: PartChanges, options?: CallOptions): Promise<JointPart | Problem> {
    return this.calls.change(documents.ReviseJointPart, { ...asOwn(part), ...changes }, options);
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

function asOwn({ id, version }: PartRead): PartTarget {
  return { part: id, expectedVersion: version ?? 0 };
}
