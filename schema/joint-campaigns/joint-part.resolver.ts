import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, Info, Mutation, Resolver } from 'type-graphql';
import type { PartService } from '../../core/joint-campaigns/part.service.ts';
import type { TaskService } from '../../core/joint-campaigns/task.service.ts';
import type { Outcome } from '../../core/outcome.ts';
import type { Reads } from '../../core/projection/reads.ts';
import { answer } from '../answer.ts';
import type { RequestContext } from '../context.ts';
import {
  AddJointTaskInput,
  ConfirmPartDatesInput,
  JointPartTargetInput,
  RespondToInvitationInput,
  ReviseJointPartInput,
  SettleJointTaskInput,
} from './joint-campaign.inputs.ts';
import { JointPartResult, JointTaskResult } from './joint-campaign.types.ts';

/** What the owner of a part decides about it, and what there is to do for it. */
@Resolver()
export class JointPartResolver {
  constructor(
    private readonly parts: PartService,
    private readonly tasks: TaskService,
    private readonly reads: Reads,
  ) {}

  @Mutation(() => JointPartResult, {
    description: 'Accepts an invitation to your own part, declines it, or proposes other dates.',
  })
  async respondToInvitation(
    @Arg('input', () => RespondToInvitationInput) input: RespondToInvitationInput,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    return this.part(context, info, await this.parts.respond(context.viewer, input));
  }

  @Mutation(() => JointPartResult, {
    description:
      'Confirms the window for your own part: its entry is made or moved in your calendar, TENTATIVE while the joint campaign is prepared, CONFIRMED once it is active.',
  })
  async confirmPartDates(
    @Arg('input', () => ConfirmPartDatesInput) input: ConfirmPartDatesInput,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    return this.part(context, info, await this.parts.confirmDates(context.viewer, input));
  }

  @Mutation(() => JointPartResult, { description: 'Changes what your own part brings, and whether it is shared.' })
  async reviseJointPart(
    @Arg('input', () => ReviseJointPartInput) input: ReviseJointPartInput,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    return this.part(context, info, await this.parts.revise(context.viewer, input));
  }

  @Mutation(() => JointPartResult, {
    description:
      'Withdraws your own part and its entry in your calendar, for good. You are shown to the others no more; what was seen before cannot be unseen.',
  })
  async withdrawFromJointCampaign(
    @Arg('input', () => JointPartTargetInput) input: JointPartTargetInput,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    return this.part(context, info, await this.parts.withdraw(context.viewer, input));
  }

  @Mutation(() => JointTaskResult, { description: 'Adds a task to your own part, or as the lead to any.' })
  async addJointTask(
    @Arg('input', () => AddJointTaskInput) input: AddJointTaskInput,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    return answer(this.reads, context, info, 'JointTask', await this.tasks.add(context.viewer, input));
  }

  @Mutation(() => JointTaskResult, {
    description: 'Says that a task of your own part is done; drops it or opens it again, which the lead may too.',
  })
  async settleJointTask(
    @Arg('input', () => SettleJointTaskInput) input: SettleJointTaskInput,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<unknown> {
    return answer(this.reads, context, info, 'JointTask', await this.tasks.settle(context.viewer, input));
  }

  private part(context: RequestContext, info: GraphQLResolveInfo, outcome: Outcome): Promise<unknown> {
    return answer(this.reads, context, info, 'JointPart', outcome);
  }
}
