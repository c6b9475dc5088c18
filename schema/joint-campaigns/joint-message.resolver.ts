import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, Info, Mutation, Resolver } from 'type-graphql';
import type { MessageService } from '../../core/joint-campaigns/message.service.ts';
import type { OutcomeService } from '../../core/joint-campaigns/outcome.service.ts';
import type { Outcome } from '../../core/outcome.ts';
import type { Reads } from '../../core/projection/reads.ts';
import { answer } from '../answer.ts';
import type { RequestContext } from '../context.ts';
import {
  ConsentToOutcomeInput,
  DraftJointMessageInput,
  JointTargetInput,
  RecordOutcomeInput,
  ReviewJointMessageInput,
  ReviseJointMessageInput,
} from './joint-campaign.inputs.ts';
import { JointMessageResult, JointOutcomeResult } from './joint-campaign.types.ts';

/** What is said in a joint campaign, and what came of it. */
@Resolver()
export class JointMessageResolver {
  constructor(
    private readonly messages: MessageService,
    private readonly outcomes: OutcomeService,
    private readonly reads: Reads,
  ) {}

  @Mutation(() => JointMessageResult, {
    description: 'Proposes a message as a part of your own, for others to review.',
  })
  async draftJointMessage(
    @Arg('input', () => DraftJointMessageInput) input: DraftJointMessageInput,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    return this.message(context, info, await this.messages.draft(context.viewer, input));
  }

  @Mutation(() => JointMessageResult, { description: 'Changes a message of your own, which is then reviewed anew.' })
  async reviseJointMessage(
    @Arg('input', () => ReviseJointMessageInput) input: ReviseJointMessageInput,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    return this.message(context, info, await this.messages.revise(context.viewer, input));
  }

  @Mutation(() => JointMessageResult, { description: 'Approves or returns what another part proposed.' })
  async reviewJointMessage(
    @Arg('input', () => ReviewJointMessageInput) input: ReviewJointMessageInput,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    return this.message(context, info, await this.messages.review(context.viewer, input));
  }

  @Mutation(() => JointMessageResult, { description: 'Takes back a message of your own.' })
  async withdrawJointMessage(
    @Arg('input', () => JointTargetInput) input: JointTargetInput,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    return this.message(context, info, await this.messages.withdraw(context.viewer, input));
  }

  @Mutation(() => JointOutcomeResult, {
    description:
      'Records what came of a joint campaign as your actor sees it, once its window has passed or it is completed. You agree thereby that it may be published; the others are asked.',
  })
  async recordOutcome(
    @Arg('input', () => RecordOutcomeInput) input: RecordOutcomeInput,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    return this.outcome(context, info, await this.outcomes.record(context.viewer, input));
  }

  @Mutation(() => JointOutcomeResult, {
    description:
      'Agrees to an outcome being published by whoever recorded it, as it stands and with the corridor, themes, audiences and countries of the joint campaign, or takes that back. What is published already stays so until its owner withdraws it.',
  })
  async consentToOutcome(
    @Arg('input', () => ConsentToOutcomeInput) input: ConsentToOutcomeInput,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    return this.outcome(context, info, await this.outcomes.consent(context.viewer, input));
  }

  private message(context: RequestContext, info: GraphQLResolveInfo, outcome: Outcome): Promise<unknown> {
    return answer(this.reads, context, info, 'JointMessage', outcome);
  }

  private outcome(context: RequestContext, info: GraphQLResolveInfo, outcome: Outcome): Promise<unknown> {
    return answer(this.reads, context, info, 'JointOutcome', outcome);
  }
}
